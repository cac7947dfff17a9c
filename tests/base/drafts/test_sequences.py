"""Three editors in any order: no text is lost, nothing unapproved is published."""

import datetime

import hypothesis
import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from cbec_site.accounts.roles import CONTRIBUTOR, EDITOR
from cbec_site.base.drafts import acts, overtaking
from cbec_site.base.drafts.conflicts import data_of
from cbec_site.base.drafts.due import publish_due
from cbec_site.base.drafts.models import DeletedRow, Draft
from cbec_site.base.drafts.recycle_bin import bring_back, keep
from cbec_site.base.drafts.replay import make_request
from cbec_site.base.forms import version_of
from policies.models import Policy
from tests.factories import make_issuer, make_policy, make_user

from .conftest import PAGE

CODE = "P77"
users = st.integers(0, 2)
editors = st.integers(1, 2)


class ThreeEditors(RuleBasedStateMachine):
    """A public policy, a contributor (0) and two editors (1, 2).

    Each of them deletes rows here; which accounts may is tested with the roles.

    The machine notes what should be there: the text of the waiting draft, what each has
    typed, and every text that an editor has decided to publish.
    """

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.users = [self.user(role) for role in (CONTRIBUTOR, EDITOR, EDITOR)]
        self.policy = make_policy(
            [make_issuer()], code=CODE, title_zh_hans="始", source_url=PAGE
        )
        self.approved, self.typed, self.draft = {"始"}, {}, None
        self.scheduled, self.number, self.binned = False, 0, None
        self.opened = {}

    def user(self, role):
        user = make_user()
        user.groups.add(Group.objects.get(name=role))
        return user

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def text(self):
        self.number += 1
        return f"第{self.number}稿"

    def row(self):
        return Policy.objects.filter(code=CODE).first()

    def waiting(self):
        return Draft.objects.waiting().first()

    def form(self, user, version, row):
        request = make_request(self.users[user], QueryDict())
        request.method, request.is_drafting = "GET", True
        model_admin = Draft(content_type=acts.ContentType.objects.get_for_model(Policy))
        data = data_of(model_admin.model_admin, request, version, row)
        data["seen_version"] = version_of(row)
        return data

    @rule(user=users)
    def types(self, user):
        row = self.row()
        if row:
            data = self.form(user, row, row)
            data["title_zh_hans"] = self.typed[user] = self.text()
            acts.keep_typed(self.users[user], Policy, row.pk, "", data)

    @rule(user=users)
    def saves(self, user):
        row = self.row()
        if row:
            data, text = self.form(user, row, row), self.text()
            data["title_zh_hans"] = text
            self.save(user, row, data, text, self.waiting())

    @rule(user=users)
    def saves_without_knowing_of_the_other_draft(self, user):
        row = self.row()
        if row and self.draft:
            data = self.form(user, row, row)
            with pytest.raises(ValidationError), transaction.atomic():
                acts.save_draft(self.users[user], Policy, row.pk, data)

    @rule(user=users)
    def opens_the_draft(self, user):
        draft = self.waiting()
        if draft:
            self.opened[user] = (draft.pk, draft.fields), overtaking.stamp(draft)

    @rule(user=users)
    def saves_what_was_opened(self, user):
        draft, row = self.waiting(), self.row()
        if not draft or not row or user not in self.opened:
            return
        was, seen = self.opened.pop(user)
        data, text = self.form(user, row, row), self.text()
        data["title_zh_hans"], data["draft_seen"] = text, seen
        if was == (draft.pk, draft.fields):
            self.save(user, row, data, text, draft)
        else:
            with pytest.raises(overtaking.OvertakenError), transaction.atomic():
                acts.save_draft(self.users[user], Policy, row.pk, data, draft=draft)

    def save(self, user, row, data, text, draft):
        acts.save_draft(self.users[user], Policy, row.pk, data, draft=draft)
        self.draft, self.scheduled = text, False
        self.typed.pop(user, None)

    @rule(user=editors, age=st.integers(0, 5))
    def restores(self, user, age):
        row = self.row()
        if row and not self.draft:
            versions = list(Policy.history.filter(id=row.pk))
            version = versions[min(age, len(versions) - 1)]
            data = self.form(user, version.instance, row)
            self.save(user, row, data, version.title_zh_hans, None)

    @rule(user=users)
    def publishes(self, user):
        draft, row = self.waiting(), self.row()
        if draft is None:
            return
        is_fresh = row and draft.fields["seen_version"] == [version_of(row)]
        try:
            with transaction.atomic():
                acts.publish(draft, self.users[user])
        except (PermissionDenied, ValidationError):
            assert user == 0 or not is_fresh
        else:
            assert user > 0
            assert is_fresh
            self.approved.add(self.draft)
            self.draft, self.scheduled = None, False

    @rule(user=editors)
    def schedules(self, user):
        draft = self.waiting()
        if draft is None or self.scheduled:
            return
        later = timezone.now() + datetime.timedelta(hours=1)
        try:
            with transaction.atomic():
                acts.schedule(draft, self.users[user], later)
        except ValidationError:
            return
        self.scheduled = True

    @rule()
    def time_passes(self):
        done = publish_due(timezone.now() + datetime.timedelta(hours=2))
        assert done <= self.scheduled
        if done:
            self.approved.add(self.draft)
            self.draft = None
        self.scheduled = False

    @rule(user=users)
    def submits(self, user):
        draft, row = self.waiting(), self.row()
        if not draft or not draft.is_editing:
            return
        is_fresh = row and draft.fields["seen_version"] == [version_of(row)]
        try:
            with transaction.atomic():
                acts.submit(draft, self.users[user])
        except ValidationError:
            assert not is_fresh
        else:
            # A draft begun from an older version is reconciled before it is submitted.
            assert is_fresh

    @rule(user=editors)
    def returns(self, user):
        draft = self.waiting()
        if draft and draft.state != Draft.State.RETURNED:
            acts.send_back(draft, self.users[user], "Why?")
            self.scheduled = False

    @rule(user=editors)
    def discards(self, user):
        draft = self.waiting()
        if draft:
            text = self.draft
            acts.discard(draft, self.users[user])
            kept = Draft.objects.get(pk=draft.pk)
            assert kept.fields["title_zh_hans"] == [text]
            self.draft, self.scheduled = None, False

    @rule(user=editors)
    def deletes(self, user):
        row = self.row()
        if row:
            self.binned = row.title_zh_hans
            with transaction.atomic():
                keep(row, self.users[user])
                row.delete()

    @rule(user=editors)
    def brings_back(self, user):
        kept = DeletedRow.objects.filter(restored_at__isnull=True).first()
        if kept:
            row = bring_back(kept, self.users[user])
            assert not row.is_published
            assert row.title_zh_hans == self.binned
            assert row.issuers.count() == 1

    @rule(user=editors)
    def changes_what_is_public(self, user):
        row = self.row()
        if row:
            row.title_zh_hans = self.text()
            row._history_user = self.users[user]
            row.is_published = True
            row.save()
            self.approved.add(row.title_zh_hans)

    @invariant()
    def public_words_were_approved(self):
        row = self.row()
        assert row is None or row.title_zh_hans in self.approved

    @invariant()
    def deleted_row_is_in_the_bin(self):
        waiting = DeletedRow.objects.filter(restored_at__isnull=True)
        assert [kept.rows[0]["fields"]["title_zh_hans"] for kept in waiting] == (
            [] if self.row() else [self.binned]
        )

    @invariant()
    def no_text_is_lost(self):
        waiting = self.waiting()
        assert (waiting and waiting.fields["title_zh_hans"]) == (
            self.draft and [self.draft]
        )
        for user, text in self.typed.items():
            draft = Draft.objects.private(self.users[user]).get()
            assert draft.fields["title_zh_hans"] == [text]


def run_sequences(examples, steps):
    run_state_machine_as_test(
        ThreeEditors,
        settings=hypothesis.settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(hypothesis.HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_no_order_of_acts_loses_text_or_publishes_what_nobody_approved():
    run_sequences(examples=4, steps=12)
