"""What a chart shows, before it is drawn: panels, series and marks."""

from dataclasses import dataclass, field
from decimal import Decimal

OFFICIAL, ESTIMATED, PROVISIONAL, FORECAST = (
    "official",
    "estimated",
    "provisional",
    "forecast",
)
DERIVED = "derived"


@dataclass(frozen=True)
class Mark:
    """One value. `x` is its time in years (the middle of its period), or its position.

    `step` is the length of its period in years, None if it is not regular. `pattern` is
    the kind of value, if it is not simply a number from the paper; `former` the value
    when it was first published here.
    """

    x: float
    value: Decimal
    label: str
    period: str
    step: float | None = None
    pattern: str = ""
    status: str = ""
    meaning: str = ""
    is_unused: bool = False
    note: str = ""
    former: str = ""


@dataclass(frozen=True)
class Moment:
    """An act or event at its time; `number` leads to the list below the chart."""

    x: float
    number: int


@dataclass
class Series:
    """Marks of one kind: bar, line, step or part; `colour` is a number of the palette.

    `is_official` series come from official publications, not from the paper; `is_rate`
    ones are percentages, whose difference is given in percentage points.
    """

    title: str
    unit: str
    kind: str
    colour: int
    is_official: bool = False
    is_rate: bool = False
    marks: list[Mark] = field(default_factory=list)

    @property
    def runs(self):
        """The marks split where there is a gap between periods."""
        pieces = []
        for mark in self.marks:
            if pieces and self._follows(pieces[-1][-1], mark):
                pieces[-1].append(mark)
            else:
                pieces.append([mark])
        return pieces

    def _follows(self, before, mark):
        if self.kind == "step":
            return True
        if mark.step is None or before.step != mark.step:
            return False
        return abs(mark.x - before.x - mark.step) < mark.step * 0.2


@dataclass
class Panel:
    """Series of one unit over one axis; `ticks` are (x, text) below it.

    `summary` says in words what the panel shows.
    """

    unit: str
    series: list[Series] = field(default_factory=list)
    ticks: list[tuple[float, str]] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    note_title: str = ""
    summary: str = ""

    @property
    def is_share(self):
        return any(series.kind == "part" for series in self.series)

    @property
    def bars(self):
        return [series for series in self.series if series.kind == "bar"]

    @property
    def lines(self):
        return [series for series in self.series if series.kind in ("line", "step")]

    @property
    def marks(self):
        return [mark for series in self.series for mark in series.marks]


@dataclass
class Scene:
    """The panels of one chart, with the words that say what they show."""

    panels: list[Panel]
    title: str = ""
    summary: str = ""
