"""What the headings of a table say: the role, series, period and unit of a column."""

from dataclasses import dataclass

from .folding import split_marks
from .headers import period_of, role_of, split_unit

# Columns whose cells are names, and those taken over as they are.
NAMES = ("indicator", "region", "breakdown", "source", "code", "unit", "period")
PLAIN = ("code", "status", "source", "vintage", "note_en", "paper_location")
PLAIN += ("provenance", "is_published", "qualifier")


@dataclass
class Column:
    """A heading: its role, its place, and the series, period and unit it names."""

    place: int
    title: str
    role: str = ""
    series: str = ""
    period: str = ""
    unit: tuple[str, int] | None = None


def column_of(place, parts) -> Column:
    """Sort out what the parts of a heading say."""
    column = Column(place, "/".join(parts))
    names = []
    for part in parts:
        text, unit = split_unit(part)
        column.unit = unit or column.unit
        if period := period_of(text):
            column.period = period
        elif text:
            names.append(split_unit(split_marks(text)[0])[0])
    column.series = "/".join(names)
    column.role = role_of(names[-1]) if names else ""
    return column
