"""Compares a number in a text with the value or the claim it is bound to.

A number has to agree with a value in everything it says: scale, unit, currency, sign,
direction and comparison. For claims see `claim_labels`.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from datasets.units import MEASURES

from .facts import AT_LEAST
from .intervals import INFINITY, MIDDLE, NEARLY_SHARE, Estimate, round_half_up
from .quantities import Quantity, scan
from .quantities.model import NO_UNIT
from .quantities.negation import is_negated
from .quantities.ranks import place_at
from .quantities.senses import (
    ADDITION,
    COUNTED,
    DEFICIT,
    RATE,
    REMOVAL,
    UNCLEAR,
)
from .quantities.shares import SINGLE
from .values import PrintedValue, Value, is_currency, printed, value_of
from .verdicts import (
    Comparison,
    Statement,
    Verdict,
    decide,
    decide_bound,
)

# The word for an undecidable number, in CSS classes and data.
UNREADABLE = "unreadable"
_PERCENT, _POINTS = "PERCENT", "PP"
_KINDS = {_PERCENT: "percent", _POINTS: "points", "MONTHS": "months"}
# What may be said in a unit of ranks, which are not amounts: the eighth is not eight.
# A rank has no dimension, a rank from the bottom RANK, the number of a batch ORDINAL.
PLACE = "PLACE"
_PLACES = {"ORDINAL": ("", "ORDINAL"), "RANK": ("RANK",), PLACE: ("",)}
_LATIN = re.compile(r"[A-Za-z]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ONE = re.compile(
    rf"\A\s*(?:one\b(?![ -](?:{SINGLE})\b| and a half)|一(?=[个家份项座条])|一\Z)",
    re.IGNORECASE,
)
# Words that number finding takes for an article or for half of something.
_IN_WORDS = re.compile(rf"{_ONE.pattern}|\A(?:(?:an? )?half|半年)\Z", re.IGNORECASE)
_MORE = {Comparison.MORE_THAN, Comparison.AT_LEAST}
_LESS = {Comparison.LESS_THAN, Comparison.AT_MOST, Comparison.NEARLY}


@dataclass(frozen=True)
class Mark:
    """What is shown beside a bound number: a verdict, or None if it cannot be decided.

    `cause` says why: value (the data decided), stated (the claim states something
    else), verdict (the claim has no computed value; its own verdict stands), unread,
    unit, currency, change (a rise or fall compared with a level), level (the reverse)
    or no_number.
    """

    verdict: Verdict | None
    cause: str = "value"

    @property
    def name(self) -> str:
        """The verdict as classes and data name it."""
        return UNREADABLE if self.verdict is None else self.verdict.value

    @property
    def is_flagged(self) -> bool:
        """Whether an editor has to look: the number is contradicted or undecidable."""
        return self.verdict in (None, Verdict.CONTRADICTED)


def language_of(text: str) -> str:
    """ "zh-hans" or "en", by the letters a text is written in."""
    latin, han = len(_LATIN.findall(text)), len(_HAN.findall(text))
    return "en" if latin > 2 * han else "zh-hans"


def label_verdict(observation: PrintedValue, label: str) -> Verdict | None:
    """Whether the number in a label agrees with the value; None if undecidable.

    Written in any scale and language: 13亿元, 1.3 billion and 1,300 million agree.
    """
    return judge_value(read_label(label), value_of(observation)).verdict


def read_label(label: str) -> Quantity | None:
    """The one number of a label on its own; None if there is none or several."""
    # The finder takes a lone one for an article; here it is bound.
    label = _ONE.sub("1", label)
    reading = scan(label, language_of(label))
    if len(reading.quantities) != 1 or reading.unread:
        return None
    return reading.quantities[0]


def quantity_at(
    quantities: tuple[Quantity, ...], text: str, start: int, end: int
) -> Quantity | None:
    """The number in a bound stretch of a text, read with the words around it.

    `quantities` are those of the text. None where the stretch cuts a number in two or
    has several.
    """
    inside = [q for q in quantities if q.start < end and start < q.end]
    if all(q.unit == NO_UNIT and not q.kind for q in inside):
        if place := place_at(text, language_of(text), start, end):
            return place
    if not inside:
        # Digits that are read as a year or a code are not an amount by themselves.
        label = text[start:end]
        return read_label(label) if _IN_WORDS.match(label) else None
    if len(inside) > 1:
        return None
    quantity = _end_inside(inside[0], start, end)
    if is_negated(text, quantity.first) or quantity.start < start:
        return None
    last_and_next = text[end - 1 : end + 1]
    return None if len(last_and_next) == 2 and last_and_next.isdigit() else quantity


def _end_inside(quantity: Quantity, start: int, end: int) -> Quantity:
    """The one end of a range that is in a stretch; else the whole quantity."""
    ends = [one for one in quantity.ends if one.start < end and start < one.end]
    return ends[0] if len(ends) == 1 else quantity


def judge_value(quantity: Quantity | None, target: Value) -> Mark:
    """The verdict on a number compared with a value."""
    if quantity is None or target.value is None:
        return Mark(None, "unread" if target.value is not None else "no_number")
    if cause := misfit(quantity, target.unit):
        return Mark(None, cause)
    if quantity.direction and quantity.kind == "percent" and target.is_change is False:
        return Mark(None, "change")
    if quantity.is_level and target.is_change:
        return Mark(None, "level")
    if cause := misfit_of_sense(quantity, target.is_change is False):
        return Mark(None, cause)
    quantity = below_zero(quantity, target.value)
    if quantity is None:
        return Mark(None, "unread")
    measure = MEASURES.get(target.unit)
    exponent = measure.exponent if measure else 0
    estimate = printed(target.value, target.decimals, target.unit).scaleb(exponent)
    if target.qualifier:
        return Mark(_against_bound(quantity, estimate.value, target.qualifier))
    return Mark(decide_quantity(quantity, estimate, target.decimals - exponent))


def misfit(quantity: Quantity, unit: str) -> str:
    """Why a number cannot be one in this unit: unit, currency, or "" if it can."""
    dimension = MEASURES[unit].dimension if unit in MEASURES else unit
    is_place = quantity.comparison == Comparison.RANK
    if is_place or dimension in _PLACES:
        is_fit = quantity.unit.dimension in _PLACES.get(dimension, ())
        return "" if is_place and is_fit else "unit"
    if dimension == "":
        is_fit = quantity.kind in ("", "times") and not quantity.unit.dimension
        return "" if is_fit else "unit"
    if quantity.kind != _KINDS.get(dimension, ""):
        return "unit"
    if quantity.sense == COUNTED and is_currency(dimension):
        return "unit"
    if quantity.kind or quantity.unit.dimension in ("", dimension):
        return ""
    if quantity.currency and is_currency(dimension):
        return "currency"
    return "unit"


def misfit_of_sense(quantity: Quantity, is_level: bool) -> str:
    """Why an amount cannot be a plain total: unit for a rate, change, or "".

    What was added (新增46家) or closed (关停46家) is not a level; a flow or a
    difference may have such a value.
    """
    if quantity.sense == RATE:
        return "unit"
    is_change = quantity.sense in (ADDITION, REMOVAL)
    return "change" if is_change and is_level else ""


def below_zero(quantity: Quantity, value: Decimal) -> Quantity | None:
    """A deficit as the negative number it is; other numbers unchanged.

    None where the series may count deficits themselves: with a value above zero.
    """
    if quantity.sense == UNCLEAR:
        return None
    if quantity.sense != DEFICIT or quantity.direction < 0:
        return quantity
    return replace(quantity, direction=-1) if value < 0 else None


def kinds_of_unit(unit: str) -> set[str]:
    """The kinds of `Quantity` that may be proposed for a unit; "" is a bare number.

    Some series keep differences of percentages in percent, not in points.
    """
    if unit not in MEASURES:
        return {"", "times"} if unit == "" else set()
    if MEASURES[unit].dimension == _PERCENT:
        return {"percent", "points"}
    return {_KINDS.get(MEASURES[unit].dimension, "")}


def _base(quantity: Quantity, value: Decimal) -> Decimal:
    """A value of the quantity in the base unit of what it measures."""
    return value if quantity.kind else value * quantity.unit.factor


def statement_of(quantity: Quantity, decimals: int) -> Statement:
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


def limit_of(quantity: Quantity) -> Statement | None:
    """The limit that 500多亿 implies, less than 600亿; None for other numbers."""
    if quantity.below is None or quantity.upper is not None:
        return None
    shift = 1 if quantity.kind == "times" and quantity.is_increment else 0
    return Statement(
        None, Comparison.LESS_THAN, _base(quantity, quantity.below) + shift
    )


def worse_of(verdict: Verdict, limit: Verdict) -> Verdict:
    """The verdict on a number, unless its limit fails or is less certain."""
    return (
        limit if limit == Verdict.CONTRADICTED or verdict == Verdict.HOLDS else verdict
    )


def decide_quantity(
    quantity: Quantity, estimate: Estimate, decimals: int
) -> Verdict | None:
    """The verdict of a statement; a fall is compared with the negated change."""
    if quantity.direction < 0:
        estimate = -estimate
    verdict = decide(statement_of(quantity, decimals), estimate)
    if limit := limit_of(quantity):
        verdict = worse_of(verdict, decide(limit, estimate))
    return _decided(verdict)


def _against_bound(
    quantity: Quantity, value: Decimal, qualifier: str
) -> Verdict | None:
    """A source that says "more than 2000" supports a bound, never an exact number."""
    if quantity.direction < 0:
        return Verdict.CONTRADICTED
    statement = statement_of(quantity, 0)
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
