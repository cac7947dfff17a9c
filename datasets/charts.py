"""A figure's points as one table, which page, chart and files all show."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from django.db.models import Q
from django.utils.translation import get_language

from cbec_site.base.languages import sign

from .chart_cells import Column, FigureTable, cell_for
from .chart_choice import Choice
from .chart_series import (
    POINTS_SHOWN,
    SERIES_SHOWN,
    chosen_series,
    every_of,
    points_of,
    series_of,
)
from .chart_types import batch_table, index_table, period_rows, share_table, time_table
from .models import Breakdown, Figure, Observation
from .newer_values import newer_notes, newer_points
from .units import MEASURES, axis_unit, larger_units
from .versions import former_versions, rewind

TWO_DIGITS, SEVEN_DIGITS = 10, 10**6


def figure_table(
    figure: Figure, *, to_today: bool = False, moment: datetime | None = None
) -> FigureTable:
    """The published points of `figure`, arranged for its chart type.

    With `to_today`, newer values of its series are added, and notes say which series
    have none; with a moment, the points stand as they did then. Three queries, whatever
    the number of points; two more with `to_today`.
    """
    points = list(
        figure.points.with_public_value()
        .select_related(
            "observation__indicator", "observation__region", "observation__source"
        )
        .prefetch_related(former_versions(moment, "observation__revisions"))
    )
    if moment:
        points = [point for point in points if rewind(point.observation, moment)]
    labels = {row.code: row.title for row in Breakdown.objects.all()}
    build = {
        Figure.ChartType.SHARE: share_table,
        Figure.ChartType.INDEX: index_table,
        Figure.ChartType.STEP: batch_table,
    }.get(figure.chart_type, time_table)
    newer = newer_points(points) if to_today else []
    table = build(figure, [*points, *newer], labels)
    _name_editions(table, labels)
    if to_today:
        table.notes += newer_notes(table, points, newer)
    return table


def _name_editions(table, labels):
    """Name editions with the same title apart: by source, then by name in a source."""
    editions = {}
    for column in table.columns:
        if column.sample is not None:
            editions.setdefault(column.title, []).append(column)
    rivals = [pair for pair in editions.items() if len(pair[1]) > 1]
    for title, columns in rivals:
        sources = Counter(column.sample.source_id for column in columns)
        for column in columns:
            source, vintage = column.sample.source, column.sample.vintage
            names = [
                source.title if len(sources) > 1 else "",
                labels.get(vintage, vintage) if sources[source.pk] > 1 else "",
            ]
            column.title = " · ".join(filter(None, [title, *names]))


def indicator_series(indicator):
    """The longest published series of an indicator, as the table of one chart.

    At most four series of one kind of period and 400 points; four queries.
    """
    series = series_of(indicator.observations.published())
    return series_table(points_of(chosen_series(series, Choice())))


def series_table(observations) -> FigureTable:
    """Observations as one figure: a column for each series, periods as rows.

    Every region has a panel of its own, since a country would dwarf a province, and so
    has every indicator; years are never drawn beside half-years. All regions of an
    indicator share one unit. A series alone in its panel is drawn as bars, others as
    lines. One query.
    """
    observations = sorted(observations, key=lambda seen: seen.period_start)
    labels = _series_labels(observations)
    units = _common_units(observations)
    columns, panels = {}, {}
    for seen in observations:
        panel_key = (seen.indicator_id, seen.region_id, every_of(seen.period))
        unit = units[seen.indicator_id]
        panel = panels.setdefault(panel_key, len(panels))
        key = (*series_key(seen), every_of(seen.period))
        if key not in columns:
            columns[key] = Column(
                labels[key],
                unit.label,
                "bar",
                panel=panel,
                indicator=seen.indicator.title,
            )
        columns[key].cells[seen.period] = cell_for(seen, unit)
    ordered = sorted(columns.values(), key=lambda column: column.panel)
    for column in ordered:
        if sum(other.panel == column.panel for other in ordered) > 1:
            column.mark = "line"
    return FigureTable("time", period_rows(ordered), ordered)


def _common_units(observations):
    """Indicator to the one unit of all its values.

    It is the smallest in which they are printed. If that makes numbers of seven digits,
    it is the largest in which each region reaches two digits: a country's trillions are
    not written in units of ten thousand only because a province uses these.
    """
    peaks, printed, language = {}, {}, get_language() or "en"
    for seen in observations:
        printed.setdefault(seen.indicator_id, set()).add(seen.unit)
        regions = peaks.setdefault(seen.indicator_id, {})
        amount = abs(seen.value or 0) * MEASURES[seen.unit].factor
        regions[seen.region_id] = max(regions.get(seen.region_id, 0), amount)
    return {
        indicator: axis_unit(_readable(units, peaks[indicator].values()), language)
        for indicator, units in printed.items()
    }


def _readable(units, peaks):
    smallest = min(units, key=lambda unit: MEASURES[unit].exponent)
    if max(peaks) < SEVEN_DIGITS * MEASURES[smallest].factor:
        return smallest
    larger = [
        unit
        for unit in larger_units(smallest)
        if min(peaks) >= TWO_DIGITS * MEASURES[unit].factor
    ]
    return larger[-1] if larger else smallest


def inputs_table(inputs) -> FigureTable | None:
    """The series that the inputs of a computation belong to, its points marked.

    `inputs` are published observations with their labels. None if no series has two
    dated values of one kind, so that there is nothing to draw. Two queries.
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
    """Series → title: the region, and whatever else distinguishes two of them."""
    titles = {row.code: row.title for row in Breakdown.objects.all()}
    kinds = {every_of(seen.period) for seen in observations}
    labels = {}
    for seen in observations:
        every = every_of(seen.period)
        parts = [seen.region.name]
        parts += [titles.get(code, code) for code in (seen.breakdown, seen.vintage)]
        if len(kinds) > 1:
            parts.append(str(every.label))
        key = (*series_key(seen), every)
        labels[key] = (" · ".join(filter(None, parts)), seen.source.title)
    # Within one indicator, since each has a panel of its own or is named before
    # them.
    names = [(key[0], name) for key, (name, _source) in labels.items()]
    return {
        key: name
        if names.count((key[0], name)) == 1
        else f"{name}{sign(' (')}{source}{sign(')')}"
        for key, (name, source) in labels.items()
    }
