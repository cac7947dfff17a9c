"""The API gives each bound number with its mark, and how much of a text is checked."""

import pytest

from tests.factories import (
    make_analysis,
    make_claim,
    make_entry,
    make_indicator,
    make_observation,
    make_recommendation,
)

pytestmark = pytest.mark.django_db

EN = (
    "[6](obs:five) of [5](obs:five) warehouses, [dozens](obs:five), "
    "[8 %](claim:C1), [9](claim:C2), [7](obs:draft), [2](not:statistic) and 12."
)
ZH = "[5个](obs:five)仓库，另有12个。"
MARKS = [
    ("6", "obs", "five", "no", "value"),
    ("5", "obs", "five", "yes", "value"),
    ("dozens", "obs", "five", "unreadable", "unread"),
    ("8 %", "claim", "C1", "superseded", "verdict"),
    ("9", "claim", "C2", "label", "verdict"),
]


@pytest.fixture(params=[make_entry, make_recommendation, make_analysis])
def row(request, client):
    """What the API says of a text, of each kind of text."""
    indicator = make_indicator(unit="COUNT")
    make_observation("5", code="five", indicator=indicator)
    make_observation(
        "7", code="draft", indicator=indicator, period="2021", is_published=False
    )
    make_claim(
        code="C1", stated_low=8, stated_unit="PERCENT", verdict="superseded"
    )  # fmt: skip
    make_claim(code="C2", stated_low=9, verdict="label", finding="scope")
    field = "abstract" if request.param is make_analysis else "body"
    made = request.param(**{f"{field}_zh_hans": ZH, f"{field}_en": EN})
    name = {make_entry: "entries", make_recommendation: "recommendations"}
    name = name.get(request.param, "analyses")
    rows = client.get(f"/api/v1/{name}").json()["results"]
    key = "slug" if name == "analyses" else "code"
    return next(row for row in rows if row[key] == getattr(made, key))


def test_each_number_has_the_mark_of_the_number_as_it_stands(row):
    names = ("text", "kind", "code", "verdict", "cause")

    assert [tuple(n[name] for name in names) for n in row["numbers_en"]] == MARKS
    assert [n["verdict"] for n in row["numbers_zh"]] == ["yes"]


def test_coverage_names_what_is_not_checked(row):
    assert row["checked_zh"] == {"found": 2, "checked": 1, "outside": ["12"]}
    assert row["checked_en"] == {
        "found": 6,
        "checked": 3,
        "outside": ["9", "7", "12"],
    }


def test_one_entry_says_the_same(client, row):
    entry = make_entry(body_zh_hans=ZH, body_en=EN)
    url = f"/api/v1/analyses/{entry.analysis.slug}/entries/{entry.code}"

    body = client.get(url).json()

    assert body["numbers_en"] == row["numbers_en"]
    assert body["checked_en"] == row["checked_en"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "1 of 2 numbers on this page are checked. Not checked: 12."),
        ("zh-hans", "未核对"),
    ],
)
def test_home_page_shows_the_coverage_of_the_abstracts(client, language, words):
    make_observation("5", code="five", indicator=make_indicator(unit="COUNT"))
    make_analysis(abstract_zh_hans="[5个](obs:five)。", abstract_en="And 12 more.")

    text = " ".join(client.get(f"/{language}/").content.decode().split())

    assert words in text
