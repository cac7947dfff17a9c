"""Amounts per unit: 89.3元/公斤, 每桶70美元, $45 a barrel, 120 km/h.

A rate measures something other than the amount it is printed in, so 12 yuan per parcel
is never compared with 12 yuan. What is counted per head or per year keeps its unit:
there the indicator says what is meant (GDP per capita, turnover a year).
"""

import re
from dataclasses import replace

from .model import NO_UNIT, Quantity
from .units import COUNT, Unit, unit_after

_TIMES = {"HOURS", "MINUTES", "SECONDS", "DAYS", "WEEKS", "YEARS", "AGE"}
_PER = {
    True: re.compile(r"[ \t]?/[ \t]?|每"),
    False: re.compile(r"[ -]per[ -]|[ \t]?/[ \t]?| (?:an?|each) ", re.IGNORECASE),
}
# Goods counted by the piece. Rates per person, household or firm are rates per head.
_PIECES = {
    True: re.compile(
        r"(?:[件票单盒辆台只箱套部张份笔本条股桶度]|个(?!百|基|月|点)(?!人))"
    ),
    False: re.compile(
        r"(?:barrel|item|parcel|package|order|unit|share|container|piece|ounce|acre|"
        r"vehicle|car|bottle|box|ticket|shipment|consignment)\b",
        re.IGNORECASE,
    ),
}
_HOUR = re.compile(r"(?:h|hr)\b")
_BEFORE_ZH = re.compile(
    r"(?:(?P<speed>时速)|每(?P<of>[^\s，。；、：\d每]{1,4}?))"
    r"(?P<between>[^\s，。；、：\d每]{0,6})\Z"
)
_NAMED = {"股": "SHARE", "桶": "BARREL", "度": "KWH", "箱": "TEU", "标箱": "TEU"}


def per_unit(quantity: Quantity, text: str, first: int, is_chinese: bool) -> Quantity:
    """The quantity as a rate if it is one; `first` is where its number starts."""
    unit = quantity.unit
    if quantity.kind or not unit.dimension:
        return quantity
    divisor = _behind(unit, text, quantity.last, is_chinese)
    if divisor is None and is_chinese:
        divisor = _ahead(unit, text, first, quantity.last)
    if divisor is None:
        return quantity
    of, last = divisor
    rate = Unit(
        dimension=f"{unit.dimension}/{of.dimension}", factor=unit.factor / of.factor
    )
    ends = tuple(replace(end, unit=rate) for end in quantity.ends)
    return replace(quantity, unit=rate, last=last, ends=ends)


def _behind(
    unit: Unit, text: str, position: int, is_chinese: bool
) -> tuple[Unit, int] | None:
    per = _PER[is_chinese].match(text, position)
    return None if per is None else _divisor(unit, text, per.end(), is_chinese)


def _ahead(unit: Unit, text: str, first: int, last: int) -> tuple[Unit, int] | None:
    """每公斤89.3元: the unit it is counted by comes first."""
    match = _BEFORE_ZH.search(text, max(first - 12, 0), first)
    if match is None:
        return None
    if match["speed"]:
        is_length = unit.dimension == "METRE"
        return (Unit(dimension="HOURS"), last) if is_length else None
    if not unit.currency:
        return None
    divisor = _divisor(unit, text, match.start("of"), is_chinese=True)
    return None if divisor is None else (divisor[0], last)


def _divisor(
    unit: Unit, text: str, position: int, is_chinese: bool
) -> tuple[Unit, int] | None:
    if unit.dimension == "METRE" and (hour := _HOUR.match(text, position)):
        return Unit(dimension="HOURS"), hour.end()
    measured = unit_after(text, position, is_chinese)
    is_measured = (
        measured and measured[0].dimension and measured[0] not in (COUNT, NO_UNIT)
    )
    if measured and is_measured:
        if measured[0].dimension in _TIMES and unit.dimension != "METRE":
            return None
        return measured
    if piece := _PIECES[is_chinese].match(text, position):
        return _piece(piece[0].lower()), piece.end()
    return None


def _piece(name: str) -> Unit:
    dimension = {"share": "SHARE", "barrel": "BARREL", "container": "TEU"}.get(name)
    return Unit(dimension=dimension or _NAMED.get(name, "COUNT"))
