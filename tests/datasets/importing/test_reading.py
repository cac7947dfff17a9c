"""Files as statistical offices send them, and what has to be read from them."""

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from datasets.importing.cells import NumberError, read_number
from datasets.importing.layout import read_sheet
from datasets.importing.times import PeriodError, read_period
from datasets.spreadsheets.documents import read_document
from datasets.spreadsheets.problems import UnreadableFileError

pytestmark = pytest.mark.usefixtures("english")

MESSY = Path(__file__).parents[2] / "data" / "messy"
# What an editor is told about lines around a table and about its columns.
NOTICES = ("above", "note", "breakdown", "preliminary_note")
FIELDS = (
    "series region period breakdown value unit status qualifier note sheet source_row "
    "source_col raw"
).split()


def read(content):
    """Every record of a file, and its problems."""
    records, problems = [], []
    for sheet in read_document(content).sheets:
        reading = read_sheet(sheet)
        records += reading.records
        problems += reading.errors + reading.warnings
    return records, problems


def expected(name):
    with (MESSY / "expected" / f"{name}.csv").open(encoding="utf-8") as file:
        return [
            row | {"value": Decimal(row["value"]) if row["value"] else None}
            for row in csv.DictReader(file)
        ]


def as_row(record):
    row = {name: getattr(record, name) for name in FIELDS}
    places = {name: str(row[name]) for name in ("unit", "source_row", "source_col")}
    return row | places


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(MESSY.glob("m*")) if not path.name.startswith("m8")],
    ids=lambda path: path.name,
)
def test_messy_file_gives_its_rows(path):
    records, problems = read(path.read_bytes())

    assert [as_row(record) for record in records] == expected(path.stem)
    assert [problem for problem in problems if problem.kind not in NOTICES] == []


def test_conflicts_and_odd_rows_are_named():
    records, problems = read((MESSY / "m8_conflicts_utf8.csv").read_bytes())

    wanted = {(row["source_row"], row["raw"]) for row in expected("m8_conflicts_utf8")}
    rejected = {("4", "27.170 "), ("5", "33.22"), ("6", "32.33")}
    assert {(str(r.source_row), r.raw) for r in records} == wanted | rejected
    assert {(p.line, p.kind, p.value) for p in problems} == {
        (8, "period", "FY2022"),
        (10, "total", "178.39"),
    }


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier", "decimals"),
    [
        ("322,215.12", "322215.12", None, "", 2),
        ("１，０１５，９８６．２", "1015986.2", None, "", 1),
        ("1 015 986.2", "1015986.2", None, "", 1),
        ("1.05E+02", "105", None, "", 0),
        ("-3.5", "-3.5", None, "", 1),
        ("−3.5", "-3.5", None, "", 1),
        ("约22%", "22", "PERCENT", "about", 0),
        ("近90%", "90", "PERCENT", "just_under", 0),
        ("逾2000个", "2000", "COUNT", "at_least", 0),
        ("2000余", "2000", None, "at_least", 0),
        ("1600多万平方米", "16000000", "SQM", "at_least", 0),
        ("1.62万亿元", "1.62", "CNY_TRILLION", "", 2),
        ("3.5百万元", "350", "CNY_10K", "", 0),
        ("24.5亿票", "24.5", "COUNT_100M", "", 1),
        ("12.5万元", "12.5", "CNY_10K", "", 1),
        ("约5左右", "5", None, "about", 0),
        ("-0.0", "0", None, "", 1),
        ("1\u202f234", "1234", None, "", 0),
        ("1e3", "1000", None, "", 0),
        ("2.38 trillion yuan", "2.38", "CNY_TRILLION", "", 2),
        ("527.8 billion yuan", "5278", "CNY_100M", "", 0),
    ],
)
def test_number(text, value, unit, qualifier, decimals):
    number = read_number(text)

    assert (number.value, number.unit, number.qualifier) == (
        Decimal(value),
        unit,
        qualifier,
    )
    assert number.decimals == decimals


@pytest.mark.parametrize(
    "text", [*"— —— ― ─ - … …… ... .. n/a NA 空 ／".split(), "", "\u3000", "\u200b"]
)
def test_missing_mark(text):
    assert read_number(text).is_missing


@pytest.mark.parametrize(
    "text",
    [
        *(
            "NaN",
            "inf",
            "#DIV/0!",
            "(5.2)",
            "（5.2）",
            "12,34",
            "1,2345",
            "1.2.3",
            "12abc",
        ),
        *("0.1234567", "1" * 25, "1e99", "1e400", "十二", "5 or 6", "3亿头"),
        *("1,23,456", "1 23", "1.234,5", "5-", "--5", "- 5", "5.", "5,", "٣", "½"),
        *(
            "0.5‰",
            "5个千分点",
            "5%%",
            "±5",
            "<5",
            "不到5",
            "5~6",
            "5-6",
            "5亿卢布",
            "5倍",
        ),
        *(
            "约1300余",
            "近5以上",
            "逾5左右",
            "5（预计）",
            "5亿3千万",
            "百分之五",
            "①",
            "5 (1)",
        ),
        *("#N/A", "TRUE", "2022-05-01", "1_000", "0x10", "∞", "“5”", "'5"),
    ],
)
def test_number_is_refused_not_guessed(text):
    with pytest.raises(NumberError):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2022", "2022"),
        ("2022年", "2022"),
        ("２０２２年度", "2022"),
        ("二〇二二年", "2022"),
        ("2022Q1", "2022-Q1"),
        ("2022-Q4", "2022-Q4"),
        ("2022年第一季度", "2022-Q1"),
        ("2022年3季度", "2022-Q3"),
        ("2022-05", "2022-05"),
        ("2022/5", "2022-05"),
        ("2022年5月", "2022-05"),
        ("截至2021年9月", "2021-09"),
        ("2022年5月3日", "2022-05-03"),
        ("2022年1-9月", "2022-01-01/P9M"),
        ("2022年1—9月", "2022-01-01/P9M"),
        ("2022年前三季度", "2022-01-01/P9M"),
        ("2022年上半年", "2022-S1"),
        ("2022-S2", "2022-S2"),
        ("2022-01-01/P9M", "2022-01-01/P9M"),
        ("2022年1-9月累计", "2022-01-01/P9M"),
        ("2022年前3季度", "2022-01-01/P9M"),
        ("二○二二", "2022"),
        ("二〇二二年十二月", "2022-12"),
        ("May 2022", "2022-05"),
        ("Sept. 2022", "2022-09"),
        ("2022 Q1", "2022-Q1"),
        ("2022.10", "2022-10"),
        ("2022 年 5 月", "2022-05"),
    ],
)
def test_period(text, period):
    assert read_period(text) == period


@pytest.mark.parametrize(
    "text",
    [
        *("22年", "FY2022", "2022-13", "2022-02-30", "22-05", "year", "3022", "2022Q5"),
        *("1-9月", "5月", "2022年1-9", "2022.1-9", "2022/1-9", "2022年9", "2022.1"),
        *(
            "2022年²",
            "2022年①",
            "20 22",
            "٢٠٢٢",
            "2022-23",
            "2022财年",
            "May-22",
            "2022.0",
        ),
        *(
            "2022年9-1月",
            "2022年1-13月",
            "202205",
            "44562",
            "5/3/2022",
            "2022-01-01/P99Y",
        ),
    ],
)
def test_period_is_refused_not_guessed(text):
    with pytest.raises(PeriodError):
        read_period(text)


def workbook(rows, formats=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, number_format in formats:
        book.active[place].number_format = number_format
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_workbook_dates_are_as_precise_as_they_are_shown():
    import datetime

    content = workbook(
        [
            ["指标", "时间", "数值", "单位"],
            ["总额", datetime.date(2022, 5, 1), 3, "亿元"],
        ],
        [("B2", 'yyyy"年"m"月"')],
    )

    records, problems = read(content)

    assert (records[0].period, records[0].value) == ("2022-05", Decimal(3))
    assert problems == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0rest", "old .xls"),
        (b"%PDF-1.7", "PDF"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b"a,b\n1,\xff\xff\xff", "neither UTF-8 nor GB18030"),
        (b"PK\x03\x04broken", "cut off or damaged"),
        (b'a,b\n"1,2\n', "cannot be read as a table"),
        (b"a,b\n\x00,1\n", "not a text file"),
    ],
)
def test_unreadable_file_is_refused_with_a_message(content, words):
    with pytest.raises(UnreadableFileError, match=words):
        read(content)


def test_expanding_archive_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)

    with pytest.raises(UnreadableFileError, match="expands"):
        read_document(content.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_delimiter_and_line_end(encoding, delimiter, end):
    lines = [
        ["指标", "地区", "年份", "数值", "单位"],
        ["总额", "贵州", "2022年", "1.5", "亿元"],
    ]
    text = end.join(delimiter.join(line) for line in lines) + end

    records, problems = read(text.encode(encoding))

    warned = ["delimiter"] if delimiter == "，" else []
    assert [problem.kind for problem in problems] == warned
    assert [(r.series, r.region, r.period, r.value, r.unit) for r in records] == [
        ("总额", "贵州", "2022", Decimal("1.5"), "CNY_100M")
    ]
