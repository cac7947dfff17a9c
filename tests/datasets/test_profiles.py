"""Pages of regions, indicators and sources say how many values they have, and rank."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from datasets.profiles import completeness, rank_of, region_profile
from tests.factories import make_indicator, make_observation, make_region, make_source
from tests.html import on_one_line
from tests.sample_site import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def place():
    """A province with two series, among two others of its kind and a city."""
    country = make_region(kind="country")
    place = make_region(name="Guizhou", parent=country)
    source = make_source()
    trade = make_indicator(title="Trade", unit="COUNT")
    for year, value in (("2020", 5), ("2021", 6), ("2023", 8)):
        make_observation(
            value, indicator=trade, region=place, period=year, source=source
        )
    rate = make_indicator(title="Rate", unit="PERCENT", kind="rate")
    for year in ("2020", "2021"):
        make_observation(3, indicator=rate, region=place, period=year, source=source)
    make_observation(9, indicator=make_indicator(title="Lone"), region=place)
    for value, given in (
        (9, {"parent": country}),
        (7, {"parent": country}),
        (99, {"parent": place, "kind": "city"}),
        (99, {}),
    ):
        make_observation(
            value, indicator=trade, region=make_region(**given), period="2023"
        )
    return place


def test_profile_draws_the_amounts_and_names_their_place(place):
    profile = region_profile(place)

    (column,) = profile.table.columns
    assert (column.title, list(column.cells)) == ("Trade", ["2020", "2021", "2023"])
    assert [str(rank) for rank in profile.ranks] == [
        "Trade: 8 in 2023, number 2 of the 3 province-level regions with a value here, "
        "the highest first."
    ]
    (rank,) = profile.ranks
    assert "8 in 2023, the highest of the 3 province-level regions with a value" in str(
        replace(rank, place=1)
    )
    assert "8 in 2023, the lowest of the 2 cities and prefectures with a value" in str(
        replace(rank, kind="city", place=2, count=2)
    )


def test_page_has_profile_chart_and_sentence_in_both_languages(client, place):
    english = text_of(client.get(place.get_absolute_url()))
    with override("zh-hans"):
        chinese = text_of(client.get(place.get_absolute_url()))

    assert "8 in 2023, number 2 of the 3 province-level regions with a value" in english
    assert "Trade: from 5 in 2020 to 8 in 2023 (+60%). No values for 2022." in english
    assert "How complete 6 values, 3 indicators, 4 periods, 2020 to 2023" in english
    assert "在本站有该数值的3个省级地区中居第2位" in chinese
    assert "6个数值，3个指标，4个时期，2020年至2023年" in chinese


def test_page_says_which_ranked_values_are_newer_than_the_chart(client, place):
    trade = place.observations.filter(indicator__title_en="Trade").first().indicator
    newer = {"indicator": trade, "period": "2025", "source": make_source()}
    make_observation(11, region=place, **newer)
    make_observation(12, region=make_region(parent=place.parent), **newer)

    english = text_of(client.get(place.get_absolute_url()))
    with override("zh-hans"):
        chinese = text_of(client.get(place.get_absolute_url()))

    assert "Trade: 11 in 2025, the lowest of the 2 province-level regions" in english
    assert (
        "since they belong to another edition than the bars: Trade (2025)." in english
    )
    assert "不属同一版本，未画入图中：" in chinese and "（2025年）。" in chinese


def test_page_says_nothing_of_editions_where_the_chart_is_as_new(client, place):
    assert "another edition" not in text_of(client.get(place.get_absolute_url()))


def test_place_without_series_has_no_empty_chart(client):
    region = make_observation().region

    page = client.get(region.get_absolute_url()).content.decode()

    assert region_profile(region).table is None
    assert "<figure" not in page and "with a value here" not in page


@pytest.mark.parametrize(
    ("rows", "rank"),
    [
        ([("here", 5), ("there", 4)], (1, 2)),
        ([("here", 5), ("there", 6), ("other", 7)], (3, 3)),
        ([("here", 5)], None),
        ([("there", 5)], None),
        ([("here", 5), ("there", 5)], None),
        # Two editions for one region: the rank is given only if both agree on it.
        ([("here", 5), ("here", 7), ("there", 8)], (2, 2)),
        ([("here", 5), ("here", 7), ("there", 6)], None),
        ([("here", 5), ("there", 3), ("there", 6)], None),
    ],
)
def test_rank_is_given_only_if_all_editions_agree(rows, rank):
    places = {name: make_region() for name, _value in rows} | {"here": make_region()}
    indicator = make_indicator()
    values = [
        make_observation(value, indicator=indicator, region=places[name])
        for name, value in rows
    ]

    assert rank_of(places["here"].pk, values) == rank


def test_a_bound_leaves_the_rank_open():
    here, there = make_region(), make_region()
    indicator = make_indicator()
    rows = [
        make_observation(5, indicator=indicator, region=here),
        make_observation(4, indicator=indicator, region=there, qualifier="at_least"),
    ]

    assert rank_of(here.pk, rows) is None


def test_units_are_compared_by_what_they_measure():
    indicator = make_indicator(unit="CNY_100M")
    here, there = make_region(), make_region()
    rows = [
        make_observation(1, unit="CNY_TRILLION", indicator=indicator, region=here),
        make_observation(9000, unit="CNY_100M", indicator=indicator, region=there),
    ]

    assert rank_of(here.pk, rows) == (1, 2)


def test_completeness_takes_one_query(place, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert completeness(place).values == 6


@pytest.mark.parametrize(
    ("url", "is_secondary"),
    [
        ("https://www.stats.gov.cn/x", False),
        ("https://doi.org/10.12677/ecl.2024.133922", False),
        ("", False),
        ("https://news.qq.com/rain/a/1", True),
        ("https://gov.cn.example.com/", True),
        ("https://www.doi.org.example.com/", True),
    ],
)
def test_source_that_is_not_an_authority_is_called_secondary(client, url, is_secondary):
    source = make_source(url=url)
    make_observation(source=source)

    for address in (source.get_absolute_url(), "/en/datasets/sources/"):
        page = client.get(address).content.decode()
        assert ("secondary source" in page) == is_secondary


def test_values_that_the_paper_gives_no_source_for_are_a_finding(client):
    none, other = make_source(code="paper-text"), make_source()
    for source in (none, other):
        make_observation(source=source)

    told = "Finding: the paper states these values without naming their source."
    assert told in on_one_line(client.get(none.get_absolute_url()).content.decode())
    assert told not in on_one_line(
        client.get(other.get_absolute_url()).content.decode()
    )
