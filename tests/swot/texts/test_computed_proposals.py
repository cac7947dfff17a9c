"""Growth, shares, differences and multiples are proposed as what computes them."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from swot.models.claims import Claim
from swot.texts.editor_notes import report
from tests.factories import make_entry, make_indicator, make_observation, make_region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture(autouse=True)
def series():
    places = [
        make_region(code=code, name_zh_hans=zh, name_en=en, kind=kind)
        for code, zh, en, kind in (
            ("520000", "贵州省", "Guizhou", "province"),
            ("100000", "中国", "China", "country"),
        )
    ]
    for title_zh, title, unit, rows in (
        ("出口总额", "Exports", "CNY_100M", (("80", "100"), ("2000", "2500"))),
        (
            "网上零售占比",
            "Online share of retail",
            "PERCENT",
            (("12.5", "15"), (None, None)),
        ),
    ):
        indicator = make_indicator(title_zh_hans=title_zh, title_en=title, unit=unit)
        for place, values in zip(places, rows, strict=True):
            for year, value in zip(("2021", "2022"), values, strict=True):
                if value:
                    make_observation(
                        value, indicator=indicator, region=place, period=year
                    )


def computed(zh, en=""):
    entry = make_entry(body_zh_hans=zh, body_en=en, is_published=False)
    return [n for n in report(entry)["zh-hans"].unbound if n.computed]


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("2022年贵州出口总额增长25%。", "pct_change"),
        ("2022年贵州网上零售占比提高2.5个百分点。", "pp_change"),
        ("2022年贵州出口总额占中国的4%。", "share"),
        ("2022年中国出口总额是贵州的25倍。", "ratio"),
    ],
)
def test_a_number_that_follows_from_values_is_proposed_as_their_expression(text, op):
    (number,) = computed(text)

    assert {found.op for found, _url in number.computed} == {op}
    assert all(found.reason for found, _url in number.computed)


@pytest.mark.parametrize(
    "text",
    [
        "2022年贵州出口总额增长26%。",
        "2022年贵州出口总额下降25%。",
        "2022年贵州出口总额占25%。",
        "2022年贵州旅游收入增长25%。",
        "2022年云南出口总额增长25%。",
        "贵州出口总额增长25%。",
        "2022年贵州网上零售占比提高3.5个百分点。",
        "2022年中国出口总额增长25倍。",
    ],
)
def test_nothing_is_proposed_that_the_named_data_do_not_give(text):
    assert not computed(text)


def test_the_new_claim_has_the_expression_and_both_statements(admin_client):
    (number,) = computed(
        "2022年贵州出口总额增长25%。", "In 2022 exports of Guizhou grew 25%."
    )
    given = parse_qs(urlsplit(number.claim_url).query)

    assert given["statement_zh_hans"] == ["2022年贵州出口总额增长25%。"]
    assert given["statement_en"] == ["In 2022 exports of Guizhou grew 25%."]
    assert given["subject_period"] == ["2022"]
    assert given["comparison"] == ["rose"]
    tree = json.loads(given["expression"][0])
    Claim(expression=tree).clean_expression()
    form = admin_client.get(number.claim_url).context["adminform"].form
    assert json.loads(form["expression"].value()) == tree
    assert admin_client.get("/admin/swot/claim/add/?expression=%7Bx").status_code == 200
