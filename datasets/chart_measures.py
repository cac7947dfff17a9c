"""A table of values converted to an index, a share, or a change on the year before.

Nothing here queries a database. What cannot be computed correctly is left out, and a
note of the table says so: bounds ("at least", "just under") yield neither index nor
share, and values for different kinds of period are never combined.
"""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cbec_site.base.dates import period as period_words
from cbec_site.base.languages import sign

from .chart_cells import Cell, FigureTable
from .models import Indicator
from .units import MEASURES

AMOUNTS = (Indicator.Kind.LEVEL, Indicator.Kind.FLOW, Indicator.Kind.COUNT)
APPROXIMATE = "≈ "


class Measure(models.TextChoices):
    """How the values of a chart are shown."""

    ABSOLUTE = "absolute", _("Values")
    INDEX = "index", _("Index")
    SHARE = "share", _("Share of the region above")
    CHANGE = "change", _("Change on the year before")


def measured(table: FigureTable, measure: str) -> FigureTable:
    """The table with its columns of amounts converted to `measure`, in one panel.

    Columns for which the measure has no meaning are left out.
    """
    reading = {
        Measure.INDEX: as_index,
        Measure.SHARE: as_share,
        Measure.CHANGE: as_change,
    }.get(measure)
    return reading(table) if reading else table


def measures_of(table: FigureTable) -> list[Measure]:
    """The measures that this table can be converted to; values always."""
    if table.layout != "time":
        return [Measure.ABSOLUTE]
    measures = (Measure.INDEX, Measure.SHARE, Measure.CHANGE)
    return [
        Measure.ABSOLUTE,
        *(one for one in measures if measured(table, one).columns),
    ]


def as_index(table):
    """Each series divided by its value in one base period, times 100.

    The base is the earliest of the periods for which most series have a value.
    """
    columns = _amounts(table)
    periods = [period for one in columns for period in one.cells if _exact(one, period)]
    if not periods:
        return _only(table, [], [])
    base = min(periods, key=lambda period: (-periods.count(period), period))
    kept, left = [], []
    for column in columns:
        if not _exact(column, base) or len(_alike(column, base)) < 2:
            left.append(column.title)
            continue
        divisor = column.cells[base]
        cells = {
            period: _ratio(cell, divisor, 1)
            for period, cell in _alike(column, base).items()
        }
        unit = gettext("%(year)s = 100") % {"year": base}
        kept.append(_read(column, unit, cells))
    notes = [gettext("Computed on this site: each value divided by that of %(base)s.")]
    if left:
        notes.append(
            gettext("Left out because there is no value for %(base)s: %(series)s.")
        )
    told = {"base": period_words(base), "series": sign("; ").join(left)}
    return _only(table, kept, [note % told for note in notes])


def as_share(table):
    """Each series as a percentage of the same one for the parent region, if known."""
    columns, kept, notes = _amounts(table), [], []
    for column in columns:
        whole = _whole(column, columns)
        if whole is None:
            continue
        cells = {
            period: _ratio(cell, whole.cells[period], 2)
            for period, cell in column.cells.items()
            if period in whole.cells
        }
        unit = gettext("%% of %(region)s") % {"region": whole.sample.region.name}
        read = _read(column, unit, cells, is_percent=True)
        if read.cells:
            kept.append(read)
            notes.append(
                gettext("Computed on this site from %(part)s and %(whole)s.")
                % {
                    "part": f"{column.title} ({column.sample.source.title})",
                    "whole": f"{whole.title} ({whole.sample.source.title})",
                }
            )
    return _only(table, kept, notes)


def as_change(table):
    """Each value against the same period of the year before, in per cent."""
    kept = []
    for column in _amounts(table):
        cells = {
            period: _growth(cell, column.cells.get(_year_before(period)))
            for period, cell in column.cells.items()
        }
        unit = gettext("change on the year before, %")
        read = _read(column, unit, cells, is_percent=True)
        if read.cells:
            read.mark = "bar"
            kept.append(read)
    note = gettext(
        "Computed on this site: each value against the same period of the year before."
    )
    return _only(table, kept, [note])


def _amounts(table):
    return [
        column
        for column in table.columns
        if column.mark not in ("none", "label")
        and column.sample is not None
        and column.sample.indicator.kind in AMOUNTS
    ]


def _only(table, columns, notes):
    keys = {key for column in columns for key in column.cells}
    rows = [(key, label) for key, label in table.rows if key in keys]
    return replace(
        table, rows=rows, columns=columns, extras=[], notes=notes if columns else []
    )


def _read(column, unit, cells, *, is_percent=False):
    """The column with computed cells; a cell that is None is left out."""
    return replace(
        column,
        unit=unit,
        cells={period: cell for period, cell in cells.items() if cell is not None},
        mark="line",
        panel=0,
        axis="left",
        is_percent=is_percent,
    )


def _exact(column, period):
    """Whether the column has a positive value there that is not a mere bound."""
    cell = column.cells.get(period)
    return bool(
        cell and cell.plain and cell.sign in ("", APPROXIMATE) and cell.number > 0
    )


def _alike(column, base):
    """The cells for periods of the same kind as `base`: years with years."""
    kind = _kind(base)
    return {key: cell for key, cell in column.cells.items() if _kind(key) == kind}


def _kind(period):
    """What periods that may be compared have in common: "-Q" of any quarter."""
    rest = str(period)[4:]
    if "/" in rest:
        return rest
    return rest[:2] if rest[:2] in ("-S", "-Q") else str(len(rest))


def _year_before(period):
    return f"{int(str(period)[:4]) - 1}{str(period)[4:]}"


def _whole(column, columns):
    """The best matching series of the parent region: from the same source if
    possible."""
    seen = column.sample
    fitting = [
        other
        for other in columns
        if other.sample.region_id == seen.region.parent_id
        and other.sample.indicator_id == seen.indicator_id
        and other.sample.breakdown == seen.breakdown
        and other.cells.keys() & column.cells.keys()
    ]
    return max(
        fitting,
        key=lambda other: (
            other.sample.source_id == seen.source_id,
            len(other.cells.keys() & column.cells.keys()),
        ),
        default=None,
    )


def _base_value(cell):
    """The value in base units, so that a ratio needs no common unit."""
    seen = cell.observation
    return seen.value.scaleb(MEASURES[seen.unit].exponent)


def _ratio(cell, whole, places):
    quotient = _quotient(cell, whole)
    return None if quotient is None else _cell(cell, whole, quotient * 100, places)


def _growth(cell, before):
    quotient = None if before is None else _quotient(cell, before)
    return None if quotient is None else _cell(cell, before, (quotient - 1) * 100, 1)


def _quotient(cell, whole):
    signs = {cell.sign, whole.sign}
    if not cell.plain or not whole.plain or signs - {"", APPROXIMATE}:
        return None
    if cell.observation is None or whole.observation is None:
        return None
    divisor = _base_value(whole)
    return _base_value(cell) / divisor if divisor > 0 else None


def _cell(cell, other, number, places):
    """A computed value; it has the status and the sign of the less certain input."""
    sign_before = APPROXIMATE if APPROXIMATE in (cell.sign, other.sign) else ""
    value = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return Cell(
        f"{sign_before}{value:,}",
        f"{value}",
        cell.observation,
        sign=sign_before,
        beside=other.observation,
    )
