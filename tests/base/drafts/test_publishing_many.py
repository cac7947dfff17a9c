"""Nothing can be published past the checklist, and a preview leaves nothing behind."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from cbec_site.accounts.roles import ADMINISTRATOR
from cbec_site.base.drafts import acts
from cbec_site.base.drafts.admin import DraftAdmin
from cbec_site.base.drafts.due import publish_due
from cbec_site.base.drafts.models import Draft
from cbec_site.base.drafts.waiting import drafts_waiting_for
from datasets.models import Observation
from policies.models import Policy
from swot.models import Entry
from tests.factories import (
    make_entry,
    make_event,
    make_issuer,
    make_observation,
    make_policy,
    make_user,
)

from .conftest import PAGE, address, drafted, enter, save

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def publish_selected(client, model, *rows):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    data = {"action": "publish", "_selected_action": [row.pk for row in rows]}
    return client.post(reverse(name), data, follow=True).content.decode()


def test_publishing_many_applies_the_checklist_to_each(editor):
    good = make_policy(
        [make_issuer()], code="good", source_url=PAGE, is_published=False
    )
    bad = make_policy(
        [make_issuer()], code="bad", is_published=False, no_source_reason=""
    )

    told = publish_selected(editor, Policy, good, bad)

    assert "Give the official page or the text" in told
    assert list(Policy.objects.published()) == [good]
    bad.refresh_from_db()
    assert bad.published_at is None


def test_publishing_many_leaves_out_an_entry_without_evidence(editor):
    entry = make_entry(is_published=False)

    assert "Give the evidence" in publish_selected(editor, Entry, entry)
    assert not Entry.objects.published().exists()


def test_value_needs_no_note_to_be_published(client):
    client.force_login(make_user(is_superuser=True))
    value = make_observation(is_published=False)

    publish_selected(client, Observation, value)

    assert Observation.objects.published().get() == value


def test_nobody_publishes_many_where_others_approve(editor, settings):
    settings.APPROVAL_BY_OTHERS = True
    policy = make_policy([make_issuer()], source_url=PAGE, is_published=False)

    publish_selected(editor, Policy, policy)

    assert not Policy.objects.published().exists()


def counts(user):
    return {item["label"]: item["count"] for item in drafts_waiting_for(user)}


DRAFTS = DraftAdmin.list_display
LATE = "Scheduled drafts whose time has passed: is the worker running?"
FAILED = "Scheduled drafts that could not be published"


def test_start_page_counts_what_the_schedule_missed(editor, policy):
    draft = drafted(editor, policy, title_zh_hans="新标题")
    acts.schedule(draft, editor.user, timezone.now() + datetime.timedelta(hours=1))
    assert counts(editor.user)[LATE] == 0

    Draft.objects.update(live_at=timezone.now() - datetime.timedelta(minutes=5))

    assert counts(editor.user)[LATE] == 1
    assert counts(make_user())[LATE] == 0


def test_list_of_drafts_is_sorted_by_publication_time(editor, policy):
    passed = datetime.datetime(2024, 5, 3, 1, 30, tzinfo=datetime.UTC)
    later = timezone.now() + datetime.timedelta(hours=5)
    for row, state, moment in (
        (make_policy(code="later"), "scheduled", later),
        (policy, "scheduled", passed),
        (make_policy(code="open"), "open", None),
    ):
        Draft.objects.create(
            content_type=Draft.kind_of(Policy),
            object_id=row.pk,
            title=row.code,
            author=editor.user,
            state=state,
            live_at=moment,
        )
    url = reverse("admin:drafts_draft_changelist")

    column = DRAFTS.index("goes_live") + 1
    listed = editor.get(f"{url}?o={column}&state__exact=scheduled")

    rows = listed.context["cl"].result_list
    assert [row.title for row in rows] == [policy.code, "later"]
    shown = listed.content.decode()
    # Half past one in London is half past nine in Shanghai.
    assert shown.count("3 May 2024, 09:30 has passed") == 1
    assert shown.count("is the worker running?") == 1
    assert "has passed" not in editor.get(f"{url}?state__exact=open").content.decode()


def test_start_page_counts_what_the_schedule_could_not_publish(editor, policy):
    draft = drafted(editor, policy, title_zh_hans="新标题")
    acts.schedule(draft, editor.user, timezone.now() + datetime.timedelta(hours=1))
    policy.title_zh_hans = "其间"
    policy.save()
    publish_due(timezone.now() + datetime.timedelta(hours=2))
    assert counts(editor.user)[FAILED] == 1

    save(editor, policy, "_draft", url=Draft.objects.get().get_edit_url())

    assert counts(editor.user)[FAILED] == 0


def test_preview_of_an_untouched_form_keeps_nothing(editor, policy):
    query = {"kind": "policies.policy", "row": policy.pk, "language": "zh-hans"}

    answer = editor.get(reverse("admin:drafts_preview_row"), query)

    assert "旧标题" in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert not Draft.objects.exists()
    assert (
        reverse("admin:drafts_preview_row")
        in editor.get(address(policy)).content.decode()
    )


def test_preview_of_an_empty_form_says_what_to_do(editor):
    query = {"kind": "policies.policy", "row": "", "language": "en"}

    answer = editor.get(reverse("admin:drafts_preview_row"), query)

    assert "There is no page to show yet" in answer.content.decode()
    assert not Draft.objects.exists()
    assert not Policy.objects.exists()


@pytest.mark.parametrize(
    "query", [{}, {"kind": "no.thing"}, {"kind": "auth.user", "row": "1"}]
)
def test_preview_of_what_has_no_drafts_is_not_found(editor, query):
    assert editor.get(reverse("admin:drafts_preview_row"), query).status_code == 404


def test_each_step_is_mailed_to_those_it_concerns(
    contributor, editor, policy, django_capture_on_commit_callbacks
):
    for client in (contributor, editor):
        client.user.email = f"{client.user.username}@example.org"
        client.user.save()
    draft = drafted(contributor, policy, title_zh_hans="新标题")
    sent = []
    for act in (
        lambda: acts.submit(draft, contributor.user, "Please look"),
        lambda: acts.send_back(draft, editor.user, "Name the source"),
        lambda: acts.submit(draft, contributor.user),
        lambda: acts.publish(draft, editor.user),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            act()
        sent.append([(one.to, one.body) for one in mail.outbox])
        mail.outbox.clear()
        draft.refresh_from_db()

    asked, returned, again, published = sent
    assert [to for to, _body in asked + again] == [[editor.user.email]] * 2
    assert "Please look" in asked[0][1]
    assert [to for to, _body in returned + published] == [[contributor.user.email]] * 2
    assert "Name the source" in returned[0][1]
    assert draft.get_edit_url() in published[0][1]


def test_opened_draft_shows_what_keeps_it_from_being_published(editor, policy):
    draft = drafted(editor, policy, source_url="", no_source_reason="")

    shown = editor.get(draft.get_edit_url())

    assert shown.context["findings"][0].is_blocking
    assert "Give the official page or the text" in shown.content.decode()


def test_why_there_is_no_preview_is_said_in_the_language_of_the_editor():
    administrator = enter(ADMINISTRATOR)
    query = {"kind": "swot.event", "row": make_event().pk}
    told = {}
    for own, other in (("en", "zh-hans"), ("zh-hans", "en")):
        administrator.cookies["django_language"] = own
        url = reverse("admin:drafts_preview_row")
        answer = administrator.get(url, query | {"language": other})
        told[own] = answer.content.decode()

    assert "This has no page of its own." in told["en"]
    assert "This has no page of its own." not in told["zh-hans"]
    assert "尚无可预览的页面" in told["zh-hans"]
