"""What a table of values is made of: cells, columns, and the table itself."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language, gettext

from .units import MEASURES, axis_unit

PAPER, OFFICIAL = "paper", "official"
LABEL_DECIMALS = 2


@dataclass(frozen=True)
class Cell:
    """A number as shown and as plotted; `observation` is None when derived.

    `text` keeps every digit; `sign` ("≈ ", "≥ ", "< ") stands before it.
    """

    text: str
    plain: str
    observation: object = None
    is_used: bool = False
    former: str = ""
    sign: str = ""

    @property
    def number(self) -> Decimal:
        return Decimal(self.plain)

    @property
    def label(self) -> str:
        """What stands at the mark: at most two decimals, whatever the table keeps."""
        return f"{self.sign}{_shortened(self.number):,}" if self.plain else ""

    @property
    def change_label(self) -> str:
        """The value as a growth in per cent, with its sign: +33%, ≈−3%, 0%."""
        if not self.plain:
            return ""
        number = _shortened(self.number)
        direction = "+" if number > 0 else "−" if number < 0 else ""
        return f"{self.sign.strip()}{direction}{abs(number):,}%"


def _shortened(number):
    if -number.as_tuple().exponent <= LABEL_DECIMALS:
        return number
    return number.quantize(Decimal(1).scaleb(-LABEL_DECIMALS), ROUND_HALF_UP)


@dataclass
class Column:
    """One series. `mark` is bar, line, step, label or none; `panel` counts from 0."""

    title: str
    unit: str
    mark: str
    role: str = PAPER
    panel: int = 0
    axis: str = "left"
    note: str = ""
    indicator: str = ""
    cells: dict = field(default_factory=dict)


@dataclass
class FigureTable:
    """Columns over a list of row labels; `layout` tells the chart how to draw it."""

    layout: str
    rows: list
    columns: list
    extras: list = field(default_factory=list)

    @property
    def row_heading(self):
        """What the labels of the rows are, in the reader's language."""
        headings = {"share": gettext("Part"), "batches": gettext("Batch")}
        return headings.get(self.layout, gettext("Period"))

    @property
    def lines(self):
        """(row label, cells in the order of the columns; None where there is none)."""
        return [
            (label, [column.cells.get(key) for column in self.columns])
            for key, label in self.rows
        ]

    @property
    def panels(self):
        return sorted(
            {column.panel for column in self.columns if column.mark != "none"}
        )

    @property
    def flags(self):
        """Status codes that need a word of explanation, with that word."""
        seen = {
            cell.observation.status: cell.observation.get_status_display()
            for column in self.columns
            for cell in column.cells.values()
            if cell.observation is not None and cell.observation.is_flagged
        }
        return sorted(seen.items())

    @property
    def has_revised(self):
        """Whether a value shown was first published as another."""
        return any(
            cell.former for column in self.columns for cell in column.cells.values()
        )

    @property
    def official_sources(self):
        return sorted(
            {
                column.note
                for column in self.columns
                if column.role == OFFICIAL and column.note
            }
        )

    @property
    def has_official(self):
        return any(column.role == OFFICIAL for column in self.columns)


def cell_for(observation, unit=None) -> Cell:
    """An observation in the unit its column heading names (default: its own)."""
    unit = unit or unit_of_axis(observation)
    if observation.value is None:
        return Cell("—", "", observation)
    shift = MEASURES[observation.unit].exponent - unit.exponent
    places = max(observation.decimals - shift, 0)
    value = observation.value.scaleb(shift)
    sign = {"about": "≈ ", "at_least": "≥ ", "just_under": "< "}.get(
        observation.qualifier, ""
    )
    return Cell(
        f"{sign}{value:,.{places}f}",
        f"{value:.{places}f}",
        observation,
        former=observation.first_value,
        sign=sign,
    )


def unit_of_axis(observation):
    return axis_unit(observation.unit, get_language() or "en")
