"""What a claim states, and whether a computed value confirms it; pure arithmetic."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from datasets.choices import LabelledChoices

from .intervals import HALF, INFINITY, MIDDLE, NEARLY_SHARE, Estimate, round_half_up

# "About" allows five percent or one unit of the last digit, whichever is more; half a
# unit where there is but one digit: about 2 is not 1.2.
ABOUT_SHARE = Decimal("0.05")
# The tolerance of "doubled" and similar words, as a fraction of the multiple.
TIMES_SHARE = Decimal("0.05")


class Verdict(LabelledChoices):
    HOLDS = "yes", _("holds")
    ROUNDING = "rounding", _("holds after rounding")
    CONTRADICTED = "no", _("contradicted")
    SUPERSEDED = "superseded", _("superseded")
    NOT_TESTABLE = "n/a", _("not testable")
    MISSING = "missing", _("data missing")
    # Findings of editors, which arithmetic cannot decide.
    IMPRECISE = "imprecise", _("imprecise wording")
    LABEL = "label", _("label does not fit")


FINDINGS = (Verdict.IMPRECISE, Verdict.LABEL)
# Beside evidence, these say that it does not support the statement.
DOUBTFUL = (Verdict.CONTRADICTED, Verdict.SUPERSEDED, *FINDINGS)


class Consequence(LabelledChoices):
    """What a contradiction does to the sentence, in the classes of statcheck."""

    NONE = "", _("none")
    MEANING = "meaning", _("changes what the sentence says")
    NUMBER = "number", _("another number")
    ROUNDING = "rounding", _("only the rounding")


class Comparison(LabelledChoices):
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


# Comparison words that are complete without a number.
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

    `period`, `region` and `vintage` ("" for any) say which data it can be compared
    with: a value of another year proves nothing. `as_of` is the moment whose data it is
    based on: a later revision does not make it wrong. A number in words (a hundred
    million) has no printed digits. `successor` is the code of a value: the newest of
    its series says what holds now.
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
    as_of: datetime.datetime | None = None
    is_in_words: bool = False
    successor: str = ""

    @property
    def number(self) -> Decimal:
        """The stated number; ValueError for a statement that has none."""
        if self.low is None:
            raise ValueError("the statement names no number")
        return self.low

    @property
    def tree(self) -> dict:
        """The computation; ValueError for a statement that has none."""
        if self.expression is None:
            raise ValueError("the statement has no expression")
        return self.expression

    @property
    def half(self) -> Decimal:
        """Half a unit of the last printed digit."""
        return HALF.scaleb(-self.decimals, MIDDLE)


@dataclass(frozen=True)
class _Allowed:
    """The values a statement allows; `is_true` tests the computed value itself."""

    low: Decimal
    high: Decimal
    is_true: bool
    includes_low: bool = True
    includes_high: bool = True

    def holds_all(self, computed: Estimate) -> bool:
        """Whether every possible value is allowed."""
        low, high = computed.low, computed.high
        return (low > self.low or (low == self.low and self.includes_low)) and (
            high < self.high or (high == self.high and self.includes_high)
        )

    def holds_some(self, computed: Estimate) -> bool:
        """Whether some possible value is allowed.

        The interval of a printed value includes its lower end, not its upper
        one: 5.5 prints as 6, never as 5.
        """
        low, high = computed.low, computed.high
        reaches = low < self.high or (low == self.high and self.includes_high)
        return reaches and high > self.low


def decide(statement: Statement, computed: Estimate) -> Verdict:
    """The verdict HOLDS, ROUNDING or CONTRADICTED on a value computed in the stated
    unit.

    NOT_TESTABLE when the words and the number do not go together, and where a value
    known only as a bound leaves open what is true.
    """
    allowed = _allowed(statement, computed.value)
    if allowed is None:
        return Verdict.NOT_TESTABLE
    return _grade(allowed.is_true, allowed.holds_some(computed))


def decide_bound(statement: Statement, computed: Estimate, is_direct: bool) -> Verdict:
    """The same where inputs are known only as bounds: more than 2000, just under 90.

    Only what holds for every possible value HOLDS. A number that repeats the bound
    itself as if it were exact is ROUNDING, if it is the value of the source
    (`is_direct`); if it is computed, it is judged by the printed numbers.
    """
    allowed = _allowed(statement, computed.value)
    if allowed is None:
        return Verdict.NOT_TESTABLE
    if allowed.holds_all(computed):
        return Verdict.HOLDS
    if not (allowed.is_true or allowed.holds_some(computed)):
        return Verdict.CONTRADICTED
    if allowed.is_true and statement.comparison in _NAMING_A_VALUE:
        return Verdict.ROUNDING if is_direct else Verdict.HOLDS
    return Verdict.NOT_TESTABLE


def allowed_range(statement: Statement) -> tuple[Decimal, Decimal]:
    """The least and greatest value of which a statement with a number is true."""
    allowed = _allowed(statement, statement.number)
    if allowed is None:
        return -INFINITY, INFINITY
    return allowed.low, allowed.high


def _allowed(statement: Statement, value: Decimal) -> _Allowed | None:
    """What a statement allows; None when its number or its words are missing."""
    rule = _RULES.get(statement.comparison)
    needs = statement.comparison not in NUMBERLESS
    if rule is None or (needs and statement.low is None):
        return None
    return rule(statement, value)


def _grade(is_true: bool, is_possible: bool) -> Verdict:
    if is_true:
        return Verdict.HOLDS
    return Verdict.ROUNDING if is_possible else Verdict.CONTRADICTED


def _between_ends(
    low: Decimal, high: Decimal, value: Decimal, **ends: bool
) -> _Allowed:
    return _Allowed(low, high, low <= value <= high, **ends)


def _exactly(statement: Statement, value: Decimal) -> _Allowed:
    stated, half = statement.number, statement.half
    return _Allowed(
        MIDDLE.subtract(stated, half),
        MIDDLE.add(stated, half),
        round_half_up(value, statement.decimals) == stated,
        includes_high=False,
    )


def _about(statement: Statement, value: Decimal) -> _Allowed:
    return _near(statement.number, ABOUT_SHARE, _least_reach(statement), value)


def _least_reach(statement: Statement) -> Decimal:
    """One unit of the last printed digit, half of it for a number of one digit."""
    if statement.is_in_words:
        return Decimal(0)
    printed = round_half_up(statement.number, statement.decimals)
    has_one_digit = printed.adjusted() <= -statement.decimals
    return statement.half if has_one_digit else 2 * statement.half


def _near(stated: Decimal, share: Decimal, least: Decimal, value: Decimal) -> _Allowed:
    reach = max(MIDDLE.multiply(abs(stated), share), least)
    return _between_ends(
        MIDDLE.subtract(stated, reach), MIDDLE.add(stated, reach), value
    )


def _more_than(statement: Statement, value: Decimal) -> _Allowed:
    stated = statement.number
    return _Allowed(stated, INFINITY, value > stated, includes_low=False)


def _at_least(statement: Statement, value: Decimal) -> _Allowed:
    return _Allowed(statement.number, INFINITY, value >= statement.number)


def _less_than(statement: Statement, value: Decimal) -> _Allowed:
    stated = statement.number
    return _Allowed(-INFINITY, stated, value < stated, includes_high=False)


def _at_most(statement: Statement, value: Decimal) -> _Allowed:
    stated = statement.number
    return _Allowed(-INFINITY, stated, value <= stated)


def _nearly(statement: Statement, value: Decimal) -> _Allowed | None:
    stated = statement.number
    if stated <= 0:
        return None
    floor = MIDDLE.multiply(stated, NEARLY_SHARE)
    return _Allowed(floor, stated, floor <= value < stated, includes_high=False)


def _between(statement: Statement, value: Decimal) -> _Allowed | None:
    """Both ends are taken as printed: 4.3 is not between 3 and 4."""
    if statement.high is None:
        return None
    return _between_ends(statement.number, statement.high, value)


def _rank(statement: Statement, value: Decimal) -> _Allowed:
    """Ranks are compared as they are; a rank that rounding leaves open is possible."""
    return _point(statement.number, value)


def _first(statement: Statement, value: Decimal) -> _Allowed:
    return _point(Decimal(1), value)


def _point(step: Decimal, value: Decimal) -> _Allowed:
    # Ranks are whole numbers: a value between the ends of a rank is that rank.
    return _Allowed(step - HALF, step + HALF, value == step)


def _rose(statement: Statement, value: Decimal) -> _Allowed:
    if statement.low is not None:
        return _exactly(statement, value)
    return _Allowed(Decimal(0), INFINITY, value > 0, includes_low=False)


def _fell(statement: Statement, value: Decimal) -> _Allowed:
    """A fall of 5 is a change of -5."""
    rise = _rose(statement, value.copy_negate())
    return _Allowed(
        rise.high.copy_negate(),
        rise.low.copy_negate(),
        rise.is_true,
        rise.includes_high,
        rise.includes_low,
    )


def _doubled(statement: Statement, value: Decimal) -> _Allowed:
    """Twice, or the stated multiple, within five percent."""
    stated = Decimal(2) if statement.low is None else statement.number
    return _near(stated, TIMES_SHARE, Decimal(0), value)


_RULES: dict[str, Callable[[Statement, Decimal], _Allowed | None]] = {
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

# These name a value; the others compare with one.
_NAMING_A_VALUE = {
    Comparison.EXACTLY,
    Comparison.ABOUT,
    Comparison.BETWEEN,
    Comparison.ROSE,
    Comparison.FELL,
    Comparison.DOUBLED,
}
