"""Kinds of periods and their order: which values may be combined in a computation."""

import datetime
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from datasets.periods import period_bounds

from .errors import NoResultError

if TYPE_CHECKING:
    from .facts import Fact

STEPS = {"9999": 12, "9999-S9": 6, "9999-Q9": 3, "9999-99": 1}
_SHAPES = {months: shape for shape, months in STEPS.items()}
# First and last day.
Bounds = tuple[datetime.date, datetime.date]
_RANGE = re.compile(r"(\d{4})-(\d{2})-01/P(\d{1,3})([YM])\Z", re.ASCII)
# Counts as of a day may be added whatever their days: zones approved in 2015, in
# September 2021 and in February 2022.
_AS_OF = {"COUNT", "COUNT_100M", "ORDINAL"}
_STOCKS = ("level", "count")


# There are few periods and many values of each.
@lru_cache(maxsize=4096)
def bounds_of(period: str) -> Bounds | None:
    """First and last day of a period; None for anything else."""
    try:
        return period_bounds(period)
    except (ValueError, OverflowError):
        return None


def shape(period: str) -> str:
    """The kind of a period: years are only compared with years."""
    start, slash, length = period.partition("/")
    return re.sub(r"\d", "9", start) + slash + length


def kind_of(period: str) -> str:
    """The shape of a period, by its length: 2023-01-01/P12M is a year like 2023."""
    if match := _RANGE.match(period):
        months = int(match[3]) * (12 if match[4] == "Y" else 1)
        is_whole = months in _SHAPES and (int(match[2]) - 1) % months == 0
        return _SHAPES[months] if is_whole else f"{months} months"
    return shape(period)


def shift_period(period: str, months: int) -> str:
    """The year, half, quarter or month so many months later; "" if none begins then."""
    step = STEPS.get(shape(period))
    if step is None or months % step:
        return ""
    year, part = int(period[:4]), period[5:].lstrip("SQ")
    index = year * (12 // step) + int(part or 1) - 1 + months // step
    year, number = divmod(index, 12 // step)
    mark = period[4:6] if period[5:6] in ("S", "Q") else "-"
    tail = {12: "", 1: f"-{number + 1:02d}"}.get(step, f"{mark}{number + 1}")
    return f"{year:04d}{tail}"


def demand_one_kind(facts: Iterable["Fact"]) -> None:
    """Raises NoResultError of kind period_kinds if nine months would meet
    a year.

    Stocks of different series, counted as of a day, may be of different days.
    """
    kinds: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.period:
            kinds.setdefault(kind_of(fact.period), []).append(fact)
    for one, other in combinations(kinds.values(), 2):
        for a in one:
            for b in other:
                if not _may_meet(a, b):
                    raise NoResultError("period_kinds", f"{a.period}, {b.period}")


def _may_meet(a: "Fact", b: "Fact") -> bool:
    """Whether two values of different kinds of period may be computed with."""
    if a.series == b.series or "/" in a.period or "/" in b.period:
        return False
    return _is_stock(a) or _is_stock(b)


def _is_stock(fact: "Fact") -> bool:
    if fact.kind:
        return fact.kind in _STOCKS
    return fact.unit in _AS_OF


def demand_order(new: Iterable["Fact"], old: Iterable["Fact"]) -> None:
    """Raises NoResultError of kind period_order if the newer value is older.

    Only values of the same series of an indicator have an order.
    """
    newer, older = _ends(new), _ends(old)
    if newer and older and newer.keys() == older.keys():
        if any(newer[series] < older[series] for series in newer):
            raise NoResultError("period_order")


def _ends(facts: Iterable["Fact"]) -> dict[tuple[str, ...], datetime.date]:
    """The last day per series, {} when a value is not dated."""
    ends: dict[tuple[str, ...], datetime.date] = {}
    for fact in facts:
        if fact.bounds is None:
            return {}
        series = (fact.indicator, fact.region, fact.breakdown)
        ends[series] = max(fact.bounds[1], ends.get(series, fact.bounds[1]))
    return ends
