"""Files whose text around the table says more: read, queried or refused."""

import io

import openpyxl
import pytest

from tests.datasets.importing.test_odd_files import mismatches, outcome
from tests.datasets.importing.test_office_texts import LONG, faults, plan
from tests.factories import make_indicator, make_region, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
EXPORTS = {"indicator": "exports"}
ROW = ("520000", "2013", "5", "CNY_100M")
WIDE = "地区,2013年\n贵州,5\n"


@pytest.fixture(autouse=True)
def places():
    make_indicator(code="exports", title="出口额")
    make_region(code="100000", name="中国", kind="country")
    make_region(code="520000", name="贵州省")
    make_region(code="510000", name="四川省")
    make_region(code="USA", name="美国", kind="country")
    make_source(code="office", title="统计局")


def workbook(name, rows):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_units_in_brackets_of_any_shape_and_in_words():
    in_100m = {**EXPORTS, "unit": "亿元"}
    ten_thousand = ("520000", "2013", "5", "CNY_10K")
    files = [
        (f"{line}\n{WIDE}", EXPORTS, ([ten_thousand], []))
        for line in (
            "〔单位：万元〕",
            "【单位：万元】",
            "计量单位：万元",
            "单位：万元（另有注明者除外）",
            "单位：万元（除特别注明外）",
            "RMB 10,000".replace(",", ""),
        )
    ]
    files += [
        (f"地区,2013年{unit}\n贵州,5\n", EXPORTS, ([ten_thousand], []))
        for unit in ("〔万元〕", "【万元】", "［万元］", "{万元}")
    ]
    # It contradicts the chosen unit, whatever the shape of the brackets.
    files += [
        (f"{line}\n{WIDE}", in_100m, [1])
        for line in ("【单位：万元】", "RMB in thousands", "Amounts in RMB'000")
    ]
    files += [
        (f"{WIDE}{line}\n", in_100m, [3])
        for line in (
            "注：数据单位：万",
            "注：本表按万元统计",
            "注：金额均为百万元",
            "Note: all figures in millions",
            "Note: amounts are in thousand yuan",
        )
    ]
    # What only sounds similar.
    files += [
        (f"{WIDE}{line}\n", in_100m, ([ROW], []))
        for line in (
            "注：金额为海关统计",
            "注：本表按经营单位所在地统计",
            "注：数额较大",
        )
    ]

    assert mismatches(files) == []


def test_note_that_names_another_unit_is_doubted():
    text = "地区,2013年,备注\n贵州,5,{}\n"
    chosen = {**EXPORTS, "unit": "亿元"}

    assert outcome(text.format("金额为万元"), **chosen) == ([ROW], ["own_unit"])
    assert outcome(text.format("单位：万元"), **chosen) == ([ROW], ["own_unit"])
    assert outcome(text.format("金额为亿元"), **chosen) == ([ROW], [])
    assert outcome(text.format("金额为初步数"), **chosen)[1] == ["preliminary_note"]


def test_sheet_name_that_contradicts_the_table_is_doubted():
    chosen = {**EXPORTS, "unit": "亿元", "region": "520000"}
    no_place, placed = (
        [["", "2013年"], ["出口额", 5]],
        [["地区", "2013年"], ["贵州", 5]],
    )

    def kinds(name, rows, **options):
        given = {key: chosen[key] for key in options["options"]}
        made = plan(workbook(name, rows), **given)
        assert list(made.errors) == []
        return [problem.kind for problem in made.suspicious]

    of_place, of_unit = ("unit", "region"), ("unit", "indicator")
    assert kinds("四川", no_place, options=of_place) == ["sheet"]
    assert kinds("贵州", no_place, options=of_place) == []
    assert kinds("Sheet1", no_place, options=of_place) == []
    assert kinds("四川", placed, options=of_unit) == []
    assert kinds("单位万元", placed, options=of_unit) == ["sheet"]
    assert kinds("出口（万元）", placed, options=of_unit) == ["sheet"]
    assert kinds("单位亿元", placed, options=of_unit) == []


def test_partly_filled_column_that_changes_values_is_doubted():
    head = "REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,{}\n"
    row = "520000,exports,{},5,CNY,{}\n"

    def kinds(column, *cells):
        rows = [row.format(2010 + year, cell) for year, cell in enumerate(cells)]
        made = plan(head.format(column) + "".join(rows))
        assert list(made.errors) == []
        return [(p.line, p.kind) for p in made.suspicious]

    assert kinds("UNIT_MULT", "8", "", "8", "") == [(3, "half_filled")]
    assert kinds("CONF_STATUS", "C", "C", "") == [(4, "half_filled")]
    assert kinds("UNIT_MULT", "8", "8") == []
    assert kinds("UNIT_MULT", "", "") == []
    assert kinds("CONF_STATUS", "F", "F") == []


def test_national_export_of_the_statistics_bureau_is_of_the_whole_country():
    source = "数据来源：国家统计局\n"
    table = "时间：最近2年\n指标,2013年\n出口额(亿元),5\n"
    country = ([("100000", "2013", "5", "CNY_100M")], ["above"])
    english = (
        "Indicators,2013\n出口额(亿元),5\nData Sources: National Bureau of Statistics\n"
    )
    files = [
        (f"数据库：{name}\n{table}{source}", {}, country)
        for name in ("年度数据", "季度数据", "月度数据", "全国年度数据")
    ]
    files += [(f"Database: Annual\n{english}", {}, country)]
    # Any other place, or another publisher, leaves the region open.
    files += [
        (f"数据库：{name}\n{table}{source}", {}, [4])
        for name in (
            "分省年度数据",
            "主要城市年度数据",
            "国际年度数据",
            "港澳台月度数据",
        )
    ]
    files += [
        (f"数据库：年度数据\n{table}{other}", {}, [4])
        for other in (
            "",
            "数据来源：贵州省统计局\n",
            "数据来源：国家统计局贵州调查总队\n",
        )
    ]
    files += [
        (f"贵州与四川比较\n数据库：年度数据\n{table}{source}", {}, [5]),
        (f"数据库：年度数据\n{table}{source}", {"region": "520000"}, [1]),
        (
            f"数据库：分省年度数据\n地区：贵州省\n{table}{source}", {},
            ([ROW], []),
        ),
    ]  # fmt: skip

    assert mismatches(files) == []


@pytest.mark.parametrize(
    ("database", "source", "proposed"),
    [
        ("", "国家统计局", {"region": "100000"}),
        ("", "国家统计局、贵州省统计局", {}),
        ("", "贵州省统计局", {}),
        ("数据库：分省年度数据\n", "国家统计局", {}),
    ],
)
def test_country_is_only_proposed_where_just_the_bureau_is_named(
    database, source, proposed
):
    text = f"{database}指标,2013年\n出口额(亿元),5\n数据来源：{source}\n"

    made = plan(text)

    assert made.errors.count == 1
    assert made.proposed == proposed
    assert any("whole country" in p.message for p in made.warnings) == bool(proposed)
    assert plan(text, region="520000").proposed == {}


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("2013年", "国别（地区）"),
        ("2013年", "贸易伙伴"),
        ("2013年", "最终目的国(地)"),
        ("2013年出口商品国别（地区）总值表", "地区"),
    ],
)
def test_trading_partners_are_parts_of_the_trade_of_one_place(title, heading):
    text = f"{title}\n单位：亿元\n{heading},出口额\n总值,9\n美国,5\n德国,4\n"

    (fault, *others) = plan(text).errors
    made = plan(text, region="中国")

    assert (fault.kind, fault.column) == ("unknown", heading)
    assert "trading partners" in fault.message
    assert {p.message[:8] for p in others} == {"Missing;"}
    assert list(made.errors) == []
    assert [(c.after.region.code, c.after.breakdown) for c in made.new] == [
        ("100000", "美国"),
        ("100000", "德国"),
    ]
    assert [p.value for p in made.warnings if p.kind == "total"] == ["9"]
    assert "partner" in {p.kind for p in made.suspicious}


def test_thousands_groups_do_not_start_with_zero():
    for value in ("0,419", "0 419", "00,419"):
        assert faults(f'{LONG}出口额,贵州,2013,"{value}",亿元\n') != [], value
    (change,) = plan(f'{LONG}出口额,贵州,2013,"1,419",亿元\n').new
    assert change.after.plain_value == "1419"


def test_part_of_a_year_in_a_title_is_not_the_whole_year():
    for words in ("度上半年", "度第一季度", "年度1-9月"):
        text = f"2013年{words.removeprefix('年')}出口\n地区,出口额（亿元）\n贵州,5\n"
        rows = outcome(text)
        assert rows[0] != [ROW], text


def test_rows_that_differ_in_their_notes_are_not_repeats():
    head = LONG.replace("\n", ",备注\n")
    row = "出口额,贵州,2013,5,亿元,{}\n"

    assert faults(head + row.format("含保税") + row.format("不含保税")) == [
        (2, "conflict", "5"),
        (3, "conflict", "5"),
    ]
    same = plan(head + row.format("含（保税）") + row.format("含[保税]"))
    assert list(same.errors) == []
    assert [p.kind for p in same.warnings] == ["duplicate"]
