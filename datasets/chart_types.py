"""How the points of a figure are arranged, one function for each type of chart."""

import re
from collections import namedtuple
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext

from cbec_site.base.dates import period as period_words

from .chart_cells import (
    OFFICIAL,
    PAPER,
    Cell,
    Column,
    FigureTable,
    cell_for,
    unit_of_axis,
)
from .models import FigureObservation
from .periods import BASE, has_base

Key = namedtuple("Key", "indicator region role unit edition")


def _role(point):
    is_official = point.role == FigureObservation.Role.OFFICIAL
    return OFFICIAL if is_official else PAPER


def _beside(points, labels, wanted):
    """Points that are listed beside the table: (observation, label of its
    breakdown)."""
    return [
        (point.observation, labels.get(point.observation.breakdown, ""))
        for point in points
        if wanted(point.observation)
    ]


def _is_change(observation):
    """Growth and increase over a base year accompany a series but are not one."""
    return has_base(observation.breakdown)


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
    series (source and vintage) are never joined: each has a column of its own, and only
    two are drawn, the longest and one with newer values than the figure's.
    """
    regions = len({point.observation.region_id for point in points})
    columns, units, newer = {}, {}, set()
    for point in points:
        seen, role = point.observation, _role(point)
        unit = units.setdefault((seen.indicator_id, seen.region_id), unit_of_axis(seen))
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
            )
        columns[key].cells.setdefault(seen.period, cell_for(seen, unit))
        if point.is_newer:
            newer.add(key)
    for key, column in columns.items():
        rivals = [
            len(other.cells)
            for position, other in columns.items()
            if position[:4] == key[:4] and other is not column
        ]
        if rivals and len(column.cells) < max(rivals) and key not in newer:
            column.mark = "none"
    return list(columns.values())


def time_table(figure, points, labels):
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

    # Sums first: they create the panels that rates and growth labels join.
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
    return FigureTable("time", period_rows(columns), columns, extras)


def period_rows(columns):
    periods = sorted({period for column in columns for period in column.cells})
    return [(period, period_label(period)) for period in periods]


def period_label(period):
    """A year as it is, another period in words: 2022, Q1 2022."""
    return period if len(period) == 4 else period_words(period)


def share_table(figure, points, labels):
    """Parts of a whole as rows; official volumes of another year beside them."""
    parts = [
        point
        for point in points
        if point.observation.unit == "PERCENT" and not point.is_newer
    ]
    column = Column(
        title=parts[0].observation.indicator.title if parts else figure.title,
        unit="%",
        mark="part",
    )
    rows = []
    for point in parts:
        seen = point.observation
        rows.append((seen.breakdown, labels.get(seen.breakdown, seen.breakdown)))
        column.cells[seen.breakdown] = cell_for(seen)
    drawn = {point.observation.pk for point in parts}
    extras = _beside(points, labels, lambda seen: seen.pk not in drawn)
    return FigureTable("share", rows, [column], extras)


def index_table(figure, points, labels):
    """Each series divided by its value in the first year of the figure, times 100.

    Where a series has no value for that year, its base follows from the stated growth
    of the next year: base = value / (1 + growth / 100).
    """
    levels = [point for point in points if not _is_change(point.observation)]
    growth = {
        (point.observation.region_id, point.observation.breakdown): point.observation
        for point in points
        if _is_change(point.observation) and point.observation.unit == "PERCENT"
    }
    columns = _columns(levels, lambda observation: ("line", 0, "left"))
    base_period = min((key for column in columns for key in column.cells), default="")
    kept, notes = [], []
    for column in columns:
        base, note = _index_base(column, base_period, growth)
        if base is None:
            continue
        if note:
            notes.append(note)
        column.unit = gettext("%(year)s = 100") % {"year": base_period}
        column.cells = {
            period: _index_cell(cell, base) for period, cell in column.cells.items()
        }
        if base_period not in column.cells:
            column.cells[base_period] = Cell("100.0", "100.0")
        kept.append(column)
    return FigureTable("index", period_rows(kept), kept, notes=notes)


def _index_base(column, base_period, growth):
    if base_period in column.cells:
        return Decimal(column.cells[base_period].plain), ""
    first = min(column.cells)
    observation = column.cells[first].observation
    change = growth.get((observation.region_id, f"{BASE}{base_period}"))
    if change is None or change.period != first or column.role == OFFICIAL:
        return None, ""
    base = Decimal(column.cells[first].plain) / (1 + change.value / 100)
    note = gettext(
        "%(series)s: the value of %(year)s is computed backwards from that of "
        "%(next)s and its stated growth of %(growth)s%%."
    ) % {
        "series": column.title,
        "year": base_period,
        "next": first,
        "growth": change.plain_value,
    }
    return base, note


def _index_cell(cell, base):
    if not cell.plain:
        return cell
    index = (Decimal(cell.plain) / base * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Cell(
        f"{cell.sign}{index:,.1f}", f"{index}", cell.observation, sign=cell.sign
    )


BATCH = re.compile(r"batch(?:es)? (\d+)(?: to (\d+))?")


def batch_table(figure, points, labels):
    """Batches as rows: how many zones each approved, and the total after it.

    The total is summed from the batches, unless newer values state it, since zones can
    also end.
    """
    stated_later = {
        point.observation.period: point.observation
        for point in points
        if point.is_newer and not BATCH.match(point.observation.breakdown)
    }
    official = Column(gettext("Approved (official)"), "", "bar", OFFICIAL)
    running = Column(gettext("Total after the batch"), "", "step", OFFICIAL)
    stated = Column(gettext("Approved (paper)"), "", "none", PAPER)
    stated_total = Column(gettext("Total (paper)"), "", "none", PAPER)
    rows, by_period, total = {}, {}, Decimal(0)
    for point in sorted(points, key=lambda point: point.observation.period_start):
        seen = point.observation
        match = BATCH.match(seen.breakdown)
        if match is None:
            continue
        key = (int(match[1]), int(match[2] or match[1]))
        role = _role(point)
        column = official if role == OFFICIAL else stated
        column.cells[key] = cell_for(seen)
        by_period[seen.period, role] = key
        if role == OFFICIAL or key not in rows:
            rows[key] = f"{labels.get(seen.breakdown, seen.breakdown)} · {seen.period}"
        if role == OFFICIAL:
            total += seen.value
            running.cells[key] = Cell(f"{total:,.0f}", f"{total:.0f}")
            if point.is_newer and seen.period in stated_later:
                running.cells[key] = cell_for(stated_later[seen.period])
                total = stated_later[seen.period].value
    for point in points:
        key = by_period.get((point.observation.period, PAPER))
        is_total = not BATCH.match(point.observation.breakdown)
        if is_total and key and _role(point) == PAPER:
            stated_total.cells[key] = cell_for(point.observation)
    columns = [official, running, stated, stated_total]
    return FigureTable("batches", sorted(rows.items()), columns)
