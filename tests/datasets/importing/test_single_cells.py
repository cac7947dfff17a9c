"""One changed character of a cell: what is read is what an independent oracle reads.

Whatever the oracle does not know has to be refused, or listed for the editor. No other
cell changes what it says.
"""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.importing.importer import observations
from datasets.importing.plan import ObservationOptions
from datasets.spreadsheets.folding import fold
from datasets.spreadsheets.problems import UnreadableFileError
from tests.datasets.importing.test_single_changes import LONG, ODD, WIDE, written
from tests.factories import make_indicator, make_region, make_source
from tests.properties import examples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
# The fields of `read` that each column may change in its row, by heading.
FIELDS = {
    "指标": {"indicator"},
    "地区": {"region"},
    "年份": {"period"},
    "分组": {"breakdown", "unit", "amount"},
    "数值": {"amount", "unit", "status", "qualifier"},
    "单位": {"amount", "unit"},
    "备注": {"note", "status", "qualifier"},
}
NAMES = {
    "指标": {"出口额": "exports", "进口额": "imports"},
    "地区": {
        "贵州省": "520000",
        "贵州": "520000",
        "云南省": "530000",
        "云南": "530000",
    },
}
SCALES = {
    "元": 0, "十元": 1, "百元": 2, "千元": 3, "万元": 4, "十万元": 5, "百万元": 6,
    "千万元": 7, "亿元": 8, "十亿元": 9, "百亿元": 10, "千亿元": 11, "万亿元": 12,
}  # fmt: skip


@pytest.fixture(autouse=True)
def places():
    make_indicator(code="exports", title="出口额")
    make_indicator(code="imports", title="进口额")
    make_region(code="520000", name="贵州省")
    make_region(code="530000", name="云南省")
    make_source(code="office", title="统计局")


def read(grid):
    """({(line, column): what is read}, what is listed); None where it is refused."""
    try:
        plan = observations.plan(
            written(grid, ",").encode(), options=ObservationOptions(source="office")
        )
    except UnreadableFileError:
        return None
    if not plan.is_clean:
        return None
    found, number = {}, {}
    for _row in grid:
        # Numbered by rows of the grid: a cell with a line break takes two
        # lines of the file.
        number[1 + sum(map(lines, grid[: len(number)]))] = len(number)
    for change in plan.new:
        after = change.after
        exponent = 0 if after.value is None else scale_of(str(after.unit))
        found[number[change.line], change.column - 1] = {
            "indicator": after.indicator.code,
            "region": after.region.code,
            "period": after.period,
            "breakdown": after.breakdown,
            "amount": None if after.value is None else after.value.scaleb(exponent),
            "unit": after.unit,
            "status": after.status,
            "qualifier": after.qualifier,
            "note": after.note_zh_hans + after.note_en,
        }
    told = [*plan.warnings, *plan.suspicious, *plan.tidied]
    return found, {str(item) for item in told}


def lines(row):
    return 1 + sum(cell.count("\n") for cell in row)


def scale_of(unit):
    scales = {"CNY": 0, "CNY_10K": 4, "CNY_100M": 8, "CNY_TRILLION": 12}
    return scales.get(unit, 0)


def period(text):
    """The oracle for periods: "" for what it does not know."""
    shown = fold(text).replace(" ", "")
    if match := re.fullmatch(r"(\d{4})年?", shown):
        return match[1]
    if match := re.fullmatch(r"(\d{4})(?:-|年|/|\.)(\d\d?)月?", shown):
        return f"{match[1]}-{int(match[2]):02}"
    if match := re.fullmatch(r"(\d{4})年(\d\d?)月?[-~](\d\d?)月", shown):
        length = int(match[3]) - int(match[2]) + 1
        return f"{match[1]}-{int(match[2]):02}-01/P{length}M"
    if match := re.fullmatch(r"(\d{4})年?(I{1,3})季", shown.removesuffix("度")):
        return f"{match[1]}-Q{len(match[2])}"
    if match := re.fullmatch(r"(\d{4})年([1-4])季", shown.removesuffix("度")):
        return f"{match[1]}-Q{match[2]}"
    return ""


def amount(text, unit):
    """The oracle for values in yuan; None for what it does not know."""
    shown = fold(text)
    if unit in SCALES:
        # 6亿 in a column of 亿元 states the unit twice.
        shown = shown.removesuffix(unit).removesuffix(unit.rstrip("元") or " ")
    if unit not in SCALES or not re.fullmatch(
        r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", shown
    ):
        return None
    return Decimal(shown.replace(",", "")).scaleb(SCALES[unit])


@given(data=st.data())
@examples(120)
def test_one_changed_character_of_a_long_table(data):
    line, place, grid = one_changed(LONG, data)
    before, after = read(LONG), read(grid)
    if after is None:
        return
    heading, text = LONG[0][place], grid[line][place]
    key = line, 4
    was, now = before[0].pop(key), after[0].pop(key)

    assert after[0] == before[0]
    changed = {name for name in was if was[name] != now[name]}
    assert changed <= FIELDS[heading], (heading, text, was, now)
    if changed and not after[1] - before[1]:
        check(heading, text, grid[line], now)


def check(heading, text, row, now):
    """A change that was not reported reads as the oracles read it."""
    if heading in NAMES:
        name = "indicator" if heading == "指标" else "region"
        assert now[name] == NAMES[heading].get(fold(text).replace(" ", ""))
    elif heading == "年份":
        assert now["period"] == period(text)
    elif heading in ("数值", "单位"):
        number = row[4].removeprefix("约").removeprefix("近")
        assert now["amount"] == amount(number, fold(row[5]).replace(" ", ""))
    elif heading == "分组":
        assert fold(now["breakdown"]) == fold(text)


@given(data=st.data())
@examples(120)
def test_one_changed_character_of_a_wide_table(data):
    line, place, grid = one_changed(WIDE, data)
    before, after = read(WIDE), read(grid)
    if after is None or after == before:
        return
    text, is_told = grid[line][place], bool(after[1] - before[1])
    for key in before[0].keys() | after[0].keys():
        was, now = before[0].get(key, {}), after[0].get(key, {})
        changed = {name for name in was | now if was.get(name) != now.get(name)}
        if not changed:
            continue
        if line in (0, 5):
            # The title gives a year once an editor has confirmed it.
            assert is_told and changed == {"period"}, (text, was, now)
        elif line == 1:
            unit = fold(text).rpartition(":")[2].replace(" ", "")
            cell = WIDE[key[0]][key[1]]
            assert now["amount"] == amount(cell, unit) or is_told, (text, was, now)
            assert changed <= {"amount", "unit"}
        else:
            assert key[1] == place if line == 2 else key[0] == line, (text, was, now)
            check_cell(line, place, text, now, is_told)


def check_cell(line, place, text, now, is_told):
    if is_told:
        return
    if line == 2:
        assert now["indicator"] == NAMES["指标"].get(fold(text).replace(" ", ""))
    elif place == 0:
        assert now["region"] == NAMES["地区"].get(fold(text).replace(" ", ""))
    else:
        assert now["amount"] == amount(text, "亿元")


def one_changed(grid, data):
    """(line, place, grid) with one character of one cell added, changed or removed."""
    cells = [(n, m) for n, row in enumerate(grid) for m, cell in enumerate(row) if cell]
    if grid is LONG:
        cells = [(line, place) for line, place in cells if line]
    line, place = data.draw(st.sampled_from(cells))
    cell = grid[line][place]
    at = data.draw(st.integers(0, len(cell)))
    became = data.draw(st.sampled_from(["", *ODD]))
    cell = cell[:at] + became + cell[at + data.draw(st.integers(0, 1)) :]
    changed = [list(row) for row in grid]
    changed[line][place] = cell
    return line, place, changed
