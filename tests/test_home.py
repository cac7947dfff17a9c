"""The home page shows the newest value beside the study's."""

import pytest

from cbec_site.views import headlines
from tests.factories import make_observation

pytestmark = pytest.mark.django_db


@pytest.fixture
def stated():
    return make_observation("105", code="gz_cbec_2022", period="2022")


def later(stated, period, value, **given):
    series = {"indicator": stated.indicator, "region": stated.region}
    source = given.pop("source", stated.source)
    return make_observation(value, period=period, source=source, **(series | given))


def newest():
    (headline,) = headlines()
    return headline[2]


def test_newest_year_stands_beside_the_year_of_the_study(stated):
    later(stated, "2023", "120")
    expected = later(stated, "2024", "150")

    assert newest() == expected


def test_other_lengths_drafts_parts_and_missing_values_do_not(stated):
    later(stated, "2024-Q1", "40")
    later(stated, "2025", "160", is_published=False)
    later(stated, "2025", "90", breakdown="b2b")
    later(stated, "2023", None, status="M")
    later(stated, "2021", "33")

    assert newest() is None


def test_queries_do_not_grow_with_the_values(stated, django_assert_num_queries):
    for year in range(2023, 2027):
        later(stated, str(year), "1")

    with django_assert_num_queries(3):
        headlines()


def test_a_month_or_half_is_not_compared_with_a_quarter():
    quarter = make_observation("105", code="gz_cbec_2022", period="2022-Q1")
    later(quarter, "2023-07", "9")
    expected = later(quarter, "2022-Q4", "110")
    later(quarter, "2023-S1", "300")

    assert newest() == expected
