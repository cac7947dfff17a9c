"""What a sheet gave: its records, and what an editor has to know about it."""

from dataclasses import dataclass, field
from decimal import Decimal

from .problems import Problem


@dataclass
class Record:
    """One value as the file has it; names are not yet looked up."""

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


@dataclass
class Reading:
    """What a sheet gave: records, problems, and the columns nobody knows.

    A column without a heading goes by its number: #5.
    """

    records: list[Record] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
