"""Holds a number of a text against the value or the claim it is bound to.

A number agrees with a value in everything it says: scale, unit, currency, sign,
direction and comparison. Bound to a claim it must follow from what the claim states,
and is held against the value computed for it; the worse of the two counts.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from datasets.units import CURRENCIES, MEASURES

from .facts import AT_LEAST, EXACT_DIMENSIONS, JUST_UNDER
from .intervals import INFINITY, MIDDLE, NEARLY_SHARE, Estimate, round_half_up
from .quantities import Quantity, scan
from .quantities.shares import SINGLE
from .quantities.units import Unit
from .verdicts import (
    Comparison,
    Statement,
    Verdict,
    allowed_range,
    decide,
    decide_bound,
)

# What a number that cannot be decided is called in classes and data.
UNREADABLE = "unreadable"
_PERCENT, _POINTS = "PERCENT", "PP"
_KINDS = {_PERCENT: "percent", _POINTS: "points", "MONTHS": "months"}
_SEVERITY = [
    Verdict.HOLDS,
    Verdict.ROUNDING,
    Verdict.SUPERSEDED,
    Verdict.MISSING,
    Verdict.NOT_TESTABLE,
    Verdict.IMPRECISE,
    Verdict.LABEL,
    None,
    Verdict.CONTRADICTED,
]
# Growth is no level: a rise of 5 % proves no share of 5 %.
_LEVELS = {"level", "share"}
_LATIN = re.compile(r"[A-Za-z]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ONE = re.compile(
    rf"\A\s*(?:one\b(?![ -](?:{SINGLE})\b| and a half)|一(?=[个家份项座条])|一\Z)",
    re.IGNORECASE,
)
_MORE = {Comparison.MORE_THAN, Comparison.AT_LEAST}
_LESS = {Comparison.LESS_THAN, Comparison.AT_MOST, Comparison.NEARLY}


@dataclass(frozen=True)
class Mark:
    """What is said beside a bound number: a verdict, None where none can be given.

    `cause` tells why: value (the data decided), stated (the claim states something
    else), verdict (the claim has no computed value; its own verdict stands), unread,
    unit, currency, change (a rise or fall held against a level) or no_number.
    """

    verdict: Verdict | None
    cause: str = "value"

    @property
    def name(self) -> str:
        """The verdict as classes and data name it."""
        return UNREADABLE if self.verdict is None else self.verdict.value

    @property
    def is_flagged(self) -> bool:
        """Whether an editor has to look: contradicted, or not to be decided."""
        return self.verdict in (None, Verdict.CONTRADICTED)


@dataclass(frozen=True)
class Value:
    """A value as its source prints it: what a number is held against.

    `qualifier` is at_least or just_under where the source gives only a bound.
    `is_change` tells growth from a level or share; None where that is not known.
    """

    value: Decimal | None
    unit: str
    decimals: int
    qualifier: str = ""
    is_change: bool | None = None


@dataclass(frozen=True)
class Stated:
    """What a claim states and what was computed for it, both in its unit."""

    comparison: str
    low: Decimal | None
    high: Decimal | None
    decimals: int
    unit: str
    verdict: Verdict
    computed: Estimate | None = None
    is_change: bool = False


def language_of(text: str) -> str:
    """ "zh-hans" or "en", by the letters a text is written in."""
    latin, han = len(_LATIN.findall(text)), len(_HAN.findall(text))
    return "en" if latin > 2 * han else "zh-hans"


class PrintedValue(Protocol):
    """A value as its source prints it: an observation, for instance."""

    value: Decimal | None
    unit: str
    decimals: int


def value_of(observation: PrintedValue) -> Value:
    """What a number can be held against in an observation."""
    kind = getattr(getattr(observation, "indicator", None), "kind", "")
    qualifier = getattr(observation, "qualifier", "")
    return Value(
        observation.value,
        observation.unit,
        observation.decimals,
        qualifier if qualifier in (AT_LEAST, JUST_UNDER) else "",
        False if kind in _LEVELS else None,
    )


def label_verdict(observation: PrintedValue, label: str) -> Verdict | None:
    """Whether the number in a label is the value; None where it cannot be decided.

    Written in any scale and language: 13亿元, 1.3 billion and 1,300 million agree.
    """
    return judge_value(read_label(label), value_of(observation)).verdict


def read_label(label: str) -> Quantity | None:
    """The one number of a label by itself; None where there is none or several."""
    # The finder takes a lone one for an article; here it is bound.
    label = _ONE.sub("1", label)
    reading = scan(label, language_of(label))
    if len(reading.quantities) != 1 or reading.unread:
        return None
    return reading.quantities[0]


def quantity_at(
    quantities: tuple[Quantity, ...], text: str, start: int, end: int
) -> Quantity | None:
    """The number a bound stretch of a text states, read with the words around it.

    `quantities` are those of the text. None where the stretch cuts a number or holds
    several.
    """
    inside = [q for q in quantities if q.start < end and start < q.end]
    if not inside:
        return read_label(text[start:end])
    if len(inside) > 1:
        return None
    (quantity,) = inside
    if quantity.ends:
        ends = [end_ for end_ in quantity.ends if end_.start < end and start < end_.end]
        if len(ends) == 1:
            quantity = ends[0]
    cuts_right = text[end - 1 : end + 1].isdigit() and len(text[end - 1 : end + 1]) == 2
    return None if quantity.start < start or cuts_right else quantity


def judge_value(quantity: Quantity | None, target: Value) -> Mark:
    """The number against a value."""
    if quantity is None or target.value is None:
        return Mark(None, "unread" if target.value is not None else "no_number")
    if cause := misfit(quantity, target.unit):
        return Mark(None, cause)
    if quantity.direction and quantity.kind == "percent" and target.is_change is False:
        return Mark(None, "change")
    measure = MEASURES.get(target.unit)
    exponent = measure.exponent if measure else 0
    estimate = _printed(target.value, target.decimals, target.unit).scaleb(exponent)
    if target.qualifier:
        return Mark(_against_bound(quantity, estimate.value, target.qualifier))
    return Mark(_decide(quantity, estimate, target.decimals - exponent))


def judge_claim(quantity: Quantity | None, claim: Stated) -> Mark:
    """The worse of two: what the claim states, and the value computed for it."""
    computed = _against_computed(quantity, claim)
    if computed.verdict == Verdict.CONTRADICTED:
        return computed
    stated = _against_stated(quantity, claim)
    return max(computed, stated, key=lambda mark: _SEVERITY.index(mark.verdict))


def misfit(quantity: Quantity, unit: str) -> str:
    """Why a number cannot be one in this unit: unit, currency, or "" if it can."""
    dimension = MEASURES[unit].dimension if unit in MEASURES else unit
    if dimension == "":
        is_fit = quantity.kind in ("", "times") and not quantity.unit.dimension
        return "" if is_fit else "unit"
    if quantity.kind != _KINDS.get(dimension, ""):
        return "unit"
    if quantity.kind or quantity.unit.dimension in ("", dimension):
        return ""
    if quantity.currency and is_currency(dimension):
        return "currency"
    if dimension in ("COUNT", "ORDINAL", "RANK") and quantity.unit.dimension == "COUNT":
        return ""
    return "unit"


def kinds_of_unit(unit: str) -> set[str]:
    """Which kinds of `Quantity` may be proposed for a unit; "" is a bare number.

    Differences of percentages are kept in percent by series that know no points.
    """
    if unit not in MEASURES:
        return {"", "times"} if unit == "" else set()
    if MEASURES[unit].dimension == _PERCENT:
        return {"percent", "points"}
    return {_KINDS.get(MEASURES[unit].dimension, "")}


def is_currency(dimension: str) -> bool:
    """Whether a dimension is an amount of money."""
    return dimension in CURRENCIES


def _printed(value: Decimal, decimals: int, unit: str) -> Estimate:
    """What is counted is exact, everything else known to its printed digits."""
    measure = MEASURES.get(unit)
    if measure and measure.dimension in EXACT_DIMENSIONS and decimals <= 0:
        if not measure.exponent:
            return Estimate.exact(value)
    return Estimate.printed(value, decimals)


def _base(quantity: Quantity, value: Decimal) -> Decimal:
    """A value of the quantity in the base unit of what it measures."""
    return value if quantity.kind else value * quantity.unit.factor


def _statement(quantity: Quantity, decimals: int) -> Statement:
    """What the number says as a statement; shares in words are read at `decimals`."""
    low = _base(
        quantity, abs(quantity.value) if quantity.direction < 0 else quantity.value
    )
    high = None if quantity.upper is None else _base(quantity, quantity.upper)
    comparison = Comparison(quantity.comparison)
    if quantity.kind == "times" and quantity.is_increment:
        low, high = low + 1, high and high + 1
    places = quantity.places
    if quantity.unit.factor != 1 and not quantity.kind and places is not None:
        places -= quantity.unit.factor.adjusted()
    if places is None:
        places = decimals
        if comparison == Comparison.EXACTLY:
            low = round_half_up(low, decimals)
    if high is not None:
        comparison = Comparison.BETWEEN
    is_in_words = quantity.is_word
    return Statement(None, comparison, low, high, places, is_in_words=is_in_words)


def _decide(quantity: Quantity, estimate: Estimate, decimals: int) -> Verdict | None:
    """D9's verdict; a fall is held against the change turned round."""
    if quantity.direction < 0:
        estimate = -estimate
    return _decided(decide(_statement(quantity, decimals), estimate))


def _against_bound(
    quantity: Quantity, value: Decimal, qualifier: str
) -> Verdict | None:
    """A source that says "more than 2000" bears out a bound, never an exact number."""
    if quantity.direction < 0:
        return Verdict.CONTRADICTED
    statement = _statement(quantity, 0)
    is_lower = qualifier == AT_LEAST
    words = _MORE if is_lower else _LESS
    # The source itself says so, in these words.
    if statement.low == value and statement.comparison in words:
        return Verdict.HOLDS
    known = Estimate(value, value, INFINITY)
    if not is_lower:
        known = Estimate(value, MIDDLE.multiply(value, NEARLY_SHARE), value)
    return _decided(decide_bound(statement, known, is_direct=True))


def _decided(verdict: Verdict) -> Verdict | None:
    return None if verdict == Verdict.NOT_TESTABLE else verdict


def _against_stated(quantity: Quantity | None, claim: Stated) -> Mark:
    if quantity is None:
        return Mark(None, "unread")
    if claim.low is None:
        return Mark(None, "no_number")
    quantity = _converted(quantity, claim)
    if cause := misfit(quantity, claim.unit):
        return Mark(None, cause)
    known, decimals = _known(claim)
    statement = _statement(quantity, decimals)
    if quantity.direction < 0:
        known = -known
    if _is_rounded(statement, known, decimals, claim.comparison):
        return Mark(Verdict.HOLDS, "stated")
    if _says_the_same(quantity, claim):
        return Mark(Verdict.HOLDS, "stated")
    return Mark(decide_bound(statement, known, is_direct=True), "stated")


def _is_rounded(
    statement: Statement, known: Estimate, decimals: int, comparison: str
) -> bool:
    """Coarser digits of the same number: 13.5 may be written 14."""
    exact = (Comparison.EXACTLY, Comparison.ROSE, Comparison.FELL)
    return (
        statement.comparison == Comparison.EXACTLY
        and comparison in exact
        and statement.decimals <= decimals
        and round_half_up(known.value, statement.decimals) == statement.low
    )


def _known(claim: Stated) -> tuple[Estimate, int]:
    """What the claim states as an interval in base units, and its decimals there."""
    measure = MEASURES.get(claim.unit)
    exponent = measure.exponent if measure else 0
    comparison, low = Comparison(claim.comparison), claim.low or Decimal(0)
    exact = (Comparison.EXACTLY, Comparison.ROSE, Comparison.FELL, Comparison.RANK)
    if comparison in exact:
        known = _printed(low, claim.decimals, claim.unit)
    else:
        statement = Statement(None, comparison, claim.low, claim.high, claim.decimals)
        known = Estimate(low, *allowed_range(statement))
    if comparison == Comparison.FELL:
        known = -known
    return known.scaleb(exponent), claim.decimals - exponent


def _against_computed(quantity: Quantity | None, claim: Stated) -> Mark:
    if quantity is None:
        return Mark(claim.verdict, "unread")
    decided = (Verdict.HOLDS, Verdict.ROUNDING, Verdict.CONTRADICTED)
    if claim.computed is None or claim.verdict not in decided or claim.low is None:
        return Mark(claim.verdict, "verdict")
    quantity = _converted(quantity, claim)
    if cause := misfit(quantity, claim.unit):
        return Mark(None, cause)
    measure = MEASURES.get(claim.unit)
    exponent = measure.exponent if measure else 0
    if _says_the_same(quantity, claim):
        return Mark(claim.verdict, "value")
    computed = claim.computed.scaleb(exponent)
    return Mark(_decide(quantity, computed, claim.decimals - exponent), "value")


def _says_the_same(quantity: Quantity, claim: Stated) -> bool:
    """Whether number and claim have the same words: its verdict is then the claim's."""
    known, decimals = _known(claim)
    statement = _statement(quantity, decimals)
    value = -known.value if quantity.direction < 0 else known.value
    return (
        quantity.upper is None
        and statement.low == value
        and statement.decimals == decimals
        and statement.comparison == Comparison(claim.comparison)
    )


def _converted(quantity: Quantity, claim: Stated) -> Quantity:
    """A multiple as the growth it is, and growth as a multiple: +109 % is ×2.09."""
    upper = quantity.upper
    if quantity.kind == "times" and claim.is_change and claim.unit == _PERCENT:
        shift = quantity.ratio - quantity.value - 1
        is_multiple = quantity.comparison == Comparison.DOUBLED
        return replace(
            quantity,
            value=100 * (quantity.value + shift),
            upper=None if upper is None else 100 * (upper + shift),
            kind="percent",
            unit=Unit(kind="percent"),
            places=None if quantity.places is None else quantity.places - 2,
            direction=0,
            is_increment=False,
            comparison=Comparison.ABOUT if is_multiple else quantity.comparison,
        )
    if quantity.kind == "percent" and claim.unit == "":
        change = 100 if quantity.direction else 0
        end = quantity.effective_upper
        return replace(
            quantity,
            value=(quantity.effective + change) / 100,
            upper=None if end is None else (end + change) / 100,
            kind="times",
            unit=Unit(kind="times"),
            places=None if quantity.places is None else quantity.places + 2,
            direction=0,
        )
    return quantity
