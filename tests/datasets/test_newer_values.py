"""Figures as in the study, and "to today": with the values published since."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from datasets.charts import figure_table
from datasets.models import Breakdown
from datasets.playable import figure_chart
from tests.factories import (
    make_analysis,
    make_figure,
    make_indicator,
    make_observation,
    make_region,
    make_source,
)

pytestmark = pytest.mark.django_db

ENDED = "Guizhou, Trade: no value after 2022 is known to this site."


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def series():
    """What all values of a series have in common."""
    return {
        "indicator": make_indicator(code="trade", title="Trade", unit="COUNT"),
        "region": make_region(name="Guizhou"),
        "source": make_source(title="Paper"),
    }


@pytest.fixture
def figure(series):
    """A figure of a study with two years of one series."""
    values = [
        make_observation(value, period=period, **series)
        for value, period in ((10, "2021"), (20, "2022"))
    ]
    return make_figure(values)


def add(series, title, **values):
    """Values of an edition of their own, by period: y2023=30."""
    edition = series | {"source": make_source(title=title)}
    return [
        make_observation(value, period=name.removeprefix("y"), **edition)
        for name, value in values.items()
    ]


def make_breakdown_titles(**titles):
    for code, title in titles.items():
        Breakdown.objects.create(code=code, title_en=title, title_zh_hans=title)


def shown(table):
    return {
        column.title: {period: cell.plain for period, cell in column.cells.items()}
        for column in table.columns
    }


def test_newest_edition_is_shown_beside_the_values_of_the_study(figure, series):
    add(series, "Office", y2019=1, y2021=11, y2022=21, y2023=31)
    add(series, "Bureau", y2020=9, y2021=12, y2022=22)

    then, now = figure_table(figure), figure_table(figure, to_today=True)

    study = {"Trade": {"2021": "10", "2022": "20"}}
    assert shown(then) == study
    assert shown(now) == study | {
        "Trade (official)": {"2021": "11", "2022": "21", "2023": "31"}
    }
    assert [column.mark for column in now.columns] == ["bar", "bar"]
    assert then.notes == []
    assert now.notes == ["Guizhou, Trade: newer values to 2023, from Office."]


def test_revision_of_the_last_years_stands_beside_the_longer_first_release(
    figure, series
):
    """Neither is hidden: what the site says of today elsewhere is the revised value."""
    make_breakdown_titles(first="First release", revised="Revised")
    office = series | {"source": make_source(title="Office")}
    for vintage, values in (
        ("first", {"2021": 11, "2022": 21, "2023": 31}),
        ("revised", {"2022": 22, "2023": 33}),
        ("older", {"2021": 9, "2022": 9}),
    ):
        for period, value in values.items():
            make_observation(value, period=period, vintage=vintage, **office)

    table = figure_table(figure, to_today=True)

    assert shown(table) == {
        "Trade": {"2021": "10", "2022": "20"},
        "Trade (official) · First release": {"2021": "11", "2022": "21", "2023": "31"},
        "Trade (official) · Revised": {"2022": "22", "2023": "33"},
    }
    assert [column.mark for column in table.columns] == ["bar", "bar", "bar"]


@pytest.mark.parametrize("to_today", [False, True])
def test_editions_of_one_title_are_told_apart(series, to_today):
    """By their offices, and where one office has several, by their names too."""
    make_breakdown_titles(final="Final figures")
    bureau = series | {"source": make_source(title="Bureau")}
    office = series | {"source": make_source(title="Office")}
    values = [
        make_observation(1, period="2021", **bureau),
        make_observation(2, period="2021", **office),
        make_observation(3, period="2021", vintage="final", **office),
    ]

    table = figure_table(make_figure(values, role="official"), to_today=to_today)

    assert shown(table) == {
        "Trade (official) · Bureau": {"2021": "1"},
        "Trade (official) · Office": {"2021": "2"},
        "Trade (official) · Office · Final figures": {"2021": "3"},
    }


def test_editions_of_one_office_need_no_name_of_the_office(series):
    make_breakdown_titles(final="Final figures")
    values = [
        make_observation(2, period="2021", **series),
        make_observation(3, period="2021", vintage="final", **series),
    ]

    table = figure_table(make_figure(values, role="official"))

    assert list(shown(table)) == [
        "Trade (official)",
        "Trade (official) · Final figures",
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"period": "2023", "is_published": False},
        {"period": "2023-Q1"},
        {"period": "2023-01-01/P9M"},
        {"period": "2023", "breakdown": "exports"},
        {"period": "2023", "value": None},
        {"period": "2022"},
        {"period": ""},
    ],
    ids=str,
)
def test_values_that_do_not_continue_the_series_are_left_out(figure, series, other):
    value = other.pop("value", "99")
    edition = series | {"source": make_source()}
    make_observation(value, **edition, **other)

    table = figure_table(figure, to_today=True)

    assert shown(table) == {"Trade": {"2021": "10", "2022": "20"}}
    assert table.notes == [ENDED]


def test_values_of_another_region_are_not_newer_values(figure, series):
    add(series | {"region": make_region()}, "Office", y2023=31)

    assert figure_table(figure, to_today=True).notes == [ENDED]


def test_index_says_that_the_newer_edition_lacks_its_base_year(figure, series):
    figure.chart_type = "index"
    add(series, "Office", y2022=21, y2023=31)

    table = figure_table(figure, to_today=True)

    assert list(shown(table)) == ["Trade"]
    assert table.notes == [
        "Guizhou, Trade: newer values to 2023 are known, from Office, but from "
        "another edition, which this figure cannot show."
    ]


def test_chart_of_shares_keeps_the_values_of_the_study(series):
    series["indicator"].unit = "PERCENT"
    parts = [
        make_observation(value, breakdown=part, unit="PERCENT", **series)
        for part, value in (("road", 60), ("rail", 40))
    ]
    (newer,) = add(series | {"breakdown": "road", "unit": "PERCENT"}, "Office", y2023=5)

    table = figure_table(make_figure(parts, chart_type="share"), to_today=True)

    assert shown(table) == {"Trade": {"road": "60", "rail": "40"}}
    assert [observation for observation, _label in table.extras] == [newer]


def test_total_of_zones_is_the_stated_total_where_zones_have_ended(series):
    zones = series | {"region": make_region(name="China")}
    batches = [
        make_observation(count, period=period, breakdown=f"batch {number}", **zones)
        for number, (period, count) in enumerate((("2015-03", 5), ("2016-01", 4)), 1)
    ]
    totals = zones | {"indicator": make_indicator(unit="COUNT", title="Total")}
    paper = make_observation(9, period="2016-01", **totals)
    figure = make_figure(batches, role="official", chart_type="step")
    figure.points.create(observation=paper, role="paper", position=9)
    newer = {"vintage": "first release", "period": "2025-04"}
    make_observation(6, breakdown="batch 3", **newer, **zones)
    make_observation(12, status="E", note="9 + 6 - 3", **newer, **totals)

    table = figure_table(figure, to_today=True)

    running = shown(table)["Total after the batch"]
    assert list(running.values()) == ["5", "9", "12"]
    assert "China, Total: newer values to April 2025" in table.notes[1]
    assert table.notes[1].endswith("; 9 + 6 - 3.")


def test_state_is_in_the_address_of_page_files_and_article(client, figure, series):
    add(series, "Office", y2023=31)
    article = make_analysis().get_absolute_url()
    page = figure.get_absolute_url()

    for address in (page, article, "/en/datasets/figures/"):
        then = client.get(address).content.decode()
        now = client.get(f"{address}?data=today").content.decode()
        assert "newer values to 2023" not in then
        assert "newer values to 2023, from Office" in now
    played = client.get(f"{page}?data=today").content.decode()
    assert '<option value="today" selected>To today' in played
    assert f'href="{page[:-1]}.csv?data=today"' in played
    assert (
        f'href="{article}?data=today#figure-{figure.slug}"'
        in client.get(article).content.decode()
    )
    assert b"31" in client.get(f"{page[:-1]}.csv?data=today").content
    assert client.get(f"{page}?data=tomorrow").status_code == 400


def test_newer_values_are_kept_with_the_other_options_of_a_chart(figure, series):
    add(series, "Office", y2022=20, y2023=31)

    chart = figure_chart(figure, QueryDict("data=today&from=2022&as=change"))

    assert chart.query == "?from=2022&as=change&data=today"
    assert shown(chart.table)["Trade (official)"] == {"2023": "55.0"}


def test_queries_do_not_grow(figure, series, django_assert_num_queries):
    add(series, "Office", y2023=31, y2024=41)
    add(series, "Bureau", y2023=32)

    with django_assert_num_queries(3):
        figure_table(figure)
    with django_assert_num_queries(5):
        figure_table(figure, to_today=True)
