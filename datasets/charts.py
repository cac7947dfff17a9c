"""A figure's points as one table; page, chart and file all show these values."""

import re
from collections import namedtuple
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Prefetch, Q
from django.utils.translation import get_language, gettext

from .models import Breakdown, Figure, FigureObservation, Observation
from .units import MEASURES, axis_unit

PAPER, OFFICIAL = "paper", "official"
SERIES_SHOWN, POINTS_SHOWN = 4, 400
Key = namedtuple("Key", "indicator region role unit edition")


@dataclass(frozen=True)
class Cell:
    """A number as shown and as plotted; `observation` is None when derived."""

    text: str
    plain: str
    observation: object = None
    is_used: bool = False
    former: str = ""


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


def figure_table(figure: Figure) -> FigureTable:
    """The published points of `figure`, arranged for its chart type.

    Uses three queries, whatever the number of points.
    """
    points = list(
        figure.points.with_public_value()
        .select_related(
            "observation__indicator", "observation__region", "observation__source"
        )
        .prefetch_related(Prefetch("observation__revisions", to_attr="former_versions"))
    )
    labels = {row.code: row.title for row in Breakdown.objects.all()}
    build = {
        Figure.ChartType.SHARE: _share_table,
        Figure.ChartType.INDEX: _index_table,
        Figure.ChartType.STEP: _batch_table,
    }.get(figure.chart_type, _time_table)
    return build(figure, points, labels)


def indicator_series(indicator):
    """The longest published series of an indicator as the table of one chart.

    At most four series of one unit and 400 points; four queries.
    """
    public = indicator.observations.published().filter(
        value__isnull=False, period_start__isnull=False
    )
    names = ("region", "breakdown", "source", "vintage", "unit")
    longest = (
        public.values(*names)
        .annotate(count=Count("pk"))
        .filter(count__gte=3)
        .order_by("-count", "region", "breakdown")[:SERIES_SHOWN]
    )
    wanted = Q(pk__in=[])
    for series in longest:
        wanted |= Q(**{name: series[name] for name in names})
    points = public.filter(wanted).with_labels().with_former()
    points = points.order_by("-period_start")
    return series_table(points[:POINTS_SHOWN])


def series_table(observations) -> FigureTable:
    """Observations as one figure: a column for each series, periods as rows.

    Every region has a panel of its own, for a country would flatten a province; so has
    every indicator. A
    series is drawn as bars where it is alone in its panel, else as lines. One query.
    """
    observations = sorted(observations, key=lambda seen: seen.period_start)
    labels = _series_labels(observations)
    columns, units, panels = {}, {}, {}
    for seen in observations:
        place = (seen.indicator_id, seen.region_id)
        unit = units.setdefault(place, _axis_unit(seen))
        panel = panels.setdefault(place, len(panels))
        key = series_key(seen)
        if key not in columns:
            columns[key] = Column(
                labels[key],
                unit.label,
                "bar",
                panel=panel,
                note=seen.source.title,
                indicator=seen.indicator.title,
            )
        columns[key].cells[seen.period] = cell_for(seen, unit)
    ordered = sorted(columns.values(), key=lambda column: column.panel)
    for column in ordered:
        if sum(other.panel == column.panel for other in ordered) > 1:
            column.mark = "line"
    return FigureTable("time", _period_rows(ordered), ordered)


def inputs_table(inputs) -> FigureTable | None:
    """The series that the inputs of a computation belong to, its points marked.

    `inputs` are published observations with their labels. None where no series has two
    dated values of one kind: there is nothing to draw. Two queries.
    """
    wanted = Q(pk__in=[])
    for seen in inputs:
        wanted |= Q(
            indicator=seen.indicator_id,
            region=seen.region_id,
            breakdown=seen.breakdown,
            source=seen.source_id,
            vintage=seen.vintage,
        )
    points = (
        Observation.objects.published()
        .filter(wanted, value__isnull=False, period_start__isnull=False)
        .with_labels()
        .order_by("-period_start")[:POINTS_SHOWN]
    )
    series = {}
    for seen in points:
        series.setdefault(series_key(seen), []).append(seen)
    drawn = [rows for rows in series.values() if len(rows) > 1][:SERIES_SHOWN]
    if not drawn:
        return None
    used = {seen.pk for seen in inputs}
    table = series_table(row for rows in drawn for row in rows)
    for column in table.columns:
        column.title = f"{column.indicator} · {column.title}"
        for period, cell in column.cells.items():
            column.cells[period] = replace(cell, is_used=cell.observation.pk in used)
    return table


def series_key(observation):
    """What makes observations one series."""
    return (
        observation.indicator_id,
        observation.region_id,
        observation.breakdown,
        observation.source_id,
        observation.vintage,
    )


def _series_labels(observations):
    """Series to title: the region, and whatever else tells two of them apart."""
    titles = {row.code: row.title for row in Breakdown.objects.all()}
    found = {}
    for seen in observations:
        parts = [seen.region.name]
        parts += [titles.get(code, code) for code in (seen.breakdown, seen.vintage)]
        found[series_key(seen)] = (" · ".join(filter(None, parts)), seen.source.title)
    names = [name for name, _source in found.values()]
    return {
        key: name if names.count(name) == 1 else f"{name} ({source})"
        for key, (name, source) in found.items()
    }


def cell_for(observation, unit=None) -> Cell:
    """An observation in the unit its column heading names (default: its own)."""
    unit = unit or _axis_unit(observation)
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
    )


def _axis_unit(observation):
    return axis_unit(observation.unit, get_language() or "en")


def _role(point):
    is_official = point.role == FigureObservation.Role.OFFICIAL
    return OFFICIAL if is_official else PAPER


def _beside(points, labels, wanted):
    """Points that are told beside the table: (observation, label of its breakdown)."""
    return [
        (point.observation, labels.get(point.observation.breakdown, ""))
        for point in points
        if wanted(point.observation)
    ]


def _is_change(observation):
    """Growth and increase over a base year accompany a series, they are not one."""
    return observation.breakdown.startswith("base=")


def _series_title(observation, role, regions):
    title = observation.indicator.title
    if regions > 1:
        title = f"{observation.region.name} · {title}"
    if role == OFFICIAL:
        title = gettext("%(series)s (official)") % {"series": title}
    return title


def _columns(points, mark):
    """Group points into columns; `mark` chooses how each is drawn.

    Values of one indicator share the unit of its first point. Official editions of a
    series (source and vintage) are never joined: each has a column of its own, and
    only the longest is drawn.
    """
    regions = len({point.observation.region_id for point in points})
    columns, units = {}, {}
    for point in points:
        seen, role = point.observation, _role(point)
        unit = units.setdefault((seen.indicator_id, seen.region_id), _axis_unit(seen))
        edition = (seen.source_id, seen.vintage) if role == OFFICIAL else None
        key = Key(seen.indicator_id, seen.region_id, role, unit.label, edition)
        if key not in columns:
            kind, panel, axis = mark(seen)
            columns[key] = Column(
                title=_series_title(seen, role, regions),
                unit=unit.label,
                mark=kind,
                role=role,
                panel=panel,
                axis=axis,
                note=seen.source.title,
            )
        columns[key].cells.setdefault(seen.period, cell_for(seen, unit))
    for key, column in columns.items():
        rivals = [
            len(other.cells)
            for place, other in columns.items()
            if place[:4] == key[:4] and other is not column
        ]
        if rivals and len(column.cells) < max(rivals):
            column.mark = "none"
    return list(columns.values())


def _time_table(figure, points, labels):
    """Years as rows; sums as columns, rates as a line, growth as a written label."""
    order = []

    def mark(observation):
        if _is_change(observation):
            is_label = observation.unit == "PERCENT" and len(order) == 1
            return ("label" if is_label else "none"), 0, "left"
        if observation.unit == "PERCENT":
            return "line", len(order) - 1, "right"
        if observation.indicator.code not in order:
            order.append(observation.indicator.code)
        return "bar", order.index(observation.indicator.code), "left"

    # Sums first: they open the panels that rates and growth labels join.
    points.sort(
        key=lambda point: (
            _is_change(point.observation),
            point.observation.unit == "PERCENT",
            _role(point) == OFFICIAL,
        )
    )
    series = [point for point in points if point.observation.unit != "YEARS"]
    extras = _beside(points, labels, lambda seen: seen.unit == "YEARS")
    columns = _columns(series, mark)
    return FigureTable("time", _period_rows(columns), columns, extras)


def _period_rows(columns):
    periods = sorted({period for column in columns for period in column.cells})
    return [(period, period) for period in periods]


def _share_table(figure, points, labels):
    """Parts of a whole as rows; official volumes of another year beside them."""
    parts = [point for point in points if point.observation.unit == "PERCENT"]
    column = Column(
        title=parts[0].observation.indicator.title if parts else figure.title,
        unit="%",
        mark="part",
        note=parts[0].observation.source.title if parts else "",
    )
    rows = []
    for point in parts:
        seen = point.observation
        rows.append((seen.breakdown, labels.get(seen.breakdown, seen.breakdown)))
        column.cells[seen.breakdown] = cell_for(seen)
    extras = _beside(points, labels, lambda seen: seen.unit != "PERCENT")
    return FigureTable("share", rows, [column], extras)


def _index_table(figure, points, labels):
    """Each series divided by its value in the first year of the figure, times 100.

    Where a series has no value for that year, its base follows from the stated growth
    of the next year: base = value / (1 + growth / 100).
    """
    levels = [point for point in points if not _is_change(point.observation)]
    growth = {
        (point.observation.region_id, point.observation.breakdown): point.observation
        for point in points
        if point.observation.breakdown.startswith("base=")
        and point.observation.unit == "PERCENT"
    }
    columns = _columns(levels, lambda observation: ("line", 0, "left"))
    base_period = min((key for column in columns for key in column.cells), default="")
    kept = []
    for column in columns:
        base, note = _index_base(column, base_period, growth)
        if base is None:
            continue
        column.note = note or column.note
        column.unit = gettext("%(year)s = 100") % {"year": base_period}
        column.cells = {
            period: _index_cell(cell, base) for period, cell in column.cells.items()
        }
        if base_period not in column.cells:
            column.cells[base_period] = Cell("100.0", "100.0")
        kept.append(column)
    return FigureTable("index", _period_rows(kept), kept)


def _index_base(column, base_period, growth):
    if base_period in column.cells:
        return Decimal(column.cells[base_period].plain), ""
    first = min(column.cells)
    observation = column.cells[first].observation
    change = growth.get((observation.region_id, f"base={base_period}"))
    if change is None or change.period != first or column.role == OFFICIAL:
        return None, ""
    base = Decimal(column.cells[first].plain) / (1 + change.value / 100)
    note = gettext("Base year derived from the stated growth of %(growth)s%%.") % {
        "growth": change.plain_value
    }
    return base, note


def _index_cell(cell, base):
    if not cell.plain:
        return cell
    index = (Decimal(cell.plain) / base * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Cell(f"{index:,.1f}", f"{index}", cell.observation)


_BATCH = re.compile(r"batch(?:es)? (\d+)(?: to (\d+))?")


def _batch_table(figure, points, labels):
    """Batches as rows: how many zones each approved, and how many there were then."""
    official = Column(gettext("Approved (official)"), "", "bar", OFFICIAL)
    running = Column(gettext("Total after the batch"), "", "step", OFFICIAL)
    stated = Column(gettext("Approved (paper)"), "", "none", PAPER)
    stated_total = Column(gettext("Total (paper)"), "", "none", PAPER)
    rows, by_period, total = {}, {}, Decimal(0)
    for point in sorted(points, key=lambda point: point.observation.period_start):
        seen = point.observation
        match = _BATCH.match(seen.breakdown)
        if match is None:
            continue
        key = (int(match[1]), int(match[2] or match[1]))
        role = _role(point)
        column = official if role == OFFICIAL else stated
        column.cells[key] = cell_for(seen)
        column.note = column.note or seen.source.title
        by_period[seen.period, role] = key
        if role == OFFICIAL or key not in rows:
            rows[key] = f"{labels.get(seen.breakdown, seen.breakdown)} · {seen.period}"
        if role == OFFICIAL:
            total += seen.value
            running.cells[key] = Cell(f"{total:,.0f}", f"{total:.0f}")
    for point in points:
        key = by_period.get((point.observation.period, PAPER))
        is_total = not _BATCH.match(point.observation.breakdown)
        if is_total and key and _role(point) == PAPER:
            stated_total.cells[key] = cell_for(point.observation)
    columns = [official, running, stated, stated_total]
    return FigureTable("batches", sorted(rows.items()), columns)
