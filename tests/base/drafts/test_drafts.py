"""A draft is kept beside the public row until an editor who may publishes it."""

import datetime
import html

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cbec_site.accounts.roles import EDITOR, READER
from cbec_site.base.drafts import acts
from cbec_site.base.drafts.due import publish_due, withdraw_due
from cbec_site.base.drafts.models import Draft
from cbec_site.base.drafts.views import link_for
from policies.models import Policy
from tests.factories import make_issuer, make_policy, make_user

from .conftest import PAGE, address, drafted, enter, filled, save

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
State = Draft.State
WORDS = "一个尚未发布的标题"


def shown(client, draft):
    return html.unescape(client.get(draft.get_edit_url()).content.decode())


def test_draft_of_a_public_row_changes_nothing_that_readers_see(contributor, policy):
    draft = drafted(contributor, policy, title_zh_hans=WORDS)

    policy.refresh_from_db()
    assert (draft.state, draft.author) == (State.OPEN, contributor.user)
    assert policy.title_zh_hans == "旧标题"
    assert policy.is_published
    assert WORDS not in Client().get("/zh-hans/policies/P77/").content.decode()


def test_those_who_may_not_publish_cannot_save_a_public_row(contributor, policy):
    for button in ("_save", "_publish"):
        response = save(contributor, policy, button, title_zh_hans=WORDS)
        assert response.status_code == 403

    policy.refresh_from_db()
    assert policy.title_zh_hans == "旧标题"


def test_draft_is_opened_as_it_was_typed_by_every_editor(contributor, editor, policy):
    draft = drafted(contributor, policy, title_zh_hans=WORDS, published_on="not a date")

    for client in (contributor, editor):
        page = shown(client, draft)
        assert WORDS in page
        assert "not a date" in page
    assert "旧标题" not in filled(editor, policy, draft.get_edit_url()).values()


def test_drafts_are_hidden_from_those_who_may_not_see_their_kind(contributor, policy):
    draft = drafted(contributor, policy, title_zh_hans=WORDS)
    data_user = make_user()
    client = Client()
    client.force_login(data_user)

    assert client.get(draft.get_edit_url()).status_code in (302, 403, 404)
    preview = reverse("admin:drafts_preview", args=[draft.pk])
    assert client.get(preview).status_code in (302, 403, 404)


def test_publishing_a_draft_writes_the_row_and_its_history(contributor, editor, policy):
    draft = drafted(contributor, policy, title_zh_hans=WORDS)

    response = save(editor, policy, "_publish", draft.get_edit_url())

    assert response.status_code == 302, response.context["errors"]
    policy.refresh_from_db()
    draft.refresh_from_db()
    assert policy.title_zh_hans == WORDS
    assert draft.state == State.PUBLISHED
    assert policy.history.first().history_user == editor.user
    assert [event.act for event in draft.events.all()] == ["saved", "published"]


def test_stale_draft_is_not_published_over_a_newer_version(contributor, editor, policy):
    draft = drafted(contributor, policy, title_zh_hans=WORDS)
    save(editor, policy, "_publish", title_zh_hans="另一个标题")

    response = save(editor, policy, "_publish", draft.get_edit_url())

    policy.refresh_from_db()
    draft.refresh_from_db()
    assert response.status_code == 200
    assert policy.title_zh_hans == "另一个标题"
    assert draft.state == State.OPEN


def test_a_row_has_one_waiting_draft_at_most(contributor, editor, policy):
    first = drafted(contributor, policy, title_zh_hans=WORDS)

    save(editor, policy, "_draft", title_zh_hans="ein zweiter")

    assert Draft.objects.waiting().get() == first
    kept = Draft.objects.private(editor.user).get()
    assert kept.fields["title_zh_hans"] == ["ein zweiter"]


def test_new_row_is_drafted_submitted_returned_and_published(contributor, editor):
    add = address(name="add")
    issuer = make_issuer()
    data = filled(contributor, None, add) | {
        "code": "P88",
        "title_zh_hans": WORDS,
        "level": "national",
        "source_url": PAGE,
        "policyissuer_set-TOTAL_FORMS": "1",
        "policyissuer_set-0-issuer": issuer.pk,
        "policyissuer_set-0-position": "0",
        "draft_token": "abc",
    }
    contributor.post(add, data | {"_submit": "1"})
    draft = Draft.objects.get()
    assert (draft.state, Policy.objects.count()) == (State.SUBMITTED, 0)

    save(editor, None, "_send_back", draft.get_edit_url(), draft_comment="Which year?")
    draft.refresh_from_db()
    assert draft.state == State.RETURNED
    # Above the form, with who returned it; again among what happened, below.
    above, _form, below = shown(contributor, draft).partition("id_title_zh_hans")
    user = draft.events.last().user
    assert f"Returned by {user}: Which year?" in " ".join(above.split())
    assert f"draft by {draft.author}" in " ".join(above.split())
    assert "Which year?" in below

    response = save(editor, None, "_publish", draft.get_edit_url())
    assert response.status_code == 302, response.context["errors"]
    policy = Policy.objects.get()
    draft.refresh_from_db()
    assert (policy.code, policy.is_published) == ("P88", True)
    assert (draft.state, draft.object_id) == (State.PUBLISHED, policy.pk)


def test_what_has_to_be_corrected_is_saved_but_not_submitted(contributor, policy):
    response = save(
        contributor, policy, "_submit", title_zh_hans=WORDS, published_on="not a date"
    )

    draft = Draft.objects.get()
    assert draft.state == State.OPEN
    assert [event.act for event in draft.events.all()] == ["saved"]
    page = html.unescape(contributor.get(response["Location"]).content.decode())
    assert "The draft is saved but not submitted" in page
    assert "not a date" in page

    save(contributor, policy, "_submit", draft.get_edit_url(), published_on="2021-03")
    draft.refresh_from_db()
    assert draft.state == State.SUBMITTED


def test_refused_act_keeps_what_was_typed_for_it(contributor, editor, policy):
    draft = drafted(contributor, policy, title_zh_hans="先前的标题")

    save(editor, policy, "_schedule", draft.get_edit_url(), title_zh_hans=WORDS)

    draft.refresh_from_db()
    assert (draft.state, draft.data["title_zh_hans"]) == (State.OPEN, WORDS)


def test_returning_needs_a_reason(contributor, editor, policy):
    draft = drafted(contributor, policy)

    save(editor, policy, "_send_back", draft.get_edit_url(), draft_comment=" ")

    draft.refresh_from_db()
    assert draft.state == State.OPEN


def keep(client, policy, **fields):
    return client.post(
        reverse("admin:drafts_keep"),
        {"draft_kind": "policies.policy", "draft_row": policy.pk if policy else ""}
        | fields,
    )


def test_what_is_typed_is_kept_for_its_author_alone(contributor, editor, policy):
    for text in ("跨", "跨境"):
        assert keep(contributor, policy, title_zh_hans=text).status_code == 200

    draft = Draft.objects.get()
    assert (draft.state, draft.fields["title_zh_hans"]) == (State.PRIVATE, ["跨境"])
    assert editor.get(draft.get_edit_url()).status_code == 404
    assert contributor.get(draft.get_edit_url()).status_code == 200
    listed = editor.get(reverse("admin:drafts_draft_changelist")).content.decode()
    assert draft.get_edit_url() not in html.unescape(listed)


def test_saving_discards_the_kept_typing(editor, policy):
    keep(editor, policy, title_zh_hans="跨境")

    save(editor, policy, "_publish", title_zh_hans="跨境电商")

    assert not Draft.objects.filter(state=State.PRIVATE).exists()


def test_refused_save_keeps_the_kept_typing(editor, policy):
    keep(editor, policy, title_zh_hans="")

    response = save(editor, policy, "_publish", title_zh_hans="")

    assert response.status_code == 200
    assert Draft.objects.get().state == State.PRIVATE


@pytest.mark.parametrize("role", [READER, None])
def test_nothing_typed_is_kept_for_those_who_may_not_write(policy, role):
    client = enter(role) if role else Client()

    assert keep(client, policy, title_zh_hans="x").status_code in (302, 403)
    assert not Draft.objects.exists()


def test_preview_is_the_public_page_and_writes_nothing(contributor, policy):
    draft = drafted(contributor, policy, title_zh_hans=WORDS, title_en="Not yet public")
    preview = reverse("admin:drafts_preview", args=[draft.pk])

    chinese = contributor.get(preview, {"language": "zh-hans"})
    english = contributor.get(preview, {"language": "en"})

    assert f"<h1>{WORDS}" in chinese.content.decode().replace("\n", "").replace(" ", "")
    assert '<html lang="en">' in english.content.decode()
    assert "Not yet public" in english.content.decode()
    policy.refresh_from_db()
    assert policy.title_zh_hans == "旧标题"
    assert policy.history.count() == 1
    assert "no-store" in chinese["Cache-Control"]
    assert "noindex" in chinese["X-Robots-Tag"]
    assert "frame-ancestors 'self'" in chinese["Content-Security-Policy"]
    assert "unsafe" not in chinese["Content-Security-Policy"]


@pytest.mark.parametrize("is_new", [False, True])
def test_those_who_may_not_publish_see_the_page_of_what_never_was_public(
    contributor, is_new
):
    """The row is shown as published now: at a moment that it does not have yet."""
    policy = None
    if not is_new:
        policy = make_policy(is_published=False, issuers=[make_issuer()], code="P78")
    changed = {"code": "P78", "level": "national", "title_zh_hans": WORDS}
    draft = drafted(
        contributor,
        policy,
        url=address(policy, "change" if policy else "add"),
        **changed,
    )

    page = contributor.get(
        reverse("admin:drafts_preview", args=[draft.pk]), {"language": "zh-hans"}
    ).content.decode()

    assert f"<h1>{WORDS}" in page.replace("\n", "").replace(" ", "")


def test_preview_of_an_invalid_form_says_what_to_correct(contributor, policy):
    draft = drafted(contributor, policy, title_zh_hans="")

    page = contributor.get(reverse("admin:drafts_preview", args=[draft.pk]))

    assert page.status_code == 200
    assert "There is no page to show yet" in page.content.decode()


def test_link_shows_the_draft_without_an_account_until_it_expires(
    contributor, policy, monkeypatch
):
    draft = drafted(contributor, policy, title_zh_hans=WORDS)
    token = link_for(draft, contributor.user)
    link = reverse("draft-preview", args=[token])

    page = Client().get(link, {"language": "zh-hans"})

    assert WORDS in page.content.decode()
    assert not page.cookies
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == (
        "no-store",
        "noindex, nofollow",
    )
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert Client().get(link[:-2] + "x/").status_code == 404
    monkeypatch.setattr("cbec_site.base.drafts.views.LINK_AGE", -1)
    assert Client().get(link).status_code == 404


def test_link_of_a_discarded_draft_or_a_closed_account_is_gone(contributor, policy):
    draft = drafted(contributor, policy, title_zh_hans=WORDS)
    link = reverse("draft-preview", args=[link_for(draft, contributor.user)])
    contributor.user.is_active = False
    contributor.user.save()
    assert Client().get(link).status_code == 404
    contributor.user.is_active = True
    contributor.user.save()

    acts.discard(draft, contributor.user)

    assert Client().get(link).status_code == 404


def test_scheduled_draft_goes_live_once_and_is_later_withdrawn(
    contributor, editor, policy
):
    draft = drafted(contributor, policy, title_zh_hans=WORDS)
    now = timezone.now()
    hour = datetime.timedelta(hours=1)
    acts.schedule(draft, editor.user, now + hour, now + 3 * hour)

    assert publish_due(now) == 0
    assert publish_due(now + 2 * hour) == 1
    assert publish_due(now + 2 * hour) == 0
    policy.refresh_from_db()
    assert policy.title_zh_hans == WORDS
    assert policy.history.first().history_user == editor.user

    assert withdraw_due(now + 2 * hour) == 0
    assert withdraw_due(now + 4 * hour) == 1
    assert withdraw_due(now + 4 * hour) == 0
    policy.refresh_from_db()
    assert not policy.is_published


def test_scheduled_draft_that_became_stale_is_returned(contributor, editor, policy):
    draft = drafted(contributor, policy, title_zh_hans=WORDS)
    moment = timezone.now() + datetime.timedelta(hours=1)
    acts.schedule(draft, editor.user, moment)
    save(editor, policy, "_publish", title_zh_hans="另一个标题")

    assert publish_due(moment) == 0
    assert publish_due(moment) == 0

    policy.refresh_from_db()
    draft.refresh_from_db()
    assert policy.title_zh_hans == "另一个标题"
    assert draft.state == State.RETURNED
    assert draft.message
    assert [event.act for event in draft.events.all()].count("failed") == 1


def test_what_could_not_be_published_now_is_not_scheduled(contributor, editor, policy):
    draft = drafted(contributor, policy, title_zh_hans="")
    moment = timezone.now() + datetime.timedelta(hours=1)

    with pytest.raises(ValidationError):
        acts.schedule(draft, editor.user, moment)
    with pytest.raises(ValidationError):
        acts.schedule(draft, editor.user, timezone.now())

    draft.refresh_from_db()
    assert draft.state == State.OPEN


def test_nobody_approves_their_own_draft_where_the_setting_says_so(
    editor, policy, settings
):
    draft = drafted(editor, policy, title_zh_hans=WORDS)
    settings.APPROVAL_BY_OTHERS = True

    with pytest.raises(PermissionDenied):
        acts.publish(draft, editor.user)

    assert acts.publish(draft, enter(EDITOR).user).title_zh_hans == WORDS


def test_changing_what_was_approved_takes_the_approval_back(
    contributor, editor, policy
):
    draft = drafted(contributor, policy, title_zh_hans=WORDS)
    moment = timezone.now() + datetime.timedelta(hours=1)
    acts.schedule(draft, editor.user, moment)

    save(contributor, policy, "_draft", draft.get_edit_url(), title_zh_hans="改")

    draft.refresh_from_db()
    assert (draft.state, draft.live_at) == (State.OPEN, None)
    assert publish_due(moment) == 0


def test_field_no_longer_in_the_form_is_shown_not_dropped(contributor, policy):
    draft = drafted(contributor, policy, title_zh_hans=WORDS)
    lost = contributor.get(draft.get_edit_url()).context["lost_fields"]
    assert lost == []

    draft.fields["old_remark"] = ["A remark from before"]
    draft.save()

    assert "A remark from before" in shown(contributor, draft)


def test_list_marks_rows_that_have_a_draft(contributor, editor, policy):
    make_policy(code="P78")
    drafted(contributor, policy, title_zh_hans=WORDS)

    page = editor.get(address(name="changelist")).content.decode()

    assert page.count(f"by {contributor.user} since") == 1
