"""The search of the admin's lists."""

import pytest
from django.contrib import admin
from django.urls import reverse

from cbec_site.base.searching_admin import MOST_WORDS
from tests.factories import make_policy, make_user

pytestmark = pytest.mark.django_db


def test_titles_are_found_by_the_index_and_other_columns_by_their_text(client):
    """Draft acts too; in any spelling that readers take for the same."""
    client.force_login(make_user(is_superuser=True))
    make_policy(code="P1", title_zh_hans="跨境电商方案", is_published=False)
    make_policy(code="P2", title="Other", document_number="黔府发〔2020〕7号")

    def found(text):
        address = reverse("admin:policies_policy_changelist")
        rows = client.get(address, {"q": text}).context["cl"].result_list
        return sorted(row.code for row in rows)

    assert found("跨境電商") == found("跨境 方案") == found("方案 p1") == ["P1"]
    assert found("〔2020〕7") == found("other 7号") == ["P2"]
    assert found("—") == found("other 跨境") == []
    assert found("p") == ["P1", "P2"]


def test_pages_of_a_search_have_its_rows_in_order(client):
    client.force_login(make_user(is_superuser=True))
    for number in range(70):
        make_policy(code=f"P{number:02}", title=f"Plan {number:02}")
    address = reverse("admin:policies_policy_changelist")

    def listed(**asked):
        found = client.get(address, {"o": "1", **asked}).context["cl"]
        return int(found.result_count), [row.code for row in found.result_list]

    first, second = listed(q="plan"), listed(q="plan", p="2")
    assert first == (70, [f"P{number:02}" for number in range(50)])
    assert second == (70, [f"P{number:02}" for number in range(50, 70)])
    assert listed(q="plan 07") == (1, ["P07"])
    assert listed(q="plan", all="") == (70, first[1] + second[1])
    assert listed(q="nothing") == (0, [])


SEARCHED = [model for model, page in admin.site._registry.items() if page.search_fields]


# The words make the same conditions whatever is searched.
@pytest.mark.sampled
@pytest.mark.parametrize("model", SEARCHED, ids=lambda model: model.__name__)
def test_search_for_too_many_words_is_refused_in_words(client, model):
    client.force_login(make_user(is_superuser=True))
    meta = model._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")

    assert client.get(address, {"q": "a " * MOST_WORDS}).status_code == 200
    for text in ("a " * 2000, " ".join(map(str, range(MOST_WORDS + 1)))):
        page = client.get(address, {"q": text}, follow=True)

        assert page.redirect_chain == [(address, 302)]
        assert f"一次最多搜索{MOST_WORDS}个词" in page.text


def test_field_is_not_completed_by_too_many_words(client):
    client.force_login(make_user(is_superuser=True))
    asked = {
        "app_label": "policies",
        "model_name": "policyrelation",
        "field_name": "other",
    }
    address = reverse("admin:autocomplete")

    assert client.get(address, asked | {"term": "a " * 20}).status_code == 200
    assert client.get(address, asked | {"term": "a " * 2000}).status_code == 400
