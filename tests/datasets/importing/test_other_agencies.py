"""Tables as Eurostat, the World Bank and UN Comtrade send them."""

import pytest

from tests.datasets.importing.test_office_texts import faults, found, plan
from tests.factories import make_indicator, make_region, make_source

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
    pytest.mark.sampled,
]
EUROSTAT = "indicator,unit,geo\\TIME_PERIOD\t2013 \t2014 \n"


@pytest.fixture(autouse=True)
def places():
    make_indicator(code="exports", title="出口额", title_en="Exports")
    make_indicator(code="imports", title="进口额")
    make_region(code="100000", name="中国", kind="country")
    make_region(code="520000", name="贵州省")
    make_source(code="office", title="统计局")


def eurostat(first, second="5"):
    return EUROSTAT + f"exports,CNY_100M,520000\t{first}\t{second}\n"


@pytest.mark.parametrize(
    ("cell", "value", "status", "note"),
    [
        ("7.5", "7.5", "A", ""),
        ("7.5 p", "7.5", "P", ""),
        ("7.5 e", "7.5", "E", ""),
        ("7.5 b", "7.5", "B", ""),
        ("7.5 u", "7.5", "U", ""),
        ("7.5 r", "7.5", "A", "revised"),
        (": ", None, "O", ""),
        (": c", None, "Q", ""),
        (": z", None, "M", ""),
    ],
)
def test_flag_of_eurostat_sets_the_status(cell, value, status, note):
    made = plan(eurostat(cell))
    after = next(c.after for c in made.new if c.after.period == "2013")

    assert list(made.errors) == []
    assert (after.value and after.plain_value, after.status, after.note_en) == (
        value,
        status,
        note,
    )


@pytest.mark.parametrize("cell", ["7.5 bp", "7.5 q", ": x", "p", "7.5 p 3", ":7"])
def test_unknown_flag_of_eurostat_is_refused(cell):
    assert [line for line, _kind, _value in faults(eurostat(cell))] == [2]


def test_flag_and_status_column_that_differ_are_refused():
    text = "indicator,geo,time,value,unit,obs_status\n"
    row = "exports,520000,2013,7.5 {},亿元,P\n"

    assert [kind for _l, kind, _v in faults(text + row.format("e"))] == ["status"]
    assert faults(text + row.format("p")) == []


def test_flags_are_read_only_in_tables_of_eurostat():
    text = "indicator,region,time,value,unit\nexports,520000,2013,7.5 p,亿元\n"

    assert faults(text) == [(2, "value", "7.5 p")]


def test_first_column_without_all_its_parts_is_refused():
    assert faults(EUROSTAT + "exports,CNY_100M\t7\t5\n") != []


def test_world_bank_with_lines_above():
    head = '"Data Source","World Development Indicators",\n\n'
    head += '"Last Updated Date","2015-04-15",\n\n'
    names = '"Country Name","Country Code","Indicator Name","Indicator Code"'
    row = '"中国","100000","出口额","{}","7","",\n'
    text = head + names + ',"2013","2014",\n'

    assert found(text + row.format("exports"), unit="亿元")[:1] == [
        ("exports", "100000", "2013", "7")
    ]
    assert [kind for _l, kind, _v in faults(text + row.format("imports"), unit="亿元")]


def test_world_bank_databank():
    text = "Country Name,Series Name,2013 [YR2013],2014 [YR2014]\n"
    text += "中国,出口额,7,..\nData from database: World Development Indicators,,,\n"

    assert found(text, unit="亿元") == [
        ("exports", "100000", "2013", "7"),
        ("exports", "100000", "2014", ""),
    ]
    assert faults(text.replace("YR2014", "YR2013"), unit="亿元") != []


def test_columns_of_comtrade_are_explained():
    text = "refYear,reporterDesc,flowDesc,partnerDesc,cmdCode,primaryValue\n"
    text += "2013,中国,Export,World,TOTAL,7\n"
    columns = {"flowDesc", "partnerDesc", "cmdCode"}
    options = {"indicator": "exports", "unit": "元"}

    refused = plan(text, **options)

    assert {p.column for p in refused.errors} == columns
    assert all("UN Comtrade" in p.message for p in refused.errors)
    assert found(text, ignore=frozenset(columns), **options) == [
        ("exports", "100000", "2013", "7")
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "国别",
        "国家（地区）",
        "进口原产国（地）",
        "出口最终目的国(地)",
        "贸易伙伴",
        "Partner",
        "境内目的地",
    ],
)
def test_trading_partners_are_not_regions(heading):
    text = f"{heading},2013年\n贵州,7\n中国,9\n"

    found_faults = faults(text, indicator="imports", unit="亿元")

    assert (1, "unknown", "") in found_faults


def test_places_without_a_heading_are_regions_once_confirmed():
    made = plan(",2013年\n贵州,7\n中国,9\n", indicator="imports", unit="亿元")

    assert list(made.errors) == []
    assert [p.kind for p in made.suspicious] == ["region_column"]


@pytest.mark.parametrize(
    ("title", "region", "kinds"),
    [
        ("贵州省与主要国家贸易", "中国", ["above", "partner"]),
        ("贵州省各市州贸易", "贵阳", ["above"]),
        ("贵州省贸易", "贵州", ["above"]),
        ("全国各地贸易", "贵阳", []),
    ],
)
def test_places_outside_the_region_of_the_title_need_a_tick(title, region, kinds):
    whole = make_region(code="520100", name="贵阳市", kind="city")
    whole.parent_id = type(whole).objects.get(code="520000").pk
    whole.save()
    text = f"{title}\n指标,地区,年份,数值,单位\n出口额,{region},2013,7,亿元\n"

    made = plan(text)

    assert list(made.errors) == []
    assert {p.kind for p in made.suspicious} <= set(kinds)
    assert ("partner" in kinds) == any(p.kind == "partner" for p in made.suspicious)


@pytest.mark.parametrize("heading", ["出口额 Exports", "出口额/Exports"])
def test_indicator_in_two_languages(heading):
    assert found(f"地区 Region,年份,{heading}\n贵州,2013,7\n", unit="亿元") == [
        ("exports", "520000", "2013", "7")
    ]
    other = heading.replace("Exports", "Imports")
    assert faults(f"地区,年份,{other}\n贵州,2013,7\n", unit="亿元") != []


def test_heading_in_two_languages_below_each_other():
    text = "地 区,2013,2014\nRegion,,\n贵州 Guizhou,7,9\n"
    make_region(code="530000", name="云南省")

    assert faults(text.replace("Guizhou", "Yunnan"), indicator="exports", unit="亿元")
    assert [row[3] for row in found(text.replace(" Guizhou", ""), indicator="exports",
                                    unit="亿元")] == ["7", "9"]  # fmt: skip
