"""What a claim states and whether a computed value bears it out; pure arithmetic."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .intervals import HALF, MIDDLE, Estimate, round_half_up

# "About" allows five percent or one unit of the last digit, whichever is more.
ABOUT_SHARE = Decimal("0.05")
# "Nearly" reaches from nine tenths up to, not including, the number.
NEARLY_SHARE = Decimal("0.9")


class Verdict(models.TextChoices):
    HOLDS = "yes", _("holds")
    ROUNDING = "rounding", _("holds after rounding")
    CONTRADICTED = "no", _("contradicted")
    SUPERSEDED = "superseded", _("superseded")
    NOT_TESTABLE = "n/a", _("not testable")
    MISSING = "missing", _("data missing")


class Comparison(models.TextChoices):
    EXACTLY = "exactly", pgettext_lazy("comparison", "exactly")
    ABOUT = "about", pgettext_lazy("comparison", "about")
    MORE_THAN = "more_than", pgettext_lazy("comparison", "more than")
    AT_LEAST = "at_least", pgettext_lazy("comparison", "at least")
    LESS_THAN = "less_than", pgettext_lazy("comparison", "less than")
    AT_MOST = "at_most", pgettext_lazy("comparison", "at most")
    NEARLY = "nearly", pgettext_lazy("comparison", "nearly")
    BETWEEN = "between", pgettext_lazy("comparison", "between")
    RANK = "rank", pgettext_lazy("comparison", "rank")
    HIGHEST = "highest", pgettext_lazy("comparison", "highest")
    LOWEST = "lowest", pgettext_lazy("comparison", "lowest")
    ROSE = "rose", pgettext_lazy("comparison", "rose")
    FELL = "fell", pgettext_lazy("comparison", "fell")
    DOUBLED = "doubled", pgettext_lazy("comparison", "multiplied by")


# These say enough without a number.
NUMBERLESS = {
    Comparison.HIGHEST,
    Comparison.LOWEST,
    Comparison.ROSE,
    Comparison.FELL,
    Comparison.DOUBLED,
}


@dataclass(frozen=True)
class Statement:
    """What a text says: a comparison word, a number as printed, and of what.

    `period`, `region` and `vintage` ("" for any) say which data can be held against
    it: a value of another year proves nothing.
    """

    expression: dict | None
    comparison: str = Comparison.EXACTLY
    low: Decimal | None = None
    high: Decimal | None = None
    decimals: int = 0
    unit: str = ""
    is_latest: bool = False
    period: str = ""
    region: str = ""
    vintage: str = ""

    @property
    def half(self) -> Decimal:
        """Half a unit of the last printed digit."""
        return HALF.scaleb(-self.decimals, MIDDLE)


def decide(statement: Statement, computed: Estimate) -> Verdict:
    """HOLDS, ROUNDING or CONTRADICTED for a value computed in the stated unit.

    NOT_TESTABLE when the words and the number do not go together.
    """
    needs = statement.comparison not in NUMBERLESS
    if needs and statement.low is None:
        return Verdict.NOT_TESTABLE
    return _RULES[statement.comparison](statement, computed)


def _grade(is_true: bool, is_possible: bool) -> Verdict:
    if is_true:
        return Verdict.HOLDS
    return Verdict.ROUNDING if is_possible else Verdict.CONTRADICTED


def _overlaps(computed, low, high):
    """More than a common end: what prints as 6 never prints as 5, though both name 5.5.

    An exact value that is such an end was settled by rounding it half up.
    """
    return computed.low < high and computed.high > low


def _exactly(statement, computed):
    stated, half = statement.low, statement.half
    return _grade(
        round_half_up(computed.value, statement.decimals) == stated,
        _overlaps(computed, MIDDLE.subtract(stated, half), MIDDLE.add(stated, half)),
    )


def _about(statement, computed):
    return _near(statement.low, 2 * statement.half, computed)


def _near(stated, least, computed):
    reach = max(MIDDLE.multiply(abs(stated), ABOUT_SHARE), least)
    low, high = MIDDLE.subtract(stated, reach), MIDDLE.add(stated, reach)
    return _grade(low <= computed.value <= high, _overlaps(computed, low, high))


def _more_than(statement, computed):
    stated = statement.low
    return _grade(computed.value > stated, computed.high > stated)


def _at_least(statement, computed):
    stated = statement.low
    return _grade(computed.value >= stated, computed.high > stated)


def _less_than(statement, computed):
    stated = statement.low
    return _grade(computed.value < stated, computed.low < stated)


def _at_most(statement, computed):
    stated = statement.low
    return _grade(computed.value <= stated, computed.low <= stated)


def _nearly(statement, computed):
    stated = statement.low
    if stated <= 0:
        return Verdict.NOT_TESTABLE
    floor = MIDDLE.multiply(stated, NEARLY_SHARE)
    return _grade(
        floor <= computed.value < stated,
        computed.high > floor and computed.low < stated,
    )


def _between(statement, computed):
    low, high, half = statement.low, statement.high, statement.half
    if high is None:
        return Verdict.NOT_TESTABLE
    return _grade(
        low <= round_half_up(computed.value, statement.decimals) <= high,
        _overlaps(computed, MIDDLE.subtract(low, half), MIDDLE.add(high, half)),
    )


def _rank(statement, computed):
    """Places are compared as they are; a place the rounding leaves open is possible."""
    stated = statement.low
    return _grade(computed.value == stated, computed.low <= stated <= computed.high)


def _first(statement, computed):
    return _grade(computed.value == 1, computed.low <= 1 <= computed.high)


def _rose(statement, computed):
    if statement.low is not None:
        return _exactly(statement, computed)
    return _grade(computed.value > 0, computed.high > 0)


def _fell(statement, computed):
    """A fall of 5 is a change of -5."""
    return _rose(statement, -computed)


def _doubled(statement, computed):
    """Twice, or the stated multiple, as nearly as "about" allows."""
    stated = Decimal(2) if statement.low is None else statement.low
    return _near(stated, Decimal(0), computed)


_RULES = {
    Comparison.EXACTLY: _exactly,
    Comparison.ABOUT: _about,
    Comparison.MORE_THAN: _more_than,
    Comparison.AT_LEAST: _at_least,
    Comparison.LESS_THAN: _less_than,
    Comparison.AT_MOST: _at_most,
    Comparison.NEARLY: _nearly,
    Comparison.BETWEEN: _between,
    Comparison.RANK: _rank,
    Comparison.HIGHEST: _first,
    Comparison.LOWEST: _first,
    Comparison.ROSE: _rose,
    Comparison.FELL: _fell,
    Comparison.DOUBLED: _doubled,
}
