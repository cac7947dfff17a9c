"""The history says what changed, in both languages, and restores to a draft only."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from cbec_site.accounts.roles import ADMINISTRATOR
from cbec_site.base.drafts.models import Draft
from cbec_site.base.history import changes_between
from cbec_site.base.word_changes import words_changed
from policies.models import Policy
from tests.factories import make_issuer, make_policy, make_topic

from .conftest import address, enter, filled, save

pytestmark = pytest.mark.django_db


def newest_changes(policy):
    newer, older = policy.history.all()[:2]
    return {change.label: change.texts for change in changes_between(older, newer)}


def test_history_has_only_the_columns_of_the_languages():
    names = {field.name for field in Policy.history.model._meta.get_fields()}

    assert {"title_zh_hans", "title_en"} <= names
    assert "title" not in names


def test_language_of_the_editor_makes_no_difference():
    policy = make_policy(title_zh_hans="标题", title_en="Title")
    for language in ("en", "zh-hans"):
        with override(language):
            Policy.objects.get().save()

    with override("en"):
        assert newest_changes(policy) == {}


def test_change_is_described_in_words_for_both_languages(editor, policy):
    issuer, topic = make_issuer(name_zh_hans="商务部", name_en="MOFCOM"), make_topic()
    data = {
        "title_zh_hans": "新标题",
        "title_en": "New title",
        "policyissuer_set-0-issuer": issuer.pk,
        "topics": [topic.pk],
        "change_reason": "The ministry renamed it",
    }
    save(editor, policy, "_publish", title_en="Old title")
    save(editor, policy, "_publish", **data)

    with override("en"):
        changes = newest_changes(policy)
    assert changes["Title"] == [
        ("简体中文", [("del", "旧"), ("ins", "新"), ("", "标题")]),
        ("English", [("del", "Old"), ("ins", "New"), ("", " title")]),
    ]
    assert [text for _name, [(kind, text)] in changes["Topics"]] == [
        f"{topic.code} {topic.name_zh_hans} / {topic.name_en}"
    ]
    assert any("商务部 / MOFCOM" in str(text) for text in changes["Issuing bodies"])
    page = editor.get(address(policy, "history")).content.decode()
    assert "<ins>新</ins>" in page
    assert "The ministry renamed it" in page
    assert str(editor.user) in page


def test_saving_without_a_change_adds_no_version(editor, policy):
    save(editor, policy, "_publish", title_en="A title")
    count = policy.history.count()

    save(editor, policy, "_publish", change_reason="Looked at it")
    assert policy.history.count() == count

    save(editor, policy, "_publish", **{"policyissuer_set-0-position": "4"})
    assert policy.history.count() == count + 1


def version_address(policy, version):
    args = [policy.pk, version.history_id]
    return reverse("admin:policies_policy_simple_history", args=args)


def test_restoring_makes_a_draft_and_publishes_nothing(editor, policy):
    topic = make_topic()
    save(editor, policy, "_publish", topics=[topic.pk], summary_en="Kept")
    wanted = policy.history.first()
    save(editor, policy, "_publish", topics=[], title_zh_hans="后来的标题")
    Policy.objects.update(is_published=False)

    response = editor.post(version_address(policy, wanted), {"_save": "1"})

    draft = Draft.objects.get()
    assert response.url == draft.get_edit_url()
    assert (draft.state, draft.fields["title_zh_hans"]) == (
        Draft.State.OPEN,
        ["旧标题"],
    )
    policy.refresh_from_db()
    assert (policy.title_zh_hans, policy.is_published) == ("后来的标题", False)

    response = save(editor, policy, "_publish", draft.get_edit_url())
    assert response.status_code == 302, response.context["errors"]
    policy.refresh_from_db()
    assert (policy.title_zh_hans, policy.summary_en) == ("旧标题", "Kept")
    assert list(policy.topics.all()) == [topic]
    assert policy.issuers.count() == 1


def test_page_of_an_older_version_has_only_buttons_that_lead_somewhere(editor, policy):
    older = policy.history.first().history_id
    history = address(policy, "history")

    page = editor.get(f"{history}{older}/").content.decode()

    assert f'<a href="{history}"' in page
    # Without an address it would open a list that it does not have.
    assert "actionDropdownOpen" not in page


def test_restoring_a_deleted_row_makes_a_draft_of_a_new_one(policy):
    admin = enter(ADMINISTRATOR)
    data = filled(admin, policy)
    policy.delete()
    version = Policy.history.first()

    admin.post(version_address(Policy(pk=version.id), version), {"_save": "1"})

    draft = Draft.objects.get()
    assert draft.object_id is None
    assert draft.fields["title_zh_hans"] == [data["title_zh_hans"]]
    assert not Policy.objects.exists()


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("", "新", [("ins", "新")]),
        ("一样", "一样", [("", "一样")]),
        ("旧的", "", [("del", "旧的")]),
        (
            "the old plan",
            "the new plan",
            [("", "the "), ("del", "old"), ("ins", "new"), ("", " plan")],
        ),
    ],
)
def test_changed_words_within_a_text_are_marked(before, after, changes):
    assert words_changed(before, after) == changes
