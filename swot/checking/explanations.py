"""Explains outcomes in words and formulas in symbols, in the active language."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from datasets.statuses import Status
from datasets.units import MEASURES

from .errors import NoResultError
from .expressions import REFERENCES, Reference
from .facts import BREAK, Fact
from .symbols import amount, is_chinese, write
from .verdicts import Comparison, Statement, Verdict
from .verification import UNCERTAIN, Outcome

# Sums and differences show their own digits, quotients four or five significant ones.
_PLAIN = {"value", "latest", "add", "sum", "diff", "pp_change", "min", "max", "const"}
_WHOLE = {"argmax", "argmin", "rank", "count", "trend"}
_SIGNIFICANT = 4


def reading(outcome: Outcome) -> str:
    """The computation as readers see it: "(27.17 − 13) ÷ 13 = 109.0%".

    Values of observations that are still drafts are not shown.
    """
    tree, unit = outcome.statement.expression, outcome.statement.unit
    if tree is None:
        return ""
    units = {fact.unit for fact in outcome.inputs}
    if unit in MEASURES and any(
        MEASURES[unit].dimension == MEASURES[other].dimension for other in units
    ):
        units.add(unit)
    is_mixed = len(units) > 1
    try:
        formula = write(tree, outcome.facts, is_mixed)
    except NoResultError:
        return ""
    if outcome.estimate is None or outcome.reveals_draft:
        return formula
    if tree["op"] in REFERENCES and not is_mixed:
        return _result(outcome)
    return f"{formula} = {_result_in_printed_unit(outcome, is_mixed)}"


def explanation(outcome: Outcome) -> str:
    """The reason for the verdict, and what readers should know about the inputs."""
    join = "" if is_chinese() else " "
    return join.join([_why(outcome), *points(outcome), *_caveats(outcome)])


def stated_phrase(statement: Statement) -> str:
    """What the text states: "about 37%", "more than 2,000", "between 3 and 4"."""
    comparison = Comparison(statement.comparison)
    if statement.low is None:
        return str(comparison.label)
    low = _stated(statement, statement.low)
    if comparison == Comparison.EXACTLY:
        return low
    if comparison == Comparison.BETWEEN and statement.high is not None:
        return _("between %(low)s and %(high)s") % {
            "low": low,
            "high": _stated(statement, statement.high),
        }
    return _("%(comparison)s %(value)s") % {
        "comparison": comparison.label,
        "value": low,
    }


def computed_phrase(outcome: Outcome) -> str:
    """The computed value with its unit, in significant digits."""
    return _result(outcome) if outcome.estimate is not None else "—"


def interval_phrase(outcome: Outcome) -> str:
    """The least and greatest values that rounding of the inputs allows; ""
    if exact."""
    if outcome.estimate is None or outcome.estimate.is_exact:
        return ""
    return _interval(outcome)


def _why(outcome: Outcome) -> str:
    if outcome.cause == "superseded" and outcome.current:
        return _(
            "True when it was written (%(value)s); the newest data give %(current)s."
        ) % {"value": _result(outcome), "current": _result(outcome.current)}
    if outcome.cause == "revised" and outcome.current:
        return _(
            "True of the data at the time of writing (%(value)s); the data as "
            "revised since give %(current)s."
        ) % {"value": _result(outcome), "current": _result(outcome.current)}
    if outcome.cause != "compared":
        return _cause(outcome)
    words = {
        "value": _result(outcome),
        "stated": stated_phrase(outcome.statement),
    }
    if outcome.verdict == Verdict.HOLDS:
        return _("Recomputed: %(value)s. Stated: %(stated)s.") % words
    words["range"] = _interval(outcome)
    if outcome.verdict == Verdict.ROUNDING:
        return (
            _(
                "Recomputed: %(value)s. Stated: %(stated)s, which the rounding of the "
                "inputs allows (%(range)s)."
            )
            % words
        )
    if outcome.computed.is_exact:
        return (
            _("Recomputed: %(value)s. Stated: %(stated)s, which is another number.")
            % words
        )
    return (
        _(
            "Recomputed: %(value)s. Stated: %(stated)s, outside what the rounding "
            "of the inputs allows (%(range)s)."
        )
        % words
    )


def points(outcome: Outcome) -> list[str]:
    """A change of percentages in points and in percent, where "rose 5%" could
    mean either: at most one sentence."""
    if outcome.verdict in (Verdict.HOLDS, Verdict.ROUNDING):
        return []
    pair = _percentages(outcome)
    if pair is None:
        return []
    new, old = pair
    change = new - old
    words = {"points": _trimmed(amount(change, "PP", 6)), "percent": "—"}
    if old > 0:
        words["percent"] = _trimmed(amount(change * 100 / old, "PERCENT", 1))
    return [_("The change is %(points)s, or %(percent)s.") % words]


def _percentages(outcome: Outcome) -> list[Decimal] | None:
    """The new and the old percentage of a change, None for other computations."""
    tree = outcome.statement.expression
    if tree is None or tree["op"] not in ("pct_change", "pp_change", "diff"):
        return None
    percentages = []
    for node in tree["args"]:
        if node["op"] not in ("value", "latest"):
            return None
        try:
            (fact,) = outcome.facts.resolve(Reference.of(node))
        except NoResultError:
            return None
        if fact.unit != "PERCENT" or fact.value is None or not fact.is_published:
            return None
        percentages.append(fact.value)
    return percentages


def _trimmed(text: str) -> str:
    """Without the zeros that end a decimal fraction: 5, not 5.000000."""
    shorter = re.sub(r"(\.\d*?)0+(?!\d)", r"\1", text)
    return re.sub(r"\.(?!\d)", "", shorter, count=1)


def _caveats(outcome: Outcome) -> Iterator[str]:
    if uncertain := outcome.flagged(UNCERTAIN):
        yield _("Estimated or provisional: %(inputs)s.") % {
            "inputs": _named(uncertain, with_status=True)
        }
    if bounds := [fact for fact in outcome.inputs if fact.is_bound]:
        yield _("Known only as a bound: %(inputs)s.") % {"inputs": _named(bounds)}
    if broken := outcome.flagged(BREAK):
        yield _("The series breaks at: %(inputs)s.") % {"inputs": _named(broken)}
    if outcome.drafts:
        yield _("Not confirmed by an editor yet: %(inputs)s.") % {
            "inputs": _named(outcome.drafts)
        }
    if outcome.is_tied:
        yield _("Several values are equal.")
    is_open = outcome.current is not None and outcome.current.cause != "compared"
    if is_open and outcome.cause == "compared":
        yield _("Newer data exist, but not for every input.")


def _named(facts: Iterable[Fact], with_status: bool = False) -> str:
    language = get_language() or "en"
    join = "；" if is_chinese() else "; "
    names = []
    for fact in facts:
        name = fact.label(language)
        if with_status:
            status = Status(fact.status).label
            name = _("%(name)s (%(status)s)") % {"name": name, "status": status}
        names.append(name)
    return join.join(dict.fromkeys(names))


def _result(outcome: Outcome) -> str:
    """The computed value; whole numbers and sums keep their digits."""
    if outcome.reveals_draft:
        return _("unconfirmed")
    value, unit = outcome.computed.value, outcome.statement.unit
    op = outcome.statement.tree["op"]
    return amount(value, unit, _places(outcome, op))


def _result_in_printed_unit(outcome: Outcome, is_mixed: bool) -> str:
    """English readers get the printed number and its equivalent in billions."""
    printed, unit = _result(outcome), outcome.statement.unit
    if is_mixed or is_chinese() or not unit or MEASURES[unit].exponent < 4:
        return printed
    op = outcome.statement.tree["op"]
    plain = amount(outcome.computed.value, "", _places(outcome, op))
    return f"{plain} ({printed})"


def _places(outcome: Outcome, op: str) -> int:
    value, stated = outcome.computed.value, outcome.statement.decimals
    if op in _WHOLE:
        return 0
    # The bounds need not have the digits of the printed values.
    is_plain = outcome.computed.is_exact or any(f.is_bound for f in outcome.inputs)
    if op in _PLAIN or is_plain:
        digits = len(f"{value.normalize():f}".partition(".")[2])
        if digits <= 6:
            return digits
    return max(stated + 1, _SIGNIFICANT - 1 - value.adjusted() if value else 0, 0)


def _interval(outcome: Outcome) -> str:
    if outcome.reveals_draft:
        return _("unconfirmed")
    estimate = outcome.computed
    unit = outcome.statement.unit
    width = estimate.high - estimate.low
    places = max(outcome.statement.decimals + 1, 0)
    if width.is_finite() and width:
        places = max(places, 1 - width.adjusted())
    low, high = estimate.low, estimate.high
    ends = [
        amount(end, unit, min(places, 8)) if end.is_finite() else "…"
        for end in (low, high)
    ]
    if low.is_finite() and not high.is_finite():
        return _("%(low)s or more") % {"low": ends[0]}
    if high.is_finite() and not low.is_finite():
        return _("%(high)s or less") % {"high": ends[1]}
    return _("%(low)s to %(high)s") % {"low": ends[0], "high": ends[1]}


def _stated(statement: Statement, value: Decimal) -> str:
    return amount(value, statement.unit, max(statement.decimals, 0))


def _cause(outcome: Outcome) -> str:
    """Why there is no verdict, in a sentence."""
    return {
        "no_expression": _("No computation is given."),
        "missing": _("No value for: %(about)s."),
        "ambiguous": _("Several sources fit; name one: %(about)s."),
        "zero_division": _("The computation divides by zero."),
        "negative_base": _("Growth from a negative value cannot be computed."),
        "units": _("The units do not fit together."),
        "currencies": _("Amounts in two currencies are not compared."),
        "unknown_unit": _("The unit “%(about)s” is not known."),
        "points": _("Percentages differ by percentage points, not by percent."),
        "levels": _("Regions of several levels are not compared with each other."),
        "incomplete": _("Not every region has a value: %(about)s."),
        "period_kinds": _("Periods of different length do not go together: %(about)s."),
        "period_order": _("The periods are in the wrong order."),
        "bound": _("The data are known only as a bound, which leaves this open."),
        "no_rank": _("The computation does not give a rank."),
        "no_change": _("A level or share neither rises nor falls: name the change."),
        "no_quotient": _("Only one value divided by another gives a multiple."),
        "bare_number": _("A number in the computation needs its unit."),
        "too_many": _("The computation reads more than %(about)s values."),
        "too_large": _("The result is too large."),
        "years": _("The number of years is not known."),
        "order": _("The values cannot be put in order of time."),
        "no_number": _("The statement names no number to compare with."),
        "other_period": _("The data are about another period (%(inputs)s)."),
        "other_region": _("The data are about another region (%(inputs)s)."),
        "other_vintage": _("The data are of another edition (%(inputs)s)."),
    }[outcome.cause] % {"about": outcome.about, "inputs": _named(outcome.inputs)}
