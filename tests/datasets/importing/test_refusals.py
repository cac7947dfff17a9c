"""Files that cannot be read are refused with a message that says what they are."""

import datetime
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from datasets.importing.cells import NumberError, read_number
from datasets.importing.layout import read_sheet
from datasets.spreadsheets.dates import date_as_shown
from datasets.spreadsheets.documents import DELIMITERS, read_document
from datasets.spreadsheets.problems import Problem, UnreadableFileError
from tests.datasets.importing.test_reading import read

pytestmark = pytest.mark.usefixtures("english")

HEADER = "指标,地区,年份,数值,单位\n"


def saved(book):
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def archive(**members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in members.items():
            packed.writestr(name, text)
    return content.getvalue()


def edited(content, member, old, new):
    """A workbook with one of its parts changed."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            text = source.read(name)
            if name == member:
                assert old in text
                text = text.replace(old, new)
            target.writestr(name, text)
    return made.getvalue()


def table(*rows):
    book = openpyxl.Workbook()
    for row in [["指标", "地区", "年份", "数值", "单位"], *rows]:
        book.active.append(row)
    return book


ENCRYPTED = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (ENCRYPTED, "encrypted; save it without a password"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old .xls workbook"),
        (b"\x1f\x8b\x08\0abc", "compressed archive; unpack it"),
        (b"Rar!\x1a\x07", "compressed archive; unpack it"),
        (b"\x89PNG\r\n", "picture, not a table"),
        (b"\xef\xbb\xbf<html><body>1</body></html>", "web page"),
        (b"<div>x</div>\n<table><tr>", "web page"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook", "web page"),
        (b'<?xml version="1.0"?><Workbook/>', "document of another kind"),
        (b"{\\rtf1 1,2}", "document of another kind"),
        (archive(**{"xl/workbook.bin": "x"}), r"binary workbook \(.xlsb\)"),
        (archive(**{"mimetype": "x", "content.xml": "x"}), "OpenDocument"),
        (archive(**{"word/document.xml": "x"}), "zip archive, not a workbook"),
        (archive(**{"xl/workbook.xml": "<x"}), "damaged"),
    ],
)
def test_other_kind_of_file_is_named(content, words):
    with pytest.raises(UnreadableFileError, match=words):
        read(content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'a,b\n"1,2\n', "Line 2 .*opens a cell there and none closes it"),
        (b'a,b\n1,2\n"1"x,2\n', "Line 3 .*text follows a closing quotation mark"),
        (b"a,b\n" + b"x" * 10_001 + b",2\n", "Line 2 .*longer than 10000 characters"),
    ],
)
def test_broken_line_is_explained(content, words):
    with pytest.raises(UnreadableFileError, match=words):
        read(content)


@pytest.mark.parametrize("padding", [0, 3_000_000])
@pytest.mark.parametrize(
    ("encoding", "mark", "byte"),
    [("utf-8", b"", 0xFF), ("utf-8", b"\xef\xbb\xbf", 0xFF), ("gb18030", b"", 0x80)],
)
def test_undecodable_byte_is_located(padding, encoding, mark, byte):
    before = mark + (HEADER + "总" * (padding // 2) + "\n总,").encode(encoding)

    with pytest.raises(UnreadableFileError) as refusal:
        read_document(before + bytes([byte]) + b"\n\n")

    assert refusal.value.message.startswith(
        f"Line 3: byte 0x{byte:02X} (offset {len(before)} from 0) is "
    )


def test_text_cut_off_within_a_character_is_refused():
    content = (HEADER + "总额,贵").encode()

    with pytest.raises(
        UnreadableFileError, match=f"Line 2: byte 0xE8 .offset {len(content) - 3} "
    ):
        read_document(content[:-1], encoding="utf-8")


def test_chosen_encoding_is_used_and_no_other():
    text = (HEADER + "總額,貴州,2022,1,亿元\n").replace("亿", "億").replace("标", "標")
    content = text.replace("区", "區").replace("数", "數").replace("单", "單")

    document = read_document(content.encode("big5"), encoding="Big5")

    assert document.encoding == "big5"
    assert document.sheets[0].rows[1][0].text == "總額"
    with pytest.raises(UnreadableFileError, match="is not UTF-8"):
        read_document(content.encode("big5"), encoding="utf-8")


@pytest.mark.parametrize("name", ["klingon", "rot13", "hex", "unicode_escape", "\0"])
def test_unknown_encoding_is_refused(name):
    with pytest.raises(UnreadableFileError, match="choose one of: UTF-8, GB18030"):
        read_document(HEADER.encode(), encoding=name)


@pytest.mark.parametrize("chosen", ["utf-16", "UTF-16LE", "utf_16_le"])
def test_byte_order_mark_is_ignored_when_the_encoding_is_chosen(chosen):
    document = read_document(b"\xff\xfe" + HEADER.encode("utf-16-le"), encoding=chosen)

    assert document.sheets[0].rows[0][0].text == "指标"


def test_full_width_commas_are_pointed_out_and_named_in_both_languages():
    content = (HEADER + "总额,贵州,2022,1,亿元\n").replace(",", "，").encode()

    document = read_document(content)
    _records, problems = read(content)

    assert [problem.kind for problem in problems] == ["delimiter"]
    assert document.layout["delimiter"] == "full-width comma"
    assert set(DELIMITERS) >= {document.layout["delimiter"]}


def two_sheets():
    book = table(["总额", "贵州", 2022, 1, "亿元"])
    book.active.title = "甲"
    hidden = book.create_sheet("乙")
    hidden.append(["指标", "年份", "数值"])
    hidden.sheet_state = "hidden"
    book.create_sheet("丙")
    return read_document(saved(book))


def test_sheet_is_chosen_by_name_even_if_hidden():
    document = two_sheets()

    assert [sheet.name for sheet in document.chosen()] == ["甲", "乙"]
    assert [sheet.name for sheet in document.chosen("乙")] == ["乙"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("丁", "no sheet called 丁; the file has: 甲, 乙"), ("丙", "Sheet 丙 is empty")],
)
def test_sheet_that_is_not_there_is_refused(name, words):
    with pytest.raises(UnreadableFileError, match=words):
        two_sheets().chosen(name)


def test_text_file_has_no_sheets():
    with pytest.raises(UnreadableFileError, match="no sheets"):
        read_document(HEADER.encode()).chosen("甲")


@pytest.mark.parametrize("claimed", [b"A1:A1", b"A1:XFD1048576"])
def test_stated_size_of_a_sheet_is_not_trusted(claimed):
    content = saved(table(["总额", "贵州", 2022, 1.5, "亿元"]))
    wrong = edited(content, "xl/worksheets/sheet1.xml", b"A1:E2", claimed)

    records, problems = read(wrong)

    assert ([record.value for record in records], problems) == ([Decimal("1.5")], [])


def test_formula_is_read_by_its_result_and_refused_without_one():
    content = saved(table(["总额", "贵州", 2022, "=1+1", "亿元"]))
    sheet = "xl/worksheets/sheet1.xml"
    with_result = edited(content, sheet, b"<v />", b"<v>2</v>")

    with pytest.raises(
        UnreadableFileError, match=r"Cell D2 of sheet .* formula without its result"
    ):
        read(content)
    assert [record.value for record in read(with_result)[0]] == [Decimal(2)]


def test_noise_of_binary_arithmetic_is_not_read_as_digits():
    records, problems = read(saved(table(["总额", "贵州", 2022, 4.1 * 3, "亿元"])))

    assert ([record.value for record in records], problems) == ([Decimal("12.3")], [])


@pytest.mark.parametrize(
    ("number_format", "period"),
    [
        ("[Red]yyyy", "2022"),
        ('"Mid "yyyy', "Mid 2022"),
        ('yyyy"年"m"月"', "2022-05"),
        ("yyyy\\d", "2022"),
        ("yyyy-mm-dd", "2022-05-01"),
    ],
)
def test_date_is_as_precise_as_its_format(number_format, period):
    assert date_as_shown(datetime.date(2022, 5, 1), number_format) == period


@pytest.mark.parametrize(
    "text",
    ["203²", "203①2", "⒈5", "½", "1." + "0" * 30 + "1", "0." + "1" * 40, "5⁴%"],
)
def test_superscripts_and_excess_digits_are_refused(text):
    with pytest.raises(NumberError):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("5m²", "5", "SQM"), ("5㎡", "5", "SQM"), ("1.50000000", "1.5", None)],
)
def test_figure_of_a_unit_and_zeros_without_worth_are_read(text, value, unit):
    number = read_number(text)

    assert (number.value, number.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["5 100 million yuan", "约1 200 100 Million yuan"])
def test_number_that_runs_into_its_unit_is_refused(text):
    with pytest.raises(NumberError, match="its own column"):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("5,100 million yuan", 510_000), ("5 200 million yuan", 520_000)],
)
def test_number_beside_a_unit_of_millions_is_read(text, value):
    number = read_number(text)

    assert (number.value, number.unit) == (Decimal(value), "CNY_10K")


def test_plus_after_a_number_means_at_least():
    assert read_number("2000+").qualifier == "at_least"


@pytest.mark.parametrize(
    ("unit", "value"), [("吨", "1.234"), ("万个", "1" * 18), ("千亿元", "1" * 17)]
)
def test_conversion_that_would_not_fit_is_refused(unit, value):
    records, problems = read((HEADER + f"总额,贵州,2022,{value},{unit}\n").encode())

    assert records == []
    assert [(problem.line, problem.value) for problem in problems] == [(2, value)]


def test_conversion_is_listed_with_the_name_of_the_unit():
    content = (HEADER + "总额,贵州,2022,3.5,百万元\n").encode()

    reading = read_sheet(read_document(content).sheets[0])

    assert [(r.value, r.unit, r.decimals) for r in reading.records] == [
        (Decimal(350), "CNY_10K", 0)
    ]
    assert [str(tidied.as_problem()) for tidied in reading.tidied] == [
        "line 2, column 数值: converted exactly to 10 thousand yuan: 3.5 → 350 (3.5)"
    ]


def test_invisible_character_in_a_name_is_taken_out_and_listed():
    lines = "总\u200b额,贵州,2022,1,亿元\n总额,贵\ufeff州,2021,1,亿元\n"

    reading = read_sheet(read_document((HEADER + lines).encode()).sheets[0])

    records = reading.records
    assert {(record.series, record.region) for record in records} == {("总额", "贵州")}
    assert [(t.column, t.kind, t.examples) for t in reading.tidied] == [
        ("指标", "invisible", [(2, "总\u200b额", "总额")]),
        ("地区", "invisible", [(3, "贵\ufeff州", "贵州")]),
    ]


def test_truncated_line_of_a_text_file_is_an_error():
    records, problems = read(
        (HEADER + "总额,贵州,2022,1,亿元\n总额,贵州,2021").encode()
    )

    assert len(records) == 1
    assert [(problem.line, problem.kind) for problem in problems] == [(3, "short")]


def test_cell_without_a_heading_is_an_unknown_column():
    content = (HEADER + "总额,贵州,2022,1,234,亿元\n").encode()

    reading = read_sheet(read_document(content).sheets[0])

    assert reading.unknown_columns == ["#6"]


def test_problem_without_a_value_still_says_where():
    assert str(Problem(3, "unit", "", "Unknown unit.")) == (
        "line 3, column unit: Unknown unit."
    )
