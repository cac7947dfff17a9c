"""Interactive charts: their state is in the address, and they are drawn here."""

import csv
import io
import json
import re
from decimal import Decimal
from html import unescape

import pytest
from django.http import QueryDict
from django.utils.timezone import localtime
from django.utils.translation import override

from datasets.chart_choice import MOST_TOGETHER, Every
from datasets.chart_series import every_of, series_of
from datasets.models import Indicator, Observation
from datasets.playable import comparison, figure_chart, indicator_chart
from tests.factories import (
    make_entry,
    make_event,
    make_figure,
    make_indicator,
    make_observation,
    make_policy,
    make_region,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def country():
    return make_region(code="100000", kind="country", name="China")


@pytest.fixture
def province(country):
    return make_region(code="520000", parent=country, name="Guizhou")


@pytest.fixture
def trade(country, province):
    """An indicator with values of a country, a province and another province."""
    indicator = make_indicator(code="trade", title="Trade", unit="CNY_100M")
    make_indicator(code="gdp")
    source = make_source(title="Customs")
    other = make_region(code="530000", parent=country, name="Yunnan")
    values = {
        country: {"2018": 1000, "2019": 1100, "2020": 1210, "2022": 1500},
        province: {"2019": 11, "2020": 22, "2021": 33, "2022": 30},
        other: {"2019": 50, "2020": 40},
    }
    for region, series in values.items():
        for period, value in series.items():
            make_observation(
                indicator=indicator,
                region=region,
                source=source,
                period=period,
                value=value,
                unit="CNY_100M",
            )
    return indicator


def shown(chart):
    """Title of each series to its values by period, as the chart has them."""
    return {
        column.title: {period: cell.plain for period, cell in column.cells.items()}
        for column in chart.table.columns
    }


def played(indicator, query):
    return indicator_chart(indicator, QueryDict(query))


def test_regions_and_years_are_chosen(trade):
    chart = played(trade, "region=520000&from=2020&to=2021")

    assert shown(chart) == {"Guizhou": {"2020": "2.2", "2021": "3.3"}}


def test_chart_says_how_many_series_it_does_not_draw(trade, country, province):
    for number in range(3):
        place = {"region": province, "period": "2021", "code": f"other-{number}"}
        make_observation("9", indicator=trade, source=make_source(), **place)

    told = [
        [note for note in played(trade, query).table.notes if "not drawn" in note]
        for query in ("", "region=520000", "region=100000", "as=index")
    ]

    assert [note[:29] for note in told[0]] == ["3 more series are not drawn: "]
    assert told[1:] == [[], [], []]


def test_index_has_one_base_for_all(trade):
    chart = played(trade, "region=520000&region=100000&as=index")

    assert {column.unit for column in chart.table.columns} == {"2019 = 100"}
    assert {column.panel for column in chart.table.columns} == {0}
    assert shown(chart)["China"] == {
        "2018": "90.9",
        "2019": "100.0",
        "2020": "110.0",
        "2022": "136.4",
    }
    assert shown(chart)["Guizhou"]["2021"] == "300.0"


def test_index_says_what_it_leaves_out(trade):
    chart = played(trade, "region=530000&region=520000&as=index&from=2021")

    assert list(shown(chart)) == ["Guizhou"]
    with override("en"):
        chart = played(trade, "region=100000&region=530000&as=index&from=2020")
    assert list(shown(chart)) == ["China"]
    assert "Left out because there is no value for 2020: Yunnan." in chart.table.notes


def test_change_uses_the_year_before_the_first_shown(trade):
    chart = played(trade, "region=520000&as=change&from=2020")

    assert shown(chart) == {
        "Guizhou": {"2020": "100.0", "2021": "50.0", "2022": "-9.1"}
    }


def test_change_is_not_computed_across_a_missing_year(trade):
    chart = played(trade, "region=100000&as=change")

    assert shown(chart) == {"China": {"2019": "10.0", "2020": "10.0"}}


def test_share_is_of_the_parent_region(trade):
    chart = played(trade, "region=520000&as=share")

    assert shown(chart) == {"Guizhou": {"2019": "1.00", "2020": "1.82", "2022": "2.00"}}
    assert chart.table.columns[0].unit == "% of China"
    assert "Computed on this site" in chart.table.notes[0]


@pytest.mark.parametrize("qualifier", ["at_least", "just_under"])
@pytest.mark.parametrize("measure", ["index", "change", "share"])
def test_nothing_is_computed_from_at_least_or_at_most(trade, qualifier, measure):
    Observation.objects.filter(period="2020", region__code="520000").update(
        qualifier=qualifier
    )

    chart = played(trade, f"region=520000&region=100000&as={measure}")

    assert "2020" not in shown(chart)["Guizhou"]


def test_computed_value_is_as_uncertain_as_its_inputs(trade):
    base = Observation.objects.filter(region__code="520000")
    base.filter(period="2019").update(status="E", qualifier="about")

    cell = played(trade, "region=520000&as=change").table.columns[0].cells["2020"]

    assert (cell.sign, cell.flagged.status, cell.observation.period) == (
        "≈ ",
        "E",
        "2020",
    )


@pytest.mark.parametrize("kind", ["rate", "share"])
def test_rates_are_not_turned_into_an_index(trade, kind):
    trade.kind = kind
    trade.save()

    assert "as" not in played(trade, "").form.fields
    assert played(trade, "as=index").form.is_refused is False
    assert shown(played(trade, "as=index")) == shown(played(trade, ""))


def test_years_and_quarters_never_share_an_axis(trade):
    first = Observation.objects.select_related("region", "source").first()
    same = {"region": first.region, "source": first.source}
    for quarter in range(1, 5):
        period = f"2022-Q{quarter}"
        make_observation(indicator=trade, period=period, value=quarter, **same)

    years, quarters = played(trade, ""), played(trade, "every=quarter")

    assert {every_of(row) for row, _ in years.table.rows} == {Every.YEAR}
    assert [label for _, label in quarters.table.rows] == [
        f"Q{number} 2022" for number in range(1, 5)
    ]


@pytest.mark.parametrize(
    "period",
    ["2022", "2022-S1", "2022-Q3", "2022-11", "2022-11-05", "2022-01-01/P9M"],
)
def test_database_and_python_classify_periods_alike(trade, period):
    make_observation(indicator=make_indicator(code="other"), period=period, value=1)

    (series,) = series_of(Observation.objects.filter(indicator__code="other"))

    assert series["every"] == every_of(period)


ODD = [
    "region=nowhere",
    "region=520000'--",
    "from=1066",
    "from=abc",
    "from=2022&to=2019",
    "as=logarithm",
    "view=painting",
    "every=decade",
    "marks=7",
    "indicator=none",
    "&".join(f"region={number}" for number in range(500)),
]


@pytest.mark.sampled
@pytest.mark.parametrize("query", ODD)
def test_invalid_state_is_reported_and_the_default_shown(client, trade, query):
    address = trade.get_absolute_url()
    refused, plain = client.get(f"{address}?{query}"), client.get(address)

    assert refused.status_code == (400 if refused.context["chart"].form.errors else 200)
    assert refused.context["chart"].table.columns
    assert shown(refused.context["chart"]) == shown(plain.context["chart"])
    if "every" not in query:
        assert refused.status_code == 400
        assert client.get(f"{address[:-1]}.csv?{query}").status_code == 400
        assert b"errorlist" in refused.content


def test_more_series_than_can_be_distinguished_are_refused(client, trade, country):
    for number in range(MOST_TOGETHER):
        region = make_region(code=f"54{number}000", parent=country)
        make_observation(indicator=trade, region=region, period="2020", value=1)
    regions = "&".join(f"region=54{number}000" for number in range(MOST_TOGETHER))

    assert not played(trade, regions).form.is_refused
    assert played(trade, f"{regions}&region=520000").form.is_refused


def test_page_keeps_the_state_in_its_address(client, trade):
    query = "region=520000&as=index&from=2019"
    page = client.get(f"{trade.get_absolute_url()}?{query}").content.decode()

    files = re.findall(
        r'href="([^"]+\.(?:csv|xlsx|json|png|svg)\?[^"]*as=index)"', page
    )
    assert len(files) == 5
    assert '<option value="index" selected>' in page
    assert re.search(r'value="520000"[^>]*checked', page)


def test_another_indicator_leads_to_its_page(client, trade):
    other = Indicator.objects.get(code="gdp")

    answer = client.get(f"{trade.get_absolute_url()}?indicator=gdp&region=520000")

    assert (answer.status_code, answer["Location"]) == (302, other.get_absolute_url())


def test_table_can_be_requested_alone(client, trade):
    page = client.get(f"{trade.get_absolute_url()}?view=table").content.decode()

    assert "<canvas" not in page
    assert '<details class="figure-table" open>' in page


def test_figure_is_narrowed_and_read_as_an_index(trade):
    figure = make_figure(list(trade.observations.all()), chart_type="columns")

    chart = figure_chart(figure, QueryDict("region=520000&as=index&to=2021"))

    assert shown(chart) == {
        "Guizhou · Trade": {"2019": "100.0", "2020": "200.0", "2021": "300.0"}
    }
    assert figure_chart(figure, QueryDict("")).query == ""


def test_indicators_and_regions_are_compared(client, trade, province, country):
    people = make_indicator(code="people", title="People", unit="COUNT", kind="level")
    same = {"region": province, "source": make_source(), "unit": "COUNT"}
    for year in (2019, 2020):
        make_observation(indicator=people, period=str(year), value=year, **same)
    query = "indicator=trade&indicator=people&region=520000&region=100000"

    values, index = (
        comparison(QueryDict(f"{query}{more}")) for more in ("", "&as=index")
    )

    assert [
        (column.title, column.unit, column.panel) for column in values.table.columns
    ] == [
        ("Trade · China", "CNY billion", 0),
        ("Trade · Guizhou", "CNY billion", 0),
        ("People · Guizhou", "", 1),
    ]
    assert {column.panel for column in index.table.columns} == {0}
    assert len(index.table.columns) == 3
    assert client.get(f"/en/datasets/compare/?{query}").status_code == 200


def test_comparison_starts_with_the_indicator_with_most_values(client, trade):
    make_observation(indicator=Indicator.objects.get(code="gdp"), value=1)

    first = client.get("/en/datasets/compare/")
    chosen = client.get("/en/datasets/compare/?region=520000&region=&as=change")

    assert first.context["chart"].query == "?indicator=trade&as=index"
    assert set(shown(first.context["chart"])) == {"China", "Guizhou", "Yunnan"}
    assert chosen.context["chart"].query == "?indicator=trade&region=520000&as=change"
    assert list(shown(chosen.context["chart"])) == ["Guizhou"]


@pytest.mark.parametrize("query", ["", "as=index", "indicator=none"])
def test_comparison_without_any_values_is_a_page(client, query):
    answer = client.get(f"/en/datasets/compare/?{query}")

    assert b"There is nothing to draw." in answer.content


def test_acts_and_events_are_marked_and_listed(client, trade, province, country):
    event = make_event(region=province, happened_on="2020-07-01", title="Zone opens")
    far = make_event(region=make_region(), happened_on="2020-07-01", title="Elsewhere")
    act = make_policy(title="Act", published_on="2021-03-02", published_precision="day")
    hidden = make_policy(title="Draft", published_on="2021-03-02", is_published=False)
    make_entry(observations=[trade.observations.first()], policies=[act, hidden])

    address = f"{trade.get_absolute_url()}?region=520000"
    page = client.get(f"{address}&marks=1").content.decode()
    listed = re.search(r'<ol class="chart-dated">.*?</ol>', page, re.DOTALL)[0]

    assert event.title_en in listed
    assert f'href="{act.get_absolute_url()}"' in listed
    assert far.title_en not in page
    assert hidden.title_en not in page
    assert {"1", "2"} <= set(re.findall(r'data-moment="(\d+)"', page))
    assert "chart-dated" not in client.get(address).content.decode()


def test_files_contain_what_is_shown(client, trade):
    address = f"{trade.get_absolute_url()[:-1]}.csv?region=520000&as=change"
    rows = list(csv.reader(io.StringIO(client.get(address).content.decode())))
    held = json.loads(client.get(address.replace(".csv", ".json")).content)

    chart = played(trade, "region=520000&as=change")
    (column,) = chart.table.columns
    assert [row[1] for row in rows[1:]] == [
        cell.plain for cell in column.cells.values()
    ]
    assert [value["value"] for value in held["series"][0]["values"]] == [
        cell.plain for cell in column.cells.values()
    ]
    assert held["address"].endswith("?region=520000&as=change")
    assert held["sources"] == ["Customs"]
    assert all(Decimal(row[1]) == Decimal(row[1]) for row in rows[1:])


def test_revised_value_shows_both(client, trade):
    seen = Observation.objects.get(region__code="520000", period="2021")
    seen.value = 34
    seen.save()

    page = client.get(f"{trade.get_absolute_url()}?region=520000").content.decode()

    assert re.search(r"first published as\s+CNY 3.3 billion", page)
    assert 'data-former="CNY 3.3 billion"' in page


@pytest.mark.parametrize("kind", ["indicator", "figure"])
def test_only_embeddable_pages_may_be_framed(client, trade, kind):
    thing = trade
    if kind == "figure":
        thing = make_figure(list(trade.observations.all()), chart_type="columns")
    page = client.get(thing.get_absolute_url())
    frame = client.get(f"{thing.get_absolute_url()}frame/?from=2019")

    policy = "Content-Security-Policy"
    assert re.search(r"frame-ancestors [^;]*", frame[policy])[0] == "frame-ancestors *"
    assert re.search(r"frame-ancestors [^;]*", page[policy])[0] != "frame-ancestors *"
    assert "script-src 'self'" in frame[policy]
    assert ("X-Frame-Options" in frame, page["X-Frame-Options"]) == (False, "DENY")
    assert not frame.cookies
    assert "s-maxage" in frame["Cache-Control"]
    assert b"<header" not in frame.content
    assert b"frame/?" not in frame.content


def test_source_line_is_that_of_the_values_shown(client, trade, province):
    """For a figure in any state, on the page and in every file: no more and no less."""
    other = make_source(title="Provincial office")
    trade.observations.filter(region=province).update(source=other)
    figure = make_figure(
        list(trade.observations.all()), chart_type="columns", source_line="Paper says"
    )
    address = figure.get_absolute_url()
    states = {
        "": {"Customs", "Provincial office"},
        "?region=100000": {"Customs"},
        "?region=520000&from=2020": {"Provincial office"},
        "?region=520000&as=share": {"Customs", "Provincial office"},
    }

    for query, sources in states.items():
        page = client.get(address + query).content.decode()
        (line,) = re.findall(r'class="term">Source</span>(.*?)</p>', page, re.DOTALL)
        assert set(re.findall(r">([^<>]+)</a", line)) == sources
        assert "Paper says" in page
        held = json.loads(client.get(f"{address[:-1]}.json{query}").content)
        assert set(held["sources"]) == sources
        picture = client.get(f"{address[:-1]}.svg{query}").content.decode()
        for title in ("Customs", "Provincial office"):
            assert (title in picture) == (title in sources)


def test_regions_of_an_indicator_have_one_unit(trade, province):
    trade.observations.filter(region=province).update(unit="CNY_MILLION")
    with override("zh-hans"):
        chart = played(trade, "region=520000&region=100000")

    assert {column.unit for column in chart.table.columns} == {"百万元"}
    assert [
        column.cells["2019"].plain
        for column in sorted(chart.table.columns, key=lambda one: one.title)
    ] == ["110000", "11"]


def test_long_numbers_take_a_larger_unit(trade, province):
    trade.observations.filter(region=province).update(unit="CNY_10K", value=8_665_812)
    with override("zh-hans"):
        columns = played(trade, "region=520000&region=100000").table.columns
    values = {column.unit: column.cells["2019"].label for column in columns}

    assert {column.unit for column in columns} == {"亿元"}, values
    trade.observations.filter(region=province).update(value=866_581)
    with override("zh-hans"):
        columns = played(trade, "region=520000").table.columns
    assert {column.unit for column in columns} == {"万元"}


def test_files_state_the_date_of_their_data(client, trade):
    address = trade.get_absolute_url()[:-1]
    picture = client.get(f"{address}.svg").content.decode()
    newest = max(trade.observations.values_list("valid_from", flat=True))
    day = localtime(newest).date().isoformat()

    assert f"Data as of {day}" in re.sub(r"<[^>]+>", " ", picture)
    assert json.loads(client.get(f"{address}.json").content)["data_version"] == day


@pytest.mark.parametrize("kind", ["indicator", "figure"])
def test_frozen_embed_keeps_showing_the_values_of_its_date(
    client, trade, province, kind
):
    thing = trade
    if kind == "figure":
        thing = make_figure(list(trade.observations.all()), chart_type="columns")
    page = client.get(f"{thing.get_absolute_url()}?region=520000").content.decode()
    code = unescape(page)
    frozen = unescape(re.search(r'src="http://testserver(.+as_of=[^"]+)"', code)[1])
    before = client.get(frozen)
    common = {"indicator": trade, "region": province, "unit": "CNY_100M"}
    for seen in trade.observations.filter(region=province, period="2021"):
        seen.value = 34
        seen.save()
    added = make_observation(77, period="2023", source=seen.source, **common)
    if kind == "figure":
        thing.points.create(observation=added, role="paper", position=99)

    def values(answer):
        found = re.findall(r'data-value="([\d.]+)"[^>]*data-period="(\d+)"', answer)
        return {period: value for value, period in found}

    live = values(client.get(re.sub("&as_of=.*", "", frozen)).content.decode())
    after = client.get(frozen).content.decode()
    assert values(before.content.decode())["2021"] == values(after)["2021"] == "3.3"
    assert (live["2021"], live["2023"]) == ("3.4", "7.7")
    assert "2023" not in values(after)
    assert "Values as of" in after
    assert "first published" not in after


@pytest.mark.parametrize("text", ["yesterday", "2999-01-01", "2024-01-01T00:00:00"])
def test_embed_can_only_be_frozen_to_a_past_moment(client, trade, text):
    frame = f"{trade.get_absolute_url()}frame/?as_of={text}"

    assert client.get(frame).status_code == 400
    assert client.get(f"{trade.get_absolute_url()}?as_of={text}").status_code == 200
