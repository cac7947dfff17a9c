"""Text files as offices and spreadsheet programs make them: read, or refused."""

from decimal import Decimal

import pytest

from datasets.importing.importer import observations
from datasets.importing.plan import ObservationOptions
from tests.factories import make_indicator, make_region, make_source

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
    pytest.mark.sampled,
]

LONG = "指标,地区,年份,数值,单位\n"


@pytest.fixture(autouse=True)
def places():
    make_indicator(code="exports", title="出口额")
    make_indicator(code="growth", title="同比增长", unit="PERCENT")
    make_indicator(code="share", title="出口额比重", unit="PERCENT")
    make_region(code="520000", name="贵州省")
    make_region(code="520100", name="贵阳市", kind="city")
    make_source(code="office", title="统计局")


def plan(text, **options):
    content = text if isinstance(text, bytes) else text.encode()
    return observations.plan(
        content, options=ObservationOptions(source="office", **options)
    )


def found(text, **options):
    """(indicator, region, period, value) of each row of a file without faults."""
    made = plan(text, **options)
    assert list(made.errors) == []
    return [
        (
            change.after.indicator.code,
            change.after.region.code,
            change.after.period,
            change.after.plain_value,
        )
        for change in made.new
    ]


def faults(text, **options):
    """(line, kind, value) of each error."""
    return [(p.line, p.kind, p.value) for p in plan(text, **options).errors]


ONE = [("exports", "520000", "2022", "5")]


@pytest.mark.parametrize(
    "text",
    [
        "指标,地区,年份,数值,单位,备注\n出口额,贵州,2022,5,亿元,第一行，\n".replace(
            "第一行，", '"第一行,\n第二行"'
        ),
        '"指标\n名称",地区,年份,"数值\n（亿元）"\n出口额,贵州,2022,5\n',
        (LONG + "出口额,贵州,2022,5,亿元\n").replace("\n", "\r"),
        LONG.replace("\n", "\r\n") + "出口额,贵州,2022,5,亿元\r",
        (LONG + "出口额,贵州,2022,5,亿元\n").replace("\n", ",,,\n"),
        LONG + "出口额,贵州,2022,5,亿元,\n",
        "sep=;\n" + (LONG + "出口额,贵州,2022,5,亿元\n").replace(",", ";"),
        LONG + "\ufeff出口额,贵\u200b州,2022\u00a0,5,亿元\n",
        LONG + "出口\u00ad额,贵 州,2022,5,亿\u3164元\n",
        LONG + "出口额,贵州,2022,5,亿元\n" + LONG,
        LONG + "出口额,贵州,2022,5,亿元\n合 计,,2022,5,亿元\n贵州,小计,2022,5,亿元\n",
        LONG + "出口额,贵州,2022,5,亿元\n本表由统计局编制。\n",
        "贵州省情况,,,\n,,,单 位：亿元\n指标,2022年\n出口额,5\n,,,\n来源：x,,,\n",
        "表1,贵州省2022年,单位：亿元\n地区,出口额\n贵州,5\n",
        "单位：亿元,2022年\n出口额,5\n注：2022年数据,为快报数,下同\n",
    ],
)
def test_value_is_the_same_whatever_surrounds_the_table(text):
    assert found(text, region="" if "地区" in text else "520000") == ONE


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "gb18030"])
def test_value_is_the_same_in_any_encoding(encoding):
    assert found((LONG + "出口额,贵州,2022,5,亿元\n").encode(encoding)) == ONE


@pytest.mark.parametrize(
    ("headings", "periods"),
    [
        ("指标,2022年,\n,1-3月,1-9月\n", ["2022-01-01/P3M", "2022-01-01/P9M"]),
        ("指标,2022年,\n,一季度,上半年\n", ["2022-Q1", "2022-S1"]),
        ("2022年出口\n指标,1月,2月\n", ["2022-01", "2022-02"]),
        ("2022年1-9月出口\n指标,9月,1—9月累计\n", ["2022-09", "2022-01-01/P9M"]),
        ("指标,2022年①,May 2022\n", ["2022", "2022-05"]),
        ("指标,数值,\n,2021,2022\n", ["2021", "2022"]),
        ("指标,绝对值,\n,2021年,2022年\n", ["2021", "2022"]),
        (",2021年,2022年\n指标,数值,数值\n", ["2021", "2022"]),
    ],
)
def test_headings_of_periods(headings, periods):
    rows = found(headings + "出口额（亿元）,5,6\n", region="520000")

    assert [(period, value) for _i, _r, period, value in rows] == list(
        zip(periods, "56", strict=True)
    )


def test_headings_of_series_beside_their_growth():
    text = (
        "2022年外贸,,\n地区,出口额（亿元）,同比增长(%)\n贵州,5,12.5\n贵 阳 市,6,−3.5\n"
    )

    assert found(text) == [
        ("exports", "520000", "2022", "5"),
        ("growth", "520000", "2022", "12.5"),
        ("exports", "520100", "2022", "6"),
        ("growth", "520100", "2022", "-3.5"),
    ]


def test_headings_above_each_other_name_one_indicator():
    text = "2022年,,\n地区,出口额,\n,绝对值（亿元）,比重（%）\n贵州,5,12.5\n"

    assert found(text) == [
        ("exports", "520000", "2022", "5"),
        ("share", "520000", "2022", "12.5"),
    ]


def test_rows_of_years_and_columns_of_months():
    text = "年份,1月,2月\n2021,1,2\n2022,3,4\n"

    rows = found(text, indicator="exports", region="520000", unit="亿元")

    assert [row[2:] for row in rows] == [
        ("2021-01", "1"),
        ("2021-02", "2"),
        ("2022-01", "3"),
        ("2022-02", "4"),
    ]


@pytest.mark.parametrize(
    ("year", "month", "period"),
    [
        ("2022", "5", "2022-05"),
        ("2022年", "5月", "2022-05"),
        ("2022", "1-9月", "2022-01-01/P9M"),
        ("2022", "", "2022"),
        ("2022", "2022-05", "2022-05"),
        ("", "2022年5月", "2022-05"),
    ],
)
def test_columns_of_years_and_of_months(year, month, period):
    text = f"指标,地区,年份,月份,数值,单位\n出口额,贵州,{year},{month},5,亿元\n"

    assert found(text) == [("exports", "520000", period, "5")]


@pytest.mark.parametrize(
    ("year", "month"),
    [
        ("2022", "2021-05"),
        ("2022", "13"),
        ("", "5"),
        ("2022", "全年"),
        # The month 1 with a footnote mark, and not the month 12.
        ("2022", "1²"),
    ],
)
def test_columns_that_name_no_single_period_are_refused(year, month):
    text = f"指标,地区,年份,月份,数值,单位\n出口额,贵州,{year},{month},5,亿元\n"

    assert [(line, kind) for line, kind, _value in faults(text)] == [(2, "period")]


def test_two_columns_of_one_year_do_not_take_the_year_above():
    text = "时间：2021年\n指标,地区,年份,月份,数值,单位\n出口额,贵州,2022,2022,5,亿元\n"

    assert [(line, kind) for line, kind, _value in faults(text)] == [(3, "period")]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("#,地区,2021年\n1,贵州,5\n", ["#"]),
        ("序号,地区,2021年\n1,贵州,5\n", ["序号"]),
        ("地区,2021年,2022年,合计\n贵州,5,6,11\n", ["合计"]),
        ("地区,填报人,2021年\n贵州,张三,5\n", ["填报人"]),
        ("地区,年份,数值,值\n贵州,2022,5,6\n", ["值"]),
        ("地区,年份,数值,2022年\n贵州,2022,5,6\n", ["2022年"]),
        ("指标,2022年/增速,2022年\n出口额,5,6\n", ["2022年/增速"]),
        ("2022年,,\n指标,贵州,重庆\n出口额,5,6\n", ["贵州", "重庆"]),
        ("2022年,,\n地区,出口额,进囗额\n贵州,5,6\n", ["进囗额"]),
        ("地区,年份,数值\n贵州,2022,5,6\n", ["#4"]),
    ],
)
def test_unknown_column_blocks_until_it_is_ignored(text, columns):
    options = {"indicator": "exports", "unit": "亿元"}
    if "地区" not in text:
        options["region"] = "520000"

    blocked = plan(text, **options)
    ignored = plan(text, ignore=frozenset(columns), **options)

    assert blocked.unknown_columns == columns
    assert {problem.kind for problem in blocked.errors} == {"unknown"}
    assert "unknown" not in {problem.kind for problem in ignored.errors}


def test_ignored_column_is_not_read():
    text = "地区,2021年,合计,备注\n贵州,5,11,x\n"
    options = {"indicator": "exports", "unit": "亿元"}

    made = plan(text, ignore=frozenset(["合计", "备注"]), **options)

    assert [(change.raw, change.after.note_en) for change in made.new] == [("5", "")]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        # What a heading or a line names takes precedence over a choice for
        # the whole file.
        ("单位：万卢布\n地区,2022年\n贵州,5\n", (3, "unit", "万卢布")),
        ("单位：亿元、%\n地区,2022年\n贵州,5\n", (3, "unit", "亿元、%")),
        ("地区,2022年（亿元）,单位\n贵州,5,万元\n", (2, "unit", "万元")),
        ("地区,1月\n贵州,5\n", (1, "period", "")),
        ("地区,FY2022\n贵州,5\n", (1, "unknown", "")),
        # An empty cell is not a missing column: it may belong to a merged one.
        ("地区,2022年\n贵阳市,5\n,6\n", (3, "region", "")),
        ("指标,地区,2022年\n出口额,贵州,5\n,贵阳市,6\n", (3, "indicator", "")),
        ("地区代码,地区,2022年\n520100,贵州,5\n", (2, "region", "贵州")),
        ("地区,2022年\n全省,5\n", (2, "region", "全省")),
        ("地区,2022年\n贵州,#REF!\n", (2, "value", "#REF!")),
        ("地区,分组,2022年\n贵州,#N/A,5\n", (2, "breakdown", "#N/A")),
        ("地区;2022年\n贵州;5,5\n", (2, "value", "5,5")),
        ("地区,2022年,2023年\n贵州,5\n", (2, "short", "")),
        ("地区,2022年\n贵州,待定\n", (2, "value", "待定")),
    ],
)
def test_doubtful_line_is_refused(text, fault):
    options = {"indicator": "exports", "region": "520000", "unit": "亿元"}

    assert faults(text, **options) == [fault]


def test_title_that_names_two_regions_gives_neither():
    text = "贵州省与四川省2022年对比,\n指标,绝对值（亿元）\n出口额,5\n"

    assert faults(text) == [(3, "region", "")]


@pytest.mark.parametrize(
    ("unit", "value", "stored"),
    [
        ("百万元", "1.5", ("150", "CNY_10K")),
        ("万元", "3.2亿", ("3.2", "CNY_100M")),
        ("亿元", "1.5", ("1.5", "CNY_100M")),
        # As typed in the full-width letters of a Chinese input method.
        ("１０，０００　ｙｕａｎ", "1.5", ("1.5", "CNY_10K")),
    ],
)
def test_unit_for_the_whole_file_is_exact(unit, value, stored):
    text = f"指标,地区,年份,数值\n出口额,贵州,2022,{value}\n"

    (change,) = plan(text, unit=unit).new

    assert (change.after.plain_value, change.after.unit) == stored


def test_unknown_unit_for_the_whole_file_is_quoted():
    made = plan("指标,地区,年份,数值\n出口额,贵州,2022,5\n", unit="万卢布")

    assert [(p.column, p.value) for p in made.errors] == [
        ("unit", "万卢布"),
        ("unit", ""),
    ]


def notes(text, **options):
    made = plan(text, **options)
    assert list(made.errors) == []
    return [
        (change.line, change.after.note_zh_hans, change.after.status)
        for change in made.new
    ]


def test_footnotes_below_a_long_table_go_to_their_values():
    text = (
        LONG + "出口额,贵州,2022,5①,亿元\n出口额,贵州,2021,4,亿元\n"
        "出口额,贵阳市[1],2021,3,亿元\n出口额,贵州,2020*,2②,亿元\n\n"
        "① 快报数\n[1] 约数\n* 口径不同\n"
    )

    assert notes(text) == [
        (2, "快报数", "A"),
        (3, "", "A"),
        (4, "约数", "E"),
        (5, "口径不同", "A"),
    ]


def test_footnotes_of_a_wide_table_go_to_cells_and_columns():
    text = "地区,2021年①,2022年\n贵州②,5[1],6\n① 快报数\n② 全省\n［1］含保税\n"

    assert notes(text, indicator="exports", unit="亿元") == [
        (2, "全省 含保税 快报数", "A"),
        (2, "全省", "A"),
    ]


@pytest.mark.parametrize("unit", ["单位", "计价"])
def test_notes_that_explain_no_value_are_listed(unit):
    text = f"指标,地区,年份,数值,{unit}\n出口额,贵州,2022,5①,亿元\n② 快报数\n注：x\n"

    made = plan(text, ignore=frozenset(["计价"]), unit="亿元")

    assert [(p.line, p.kind, p.value) for p in made.warnings] == [
        (3, "note", "② 快报数"),
        (4, "note", "注:x"),
    ]
    assert [(t.kind, t.examples) for t in made.tidied] == [("mark", [(2, "5①", "5")])]


def test_what_lines_around_a_table_say_is_reported():
    text = "贵州省2022年外贸\n口岸,出口额（亿元）\n空港,5\n其他,—\n本表由局编制\n"

    made = plan(text)

    # An editor confirms with a tick what is read out of the wording of a title.
    assert [(p.line, p.kind, p.value) for p in made.suspicious] == [
        (1, "above", "贵州省2022年外贸"),
        (1, "above", "贵州省2022年外贸"),
    ]
    assert [(p.line, p.kind, p.value) for p in made.warnings] == [
        (2, "breakdown", ""),
        (5, "novalue", "本表由局编制"),
    ]
    assert [change.after.breakdown for change in made.new] == ["空港", "其他"]


def test_a_space_within_a_name_makes_no_second_name():
    row = "出口额,{},{},{},5,亿元\n"
    text = "指标,地区,年份,分组,数值,单位\n" + "".join(
        row.format(place, year, part)
        for place, year, part in [
            ("贵 阳 市", 2019, "农产品"),
            ("贵\u200b阳市", 2020, "农 产品"),
            ("贵阳市", 2021, "农\u034f产\ufe0f品"),
            ("贵\u3000阳\u3000市", 2022, "农\x07产品"),
        ]
    )

    made = plan(text)

    assert {(c.after.region.code, c.after.breakdown) for c in made.new} == {
        ("520100", "农产品")
    }
    assert {(t.column, t.kind): t.count for t in made.tidied} == {
        ("地区", "spaces"): 2,
        ("地区", "invisible"): 1,
        ("分组", "spaces"): 1,
        ("分组", "invisible"): 2,
    }


def test_every_tidied_cell_is_counted_and_the_first_are_kept():
    cells = ["1,234", "１２", "约3", "4e1", "5 ", "6百万元", "7"] + ["1,000"] * 7
    text = LONG + "".join(
        f'出口额,贵州,{2000 + place},"{cell}",万元\n'
        for place, cell in enumerate(cells)
    )

    made = plan(text)

    assert [(t.kind, t.count) for t in made.tidied] == [
        ("thousands", 8),
        ("width", 1),
        ("words", 1),
        ("scientific", 1),
        ("spaces", 1),
        ("CNY_10K", 1),
    ]
    assert made.tidied.count == 13
    first = next(iter(made.tidied))
    assert first.examples[:2] == [(2, "1,234", "1234"), (9, "1,000", "1000")]
    assert (len(first.examples), first.more) == (5, 3)
    values = [change.after.value for change in made.new]
    assert values[:7] == [Decimal(n) for n in (1234, 12, 3, 40, 5, 600, 7)]


@pytest.mark.parametrize(
    ("heading", "part", "period"),
    [
        ("月份", "3月", "2013-03"),
        ("月份", "3", "2013-03"),
        ("月份", "1-3月", "2013-01-01/P3M"),
        ("季度", "第三季度", "2013-Q3"),
        ("时间", "上半年", "2013-S1"),
    ],
)
def test_parts_of_years_in_rows_below_years_in_columns(heading, part, period):
    text = f"{heading},2013年,2014年\n{part},5,6\n"
    options = {"indicator": "exports", "region": "贵州", "unit": "亿元"}

    assert found(text, **options) == [
        ("exports", "520000", period, "5"),
        ("exports", "520000", period.replace("2013", "2014"), "6"),
    ]
    assert faults(text.replace("2014年", "2014年1月"), **options) != []
    assert faults(text.replace(part, "13月"), **options) != []
