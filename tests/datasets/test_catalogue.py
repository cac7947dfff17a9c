"""The lists of indicators, regions and sources: series first, how complete each is."""

import datetime

import pytest

from tests.factories import (
    make_entry,
    make_indicator,
    make_observation,
    make_region,
    make_source,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def titles(client):
    found = client.get("/en/datasets/indicators/").context["object_list"]
    return [indicator.title_en for indicator in found]


@pytest.fixture
def values():
    place = {"region": make_region(name_en="Here"), "source": make_source()}
    series = make_indicator(title_en="Series")
    for year in ("2020", "2021", "2023"):
        make_observation(indicator=series, period=year, **place)
    lone = make_observation(
        indicator=make_indicator(title_en="Lone"), period="2020", **place
    )
    return lone, place


def test_a_single_value_that_no_text_uses_leaves_the_list(client, values):
    lone, _place = values

    assert titles(client) == ["Series"]
    html = client.get("/en/datasets/indicators/").content.decode()
    assert "1 indicator with a single value that no text uses is not listed" in html
    # Its page and the API still have it.
    assert client.get(lone.indicator.get_absolute_url()).status_code == 200
    codes = [row["code"] for row in client.get("/api/v1/indicators").json()["results"]]
    assert lone.indicator.code in codes


@pytest.mark.parametrize(
    ("language", "unit"), [("en", "number in a sequence"), ("zh-hans", "序号")]
)
def test_list_says_the_unit_of_numbers_in_a_sequence(client, language, unit):
    batch = make_indicator(unit="ORDINAL")
    for year in ("2018", "2022"):
        make_observation(1, indicator=batch, period=year)

    page = client.get(f"/{language}/datasets/indicators/").content.decode()

    assert f">{unit}</td>" in page and "ordinal" not in page


def test_a_single_value_that_a_text_uses_stays_after_the_series(client, values):
    lone, _place = values
    entry = make_entry(observations=[lone])

    assert titles(client) == ["Series", "Lone"]
    entry.is_published = False
    entry.save()
    assert titles(client) == ["Series"]


def test_several_values_of_one_period_are_no_series(client, values):
    lone, place = values
    make_observation(
        indicator=lone.indicator, period="2020", **(place | {"region": make_region()})
    )

    assert titles(client) == ["Series"]


def test_list_says_how_complete_each_object_is(client, values):
    _lone, place = values
    source = place["source"]
    source.url, source.licence_en = "", "CC BY"
    source.accessed_on = datetime.date(2024, 1, 1)
    source.save()

    indicators = client.get("/en/datasets/indicators/").content.decode()
    regions = client.get("/en/datasets/regions/").content.decode()
    sources = client.get("/en/datasets/sources/").content.decode()

    assert "3 periods, 1 region" in indicators
    assert "2 indicators, to 2023" in regions
    # What almost every source has is left out: an address, and no licence.
    assert "address: not known" in sources and "licence: CC BY" in sources
    assert "read on 1 January 2024" in sources and "values to 2023" in sources
    assert sources.count("licence: ") == sources.count("address: ") == 1


@pytest.mark.parametrize("count", [1, 8])
@pytest.mark.parametrize("name", ["indicators", "regions", "sources"])
def test_query_count_does_not_grow(client, django_assert_max_num_queries, name, count):
    for _number in range(count):
        make_observation(
            indicator=make_indicator(), region=make_region(), source=make_source()
        )

    with django_assert_max_num_queries(5):
        client.get(f"/en/datasets/{name}/")


def test_statistical_terms_are_in_a_folded_section(client):
    indicator = make_indicator(code="trade_total", kind="flow")
    make_observation(indicator=indicator)

    html = client.get(indicator.get_absolute_url()).content.decode()

    main = html[html.index("<h1>") : html.index("How to cite")]
    before, _summary, rest = main.partition("<summary>For data users</summary>")
    folded, _end, after = rest.partition("</details>")
    assert "<code>trade_total</code>" in folded
    assert "<dd>Flow</dd>" in folded
    for shown in (before, after):
        assert "Flow" not in shown
        assert "<code>" not in shown
