"""Classifies what a contradicted statement gets wrong, as statcheck does."""

from decimal import Decimal

from .intervals import Estimate
from .verdicts import Comparison, Consequence, Statement

# If they are wrong, these words say that something is more, less, higher or lower
# than it is.
_OF_ORDER = {
    Comparison.MORE_THAN,
    Comparison.AT_LEAST,
    Comparison.LESS_THAN,
    Comparison.AT_MOST,
    Comparison.NEARLY,
    Comparison.RANK,
    Comparison.HIGHEST,
    Comparison.LOWEST,
}


def consequence(statement: Statement, computed: Estimate) -> Consequence:
    """What a contradicted statement gets wrong: direction, more or less, or digits."""
    stated, value = statement.low, computed.value
    if statement.comparison == Comparison.DOUBLED:
        stated = Decimal(2) if stated is None else stated
        stated, value = stated - 1, value - 1
    if statement.comparison == Comparison.FELL:
        value = -value
    if stated is None or statement.comparison in _OF_ORDER or stated * value < 0:
        return Consequence.MEANING
    ends = [stated, statement.high if statement.high is not None else stated]
    distance = min(abs(value - end) for end in ends)
    is_slip = distance < 2 * statement.half
    return Consequence.ROUNDING if is_slip else Consequence.NUMBER
