"""The parts of a table of values: cells, columns, and the table itself."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language, gettext

from .units import MEASURES, Unit, axis_unit

PAPER, OFFICIAL = "paper", "official"
LABEL_DECIMALS = 2


@dataclass(frozen=True)
class Cell:
    """A number as shown and as plotted; `observation` is None when derived.

    `text` keeps every digit and follows `sign` ("≈ ", "≥ ", "< "); `plain` is the
    number alone for programs, "" where there is none. A value computed from two
    observations has the other one in `beside`. `is_used` says that the chart computes
    with it, `former` is the value as first published if it was revised since.
    """

    text: str
    plain: str
    observation: object = None
    is_used: bool = False
    former: str = ""
    sign: str = ""
    beside: object = None

    @property
    def flagged(self):
        """The observation whose status readers should know; None if there is none.

        A value computed from two is no more certain than the less certain of them.
        """
        seen = (self.observation, self.beside)
        return next((one for one in seen if one is not None and one.is_flagged), None)

    @property
    def number(self) -> Decimal:
        return Decimal(self.plain)

    @property
    def label(self) -> str:
        """The label at the mark: at most two decimals, whatever the table keeps."""
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
    indicator: str = ""
    cells: dict = field(default_factory=dict)
    is_percent: bool = False

    @property
    def is_rate(self):
        """Whether its values are percentages, computed or stated."""
        seen = self.sample
        return self.is_percent or (seen is not None and seen.unit == Unit.PERCENT)

    @property
    def sample(self):
        """One of its observations, to read what all have in common; None if derived."""
        seen = (cell.observation for cell in self.cells.values())
        return next(filter(None, seen), None)


@dataclass
class FigureTable:
    """Columns over a list of row labels; `layout` says how to draw the chart.

    `notes` are sentences about values that we computed; `dated` are policies and events
    to mark on the time axis (`datasets.dependents.Dated`).
    """

    layout: str
    rows: list
    columns: list
    extras: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    dated: list = field(default_factory=list)

    @property
    def row_heading(self):
        """The heading of the row labels, in the reader's language."""
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
            cell.flagged.status: cell.flagged.plain_status
            for column in self.columns
            for cell in column.cells.values()
            if cell.flagged is not None
        }
        return sorted(seen.items())

    @property
    def has_revised(self):
        """Whether a value shown has been revised since it was first published."""
        return any(
            cell.former for column in self.columns for cell in column.cells.values()
        )

    @property
    def observations(self):
        """Every observation that it shows or computes with, each once."""
        seen = [
            observation
            for column in self.columns
            for cell in column.cells.values()
            for observation in (cell.observation, cell.beside)
            if observation is not None
        ]
        seen += [observation for observation, _label in self.extras]
        return list({observation.pk: observation for observation in seen}.values())

    @property
    def sources(self):
        """The sources of all its values, in the order of the columns."""
        by_id = {seen.source_id: seen.source for seen in self.observations}
        return list(by_id.values())

    @property
    def changed_at(self):
        """When the most recently changed of its values was written; None without
        values."""
        return max((seen.valid_from for seen in self.observations), default=None)

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
