"""Compares a number in a text with the claim it is bound to.

It must follow from what the claim states, and is compared with the value computed for
the claim; the worse of the two verdicts counts.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from datasets.units import MEASURES

from .intervals import Estimate, round_half_up
from .labels import (
    PLACE,
    Mark,
    below_zero,
    decide_quantity,
    limit_of,
    misfit,
    misfit_of_sense,
    statement_of,
)
from .quantities import Quantity
from .quantities.senses import RATE
from .quantities.units import Unit
from .values import printed
from .verdicts import (
    Comparison,
    Statement,
    Verdict,
    allowed_range,
    decide,
    decide_bound,
)

_PERCENT = "PERCENT"
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


@dataclass(frozen=True)
class Stated:
    """What a claim states and what was computed for it, both in its unit.

    `is_level` says that it is neither a difference nor a sum of additions, `is_rate`
    that it is a mean or a quotient.
    """

    comparison: str
    low: Decimal | None
    high: Decimal | None
    decimals: int
    unit: str
    verdict: Verdict
    computed: Estimate | None = None
    is_change: bool = False
    is_level: bool = False
    is_rate: bool = False

    @property
    def measured_in(self) -> str:
        """The unit a number must have; a place has the unit of ranks, whatever
        was counted."""
        is_place = self.comparison == Comparison.RANK
        return PLACE if is_place and self.unit in ("", "COUNT") else self.unit


def judge_claim(quantity: Quantity | None, claim: Stated) -> Mark:
    """The worse of two: what the claim states, and the value computed for it."""
    if quantity is not None and claim.low is not None:
        quantity = below_zero(quantity, claim.low)
    computed = _against_computed(quantity, claim)
    if computed.verdict == Verdict.CONTRADICTED:
        return computed
    stated = _against_stated(quantity, claim)
    limit = _against_limit(quantity, claim)
    return max(computed, stated, limit, key=lambda mark: _SEVERITY.index(mark.verdict))


def _against_limit(quantity: Quantity | None, claim: Stated) -> Mark:
    """Whether the computed value stays under 600亿 where the text says 500多亿."""
    quantity = quantity and _converted(quantity, claim)
    limit = quantity and limit_of(quantity)
    if not quantity or not limit or claim.computed is None:
        return Mark(Verdict.HOLDS)
    measure = MEASURES.get(claim.unit)
    computed = claim.computed.scaleb(measure.exponent if measure else 0)
    return Mark(decide(limit, -computed if quantity.direction < 0 else computed))


def _against_stated(quantity: Quantity | None, claim: Stated) -> Mark:
    if quantity is None:
        return Mark(None, "unread")
    if claim.low is None:
        return Mark(None, "no_number")
    quantity = _converted(quantity, claim)
    if cause := _misfit(quantity, claim):
        return Mark(None, cause)
    known, decimals = _known(claim)
    statement = statement_of(quantity, decimals)
    if quantity.direction < 0:
        known = -known
    if _is_rounded(statement, known, decimals, claim.comparison):
        return Mark(Verdict.HOLDS, "stated")
    if _says_the_same(quantity, claim):
        return Mark(Verdict.HOLDS, "stated")
    return Mark(decide_bound(statement, known, is_direct=True), "stated")


def _misfit(quantity: Quantity, claim: Stated) -> str:
    if quantity.is_level and claim.is_change:
        return "level"
    cause = misfit(quantity, claim.measured_in)
    if cause or (claim.is_rate and quantity.sense == RATE):
        return cause
    return misfit_of_sense(quantity, claim.is_level)


def _is_rounded(
    statement: Statement, known: Estimate, decimals: int, comparison: str
) -> bool:
    """The same number printed with fewer digits: 13.5 may be written 14."""
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
        known = printed(low, claim.decimals, claim.unit)
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
    if cause := _misfit(quantity, claim):
        return Mark(None, cause)
    measure = MEASURES.get(claim.unit)
    exponent = measure.exponent if measure else 0
    if _says_the_same(quantity, claim):
        return Mark(claim.verdict, "value")
    computed = claim.computed.scaleb(exponent)
    return Mark(decide_quantity(quantity, computed, claim.decimals - exponent), "value")


def _says_the_same(quantity: Quantity, claim: Stated) -> bool:
    """Whether number and claim have the same words: its verdict is then the claim's."""
    known, decimals = _known(claim)
    statement = statement_of(quantity, decimals)
    value = -known.value if quantity.direction < 0 else known.value
    return (
        quantity.upper is None
        and statement.low == value
        and statement.decimals == decimals
        and statement.comparison == Comparison(claim.comparison)
    )


def _converted(quantity: Quantity, claim: Stated) -> Quantity:
    """A multiple as the growth it is, and growth as a multiple: +109% is ×2.09."""
    upper, below = quantity.upper, quantity.below
    if quantity.kind == "times" and claim.is_change and claim.unit == _PERCENT:
        shift = quantity.ratio - quantity.value - 1
        is_multiple = quantity.comparison == Comparison.DOUBLED
        return replace(
            quantity,
            value=100 * (quantity.value + shift),
            upper=None if upper is None else 100 * (upper + shift),
            below=None if below is None else 100 * (below + shift),
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
            below=None if below is None else (below + change) / 100,
            kind="times",
            unit=Unit(kind="times"),
            places=None if quantity.places is None else quantity.places + 2,
            direction=0,
        )
    return quantity
