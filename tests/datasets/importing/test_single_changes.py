"""One changed character: the same rows, an error, or a change that is listed."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.importing.importer import observations
from datasets.importing.plan import ObservationOptions
from datasets.spreadsheets.problems import UnreadableFileError
from tests.factories import make_indicator, make_region, make_source
from tests.properties import examples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
LONG = [
    ["指标", "地区", "年份", "分组", "数值", "单位", "备注"],
    ["出口额", "贵州省", "2013年", "", "1,234.5", "亿元", ""],
    ["出口额", "云南省", "2013年1-9月", "", "约60", "万元", "初步\n核算"],
    ["进口额", "贵州省", "2014-05", "公路（合计）", "-7.5", "百万元", "a, b"],
    ["进口额", "云南省", "2014年Ⅱ季度", "", "8", "亿元", ""],
]
WIDE = [
    ["2013年各地区外贸", "", ""],
    ["单位：亿元", "", ""],
    ["地区", "出口额", "进口额"],
    ["贵州省", "1,234.5", "—"],
    ["云南省", "60", "7.25"],
    ["数据来源：统计局", "", ""],
]
# Characters next to the intended ones on a keyboard, and invisible ones.
ODD = (
    "0123456789.,-+%()（），。：: 万亿千元年月季度省\t\n\"';/~约近①*\u200b\u202e\u3000"
)


@pytest.fixture(autouse=True)
def places():
    make_indicator(code="exports", title="出口额")
    make_indicator(code="imports", title="进口额")
    make_region(code="520000", name="贵州省")
    make_region(code="530000", name="云南省")
    make_source(code="office", title="统计局")


def written(grid, delimiter):
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(grid)
    return file.getvalue()


def read(text):
    """(rows, what an editor is told) of a file without errors, None for any other."""
    try:
        plan = observations.plan(
            text.encode("utf-8"), options=ObservationOptions(source="office")
        )
    except UnreadableFileError:
        return None
    if not plan.is_clean:
        return None
    rows = {}
    for change in plan.new:
        after = change.after
        key = after.indicator.code, after.region.code, after.period, after.breakdown
        rows[key] = after.value, after.unit, after.status, after.qualifier
    told = [str(p) for p in (*plan.warnings, *plan.suspicious)]
    return rows, told + [str(tidied) for tidied in plan.tidied]


@pytest.mark.parametrize("grid", [LONG, WIDE], ids=["long", "wide"])
@given(data=st.data())
@examples(60)
def test_one_changed_character_changes_no_other_value(grid, data):
    """A value changes only in the cell that was changed, or the change is listed."""
    text = written(grid, data.draw(st.sampled_from(",\t")))
    place = data.draw(st.integers(0, len(text) - 1))
    became = data.draw(st.sampled_from(["", *ODD]))
    changed = text[:place] + became + text[place + data.draw(st.integers(0, 1)) :]

    before, after = read(text), read(changed)

    assert before is not None
    if after is None or after[0] == before[0]:
        return
    lost = before[0].items() - after[0].items()
    gained = after[0].items() - before[0].items()
    line = text[:place].count("\n")
    cells = next(csv.reader([_line_of(text, place)]), [])
    # A number or name with a typing error still speaks for its own
    # row or heading.
    is_of_one_row = max(len(lost), len(gained)) <= _most(grid, line)
    assert is_of_one_row or after[1] != before[1], (cells, lost, gained)


def _line_of(text, place):
    start = text.rfind("\n", 0, place) + 1
    return text[start : (text.find("\n", place) + 1) or None]


def _most(grid, line):
    """How many values a line speaks for: its own, or those below a heading."""
    return len(grid[0]) if grid is WIDE and line > 2 else 1 if grid is LONG else 4
