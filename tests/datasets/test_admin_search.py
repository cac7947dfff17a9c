"""Values are found by words in the admin's list and in fields that refer to one."""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from cbec_site.base.searching_admin import MOST_WORDS, words_of
from datasets.admin_search import with_words
from datasets.models import Observation
from tests.factories import make_indicator, make_observation, make_region, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def values():
    exports = make_indicator(
        code="exports", title_zh_hans="出口额", title_en="Value of exports"
    )
    imports = make_indicator(
        code="imports", title_zh_hans="进口额", title_en="Value of imports"
    )
    guizhou = make_region(name_zh_hans="贵州", name_en="Guizhou")
    yunnan = make_region(name_zh_hans="云南", name_en="Yunnan 2021")
    return {
        "a": make_observation(
            code="gz_1", indicator=exports, region=guizhou, period="2020"
        ),
        "b": make_observation(indicator=exports, region=yunnan, period="2020"),
        "c": make_observation(indicator=imports, region=guizhou, period="2021"),
        "d": make_observation(indicator=imports, region=guizhou, period="2021-Q1"),
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "abcd"),
        ("贵州", "acd"),
        ("guizhou", "acd"),
        ("出口", "ab"),
        ("EXPORTS", "ab"),
        ("贵州 出口", "a"),
        ("2021", "bcd"),
        ("2021-q1", "d"),
        ("贵州 2021", "cd"),
        ("gz_", "a"),
        ("202020", ""),
        ('"Value of" 2020', "ab"),
        ("Value exports Value", "ab"),
        ("贵州 nothing", ""),
        ("%", ""),
        ("_", "a"),
        (" ".join(map(str, range(MOST_WORDS + 1))), ""),
    ],
)
def test_every_word_names_a_value(values, text, wanted):
    found = with_words(Observation.objects.all(), text)

    names = {row.pk: name for name, row in values.items()}
    assert sorted(names[row.pk] for row in found if row.pk in names) == sorted(wanted)


def test_words_are_looked_for_in_one_query(values, django_assert_num_queries):
    with django_assert_num_queries(2):
        list(with_words(Observation.objects.all(), "贵州 出口 2020"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a b", ["a", "b"]),
        ("'a b' c c", ["a b", "c"]),
        ('"a', ['"a']),
        ("'", ["'"]),
        ("  ", []),
    ],
)
def test_quoted_words_are_searched_as_a_phrase(text, words):
    assert words_of(text) == words


def test_field_is_completed_with_codes_that_start_with_the_term(values):
    make_observation(code="gz_0")
    make_observation(code="other_gz_1")
    request = RequestFactory().get("/", {"field_name": "observation"})
    model_admin = admin.site._registry[Observation]

    def offered(term):
        rows, _doubled = model_admin.get_search_results(
            request, Observation.objects.all(), term
        )
        return [row.code for row in rows]

    assert offered("GZ_") == ["gz_0", "gz_1"]
    assert offered("gz_1") == ["gz_1"]
    assert sorted(offered("出口")) == ["", "gz_1"]


def test_newest_values_come_first_whatever_is_searched(client, values):
    client.force_login(make_user(is_superuser=True))
    address = reverse("admin:datasets_observation_changelist")
    for text, wanted in (
        ("", "dcba"),
        ("贵州", "dca"),
        ("2021", "dcb"),
        ("出口", "ba"),
    ):
        listed = client.get(address, {"q": text}).context["cl"].result_list

        assert [row.pk for row in listed] == [values[name].pk for name in wanted]


def test_list_is_counted_up_to_a_limit_and_says_so(client, values, monkeypatch):
    monkeypatch.setattr("cbec_site.base.counting.BoundedPaginator.most", 2)
    client.force_login(make_user(is_superuser=True))
    client.cookies["django_language"] = "en"

    page = client.get(reverse("admin:datasets_observation_changelist"), {"q": "20"})

    assert page.context["cl"].result_count == 2
    assert page.context["cl"].result_count.is_capped
    assert "2+ results" in page.content.decode()
