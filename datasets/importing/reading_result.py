"""The result of reading a sheet: its records, and what an editor has to know."""

from dataclasses import dataclass, field
from decimal import Decimal

from datasets.spreadsheets.problems import Problem
from datasets.spreadsheets.tidying import Tidyings


@dataclass
class Record:
    """One value as in the file; names are not yet looked up.

    `blank` are the roles whose cell is empty, so that choices for the whole file do not
    apply. `currency` is that of the sign at the value, `money` that named in a title,
    `part` the part of the year that the row names below headings with years. `also` are
    further names of the same thing, as (role, text). `marks` and `cell_marks` are the
    footnote marks of its names and of its value. `called` is the code for what heading
    or title call it, such as P; `has_own_unit` says that its cell names a unit other
    than its heading, line or row. `read_in` is the printed unit in which its value was
    read, None if only its series says so. `refused` are the kinds of its faults that
    are reported already.
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
    refused: frozenset[str] = frozenset()


@dataclass
class Reading:
    """The result of reading a sheet: records, problems, and unknown columns.

    `refused` are records with faults, whose other cells are still to be checked.
    A column without a heading is named by its number: #5. `header` is the line of the
    heading. `words` are what to do about unknown columns, by heading.
    `proposes_country` says that nothing names the place of the values, and that they
    may be of the whole country.
    """

    records: list[Record] = field(default_factory=list)
    refused: list[Record] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    header: int = 0
    proposes_country: bool = False
    tidied: Tidyings = field(default_factory=Tidyings)


class RowError(Exception):
    """A row or a cell cannot be read: column, value, message, kind."""


class Faults:
    """What is wrong with a row or a value: one fault does not hide the others.

    As a context it takes the RowError that ends its block, unless a fault of that kind
    is known: `kinds` are those, to begin with the given ones.
    """

    def __init__(self, kinds: frozenset[str] = frozenset()):
        self.errors: list[RowError] = []
        self.kinds = kinds

    def add(self, error: RowError) -> None:
        """Take a fault unless one of its kind is known."""
        kind = error.args[3]
        if kind not in self.kinds:
            self.errors.append(error)
            self.kinds |= {kind}

    def __enter__(self) -> "Faults":
        return self

    def __exit__(self, _type, error, _trace) -> bool:
        if isinstance(error, RowError):
            self.add(error)
            return True
        return False
