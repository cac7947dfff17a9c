"""Workbooks as offices make them: read as the sheet shows them, or refused."""

import datetime
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from datasets.importing.layout import read_sheet
from datasets.spreadsheets.documents import read_document
from datasets.spreadsheets.formats import number_cell
from datasets.spreadsheets.problems import UnreadableFileError
from tests.datasets.importing.test_refusals import edited, saved, table

pytestmark = pytest.mark.usefixtures("english")

SHEET = "xl/worksheets/sheet1.xml"
RAISED = InlineFont(vertAlign="superscript")


def book(rows, *merged):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for area in merged:
        made.active.merge_cells(area)
    return made


def reading(made):
    content = made if isinstance(made, bytes) else saved(made)
    return read_sheet(read_document(content).sheets[0])


def values(made):
    """(series, region, period, value, unit) of each record of a sheet without fault."""
    found = reading(made)
    assert (found.errors, found.unknown_columns) == ([], [])
    return [(r.series, r.region, r.period, r.value, r.unit) for r in found.records]


def fault(made):
    """The one error of a sheet."""
    (problem,) = reading(made).errors
    return problem


def test_heading_merged_over_two_rows():
    made = book(
        [
            ["贵州省外贸情况（单位：亿元）"],
            ["地区", "2021年", None, "2022年", None],
            [None, "出口额", "进口额", "出口额", "进口额"],
            ["贵阳市", 1, 2, 3, 4],
        ],
        *("A1:E1", "A2:A3", "B2:C2", "D2:E2"),
    )

    assert values(made) == [
        ("出口额", "贵阳市", "2021", Decimal(1), "CNY_100M"),
        ("进口额", "贵阳市", "2021", Decimal(2), "CNY_100M"),
        ("出口额", "贵阳市", "2022", Decimal(3), "CNY_100M"),
        ("进口额", "贵阳市", "2022", Decimal(4), "CNY_100M"),
    ]


def test_merged_label_applies_to_each_of_its_rows():
    rows = [
        ["地区", "指标", "2022年（亿元）"],
        ["贵阳市", "出口额", 1],
        [None, "进口额", 2],
    ]
    found = reading(book(rows, "A2:A3"))

    assert [(r.region, r.series) for r in found.records] == [
        ("贵阳市", "出口额"),
        ("贵阳市", "进口额"),
    ]
    assert [(t.kind, t.examples) for t in found.tidied] == [
        ("merged", [(3, "贵阳市", "贵阳市")])
    ]


@pytest.mark.parametrize("area", ["C2:C3", "C2:D2", "C2:D3"])
def test_merged_value_is_refused(area):
    rows = [["地区", "指标", "2021年（亿元）", "2022年（亿元）"]]
    rows += [["贵阳市", "出口额", 5, 6], ["贵阳市", "进口额", 7, 8]]
    made = book(rows, area)

    problems = reading(made).errors

    assert {problem.value for problem in problems} == {"5"}
    assert all("one value" in problem.message for problem in problems)


def test_area_merged_over_the_whole_sheet_takes_no_time():
    content = saved(table(["总额", "贵州", 2022, 1, "亿元"]))
    area = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'

    found = reading(edited(content, SHEET, b"</sheetData>", area))

    assert [record.value for record in found.records] == [Decimal(1)]


@pytest.mark.parametrize(
    ("number_format", "period"),
    [
        ('yyyy"年"', "2022"),
        ("mmm-yy", "2022-05"),
        ('[$-804]yyyy"年"m"月";@', "2022-05"),
        ("m/d/yy", "2022-05-09"),
        ("yyyy-mm-dd hh:mm", "2022-05-09"),
    ],
)
@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_date_is_a_period_as_precise_as_it_is_shown(number_format, period, epoch):
    made = table(["总额", "贵州", datetime.datetime(2022, 5, 9), 1, "亿元"])
    made.active["C2"].number_format = number_format
    made.epoch = epoch or made.epoch

    assert values(made) == [("总额", "贵州", period, Decimal(1), "CNY_100M")]


@pytest.mark.parametrize("number_format", ["d-mmm", 'm"月"d"日"', "h:mm", "General"])
def test_date_shown_without_a_year_is_not_a_period(number_format):
    # Typed as 1-9 for January to September, stored as a day of the current year.
    made = table(["总额", "贵州", datetime.datetime(2022, 1, 9), 1, "亿元"])
    made.active["C2"].number_format = number_format

    assert fault(made).kind == "period"


@pytest.mark.parametrize("year", [2022.1, "FY2022", True])
def test_number_that_may_be_two_months_is_not_a_period(year):
    assert fault(table(["总额", "贵州", year, 1, "亿元"])).kind == "period"


@pytest.mark.parametrize(
    ("value", "number_format", "text", "is_percent"),
    [
        (0.995, "0.0%", "0.995", True),
        (-0.5, "0%;[Red]-0%", "-0.5", True),
        (12.5, '0.0"%"', "12.5%", False),
        (12.5, "0.0\\%", "12.5%", False),
        (5, '0"亿元"', "5亿元", False),
        (2022, '0"年"', "2022年", False),
        (3, '"约"0', "约3", False),
        (-5, "#,##0_);(#,##0)", "-5", False),
        (0, '#,##0;-#,##0;"-"', "0", False),
        (5, '_ "¥"* #,##0.00_ ', "5", False),
        (5, '"a;b"0;0', "a;b5", False),
        (1234.5, "0.00E+00", "1234.5", False),
        (12.299999999999999, "General", "12.3", False),
    ],
)
def test_number_is_read_with_the_words_of_its_format(
    value, number_format, text, is_percent
):
    cell = number_cell(value, number_format)

    assert (cell.text, cell.is_percent, cell.fault) == (text, is_percent, "")


@pytest.mark.parametrize(
    "number_format", ["#,##0,", "0.0,,", '0!.0,"万"', "[>1]0%;0", ";;;"]
)
def test_format_that_shows_another_number_is_refused(number_format):
    made = table(["总额", "贵州", 2022, 123456, "亿元"])
    made.active["D2"].number_format = number_format

    assert "format of its own" in fault(made).message


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (b'<c r="D2" t="e"><f>1+1</f><v>#N/A</v>', "Not a finite number"),
        (b'<c r="D2" t="e"><f>1+1</f><v>#DIV/0!</v>', "Not a finite number"),
        (b'<c r="D2" t="b"><f>1+1</f><v>1</v>', "This is not a number"),
    ],
)
def test_formula_that_gives_no_number_is_refused(result, words):
    content = saved(table(["总额", "贵州", 2022, "=1+1", "亿元"]))
    made = edited(content, SHEET, b'<c r="D2"><f>1+1</f><v />', result)

    assert words in fault(made).message


def test_formula_that_gives_words_is_read():
    content = saved(table(["总额", "贵州", 2022, "=1+1", "亿元"]))
    result = '<c r="D2" t="str"><f>1+1</f><v>约12.5万元</v>'.encode()
    made = edited(content, SHEET, b'<c r="D2"><f>1+1</f><v />', result)

    assert values(made) == [("总额", "贵州", "2022", Decimal("12.5"), "CNY_10K")]


@pytest.mark.parametrize("value", [datetime.datetime(2022, 5, 6), datetime.time(5, 6)])
def test_date_in_a_column_of_values_is_refused(value):
    assert fault(table(["总额", "贵州", 2022, value, "亿元"])).kind == "value"


def test_numbers_as_text_are_tidied_and_listed():
    rows = [["总额", "贵州", 2020 + place, text, "亿元"] for place, text in
            enumerate(["1,234.5", "１２", "\u00a05\u00a0"])]  # fmt: skip
    found = reading(table(*rows))

    assert [r.value for r in found.records] == [
        Decimal(n) for n in ("1234.5", "12", "5")
    ]
    assert [t.kind for t in found.tidied] == ["thousands", "width", "spaces"]


def test_superscript_is_a_footnote_mark_and_not_a_digit():
    made = table(
        ["总额", "贵州", 2022, CellRichText("5100", TextBlock(RAISED, "1")), "亿元"],
        [CellRichText(TextBlock(RAISED, "1"), " 快报数")],
    )

    (record,) = reading(made).records

    assert (record.value, record.note) == (Decimal(5100), "快报数")


def test_superscript_of_a_square_metre_is_not_a_footnote_mark():
    unit = CellRichText("m", TextBlock(RAISED, "2"))

    assert values(table(["面积", "贵州", 2022, 5, unit]))[0][-1] == "SQM"


def test_escaped_line_break_is_not_text():
    made = book([["指标", "年份", "数值（亿元）", "备注"]])
    made.active.append(["总额", 2022, 5, "初步_x000D_\n数"])

    assert [record.note for record in reading(made).records] == ["初步数"]


def test_hidden_rows_and_columns_are_read_and_reported():
    made = table(["总额", "贵州", 2022, 1, "亿元"], ["总额", "贵州", 2021, 2, "亿元"])
    made.active.row_dimensions[3].hidden = True
    made.active.column_dimensions["D"].hidden = True

    found = reading(made)

    assert len(found.records) == 2
    assert [(p.kind, p.value, p.message) for p in found.warnings] == [
        ("hidden", "3", "1 hidden row was read too"),
        ("hidden", "D", "1 hidden column was read too"),
    ]


def test_formatted_empty_cells_far_outside_the_table_are_ignored():
    made = table(["总额", "贵州", 2022, 1, "亿元"])
    made.active["XFD1"].number_format = "0.0"
    made.active["A90000"].number_format = "0.0"

    assert len(values(made)) == 1


def test_cell_far_outside_the_table_is_refused():
    made = table(["总额", "贵州", 2022, 1, "亿元"])
    made.active["XFD1"] = "x"

    with pytest.raises(UnreadableFileError, match="More than 400 columns"):
        read_document(saved(made))


def test_chart_sheet_is_not_a_table():
    made = table(["总额", "贵州", 2022, 1, "亿元"])
    chart = BarChart()
    chart.add_data(Reference(made.active, min_col=4, min_row=1, max_row=2))
    made.create_chartsheet("图").add_chart(chart)

    assert [sheet.name for sheet in read_document(saved(made)).sheets] == ["Sheet"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'<row r="2"', b'<row r="1"', "cut off or damaged"),
        (b"<v>1</v>", b"<v>NaN</v>", "damaged"),
        (b"<v>1</v>", b"<v>1.5.5</v>", "damaged"),
        (
            b"<worksheet",
            b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">'
            + b"".join(
                b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 99)
                for letter in b"bcdefg"
            )
            + b"]><worksheet>&g;</worksheet><worksheet",
            "damaged",
        ),
    ],
)
def test_sheet_that_breaks_the_format_is_refused(old, new, words):
    content = saved(table(["总额", "贵州", 2022, 1, "亿元"]))

    with pytest.raises(UnreadableFileError, match=words):
        read_document(edited(content, SHEET, old, new))


def test_strict_workbook_is_named():
    content = saved(table(["总额", "贵州", 2022, 1, "亿元"]))
    usual = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"

    with pytest.raises(UnreadableFileError, match="Strict Open XML"):
        read_document(edited(content, "xl/workbook.xml", usual, strict))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1.5e20, "More digits than can be stored"),
        (1e-9, "More digits than can be stored"),
        (1 / 3, "More digits than can be stored"),
        (12345678901234570.0, "More digits than a sheet keeps"),
    ],
)
def test_number_that_cannot_be_stored_is_refused(value, words):
    assert words in fault(table(["总额", "贵州", 2022, value, "亿元"])).message
