"""A cell is read as what it shows, or refused by its address."""

import datetime

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from datasets.spreadsheets.dates import date_as_shown
from datasets.spreadsheets.documents import read_document
from datasets.spreadsheets.formats import number_cell
from datasets.spreadsheets.problems import UnreadableFileError
from tests.datasets.importing.test_refusals import saved, table
from tests.datasets.spreadsheets.test_office_workbooks import fault, reading, values

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (7, '"US$"#,##0.0', "USD 7"),
        (7, "$#,##0", "USD 7"),
        (-7, '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)', "USD -7"),
        (7, "#,##0.00 [$€-407]", "EUR 7"),
        (7, "[$HK$-C04]#,##0", "HKD 7"),
        (7, "[$$-C04]#,##0", "HKD 7"),
        (7, "[$¥-411]#,##0", "JPY 7"),
        (7, "[$£-809]#,##0", "GBP 7"),
        (7, "[$¥-804]#,##0;[$¥-804]-#,##0", "7"),
        (-7, "0.0_);[Red](0.0)", "-7"),
        (-7, "0.0;[Red]-0.0", "-7"),
        (-7, "#,##0;△#,##0", "-7"),
        (0, '0;-0;"…"', "…"),
        (7, 'General"亿元"', "7亿元"),
        (7, '"+"0;"-"0', "7"),
        (7, "[Color10]0;[Red]-0", "7"),
        (7, "[>=0]0;-0", "7"),
        (7, '"↑"0;"↓"0', "↑7"),
        (7, '"约"0', "约7"),
        (7, "[DBNum2][$-804]General", "7"),
        (2013, '0"年上半年"', "2013年上半年"),
    ],
)
def test_number_is_read_with_its_sign_and_currency(value, number_format, text):
    cell = number_cell(value, number_format)

    assert (cell.text, cell.fault) == (text, "")


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        (-7, "0.0;0.0"),
        (-7, "#,##0;[Red]#,##0"),
        (-7, "0.0;;"),
        (7, "-0;0"),
        (7, "(0)"),
        (0, "#,###"),
        (0, "0;-0;"),
        (7, '"保密"'),
        (12, '0"."0'),
        (12, "0-0"),
        (7, "[$₩-412]#,##0"),
        (7, "[$NT$-404]#,##0"),
        (7, "[$$-1009]#,##0"),
        (7, '"$"0"€"'),
        (7, "[$CHF] 0.0"),
        (7, "0.0[$万元]"),
        (7, '0.0"e3"'),
        (-7, '"↑"0.0;"↓"0.0'),
        (-7, '0.0;[Red]"减"0.0'),
        (7, "[>5]0,;0"),
        (7, '[>5]"多于"0;0'),
        (7, '0!.0,"万"'),
        (7, '"1"0'),
        (7, "▲0;▼0"),
        (-7, "+0;0"),
    ],
)
def test_number_shown_as_another_is_refused(value, number_format):
    assert "format of its own" in number_cell(value, number_format).fault


def test_cell_with_an_error_value_is_named():
    made = table(["总额", "贵州", 2013, -7, "亿元"])
    made.active["D2"].number_format = "0.0;0.0"

    assert fault(made).message.startswith("Cell D2: ")


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ('yyyy"年上半年"', "2013年上半年"),
        ('yyyy"年第二季度"', "2013年第二季度"),
        ('yyyy"年1-4月"', "2013年1-4月"),
        ('yyyy"财年"', "2013财年"),
        ('"FY"yyyy', "FY2013"),
        ('yyyy" H1"', "2013 H1"),
        ('yyyy"年末"', "2013"),
        ('yyyy"年计划"', "2013年计划"),
        ('yyyy"年（预计）"', "2013年（预计）"),
        ('"Plan "yyyy', "Plan 2013"),
        ('yyyy" spring"', "2013 spring"),
        ('"before "yyyy', "before 2013"),
        ('yyyy"年前"m"个月"', "2013年前4个月"),
        ('[$-411]ggge"年"', '[$-411]ggge"年"'),
        ('[$-404]e"年"', '[$-404]e"年"'),
        ("[$-D07041E]yyyy", "[$-D07041E]yyyy"),
        ("[$-804]yyyy/m", "2013-04"),
    ],
)
def test_date_is_what_its_format_shows(number_format, text):
    assert date_as_shown(datetime.date(2013, 4, 30), number_format) == text


@pytest.mark.parametrize(
    ("number_format", "period"),
    [('yyyy"年第二季度"', "2013-Q2"), ('yyyy"年1-4月"', "2013-01-01/P4M")],
)
def test_date_format_with_words_gives_the_shown_period(number_format, period):
    made = table(["总额", "贵州", datetime.datetime(2013, 4, 30), 1, "亿元"])
    made.active["C2"].number_format = number_format

    assert values(made)[0][2] == period


@pytest.mark.parametrize(
    ("side", "figure"), [("subscript", "1"), ("superscript", "123")]
)
def test_superscript_and_subscript_digits_are_not_part_of_the_number(side, figure):
    block = TextBlock(InlineFont(vertAlign=side), figure)
    made = table(["总额", "贵州", 2013, CellRichText("520", block), "亿元"])

    assert "could be taken for a digit" in fault(made).message


def test_struck_out_digits_are_not_part_of_the_number():
    block = TextBlock(InlineFont(strike=True), "51")
    made = table(["总额", "贵州", 2013, CellRichText(block, "52"), "亿元"])

    assert fault(made).kind == "value"


@pytest.mark.parametrize("place", ["D2", "B2"])
def test_struck_out_cell_is_refused(place):
    made = table(["总额", "贵州", 2013, 52, "亿元"])
    made.active[place].font = Font(strike=True)

    assert fault(made).message == f"Cell {place}: This cell is struck out in the sheet."


def test_blank_cells_far_outside_are_ignored_and_texts_are_named():
    made = table(["总额", "贵州", 2013, 1, "亿元"])
    made.active["ZZ90"] = "　 "
    assert len(reading(made).records) == 1

    made.active["ZZ90"] = "x"
    with pytest.raises(UnreadableFileError, match="Cell ZZ90 is filled"):
        read_document(saved(made))


@pytest.mark.parametrize(
    ("number_format", "period"),
    [('0"年1-6月"', "2013-01-01/P6M"), ('0"年前三季度"', "2013-01-01/P9M")],
)
def test_number_format_with_words_gives_the_shown_period(number_format, period):
    made = table(["总额", "贵州", 2013, 1, "亿元"])
    made.active["C2"].number_format = number_format

    assert values(made)[0][2] == period


@pytest.mark.parametrize("cell", ["C2", "C1"])
def test_period_shown_as_another_number_is_refused(cell):
    made = table(["总额", "贵州", 2013, 1, "亿元"])
    made.active["C1"] = 2013
    made.active[cell].number_format = "0,"
    found = reading(made)

    assert found.errors or found.unknown_columns
    assert [r.period for r in found.records if r.period] == []
