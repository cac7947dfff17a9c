"""Growth, shares, differences and multiples are proposed as what computes them."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from cbec_site.base.search_index.writing import indexed_at_the_end
from datasets.models import Region
from swot.checking.expressions import validate
from swot.models.claims import Claim
from swot.texts.editor_notes import report
from tests.factories import (
    make_analysis,
    make_entry,
    make_indicator,
    make_observation,
    make_region,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture(autouse=True)
@indexed_at_the_end()
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
    # Of a region there is: another one would be one more province without data.
    analysis = make_analysis(region=Region.objects.get(code="520000"))
    entry = make_entry(
        analysis=analysis, body_zh_hans=zh, body_en=en, is_published=False
    )
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


RANKED = [("520000", "80", "100"), ("530000", "90", "120"), ("510000", "95", "90")]


@pytest.fixture
@indexed_at_the_end()
def exports():
    """Exports of all three provinces there are."""
    indicator = make_indicator(
        title_zh_hans="货物出口额", title_en="Goods exports", unit="CNY_100M"
    )
    names = {"530000": ("云南省", "Yunnan"), "510000": ("四川省", "Sichuan")}
    for code, before, now in RANKED:
        place = Region.objects.filter(code=code).first() or make_region(
            code=code,
            name_zh_hans=names[code][0],
            name_en=names[code][1],
            kind="province",
        )
        make_observation(before, indicator=indicator, region=place, period="2021")
        make_observation(now, indicator=indicator, region=place, period="2022")
    return indicator


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2022年贵州货物出口额居全国第2位。", "第2位"),
        ("2022年四川货物出口额全国排名倒数第一。", "倒数第一"),
        ("2022年云南货物出口额居全国首位。", "首位"),
        ("2022年四川货物出口额位列第三。", "第三"),
    ],
)
def test_a_place_is_proposed_as_a_rank_among_all(exports, text, place):
    (number,) = computed(text)
    ((found, url),) = number.computed

    assert (number.phrase, found.op) == (place, "rank")
    assert "all regions" in found.label
    given = parse_qs(urlsplit(url).query)
    assert given["comparison"] == ["rank"]
    validate(json.loads(given["expression"][0]))


@pytest.mark.parametrize(
    "text",
    [
        "2022年贵州货物出口额居全国第3位。",
        "2022年贵州货物出口额倒数第二批公布。",
        "2021年四川货物出口额位列第三。",
    ],
)
def test_a_place_that_the_data_do_not_give_is_not_proposed(exports, text):
    assert not computed(text)


def test_a_place_among_some_of_the_set_is_not_proposed(exports):
    make_region(code="430000", name_zh_hans="湖南省", name_en="Hunan", kind="province")

    assert not computed("2022年贵州货物出口额居全国第2位。")


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("2022年贵州出口总额比上年增加20亿元。", "diff"),
        ("2022年四川货物出口额比上年减少5亿元。", "diff"),
        ("2022年四川货物出口额下降5.3%。", "pct_change"),
        ("2022年，贵州出口总额较2021年年均增长25%。", "cagr"),
    ],
)
def test_differences_falls_and_yearly_growth_are_proposed_too(exports, text, op):
    (number,) = computed(text)

    assert {found.op for found, _url in number.computed} == {op}


def test_the_reason_is_the_computation(exports):
    (number,) = computed("2022年贵州出口总额增长25%。")

    assert "(100 − 80) ÷ 80" in number.computed[0][0].reason
    assert "25" in number.computed[0][0].reason
