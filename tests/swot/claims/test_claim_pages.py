"""The list of claims and the page of each one."""

import json
import re
from decimal import Decimal

import pytest

from swot.models import VerdictChange
from tests.factories import (
    make_analysis,
    make_claim,
    make_entry,
    make_indicator,
    make_observation,
    make_region,
    make_source,
)
from tests.html import on_one_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def growth():
    """Guizhou's series of three years and the claim that reads the first two."""
    common = {
        "indicator": make_indicator(code="cbec"),
        "region": make_region(name="Guizhou"),
        "source": make_source(),
    }
    rows = [
        make_observation(value, period=period, code=code, **common)
        for value, period, code in (
            ("13", "2019", "gz_2019"),
            ("27.17", "2020", "gz_2020"),
            ("33.22", "2021", "gz_2021"),
        )
    ]
    claim = make_claim(
        code="C07",
        statement_en="Grew by 109%",
        stated_value="109",
        stated_low=Decimal(109),
        stated_unit="PERCENT",
        expression={
            "op": "pct_change",
            "args": [
                {"op": "value", "code": "gz_2020"},
                {"op": "value", "code": "gz_2019"},
            ],
        },
    )
    return claim, rows


def page(client, claim, language="en"):
    response = client.get(f"/{language}/swot/claims/{claim.code}/")
    assert response.status_code == 200
    return response


def test_page_shows_what_is_stated_and_what_the_data_give(client, growth):
    content = on_one_line(page(client, growth[0]).content.decode())

    assert "<dt>Stated</dt><dd>109%</dd>" in content
    assert "<dt>Recomputed</dt><dd>109%</dd>" in content
    assert "(27.17 − 13) ÷ 13 = 109.0%" in content
    assert "101.2% to 117.4%" in content
    # What 27.17 and 13 are in, as the inputs below are printed in billions.
    assert "Unit: 100 million yuan" in content


def test_claim_page_is_in_chinese(client, growth):
    content = on_one_line(page(client, growth[0], "zh-hans").content.decode())

    assert "<dt>所述</dt><dd>109%</dd>" in content
    assert "单位：亿元" in content
    assert "(27.17 − 13) ÷ 13 = 109.0%" in content


def test_chart_marks_the_points_that_were_used(client, growth):
    claim, _rows = growth

    table = page(client, claim).context["chart"]

    (column,) = table.columns
    assert {period: cell.is_used for period, cell in column.cells.items()} == {
        "2019": True,
        "2020": True,
        "2021": False,
    }


def test_no_chart_where_there_is_no_series(client):
    claim = make_claim([make_observation()])

    assert page(client, claim).context["chart"] is None


def test_drafts_are_not_in_the_chart(client, growth):
    claim, rows = growth
    rows[2].is_published = False
    rows[2].save()

    (column,) = page(client, claim).context["chart"].columns

    assert list(column.cells) == ["2019", "2020"]


def test_history_says_when_from_what_to_what_and_why(client, growth):
    claim, rows = growth
    rows[1].value = Decimal(30)
    rows[1]._change_reason = "Corrected by the office"
    rows[1].save()

    content = on_one_line(page(client, claim).content.decode())

    change = VerdictChange.objects.get()
    assert f'<time datetime="{change.changed_at:%Y}' in content
    assert "holds (109) → <strong>contradicted</strong> (130.769)" in content
    assert "Corrected by the office" in content


def test_queries_of_the_page_do_not_grow(client, growth, django_assert_num_queries):
    claim, _rows = growth
    analysis = make_analysis()
    make_entry(analysis=analysis, claims=[claim])
    for number in range(3):
        make_entry(analysis=analysis, claims=[claim], code=f"S9{number}")
        VerdictChange.objects.create(claim=claim, old_verdict="yes", new_verdict="no")

    # The claim; its inputs, entries, recommendations and changes; the chart's points;
    # the titles of breakdowns for chart and table.
    # Two of them for corrections: about the claim, and touching it. The last for the
    # version of the data, which citations name.
    with django_assert_num_queries(11):
        page(client, claim)


def test_structured_data_is_of_a_claim_not_of_a_review(client, growth):
    claim, rows = growth
    analysis = make_analysis(doi="10.1234/paper", year=2024)
    make_entry(analysis=analysis, claims=[claim])

    content = page(client, claim).content.decode()
    blocks = re.findall(r"application/ld\+json\">(.*?)</script>", content, re.DOTALL)
    (data,) = [one for one in map(json.loads, blocks) if one["@type"] == "Claim"]

    assert "Review" not in {one["@type"] for one in map(json.loads, blocks)}
    assert data["identifier"] == "C07"
    assert data["appearance"]["identifier"] == "doi:10.1234/paper"
    assert data["isBasedOn"] == [
        {"@type": "CreativeWork", "name": rows[0].source.title_zh_hans}
    ]


def test_finding_of_an_editor_is_another_kind(client):
    claim = make_claim(
        finding="date",
        verdict="no",
        stated_value="2022-02",
        recomputed_value="2022-01",
    )

    content = on_one_line(page(client, claim).content.decode())

    assert "Editor finding: Date" in content
    assert "<dt>Stated</dt><dd>February 2022</dd>" in content
    assert "<dt>Other reading</dt><dd>January 2022</dd>" in content
    assert "No arithmetic can decide this" in content


def test_finding_has_the_unit_of_what_is_stated(client):
    claim = make_claim(
        finding="scope", stated_value="8", stated_unit="COUNT", recomputed_value="6"
    )

    content = on_one_line(page(client, claim, "zh-hans").content.decode())

    assert "<dd>8个</dd>" in content
    assert "<dd>6个</dd>" in content


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        # The most important come first: contradicted, then holding after rounding.
        ("", ["C02", "C03", "C01"]),
        ("?sort=claim", ["C01", "C02", "C03"]),
        ("?sort=verdict", ["C01", "C03", "C02"]),
        ("?sort=-claim", ["C03", "C02", "C01"]),
        ("?verdict=no", ["C02"]),
        ("?kind=external", ["C03"]),
        ("?q=dogs", ["C03"]),
        ("?entry=S1", ["C01"]),
        ("?sort=-verdict", ["C02", "C03", "C01"]),
        ("?verdict=no&q=dogs", []),
    ],
)
def test_claim_list_can_be_narrowed_and_sorted(client, query, codes):
    make_entry(code="S1", claims=[make_claim(code="C01")])
    make_claim(code="C02", verdict="no")
    make_claim(
        code="C03", verdict="rounding", kind="external", statement_en="Cats and dogs"
    )
    make_claim(code="C04", is_published=False)

    response = client.get(f"/en/swot/claims/{query}")

    assert [row.record.code for row in response.context["table"].rows] == codes


@pytest.mark.parametrize(
    "query", ["?verdict=perhaps", "?kind=x", "?entry=Z9", "?sort=location", "?page=0"]
)
def test_claim_list_refuses_what_it_does_not_know(client, query):
    make_claim()

    assert client.get(f"/en/swot/claims/{query}").status_code in (400, 404)


def test_files_of_the_claim_list_have_the_same_filters(client):
    make_claim(verdict="no")

    content = client.get("/en/swot/claims/?verdict=no").content.decode()

    assert "/api/v1/claims.csv?verdict=no" in content
    assert client.get("/api/v1/claims.csv?verdict=no").status_code == 200


@pytest.mark.parametrize("count", [1, 4])
def test_queries_of_the_list_do_not_grow(client, django_assert_num_queries, count):
    for _claim in range(count):
        make_claim()

    # Choices of entries and of three kinds of data, counts of verdicts, number of
    # rows, their keys, the rows.
    with django_assert_num_queries(9):
        client.get("/en/swot/claims/")
