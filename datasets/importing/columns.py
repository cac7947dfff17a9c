"""What the headings of a table say: the role, series, period and unit of a column."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from datasets.spreadsheets.folding import fold, split_marks
from datasets.spreadsheets.problems import Problem

from .headers import TableContext, is_number, role_of, split_unit
from .reading_result import Reading
from .times import part_of_year, period_of

# Columns whose cells are names, and those taken over as they are.
NAMES = ("indicator", "region", "breakdown", "source", "code", "unit", "period")
NAMES += ("vintage",)
PLAIN = ("code", "status", "source", "vintage", "note_en", "paper_location")
PLAIN += ("provenance", "is_published", "qualifier")
# Columns that may be named twice: by code and by name, by year and by month.
TWICE = ("period", "region", "indicator")
# A year as good as any, to see whether a heading is a part of one.
_SOME_YEAR = "2000"


@dataclass
class Column:
    """A heading: its role, its place, and the series, period and unit it names.

    `part` is a period that lacks its year: 1-9月. `marks` are its footnote marks.
    """

    place: int
    title: str
    role: str = ""
    series: str = ""
    period: str = ""
    part: str = ""
    unit: tuple[str, int] | None = None
    marks: tuple[str, ...] = ()


def column_of(place, parts) -> Column:
    """Sort out what the parts of a heading say."""
    column = Column(place, "/".join(parts))
    names, sheet_parts = [], []
    for part in parts:
        text, marks = split_marks(part)
        text, unit = split_unit(text)
        text, more = split_marks(text)
        column.marks += (*marks, *more)
        column.unit = unit or column.unit
        if period := period_of(text):
            column.period = period
        elif part_of_year(text, _SOME_YEAR):
            sheet_parts.append(text)
        elif text:
            names.append(text)
    _join_period(column, sheet_parts)
    column.role = role_of(names[-1]) if names else ""
    if column.role == "value" and (column.period or column.part or len(names) > 1):
        # 2022年/数值 and 出口额/绝对值 are values of what stands above.
        column.role, names = "", names[:-1]
    column.series = "" if column.role == "value" else "/".join(names)
    return column


def _join_period(column, parts):
    """2022年 over 1-9月 is one period; 1-9月 alone waits for its year."""
    if len(parts) != 1:
        column.part = "/".join(parts)
    elif column.period.isdigit():
        column.period = part_of_year(parts[0], column.period)
    else:
        column.part = parts[0]


@dataclass(frozen=True)
class ReadingOptions:
    """What is known of headings from elsewhere.

    `ignore` are titles to leave out, `unit` is the (unit, power of ten) of values that
    have none, `is_series` tells whether an indicator has a name.
    """

    ignore: frozenset = frozenset()
    unit: tuple[str, int] | None = None
    is_series: Callable[[str], bool] | None = None


class Headings:
    """The columns of a table, each with its role; those that nobody knows are listed.

    `roles` has the column of each role, `seconds` those that name the same once more,
    `values` the columns that hold values.
    """

    def __init__(
        self, columns, body, around: TableContext, reading: Reading, sheet, wishes
    ):
        self.columns, self.around, self.reading = columns, around, reading
        self.sheet, self.wishes = sheet, wishes
        self.roles: dict[str, Column] = {}
        self.seconds: list[Column] = []
        self._assign_roles()
        self._name_first(body)
        self.values = self._long() if "value" in self.roles else self._wide()

    def _assign_roles(self):
        for column in self.columns:
            if column.title in self.wishes.ignore:
                column.role = "ignored"
            elif not column.role:
                continue
            elif self.roles.setdefault(column.role, column) is not column:
                if column.role in TWICE:
                    self.seconds.append(column)
                elif column.role != "label":
                    self._unknown(column)

    def _unknown(self, column):
        column.role = "unknown"
        if column.title and column.title not in self.reading.unknown_columns:
            self.reading.unknown_columns.append(column.title)

    def _name_first(self, body):
        """Text in the first column is the series, else the breakdown; not elsewhere."""
        is_dated = any(column.period or column.part for column in self.columns)
        role = "breakdown"
        if is_dated and "indicator" not in self.roles:
            role = "indicator"
        is_first = "value" not in self.roles and role not in self.roles
        for column in self.columns:
            is_open = not (column.role or column.period or column.part)
            # Words in the column of an indicator are faults of their cells.
            if self.wishes.is_series and self.wishes.is_series(column.series):
                is_open = False
            if is_open and _is_text(column, body):
                if not is_first:
                    self._unknown(column)
                    continue
                column.role, self.roles[role] = role, column
                if role == "breakdown":
                    message = _("This column is read as the breakdown.")
                    self._say(self.reading.warnings, column, message, "breakdown")
            is_first = is_first and not column.title

    def _long(self):
        for column in self.columns:
            if not column.role:
                self._unknown(column)
        return [self.roles["value"]]

    def _wide(self):
        """The columns without a role, with a period of their own if others have one."""
        open_ones = [c for c in self.columns if not c.role and c.title]
        is_dated = any(column.period or column.part for column in open_ones)
        return [column for column in open_ones if self._is_value(column, is_dated)]

    def _is_value(self, column, is_dated):
        if column.part and "period" not in self.roles:
            year = self.around.period[:4]
            column.period = part_of_year(column.part, year) if year else ""
            if not column.period:
                message = _("Of which year? Write it into the heading.")
                self._say(self.reading.errors, column, message, "period")
                return False
        is_series = self.wishes.is_series or (lambda name: True)
        if (
            (is_dated and not (column.period or column.part))
            or (column.series and "indicator" in self.roles)
            or (column.series and not is_series(column.series))
        ):
            self._unknown(column)
            return False
        return True

    def uses(self, role) -> bool:
        """Whether values take their region or period from the lines around."""
        if role == "period":
            return any(not column.period for column in self.values)
        return bool(self.values)

    def _say(self, problems, column, message, kind):
        problems.append(
            Problem(self.around.header, column.title, "", message, self.sheet, kind)
        )


def _is_text(column, body):
    cells = [row[column.place][1] for _n, row in body if column.place < len(row)]
    written = [cell for cell in cells if fold(cell.text)]
    return bool(written) and not any(is_number(cell) for cell in written)
