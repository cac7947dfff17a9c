"""The table of translations: records by language."""

import pytest
from django.contrib.auth.models import Permission
from django.http import QueryDict
from django.urls import reverse

from cbec_site.base.drafts.acts import save_draft
from policies.models import Policy
from tests.factories import make_issuer, make_policy, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def editor(client):
    client.user = make_user(is_superuser=True)
    client.force_login(client.user)
    client.cookies["django_language"] = "en"
    return client


def lines(client, state=""):
    query = {"kind": "policies.policy", "state": state}
    answer = client.get(reverse("admin:translations"), query)
    return {line.row.code: line for line in answer.context["lines"]}


@pytest.fixture
def policies(editor):
    issuer = make_issuer()
    make_policy([issuer], code="whole", title_zh_hans="通知", title_en="Notice")
    make_policy([issuer], code="chinese", title_zh_hans="通知", title_en="")
    older = make_policy([issuer], code="older", title_zh_hans="旧通知", title_en="Old")
    older.title_zh_hans = "新通知"
    older.save()
    drafted = make_policy(
        [issuer], code="drafted", title_en="Plan", title_zh_hans="计划"
    )
    words = QueryDict(mutable=True)
    words.update({"title_zh_hans": "计划", "title_en": "A better plan"})
    save_draft(editor.user, Policy, drafted.pk, words)


def test_each_record_has_its_state(editor, policies):
    found = lines(editor)

    assert {code: line.english for code, line in found.items()} == {
        "whole": "current",
        "chinese": "missing",
        "older": "older",
        "drafted": "current",
    }
    assert {line.chinese for line in found.values()} == {"current"}
    assert list(found["drafted"].drafts) == ["english"]
    assert found["whole"].drafts == {}


def test_passage_that_changed_is_shown_with_its_words(editor, policies):
    answer = editor.get(reverse("admin:translations"), {"kind": "policies.policy"})

    assert "<del>旧</del><ins>新</ins>通知" in "".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        ("missing", {"chinese"}),
        ("older", {"older"}),
        ("draft", {"drafted"}),
        ("current", {"whole", "drafted"}),
        ("no such state", {"whole", "chinese", "older", "drafted"}),
    ],
)
def test_list_is_filtered_by_state(editor, policies, state, codes):
    assert set(lines(editor, state)) == codes


def test_missing_chinese_is_reported(editor):
    make_policy([make_issuer()], code="english", title_zh_hans="", title_en="Notice")

    assert lines(editor, "missing")["english"].chinese == "missing"


def test_queries_do_not_grow_with_records(editor, django_assert_max_num_queries):
    issuer = make_issuer()
    for _number in range(12):
        make_policy([issuer])

    with django_assert_max_num_queries(20):
        assert len(lines(editor)) == 12


def test_only_kinds_that_an_account_may_see_are_offered(client):
    user = make_user()
    user.user_permissions.add(Permission.objects.get(codename="view_topic"))
    client.force_login(user)

    answer = client.get(reverse("admin:translations"), {"kind": "policies.policy"})

    assert [name for name, _label in answer.context["kinds"]] == ["policies.topic"]
    assert answer.context["kind"] == "policies.topic"
