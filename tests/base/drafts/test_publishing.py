"""What is checked before publishing, who is notified, and what waits for whom."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cbec_site.accounts.roles import EDITOR
from cbec_site.base.drafts import acts
from cbec_site.base.drafts.checklist import findings_of
from cbec_site.base.findings import OLDER, english_states
from policies.models import Policy
from swot.models import Evidence
from tests.factories import make_entry, make_policy

from .conftest import drafted, enter, save

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def findings(item):
    from django.contrib import admin

    found = findings_of(admin.site._registry[type(item)], item)
    return {finding.text: finding.is_blocking for finding in found}


def test_policy_without_a_source_is_not_published(editor, contributor, policy):
    draft = drafted(contributor, policy, source_url="", title_zh_hans="新标题")
    # Editors who may not publish get the same message: their form has no such field.
    findings = contributor.get(draft.get_edit_url()).context["findings"]
    assert "Give the official page or the text" in findings[0].text

    with pytest.raises(ValidationError, match="official page or the text"):
        acts.publish(draft, editor.user)
    response = save(editor, policy, "_publish", source_url="", title_zh_hans="新标题")

    policy.refresh_from_db()
    assert policy.title_zh_hans == "旧标题"
    assert policy.history.count() == 1
    # What was typed is in the form, which says at the field what is missing.
    assert response.status_code == 200
    page = response.content.decode()
    assert "新标题" in page
    assert "Give the official page or the text" in page


def test_missing_english_is_reported_and_blocks_nothing(editor, policy):
    response = save(editor, policy, "_publish", title_en="")

    assert response.status_code == 302
    policy.refresh_from_db()
    assert not policy.title_en
    assert findings(policy) == {"The English is missing.": False}


def test_english_older_than_the_chinese_is_reported_with_the_passage(policy):
    policy.title_zh_hans = "更旧标题"
    policy.save()

    assert findings(policy) == {"The Chinese was changed after the English.": False}
    assert english_states(Policy, [policy])[policy.pk] == (
        OLDER,
        [("ins", "更"), ("", "旧标题")],
    )
    policy.title_en = "Translated anew"
    policy.save()
    assert findings(policy) == {}


def test_entry_may_not_rest_on_what_readers_cannot_see():
    entry = make_entry(title_zh_hans="条目", title_en="Entry")
    assert findings(entry)["Give the evidence it rests on."]
    hidden = make_policy(title_zh_hans="未公开", title_en="Hidden", is_published=False)
    Evidence.objects.create(entry=entry, policy=hidden)

    found = findings(entry)

    (dead,) = (text for text in found if hidden.code in text)
    assert found[dead]
    assert "未公开 / Hidden" in dead
    hidden.is_published = True
    hidden.save()
    assert not any(findings(entry).values())


def test_those_who_have_to_act_next_get_mail(
    contributor, editor, policy, django_capture_on_commit_callbacks
):
    for client, name in ((contributor, "author"), (editor, "reviewer")):
        client.user.email = f"{name}@example.org"
        client.user.save()

    with django_capture_on_commit_callbacks(execute=True):
        draft = drafted(contributor, policy)
        acts.submit(draft, contributor.user, "Please look")
    with django_capture_on_commit_callbacks(execute=True):
        acts.send_back(draft, editor.user, "Which year?")
    with django_capture_on_commit_callbacks(execute=True):
        acts.submit(draft, contributor.user)
        acts.publish(draft, editor.user)

    assert [(message.to, "Which year?" in message.body) for message in mail.outbox] == [
        (["reviewer@example.org"], False),
        (["author@example.org"], True),
        (["reviewer@example.org"], False),
        (["author@example.org"], False),
    ]
    assert draft.get_edit_url() in mail.outbox[0].body


def waiting(client):
    context = client.get(reverse("admin:index")).context
    return {item["label"]: item["count"] for item in context["waiting"]}


def test_start_page_shows_what_waits_for_whom(contributor, editor, policy):
    draft = drafted(contributor, policy)
    acts.submit(draft, contributor.user)

    assert waiting(editor)["Drafts that wait for your review"] == 1
    assert waiting(contributor)["Your drafts that wait for review"] == 1
    assert "Drafts that wait for your review" not in waiting(contributor)

    acts.send_back(draft, editor.user, "Which year?")
    assert waiting(contributor)["Your drafts that were returned"] == 1
    assert "Drafts that wait for your review" not in waiting(editor)


def test_nobody_publishes_their_own_text_where_others_approve(editor, policy, settings):
    settings.APPROVAL_BY_OTHERS = True

    for button in ("_publish", "_save", "_continue"):
        response = save(editor, policy, button, title_zh_hans="新标题")
        assert response.status_code == 403
    draft = drafted(editor, policy, title_zh_hans="新标题")
    assert b'name="_publish"' not in editor.get(draft.get_edit_url()).content
    with pytest.raises(PermissionDenied):
        acts.publish(draft, editor.user)

    response = save(enter(EDITOR), policy, "_publish", draft.get_edit_url())

    assert response.status_code == 302
    policy.refresh_from_db()
    assert policy.title_zh_hans == "新标题"


def test_publishing_a_draft_of_a_deleted_row_restores_nothing(
    contributor, editor, policy
):
    draft = drafted(contributor, policy, title_zh_hans="新标题")
    policy.delete()

    with pytest.raises(ValidationError, match="deleted"):
        acts.publish(draft, editor.user)

    assert not Policy.objects.exists()
    draft.refresh_from_db()
    assert draft.fields["title_zh_hans"] == ["新标题"]
