"""What a sheet gave: its records, and what an editor has to know about it."""

from dataclasses import dataclass, field
from decimal import Decimal

from datasets.spreadsheets.problems import Problem
from datasets.spreadsheets.tidying import Tidyings


@dataclass
class Record:
    """One value as the file has it; names are not yet looked up.

    `blank` are the columns whose cell is empty: nothing said for the whole file holds
    there. `also` are further names of the same thing, (role, text) each. `marks` and
    `cell_marks` are the footnote marks of its names and of its value.
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
    sheet: str = ""
    source_row: int = 0
    source_col: int = 0
    raw: str = ""
    more: dict = field(default_factory=dict)
    blank: tuple[str, ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    marks: tuple[str, ...] = ()
    cell_marks: tuple[str, ...] = ()


@dataclass
class Reading:
    """What a sheet gave: records, problems, and the columns nobody knows.

    A column without a heading goes by its number: #5.
    """

    records: list[Record] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    tidied: Tidyings = field(default_factory=Tidyings)
