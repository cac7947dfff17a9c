"""Turns a figure's table into its scene: what is drawn where, with which label."""

import re

from ..chart_cells import OFFICIAL as OFFICIAL_ROLE
from ..chart_cells import FigureTable
from .model import (
    DERIVED,
    ESTIMATED,
    FORECAST,
    PROVISIONAL,
    Mark,
    Moment,
    Panel,
    Scene,
    Series,
)
from .sentences import summary

COLOURS = 4
PATTERNS = {"E": ESTIMATED, "I": ESTIMATED, "P": PROVISIONAL, "F": FORECAST}
STEPS = (
    (r"\d{4}", 1.0),
    (r"\d{4}-S[12]", 0.5),
    (r"\d{4}-Q[1-4]", 0.25),
    (r"\d{4}-\d{2}", 1 / 12),
)


def build_scene(table: FigureTable, title: str = "") -> Scene:
    """Panels of one unit each, in the order of the table's columns.

    Pure: it makes no queries beyond what the cells contain.
    """
    position_of = _share_place if table.layout == "share" else _time_place
    places = {
        key: position_of(table, key, at) for at, (key, _) in enumerate(table.rows)
    }
    labels = dict(table.rows)
    panels_by_key = {}
    drawn = [column for column in table.columns if column.mark not in ("none", "label")]
    has_used = any(cell.is_used for column in drawn for cell in column.cells.values())
    for number, column in enumerate(drawn):
        panel = panels_by_key.setdefault(
            (column.panel, column.unit), Panel(column.unit)
        )
        series = Series(
            column.title,
            column.unit,
            column.mark,
            number % COLOURS + 1,
            column.role == OFFICIAL_ROLE,
            column.is_rate,
        )
        for key, _label in table.rows:
            cell = column.cells.get(key)
            if cell is None or not cell.plain or places[key] is None:
                continue
            period = str(labels[key])
            series.marks.append(_mark(cell, places[key], period, has_used))
        series.marks.sort(key=lambda mark: mark.x)
        panel.series.append(series)
    _write_changes(table, panels_by_key, places)
    panels = [
        panel
        for _, panel in sorted(panels_by_key.items(), key=lambda entry: entry[0][0])
    ]
    for panel in panels:
        panel.ticks = _ticks(panel)
        panel.summary = summary([panel])
        if not panel.is_share:
            panel.moments = _moments(table)
    return Scene(panels, title, summary(panels))


def _mark(cell, position_of, period, has_used):
    x, step = position_of
    flagged = cell.flagged
    status = flagged.status if flagged else ""
    pattern = PATTERNS.get(status, "") if cell.observation else DERIVED
    return Mark(
        x=x,
        value=cell.number,
        label=cell.label,
        period=period,
        step=step,
        pattern=pattern,
        status=status,
        meaning=flagged.plain_status if flagged else "",
        is_unused=has_used and not cell.is_used,
        former=cell.former,
    )


def _moments(table):
    """The table's policies and events, each in the middle of the days its date can
    mean."""
    return [
        Moment((_years(one.day) + _years(one.last_day, 1)) / 2, number)
        for number, one in enumerate(table.dated, 1)
    ]


def _share_place(_table, _key, at):
    return float(at), None


def _time_place(table, key, _at):
    """(middle of the row's period in years, its length if it is a regular period)."""
    for column in table.columns:
        cell = column.cells.get(key)
        seen = cell and cell.observation
        if seen and seen.period_start:
            end = seen.period_end or seen.period_start
            middle = (_years(seen.period_start) + _years(end, 1)) / 2
            return middle, _step(seen.period)
    match = re.match(r"\d{4}$", str(key))
    return (int(match[0]) + 0.5, 1.0) if match else None


def _years(day, after=0):
    return day.year + (day.timetuple().tm_yday - 1 + after) / 365.25


def _step(period):
    return next((step for form, step in STEPS if re.fullmatch(form, period)), None)


def _write_changes(table, panels, places):
    """Growth stated beside a series is written above its bars, not drawn."""
    for column in table.columns:
        if column.mark != "label":
            continue
        texts = {
            places[key]: cell.change_label
            for key, cell in column.cells.items()
            if cell.plain and places[key]
        }
        for (number, _unit), panel in panels.items():
            if number != column.panel or not panel.bars:
                continue
            bars = panel.bars[0]
            bars.marks = [
                Mark(**{**vars(mark), "note": texts.get((mark.x, mark.step), "")})
                for mark in bars.marks
            ]
            panel.note_title = column.title
            break


def _ticks(panel):
    """Every period that has a mark; for years, also those in between without one."""
    if panel.is_share:
        return [(mark.x, mark.period) for mark in panel.marks]
    ticks = {mark.x: mark.period.split(" · ")[-1] for mark in panel.marks}
    if ticks and all(re.fullmatch(r"\d{4}", text) for text in ticks.values()):
        years = [int(text) for text in ticks.values()]
        middles = {int(text): x for x, text in ticks.items()}
        return [
            (middles.get(year, year + 0.5), str(year))
            for year in range(min(years), max(years) + 1)
        ]
    return sorted(ticks.items())
