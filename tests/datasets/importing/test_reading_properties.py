"""A table in any spelling that offices use is read back as it was meant."""

import csv
import datetime
import io
import re
from dataclasses import dataclass
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from datasets.importing.checking import Checker
from datasets.importing.layout import read_sheet
from datasets.importing.longtable import LongTable
from datasets.importing.plan import ObservationOptions
from datasets.spreadsheets.documents import read_document
from tests.datasets.importing.test_reading import NOTICES, read
from tests.factories import make_indicator, make_region, make_source
from tests.properties import examples

FULL_WIDTH = str.maketrans("0123456789.,-+%", "０１２３４５６７８９．，－＋％")
HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
SERIES = ("进出口总额", "出口额", "Exports by air", "快递业务量（国际）", "R&D, total")
PLACES = ("贵州", "贵阳市", "全国", "Viet Nam", "香港")
BREAKDOWNS = ("", "农产品", "B2B出口")
MISSING = ("—", "-", "…", "...", "/", "n/a", "空", "－")
# How a unit may be printed, the unit stored, and the power of ten between the two.
UNITS = (
    ("亿元", "CNY_100M", 0),
    ("万元", "CNY_10K", 0),
    ("百万元", "CNY_10K", 2),
    ("100 million yuan", "CNY_100M", 0),
    ("%", "PERCENT", 0),
    ("％", "PERCENT", 0),
    ("个", "COUNT", 0),
    ("万件", "COUNT", 4),
    ("亿票", "COUNT_100M", 0),
    ("平方米", "SQM", 0),
    ("万吨", "TONNE_10K", 0),
    ("小时", "HOURS", 0),
)
QUALIFIERS = {
    "约{}": "about", "{}左右": "about", "逾{}": "at_least", "{}以上": "at_least",
    "近{}": "just_under",
}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """One cell: what it says, and what has to be read from it."""

    text: str
    value: Decimal | None
    unit: str
    qualifier: str = ""


def grouped(text, mark):
    sign = "-" if text.startswith("-") else ""
    whole, point, rest = text.lstrip("-").partition(".")
    return sign + f"{int(whole):,}".replace(",", mark) + point + rest


def scientific(text):
    value = Decimal(text)
    return f"{value:.{max(len(value.as_tuple().digits) - 1, 0)}E}"


numbers = st.builds(
    lambda whole, places: f"{Decimal(whole).scaleb(-places):f}",
    # In the largest of the units below, this still fits the database column.
    st.integers(-(10**14) + 1, 10**14 - 1),
    st.integers(0, 4),
)
spelled = st.sampled_from(
    [
        str,
        str,
        lambda text: grouped(text, ","),
        lambda text: grouped(text, "\u00a0"),
        lambda text: text.translate(FULL_WIDTH),
        lambda text: grouped(text, ",").translate(FULL_WIDTH),
        lambda text: f" {text}\u3000",
        lambda text: text.replace("-", "−"),
        lambda text: f"+{text}" if text[0] != "-" else text,
        scientific,
    ]
)


@st.composite
def cells(draw, unit):
    """A value or a missing one in a column of `unit`, perhaps with words around it."""
    printed, code, shift = unit
    if draw(st.integers(0, 7)) == 0:
        return Written(draw(st.sampled_from(MISSING)), None, code)
    number = draw(numbers)
    text = draw(spelled)(number)
    value = Decimal(number).scaleb(shift)
    qualifier = ""
    if draw(st.integers(0, 4)) == 0:
        frame = draw(st.sampled_from(sorted(QUALIFIERS)))
        text, qualifier = frame.format(text), QUALIFIERS[frame]
    elif draw(st.booleans()) and "E" not in text:
        # The digits of such a unit would run into those of the number.
        text = text.strip() + ("" if printed[0].isdigit() else printed)
    return Written(text, value, code, qualifier)


def month_spellings(year, month):
    if month == (year + 1) % 100:
        # 2010/11 and 2010-11 may be years that run over two.
        return [f"{year}年{month}月", f"{year}.{month:02}"]
    return [
        f"{year}-{month:02}",
        f"{year}年{month}月",
        f"{year}/{month}",
        f"{year}.{month:02}",
        f"{year}年{month:02}月份",
    ]


@st.composite
def periods(draw):
    """(as printed, as stored): years, quarters, months, days, halves and ranges."""
    year = draw(st.integers(1950, 2049))
    kind = draw(st.sampled_from(["year", "year", "quarter", "month", "range", "half"]))
    if kind == "year":
        printed = [
            f"{year}",
            f"{year}年",
            f"{year}年度",
            f"{year}".translate(FULL_WIDTH),
        ]
        printed += [f"{year}年".translate(HAN)]
        return draw(st.sampled_from(printed)), f"{year}"
    if kind == "quarter":
        quarter = draw(st.integers(1, 4))
        printed = [f"{year}Q{quarter}", f"{year}-Q{quarter}", f"Q{quarter} {year}"]
        printed += [
            f"{year}年第{'一二三四'[quarter - 1]}季度",
            f"{year}年{quarter}季度",
        ]
        return draw(st.sampled_from(printed)), f"{year}-Q{quarter}"
    if kind == "month":
        month = draw(st.integers(1, 12))
        printed = draw(st.sampled_from(month_spellings(year, month)))
        return printed, f"{year}-{month:02}"
    if kind == "half":
        half = draw(st.integers(1, 2))
        return f"{year}年{'上下'[half - 1]}半年", f"{year}-S{half}"
    last = draw(st.integers(2, 12))
    dash = draw(st.sampled_from("-—–~至"))
    return f"{year}年1{dash}{last}月", f"{year}-01-01/P{last}M"


def distinct(things, least, most):
    return st.lists(things, min_size=least, max_size=most, unique_by=lambda t: t[1])


@st.composite
def long_tables(draw):
    """(grid, expected): one value a line, its columns in any order and language."""
    names = {
        "indicator": ["指标", "indicator", "指标名称", "Series"],
        "region": ["地区", "region", "REF_AREA", "省　份"],
        "period": ["年份", "period", "时间", "TIME_PERIOD"],
        "breakdown": ["分组", "breakdown"],
        "value": ["数值", "value", "OBS_VALUE", "值"],
        "unit": ["单位", "unit", "计量单位"],
    }
    roles = draw(st.permutations(sorted(names)))
    grid = [[draw(st.sampled_from(names[role])) for role in roles]]
    expected = []
    keys = st.tuples(
        st.sampled_from(SERIES), st.sampled_from(PLACES), st.sampled_from(BREAKDOWNS)
    )
    for series, place, breakdown in draw(
        st.lists(keys, min_size=1, max_size=4, unique=True)
    ):
        unit = draw(st.sampled_from(UNITS))
        for printed, period in draw(distinct(periods(), 1, 4)):
            cell = draw(cells(unit))
            row = {
                "indicator": series,
                "region": place,
                "period": printed,
                "breakdown": breakdown,
                "value": cell.text,
                "unit": unit[0],
            }
            grid.append([row[role] for role in roles])
            expected.append((series, place, period, breakdown, cell))
    return grid, expected


@st.composite
def wide_tables(draw):
    """(grid, expected): a line for each place, a column for each period."""
    unit = draw(st.sampled_from(UNITS))
    columns = draw(distinct(periods(), 1, 5))
    grid = [["地区", *(printed for printed, _period in columns)]]
    expected = []
    for place in draw(st.lists(st.sampled_from(PLACES), min_size=1, unique=True)):
        row = [place]
        for _printed, period in columns:
            cell = draw(cells(unit))
            row.append(cell.text)
            expected.append(("", place, period, "", cell))
        grid.append(row)
    width = len(grid[0])
    above = draw(st.sampled_from([[], [["统计表"]], [["统计表"], []]]))
    grid = [*above, [f"单位：{unit[0]}"], *grid]
    grid += draw(st.sampled_from([[], [["数据来源：统计局"]], [[], ["注：初步数"]]]))
    if draw(
        st.booleans()
    ):  # Spreadsheet programs give every line the same number of cells.
        grid = [row + [""] * (width - len(row)) for row in grid]
    return grid, expected


def as_text(draw, grid):
    """The bytes of a text file in any encoding, with any delimiter and line end."""
    file = io.StringIO()
    cells = [str(cell) for row in grid for cell in row]
    # In a file with semicolons, 1,200 may be 1.2, and 1.200 may be 1200.
    doubtful = re.compile(r"\D*\d{1,3}[,，.．]\d{3}(?![\d,.，．])")
    is_doubtful = any(map(doubtful.match, cells))
    writer = csv.writer(
        file,
        delimiter=draw(st.sampled_from(",\t，" if is_doubtful else ",\t;，")),
        lineterminator=draw(st.sampled_from(["\n", "\r\n", "\r"])),
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
    )
    writer.writerows(grid)
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
    event(encoding)
    return file.getvalue().encode(encoding)


def as_workbook(grid):
    book = openpyxl.Workbook()
    for row in grid:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def check(content, expected):
    records, problems = read(content)

    assert [p for p in problems if p.kind not in ("delimiter", *NOTICES)] == []
    found = [
        (r.series, r.region, r.period, r.breakdown, r.value, r.unit, r.qualifier)
        for r in records
    ]
    assert found == [
        (*place, cell.value, cell.unit, cell.qualifier) for *place, cell in expected
    ]
    assert [r.status for r in records] == [
        "O" if cell.value is None else "E" if cell.qualifier else "A"
        for *_place, cell in expected
    ]


@given(st.data(), st.one_of(long_tables(), wide_tables()))
@examples(30)
def test_table_written_as_text_is_read_back(data, table):
    grid, expected = table

    check(as_text(data.draw, grid), expected)


@given(st.one_of(long_tables(), wide_tables()))
@examples(30)
def test_table_written_as_workbook_is_read_back(table):
    grid, expected = table

    check(as_workbook(grid), expected)


@given(
    st.lists(
        st.one_of(
            st.integers(-(10**14), 10**14),
            st.builds(
                lambda n, p: n / 10**p, st.integers(-(10**9), 10**9), st.integers(1, 5)
            ),
        ),
        min_size=1,
        max_size=5,
    )
)
@examples(30)
def test_number_and_date_cells_are_read_as_they_are_shown(values):
    first = datetime.date(2000, 1, 1)
    days = [first.replace(year=2000 + place) for place in range(len(values))]
    grid = [["指标", "时间", "数值", "单位"]]
    grid += [["总额", *pair, "亿元"] for pair in zip(days, values, strict=True)]

    records, problems = read(as_workbook(grid))

    assert problems == []
    assert [record.period for record in records] == [f"{day:%Y-%m-%d}" for day in days]
    assert [record.value for record in records] == [
        Decimal(str(value)) for value in values
    ]


@pytest.fixture
def names(db):
    for code, title in enumerate(SERIES):
        make_indicator(code=f"s{code}", title=title)
    for code, name in enumerate(PLACES):
        make_region(code=f"r{code}", name=name)
    make_source(code="office", title="统计局")


@st.composite
def faulty_tables(draw):
    """Long tables some of whose cells are anything at all."""
    grid, _expected = draw(long_tables())
    odd = st.one_of(
        st.sampled_from(
            ["", "NaN", "合计", "1,2", "(5)", "22年", "203[1]", "5①", "数据来源：x"]
        ),
        st.text("19. ,%万亿年元总\u200b\u3000\"'[]①²-", max_size=6),
    )
    for _ in range(draw(st.integers(0, 4))):
        line = draw(st.integers(1, len(grid) - 1))
        place = draw(st.integers(0, len(grid[0]) - 1))
        grid[line][place] = draw(odd)
    for _ in range(draw(st.integers(0, 2))):
        line = draw(st.integers(1, len(grid) - 1))
        grid[line] = grid[line][: draw(st.integers(0, len(grid[line])))]
        grid[line] += draw(st.lists(odd, max_size=2))
    return grid + draw(st.sampled_from([[], [["① 初步数"]], [[], ["[1] 约数"]]]))


NOTES = [
    "",
    "初步数",
    "约数",
    "总额为约数",
    "约\u200b数",
    "#N/A",
    "see p. 3",
    "'=5",
    "注：略",
]
NOTES += ["①", "数据来源：x", " 两 行\n文字 "]


@st.composite
def noted_tables(draw):
    """The same with a note in many of the lines, in a column at any place."""
    grid, _expected = draw(long_tables())
    place = draw(st.integers(0, len(grid[0])))
    notes = st.sampled_from(NOTES)
    for number, line in enumerate(grid):
        line.insert(place, draw(notes) if number else "备注")
    return grid


def test_line_without_its_last_cell_is_read_without_it(names):
    content = "分组,指标,年份,地区,数值,单位\n,进出口总额,1950,贵州,—\n"
    sheet = read_document(content.encode()).sheets[0]
    checker = Checker(ObservationOptions(source="office"), [].append)

    (row,) = LongTable.begin(sheet, checker).rows()

    assert (row.period, row.value) == ("1950", None)


@given(st.data(), st.one_of(faulty_tables(), noted_tables()))
@examples(30)
def test_reading_line_by_line_gives_the_same_as_reading_the_sheet(names, data, grid):
    content = as_text(data.draw, grid)
    sheet = read_document(content).sheets[0]
    options = ObservationOptions(source="office")

    faults = []
    table = LongTable.begin(sheet, Checker(options, faults.append))
    # A heading without a line of values below it is only understood as part of
    # the sheet.
    assume(table is not None)
    rows = list(table.rows())
    faults += table.reading.errors + table.reading.warnings
    whole_faults, whole = [], read_sheet(sheet)
    checker = Checker(options, whole_faults.append)
    whole_rows = list(checker.rows(whole))
    whole_faults += whole.errors + whole.warnings

    # Lines with footnote marks wait for the notes at the end.
    assert sorted(rows) == sorted(whole_rows)
    assert dict(table.reading.tidied.groups) == dict(whole.tidied.groups)
    assert sorted(map(repr, faults)) == sorted(map(repr, whole_faults))
    assert sorted(table.reading.unknown_columns) == sorted(whole.unknown_columns)


@given(
    st.lists(st.sampled_from(NOTES), min_size=20, max_size=20),
    st.integers(0, 5),
)
@examples(30)
def test_quick_reading_of_a_line_with_a_note_gives_the_same(names, notes, place):
    heading = ["指标", "地区", "年份", "数值", "单位"]
    heading.insert(place, "备注")
    grid = [heading]
    for number, note in enumerate(notes):
        region, year = PLACES[number % 2], str(2000 + number // 2 % 2)
        line = [SERIES[0], region, year, f"{number}.5", "亿元"]
        line.insert(place, note)
        grid.append(line)

    file = io.StringIO()
    csv.writer(file).writerows(grid)
    sheet = read_document(file.getvalue().encode()).sheets[0]
    found = []
    for is_full in (False, True):
        faults = []
        table = LongTable.begin(
            sheet, Checker(ObservationOptions(source="office"), faults.append)
        )
        if is_full:
            table._plain = lambda *line: None
        rows = sorted(table.rows())
        found.append((rows, dict(table.reading.tidied.groups), list(map(repr, faults))))

    assert found[0] == found[1]
