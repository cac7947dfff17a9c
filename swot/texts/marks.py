"""The mark beside a bound number: what the claim or value says about it."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from datasets.models import Observation
from datasets.units import MEASURES, Unit
from swot.checking.claim_labels import Stated, judge_claim
from swot.checking.intervals import Estimate
from swot.checking.labels import PLACE, Mark, judge_value
from swot.checking.quantities import Quantity
from swot.checking.values import value_of
from swot.checking.verdicts import Comparison, Verdict
from swot.models.claims import Claim

# What is said where there is no verdict, by the cause of the mark.
REASONS = {
    "unread": gettext_lazy("not readable"),
    "value": gettext_lazy("not decidable"),
    "stated": gettext_lazy("not decidable"),
    "unit": gettext_lazy("another unit"),
    "currency": gettext_lazy("another currency"),
    "change": gettext_lazy("a change, compared with a level"),
    "level": gettext_lazy("a level, compared with a change"),
    "no_number": gettext_lazy("no number to compare with"),
}
_CHANGES = {"pct_change", "cagr"}
# What came on top may be stated of a difference, and of a sum of what came.
_ADDITIONS = {"diff", "pp_change", "add", "sum"}
_RATES = {"mean", "ratio", "share"}


def mark_of(item: Claim | Observation, quantity: Quantity | None) -> Mark:
    """What stands beside a number bound to this claim or observation."""
    if isinstance(item, Claim):
        return judge_claim(quantity, stated(item))
    return judge_value(quantity, value_of(item))


def mark_in_words(item: Claim | Observation, mark: Mark) -> str:
    """The mark as screen readers speak it, in the active language."""
    if isinstance(item, Claim):
        return _("(claim %(code)s: %(verdict)s)") % {
            "code": item.code,
            "verdict": verdict_words(mark),
        }
    return _("(data: %(value)s, %(verdict)s)") % {
        "value": item.qualified_value,
        "verdict": verdict_words(mark),
    }


def verdict_words(mark: Mark) -> str:
    """The verdict or why there is none, and whether the claim's statement decided
    it."""
    if mark.verdict is None:
        return str(REASONS[mark.cause])
    if mark.cause == "stated" and mark.verdict != Verdict.HOLDS:
        return _("%(verdict)s, the claim states another number") % {
            "verdict": mark.verdict.label
        }
    return mark.verdict.label


def stated(claim: Claim) -> Stated:
    """What a claim states and what was computed for it."""
    op = (claim.expression or {}).get("op", "")
    changes = (Comparison.ROSE, Comparison.FELL)
    is_change = op in _CHANGES or claim.comparison in changes
    return Stated(
        claim.comparison,
        claim.stated_low,
        claim.stated_high,
        claim.stated_decimals,
        _stated_unit(claim),
        Verdict(claim.verdict),
        _computed(claim),
        is_change,
        is_level=bool(op) and not is_change and op not in _ADDITIONS,
        is_rate=op in _RATES,
    )


def _stated_unit(claim):
    """The stated unit; the words of a rank already say from which end it counts."""
    if (claim.expression or {}).get("op") != "rank":
        return claim.stated_unit
    return Unit.RANK.value if claim.expression.get("order") == "asc" else PLACE


def machine_value(item: Claim | Observation) -> str:
    """A number in base units, the same in every language: 1300000000 for 13亿元."""
    if isinstance(item, Observation):
        return _machine(item.value, item.unit)
    if item.stated_low is None:
        return item.stated_value
    return _machine(item.stated_low, item.stated_unit)


def _computed(claim):
    value = claim.computed_value
    if value is None:
        return None
    low, high = claim.interval_low, claim.interval_high
    if low is None or high is None:
        return Estimate.exact(value)
    return Estimate(value, min(low, value), max(high, value))


def _machine(value: Decimal | None, unit: str) -> str:
    if value is None:
        return ""
    if unit in MEASURES:
        value = value.scaleb(MEASURES[unit].exponent)
    return f"{value.normalize():f}"
