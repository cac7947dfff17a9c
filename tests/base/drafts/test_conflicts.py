"""The later of two editors chooses between three versions; no words are lost."""

import pytest
from django.urls import reverse

from cbec_site.accounts.roles import EDITOR
from cbec_site.base.drafts.models import Draft
from policies.models import Policy
from tests.factories import make_topic

from .conftest import address, drafted, enter, filled, save

pytestmark = [pytest.mark.django_db, pytest.mark.pages]


def overtaken(first, second, policy, theirs, mine):
    """The page that tells `second` that `first` has published meanwhile."""
    data = filled(second, policy) | mine | {"_publish": "1"}
    assert save(first, policy, "_publish", **theirs).status_code == 302
    page = second.post(address(policy), data)
    assert page.status_code == 200
    return page, data


def choices(page, **chosen):
    """What the browser sends for the choices, some of them as given."""
    conflict = page.context["conflict"]
    found = {"_settled": page.context["conflict_version"]}
    found["_asked"] = [difference.name for difference in conflict]
    for difference in conflict:
        choice = chosen.get(difference.name, difference.choice)
        if choice:
            found[f"_take-{difference.name}"] = choice
    return found


def test_three_versions_of_each_field_are_shown(editor, policy):
    other = enter(EDITOR)
    theirs = {"title_zh_hans": "她的标题", "summary_en": "Her summary"}
    mine = {"title_zh_hans": "我的标题", "title_en": "My title"}

    page, _data = overtaken(other, editor, policy, theirs, mine)

    versions = {
        d.name: (d.begun, d.theirs, d.mine, d.choice) for d in page.context["conflict"]
    }
    assert versions == {
        "title_zh_hans": ("旧标题", "她的标题", "我的标题", ""),
        "title_en": (policy.title_en, policy.title_en, "My title", "mine"),
        "summary_en": (policy.summary_en, "Her summary", policy.summary_en, "theirs"),
    }
    policy.refresh_from_db()
    assert policy.title_zh_hans == "她的标题"


def test_chosen_versions_are_saved(editor, policy):
    theirs = {"title_zh_hans": "她的标题", "summary_en": "Her summary"}
    mine = {"title_zh_hans": "我的标题", "title_en": "My title"}
    page, data = overtaken(enter(EDITOR), editor, policy, theirs, mine)

    response = editor.post(address(policy), data | choices(page, title_zh_hans="mine"))

    assert response.status_code == 302, response.context["errors"]
    policy.refresh_from_db()
    assert policy.title_zh_hans == "我的标题"
    assert (policy.title_en, policy.summary_en) == ("My title", "Her summary")


def test_conflict_without_a_choice_is_shown_again(editor, policy):
    theirs, mine = {"title_zh_hans": "她的标题"}, {"title_zh_hans": "我的标题"}
    page, data = overtaken(enter(EDITOR), editor, policy, theirs, mine)

    again = editor.post(address(policy), data | choices(page))

    assert again.status_code == 200
    assert again.context["conflict"]
    assert Policy.objects.get().title_zh_hans == "她的标题"


def test_change_by_a_third_editor_meanwhile_is_asked_about_too(editor, policy):
    theirs, mine = {"title_zh_hans": "她的标题"}, {"title_zh_hans": "我的标题"}
    page, data = overtaken(enter(EDITOR), editor, policy, theirs, mine)
    save(enter(EDITOR), policy, "_publish", title_zh_hans="第三个标题")

    again = editor.post(address(policy), data | choices(page, title_zh_hans="mine"))

    assert [d.theirs for d in again.context["conflict"]] == ["第三个标题"]
    assert Policy.objects.get().title_zh_hans == "第三个标题"


def test_chosen_topics_and_switches_are_saved(editor, policy):
    topic = make_topic()
    theirs, mine = {"topics": [topic.pk], "in_table_1": "on"}, {"title_en": "Mine"}
    page, data = overtaken(enter(EDITOR), editor, policy, theirs, mine)
    chosen = choices(page, topics="theirs", in_table_1="theirs", title_en="mine")

    response = editor.post(address(policy), data | chosen)

    assert response.status_code == 302, response.context["errors"]
    policy.refresh_from_db()
    assert list(policy.topics.all()) == [topic]
    assert (policy.in_table_1, policy.title_en) == (True, "Mine")


def test_stale_draft_shows_the_versions_and_is_published_after_the_choice(
    contributor,
    editor,
    policy,
):
    draft = drafted(contributor, policy, title_zh_hans="草稿的标题")
    save(editor, policy, "_publish", title_zh_hans="她的标题")
    address_of_draft = draft.get_edit_url()

    page = editor.get(address_of_draft)
    assert [(d.begun, d.theirs, d.mine) for d in page.context["conflict"]] == [
        ("旧标题", "她的标题", "草稿的标题")
    ]
    chosen = choices(page, title_zh_hans="mine")
    response = save(editor, policy, "_publish", address_of_draft, **chosen)

    assert response.status_code == 302, response.context["errors"]
    assert Policy.objects.get().title_zh_hans == "草稿的标题"
    assert Draft.objects.get().state == Draft.State.PUBLISHED


def opened(client, policy, url, **typed):
    """What a browser sends for a form that was opened with a draft."""
    context = client.get(url).context
    return filled(client, policy, url, **typed) | {
        "draft": context["draft"].pk,
        "draft_seen": context["draft_seen"],
        "draft_token": context["draft_token"],
    }


@pytest.mark.parametrize("button", ["_draft", "_publish"])
def test_two_editors_of_one_draft_choose_between_their_texts(
    contributor, editor, policy, button
):
    draft = drafted(contributor, policy, title_zh_hans="草稿")
    url = draft.get_edit_url()
    mine = opened(editor, policy, url, title_en="Mine", summary_en="Mine")
    theirs = opened(
        contributor, policy, url, title_en="Theirs", summary_zh_hans="Theirs"
    )
    contributor.post(url, theirs | {"_draft": "1"})

    refused = editor.post(url, mine | {button: "1"})
    # A second attempt asks again and does not overwrite.
    again = opened(editor, policy, refused.url) | {button: "1"}
    refused = editor.post(refused.url, again)
    page = editor.get(refused.url)

    assert {d.name: (d.theirs, d.mine) for d in page.context["conflict"]} == {
        "title_en": ("Theirs", "Mine"),
        "summary_en": (policy.summary_en, "Mine"),
        "summary_zh_hans": ("Theirs", policy.summary_zh_hans),
    }
    draft.refresh_from_db()
    assert draft.fields["title_en"] == ["Theirs"]
    assert Policy.objects.get().title_en == policy.title_en

    taken = {"summary_en": "theirs", "summary_zh_hans": "theirs"}
    chosen = choices(page, title_en="mine", **taken)
    chosen["_settled_draft"] = chosen.pop("_settled")
    sent = opened(editor, policy, refused.url) | chosen | {button: "1"}
    editor.post(refused.url, sent)

    draft = Draft.objects.get()
    assert draft.state == ("open" if button == "_draft" else "published")
    texts = ("title_zh_hans", "title_en", "summary_en", "summary_zh_hans")
    assert [draft.fields[name] for name in texts] == [
        ["草稿"],
        ["Mine"],
        [policy.summary_en],
        ["Theirs"],
    ]
    if button == "_publish":
        assert Policy.objects.get().title_en == "Mine"


def test_what_was_typed_on_a_draft_goes_on_with_that_draft(contributor, policy):
    draft = drafted(contributor, policy, title_zh_hans="草稿")
    typed = opened(contributor, policy, draft.get_edit_url(), title_zh_hans="又改")
    contributor.post(
        reverse("admin:drafts_keep"),
        typed | {"draft_kind": "policies.policy", "draft_row": policy.pk},
    )
    private = Draft.objects.get(state="private")

    page = contributor.get(private.get_edit_url())
    assert "conflict" not in page.context
    sent = opened(contributor, policy, private.get_edit_url())
    contributor.post(private.get_edit_url(), sent | {"_draft": "1"})

    kept = Draft.objects.get()
    assert (kept.pk, kept.fields["title_zh_hans"]) == (draft.pk, ["又改"])
