"""The heading of one column: the role, series, period and unit that it names."""

import re
from dataclasses import dataclass

from datasets.spreadsheets.folding import fold_key, split_marks
from datasets.spreadsheets.sheets import Cell

from .headers import SOME_YEAR, is_coded, role_of
from .times import part_of_year, period_of
from .titles import split_unit

# Any year, to test whether a heading is a part of a year.
_DATED = re.compile(
    r"(?P<period>\d{4}年(?:\d{1,2}月?[-—–~至到]\d{1,2}月|\d{1,2}月|第?[一二三四1-4]季度"
    r"|[上下]半年|前[三3]季度|全年|度|末|底)?) ?(?P<name>[^\d\s年月季].+)\Z"
)
_WHOLE_YEAR = ("全年", "全年累计", "年度", "wholeyear", "fullyear", "annual")
_CALLED = re.compile(
    r" ?\((?:(?P<P>初步(?:核算|统计)?数?|快报数?|p|prelim(?:inary)?\.?|provisional)"
    r"|(?P<E>预计(?:完成)?数?|预估数?|估计[数值]?|估算数?|e|est(?:imated?)?\.?)"
    r"|(?P<F>预测[数值]?|f|forecast))\)\Z",
    re.IGNORECASE,
)


@dataclass
class Column:
    """A heading: its role, its place, and the series, period and unit it names.

    `title` is the heading as written, `plain` folded. `part` is a period without its
    year: 1-9月. `region` is the place of a column of values. `status` is the code for
    what it calls its values, such as P. `is_coded` says that its cells are codes with
    their names (A: Annual). `marks` are its footnote marks.
    """

    place: int
    title: str
    plain: str
    role: str = ""
    series: str = ""
    region: str = ""
    period: str = ""
    part: str = ""
    unit: tuple[str, int] | None = None
    status: str = ""
    is_coded: bool = False
    marks: tuple[str, ...] = ()

    def cell(self, row: list[tuple]) -> Cell:
        """What this column says in a row, [(place, cell), …]; blank in a short row.

        A merged cell applies to each of its rows.
        """
        if self.place >= len(row):
            return Cell("")
        cell = row[self.place][1]
        if cell.area and cell.area[0] == self.place:
            cell = Cell(cell.area[1])
        return Cell(cell.text.partition(":")[0]) if self.is_coded else cell


def column_of(position: int, parts: list[Cell]) -> Column:
    """Interpret the parts of a heading."""
    heading = Cell(_joined(parts))
    column = Column(position, heading.text, heading.plain)
    names: list[Cell] = []
    sheet_parts = []
    for part in parts:
        bare = _bare(part, column)
        text = bare.text
        if period := period_of(text):
            column.period = period
        elif part_of_year(text, SOME_YEAR):
            sheet_parts.append(text)
        elif column.period.isdigit() and fold_key(text) in _WHOLE_YEAR:
            continue
        elif match := _DATED.match(bare.plain):
            # 2012年出口额, on one line or on two of the cell.
            column.period = period_of(match["period"])
            names.append(Cell(match["name"]))
        elif text:
            names.append(bare)
    _join_period(column, sheet_parts)
    column.role = role_of(names[-1].plain) if names else ""
    column.is_coded = bool(names) and is_coded(names[-1].plain)
    if column.role == "value" and (column.period or column.part or len(names) > 1):
        # 2022年/数值 and 出口额/绝对值 are values of the heading above.
        column.role, names = "", names[:-1]
    column.series = "" if column.role == "value" else _joined(names)
    return column


def _joined(parts):
    return "/".join(part.text for part in parts)


def _bare(part, column):
    """A part of a heading without its marks, its unit and a word such as 初步数."""
    text, marks = split_marks(part.text)
    text, unit = split_unit(text)
    text, more = split_marks(text)
    column.marks += (*marks, *more)
    column.unit = unit or column.unit
    bare = part if text == part.text else Cell(text)
    if match := _CALLED.search(bare.plain):
        column.status = match.lastgroup
        return Cell(bare.plain[: match.start()])
    return bare


def _join_period(column, parts):
    """2022年 over 1-9月 is one period; 1-9月 alone still needs its year."""
    if len(parts) != 1:
        column.part = "/".join(parts)
    elif column.period.isdigit():
        column.period = part_of_year(parts[0], column.period)
    else:
        column.part = parts[0]
