"""What a sheet gave: its records, and what an editor has to know about it."""

from dataclasses import dataclass, field
from decimal import Decimal

from datasets.spreadsheets.problems import Problem
from datasets.spreadsheets.tidying import Tidyings


@dataclass
class Record:
    """One value as the file has it; names are not yet looked up.

    `blank` are the columns whose cell is empty: nothing said for the whole file holds
    there. `currency` is the one whose sign stands at the value, `money` the one that a
    title names, `part` the part of a year that its row names below years. `also` are
    further names of the same thing, (role, text) each. `marks` and `cell_marks` are the
    footnote marks of its names and of its value. `called` is the code of what heading
    or title call it, such as P, `has_own_unit` tells that its cell names another unit
    than its heading, line or row. `read_in` is the printed unit that its value was read
    in, None if only its series tells.
    """

    series: str = ""
    region: str = ""
    period: str = ""
    breakdown: str = ""
    value: Decimal | None = None
    unit: str = ""
    decimals: int = 0
    status: str = "A"
    qualifier: str = ""
    note: str = ""
    part: str = ""
    sheet: str = ""
    source_row: int = 0
    source_col: int = 0
    raw: str = ""
    currency: str = ""
    money: str = ""
    more: dict = field(default_factory=dict)
    blank: tuple[str, ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    marks: tuple[str, ...] = ()
    cell_marks: tuple[str, ...] = ()
    called: str = ""
    has_own_unit: bool = False
    read_in: tuple[str, int] | None = None


@dataclass
class Reading:
    """What a sheet gave: records, problems, and the columns nobody knows.

    A column without a heading goes by its number: #5. `header` is the line of the
    heading.
    """

    records: list[Record] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    header: int = 0
    tidied: Tidyings = field(default_factory=Tidyings)


class RowError(Exception):
    """What keeps a row or a cell from being read: column, value, message, kind."""
