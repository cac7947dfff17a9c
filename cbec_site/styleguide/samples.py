"""Invented values that show every state of a chart."""

import datetime
from types import SimpleNamespace

from django.utils.translation import gettext

from datasets.chart_cells import OFFICIAL, PAPER, Cell, Column, FigureTable
from datasets.models import Observation
from datasets.units import Unit

FIRST_YEAR = 2001
# Status and value, year after year; None is a gap.
BARS = (("A", 40), ("E", 52), ("P", 61), ("F", 70), None, ("A", 78))
LINES = (
    (PAPER, (12, 22, 19, 30, None, 44)),
    (OFFICIAL, (60, 66, 70, 71, 80, 92)),
    (PAPER, (88, 82, 90, None, 110, 118)),
    (PAPER, (140, 130, 138, 150, 155, 149)),
)


def sample_table() -> FigureTable:
    """Bars of every pattern, and below them as many lines as there are colours."""
    years = range(FIRST_YEAR, FIRST_YEAR + len(BARS))
    columns = [_column(gettext("Sample"), "bar", PAPER, zip(years, BARS, strict=True))]
    for number, (role, values) in enumerate(LINES, 1):
        title = gettext("Sample %(number)s") % {"number": number}
        dated = [
            (year, value and ("A", value))
            for year, value in zip(years, values, strict=True)
        ]
        columns.append(_column(title, "line", role, dated, panel=1))
    return FigureTable("time", [(str(year), str(year)) for year in years], columns)


def _column(title, mark, role, values, panel=0):
    cells = {str(year): _cell(year, *pair) for year, pair in values if pair}
    unit = str(Unit.PERCENT.label)
    return Column(title, unit, mark, role=role, panel=panel, cells=cells)


def _cell(year, status, value):
    seen = Observation(
        period=str(year),
        period_start=datetime.date(year, 1, 1),
        period_end=datetime.date(year, 12, 31),
        unit=Unit.PERCENT,
        status=status,
    )
    return Cell(f"{value}", f"{value}", seen)


def sample_claims(verdicts):
    """For each verdict as much of a claim as its mark needs."""
    return [
        SimpleNamespace(verdict=value, get_verdict_display=label)
        for value, label in verdicts.choices
    ]
