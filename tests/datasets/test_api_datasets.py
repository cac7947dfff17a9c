"""Observations, indicators, regions, sources and figures in the API."""

import csv
import io
from decimal import Decimal

import pytest

from datasets.models import Observation
from datasets.resources import (
    LOOKUPS,
    OBSERVATION_COLUMNS,
    ObservationExport,
    observation_row,
)
from tests.factories import (
    make_analysis,
    make_breakdown,
    make_figure,
    make_indicator,
    make_observation,
    make_region,
    make_source,
    make_zone,
)

pytestmark = pytest.mark.django_db


def results(client, address):
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 200, response.content
    return response.json()["results"]


def codes(client, address, key="code"):
    return [row[key] for row in results(client, address)]


def read_csv(client, address):
    text = client.get(f"/api/v1/{address}").getvalue().decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_observation_holds_value_unit_status_and_source(client):
    make_breakdown(code="batch 3", title="Batch")
    source = make_source(licence_zh_hans="署名", licence_en="Attribution")
    make_observation(
        "27.10",
        code="gz_2022",
        breakdown="batch 3",
        qualifier="about",
        status="P",
        source=source,
        note_zh_hans="注",
        paper_location="Fig. 2",
    )

    (row,) = results(client, "observations")

    assert (row["value"], row["unit"], row["decimals"]) == ("27.10", "CNY_100M", 2)
    assert (row["unit_zh"], row["unit_en"]) == ("亿元", "100 million yuan")
    assert (row["status"], row["qualifier"]) == ("P", "about")
    assert (row["breakdown_zh"], row["breakdown_en"]) == ("Batch", "Batch")
    assert (row["note_zh"], row["note_en"]) == ("注", None)
    assert row["location"] == "Fig. 2"
    assert row["source"]["code"] == source.code
    assert row["source"]["licence_zh"] == "署名"
    assert row["source"]["licence_en"] == "Attribution"


def test_missing_value_is_null_in_json_and_empty_in_csv(client):
    make_observation(None, status="Q")

    (row,) = results(client, "observations")
    (line,) = read_csv(client, "observations.csv")

    assert (row["value"], row["status"]) == (None, "Q")
    assert (line["value"], line["status"]) == ("", "Q")


def test_large_and_small_values_keep_every_digit(client):
    make_observation("322215120.123456")
    make_observation("0.000001")

    values = codes(client, "observations", "value")

    assert values == ["322215120.123456", "0.000001"]
    assert Decimal(values[0]) == Observation.objects.first().value


def test_file_of_observations_has_the_agreed_columns(client):
    observation = make_observation(
        "1.50",
        code="gz",
        vintage="revised",
        note_zh_hans="注，有逗号",
        note_en='He said "so"',
    )

    (line,) = read_csv(client, "observations.csv")

    assert list(line) == (
        "code,indicator,region,period,breakdown,vintage,value,unit,status,qualifier,"
        "source,note,note_en,indicator_zh,indicator_en,region_zh,region_en"
    ).split(",")
    assert line == {
        "code": "gz",
        "indicator": observation.indicator.code,
        "region": observation.region.code,
        "period": "2022",
        "breakdown": "",
        "vintage": "revised",
        "value": "1.50",
        "unit": "CNY_100M",
        "status": "A",
        "qualifier": "",
        "source": observation.source.code,
        "note": "注，有逗号",
        "note_en": 'He said "so"',
        "indicator_zh": observation.indicator.title_zh_hans,
        "indicator_en": observation.indicator.title_en,
        "region_zh": observation.region.name_zh_hans,
        "region_en": observation.region.name_en,
    }


def test_english_note_is_used_where_the_chinese_one_is_missing(client):
    make_observation(note_en="Only English")

    (line,) = read_csv(client, "observations.csv")

    assert (line["note"], line["note_en"]) == ("Only English", "Only English")


def test_row_made_in_python_is_the_row_made_by_the_query():
    observation = make_observation("1.50", note_en="Note")

    (queried,) = Observation.objects.values(*LOOKUPS)

    in_hand = observation_row(Observation.objects.get())
    assert in_hand == queried
    cells = [column.cell(in_hand) for column in OBSERVATION_COLUMNS]
    assert observation.indicator.code in cells


def test_export_of_the_admin_is_the_public_file(client, django_assert_num_queries):
    for note in ("一", "", "三"):
        make_observation("-1.50", note_zh_hans=note, note_en="Note, with comma")
    public = client.get("/api/v1/observations.csv").getvalue().decode()

    with django_assert_num_queries(1):
        exported = ObservationExport().export(Observation.objects.with_labels())

    assert exported.csv == public


def test_rows_are_sorted_by_series_and_period(client):
    second, first = make_indicator(), make_region()
    for period in ("2021", "2019", "2020-Q1", ""):
        make_observation(indicator=second, region=first, period=period)

    assert codes(client, "observations", "period") == [None, "2019", "2020-Q1", "2021"]
    lines = read_csv(client, "observations.csv")
    assert [line["period"] for line in lines] == ["", "2019", "2020-Q1", "2021"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("indicator=gdp", ["a", "c"]),
        ("indicator=gdp&indicator=trade", ["a", "c", "b"]),
        ("region=520000", ["a", "b"]),
        ("indicator=gdp&region=520000", ["a"]),
        ("source=office", ["a"]),
        ("status=P", ["b"]),
        ("status=P&status=O", ["c", "b"]),
        ("vintage=revised", ["b"]),
        ("vintage=", ["a", "c"]),
        ("breakdown=air", ["c"]),
        ("breakdown=", ["a", "b"]),
        ("period_from=2020", ["c", "b"]),
        ("period_to=2020", ["a", "c"]),
        ("period_from=2020-S1&period_to=2020-Q1", ["c"]),
        ("period_from=2019-01-01/P12M&period_to=2019", ["a"]),
        ("indicator=none", []),
    ],
)
def test_filters_of_observations(client, query, expected):
    gdp, trade = make_indicator(code="gdp"), make_indicator(code="trade")
    here, there = make_region(code="520000"), make_region(code="510000")
    make_observation(
        code="a",
        indicator=gdp,
        region=here,
        period="2019",
        source=make_source(code="office"),
    )
    make_observation(
        code="b",
        indicator=trade,
        region=here,
        period="2021",
        status="P",
        vintage="revised",
    )
    make_observation(
        None, code="c", indicator=gdp, region=there, period="2020-Q1", breakdown="air"
    )
    make_observation(code="d", indicator=gdp, region=here, is_published=False)

    assert codes(client, f"observations?{query}") == expected
    lines = read_csv(client, f"observations.csv?{query}")
    assert [line["code"] for line in lines] == expected


def test_draft_observations_and_those_of_draft_indicators_are_nowhere(client):
    draft = make_observation(code="draft_value", is_published=False)
    hidden = make_observation(
        code="hidden_value", indicator=make_indicator(is_published=False)
    )
    shown = make_observation()
    figure = make_figure([draft, hidden, shown])
    secrets = [
        name.encode()
        for observation in (draft, hidden)
        for name in (
            observation.code,
            observation.region.code,
            observation.source.code,
        )
    ] + [hidden.indicator.code.encode()]

    for name in ("observations", "regions", "sources", "figures"):
        for suffix in ("", ".csv"):
            body = client.get(f"/api/v1/{name}{suffix}").getvalue()
            assert not [secret for secret in secrets if secret in body]
    for suffix in ("", ".csv"):
        body = client.get(f"/api/v1/figures/{figure.slug}{suffix}").getvalue()
        assert not [secret for secret in secrets if secret in body]
    assert codes(client, "figures", "point_count") == [1]
    assert client.get(f"/api/v1/indicators/{hidden.indicator.code}").status_code == 404
    counts = dict.fromkeys([draft.indicator.code], 0) | {shown.indicator.code: 1}
    assert {
        row["code"]: row["observation_count"] for row in results(client, "indicators")
    } == counts
    for query in (f"indicator={draft.indicator.code}", f"region={draft.region.code}"):
        assert results(client, f"figures?{query}") == []


def test_draft_figure_is_nowhere(client):
    figure = make_figure([make_observation()], is_published=False)

    assert results(client, "figures") == []
    for suffix in ("", ".csv"):
        assert client.get(f"/api/v1/figures/{figure.slug}{suffix}").status_code == 404


def test_figure_gives_its_points_in_order_with_their_role(client):
    first, second = make_observation("1.0"), make_observation("2.00")
    figure = make_figure([second, first], role="official")

    body = client.get(f"/api/v1/figures/{figure.slug}").json()
    lines = read_csv(client, f"figures/{figure.slug}.csv")

    points = [(p["role"], p["observation"]["value"]) for p in body["points"]]
    assert points == [("official", "2.00"), ("official", "1.0")]
    assert [(line["role"], line["value"]) for line in lines] == points
    assert list(lines[0]) == ["role", *(c.name for c in OBSERVATION_COLUMNS)]
    assert body["data"] == f"http://testserver/api/v1/figures/{figure.slug}"
    assert body["page_en"] == f"http://testserver/en/datasets/figures/{figure.slug}/"


def test_point_of_two_figures_has_the_role_of_the_one_asked_for(client):
    observation = make_observation()
    make_figure([observation], role="paper")
    figure = make_figure([observation], role="text")

    (line,) = read_csv(client, f"figures/{figure.slug}.csv")

    assert line["role"] == "text"


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_of_a_figure_is_constant(client, django_assert_num_queries, count):
    figure = make_figure([make_observation() for _n in range(count)])

    with django_assert_num_queries(3):
        client.get(f"/api/v1/figures/{figure.slug}")
    with django_assert_num_queries(2):
        client.get(f"/api/v1/figures/{figure.slug}.csv")


def test_figures_can_be_found_by_what_they_show(client):
    observation = make_observation()
    make_figure([observation], number="F1")
    make_figure([make_observation()], number="F2")
    query = f"indicator={observation.indicator.code}&region={observation.region.code}"

    assert codes(client, f"figures?{query}", "number") == ["F1"]


def test_indicator_links_to_its_values_and_its_page(client):
    indicator = make_indicator(code="gdp", unit="PERCENT")
    make_observation(indicator=indicator)

    row = client.get("/api/v1/indicators/gdp").json()

    assert row["observations"] == (
        "http://testserver/api/v1/observations?indicator=gdp"
    )
    assert row["page_zh"].endswith("/zh-hans/datasets/indicators/gdp/")
    assert (row["unit_zh"], row["unit_en"]) == ("%", "%")
    assert row["observation_count"] == 1


def test_filters_of_indicators(client):
    make_indicator(code="a", kind="rate", unit="PERCENT")
    make_indicator(code="b", frequency="M")

    assert codes(client, "indicators?kind=rate") == ["a"]
    assert codes(client, "indicators?frequency=M") == ["b"]
    assert codes(client, "indicators?unit=PERCENT&frequency=A") == ["a"]


def test_regions_are_those_with_public_data_and_what_they_are_part_of(client):
    province = make_region(code="520000")
    make_zone(region=make_region(code="520100", kind="city", parent=province))
    make_analysis(region=make_region(code="510000"))
    make_zone(region=make_region(code="draft"), is_published=False)
    make_region(code="unused")

    assert codes(client, "regions") == ["510000", "520000", "520100"]
    assert codes(client, "regions?kind=city&parent=520000") == ["520100"]


def test_sources_can_be_searched(client):
    make_observation(source=make_source(code="customs", title="General Customs"))
    make_observation(source=make_source(code="bureau"))

    assert codes(client, "sources?q=customs general") == ["customs"]
