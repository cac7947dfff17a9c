"""Compares a claim with observations; pure: uses no database, HTTP or HTML.

`check` takes a Statement and Facts and returns an Outcome. `swot.models.fact_loading`
reads the facts; `explanations` has the words for readers.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from datasets.periods import period_bounds

from .dimensions import POINTS
from .editions import (
    EditedFacts,
    FactSource,
    NewestFacts,
    ShiftedFacts,
    is_first_release,
    months_between,
)
from .errors import NoResultError
from .evaluation import Result, evaluate
from .expressions import references
from .facts import AT_LEAST, JUST_UNDER, Fact, Facts
from .inconsistency import consequence
from .intervals import Estimate
from .periods import Bounds
from .verdicts import (
    Comparison,
    Consequence,
    Statement,
    Verdict,
    decide,
    decide_bound,
)
from .wording import fitted

# SDMX statuses that make a result provisional.
UNCERTAIN = "EFGIPUV"

_MISSING_KINDS = {"missing", "zero_division"}


@dataclass(frozen=True)
class Outcome:
    """A verdict, the value behind it, and what is needed to say why.

    `cause` is compared, superseded, revised, other_period, other_region, other_vintage
    or a kind of NoResultError; `estimate` is in the stated unit. `inputs` are what was
    read, and the breaks in the series between them. `current` is what the newest
    period, or the data as revised since, give when the statement is about older data.
    """

    statement: Statement
    verdict: Verdict
    cause: str
    estimate: Estimate | None = None
    inputs: tuple[Fact, ...] = ()
    about: str = ""
    is_tied: bool = False
    current: "Outcome | None" = None

    def flagged(self, statuses: str = UNCERTAIN) -> list[Fact]:
        """The inputs whose status is one of these letters."""
        return [fact for fact in self.inputs if fact.status in statuses]

    @cached_property
    def facts(self) -> Facts:
        """The inputs, found by what the computation names."""
        return Facts(self.inputs)

    @property
    def computed(self) -> Estimate:
        """What was computed; ValueError where there is no result."""
        if self.estimate is None:
            raise ValueError("the outcome has no computed value")
        return self.estimate

    @property
    def consequence(self) -> Consequence:
        """What a contradiction does to the sentence; NONE for other verdicts."""
        if self.verdict != Verdict.CONTRADICTED or self.estimate is None:
            return Consequence.NONE
        return consequence(self.statement, self.estimate)

    @property
    def current_period(self) -> str:
        """The period of what holds now; "" where that is not known."""
        last = _last(self.current.inputs) if self.current else None
        return last[1].period if last else ""

    @property
    def drafts(self) -> list[Fact]:
        """Inputs that an editor has not confirmed yet; their values stay private."""
        return [fact for fact in self.inputs if not fact.is_published]

    @property
    def reveals_draft(self) -> bool:
        """Whether readers could work out the value of a draft from the result."""
        return len(self.drafts) == 1


def check(statement: Statement, facts: Facts) -> Outcome:
    """Check a statement against the facts; never raises for bad data.

    A statement about the newest period is computed for that period too: it is
    superseded when it was true of its own period and is not of the newest. So is one
    that was true of the data it is based on and is not of those revised since,
    and one that names a successor whose newest value says otherwise.
    """
    outcome = _check_editions(statement, facts)
    if statement.successor:
        return _followed(outcome, facts)
    if not statement.is_latest or not outcome.inputs:
        return outcome
    last = _last(outcome.inputs)
    if last is None:
        return outcome
    lead = last[1]
    newest = facts.newest(lead)
    months = months_between(lead, newest)
    if months <= 0:
        return outcome
    # A statement that follows the data is about no fixed year.
    current = _check_fixed(replace(statement, period=""), ShiftedFacts(facts, months))
    if current.cause != "compared":
        return replace(outcome, current=current)
    if current.verdict != Verdict.CONTRADICTED:
        return current
    if outcome.verdict in _TRUE:
        return _superseded(outcome, current, "superseded")
    return current


def _followed(outcome: Outcome, facts: Facts) -> Outcome:
    """The outcome with what the newest value of the successor's series says."""
    newest = NewestFacts(facts)
    statement = replace(
        outcome.statement,
        expression={"op": "value", "code": outcome.statement.successor},
        period="",
        vintage="",
    )
    current = _check_fixed(statement, newest)
    if current.cause != "compared" or current.drafts:
        return outcome
    before, (fact,) = _last(outcome.inputs), current.inputs[:1]
    if not before or not fact.bounds or fact.bounds[1] <= before[0][1]:
        return outcome
    if outcome.verdict in _TRUE and current.verdict == Verdict.CONTRADICTED:
        return _superseded(outcome, current, "superseded")
    return replace(outcome, current=current)


def _last(inputs: Iterable[Fact]) -> tuple[Bounds, Fact] | None:
    """The fact whose period ends last, after its bounds; None if none is dated."""
    dated = [(bounds, fact) for fact in inputs if (bounds := fact.bounds)]
    return max(dated, key=lambda pair: pair[0][1]) if dated else None


_TRUE = (Verdict.HOLDS, Verdict.ROUNDING)


def _superseded(outcome: Outcome, current: Outcome, cause: str) -> Outcome:
    return replace(outcome, verdict=Verdict.SUPERSEDED, cause=cause, current=current)


def _check_editions(statement: Statement, facts: Facts) -> Outcome:
    """The verdict on the edition a statement names, and what is known since."""
    outcome = _check_fixed(statement, facts)
    if statement.as_of and outcome.verdict == Verdict.CONTRADICTED:
        then = _check_fixed(statement, facts.at(statement.as_of))
        if then.verdict in _TRUE:
            return _superseded(then, outcome, "revised")
    if statement.vintage and outcome.verdict in _TRUE:
        edited = EditedFacts(facts)
        since = _check_fixed(replace(statement, vintage=""), edited)
        if edited.is_newer and since.verdict == Verdict.CONTRADICTED:
            return _superseded(outcome, since, "revised")
    return outcome


def _check_fixed(statement: Statement, facts: FactSource) -> Outcome:
    if statement.expression is None:
        return Outcome(statement, Verdict.NOT_TESTABLE, "no_expression")
    result = None
    try:
        statement = fitted(statement, facts)
        result = evaluate(statement.tree, facts)
        estimate = _stated(result, statement)
        cause = _other_subject(statement, result.inputs)
    except NoResultError as error:
        if result is None:
            return _no_result(statement, facts, error)
        return Outcome(
            statement,
            Verdict.NOT_TESTABLE,
            error.kind,
            inputs=result.inputs,
            about=error.about,
        )
    verdict = Verdict.NOT_TESTABLE
    if not cause:
        verdict, cause = _decided(statement, estimate, result.inputs)
    inputs = (*result.inputs, *facts.breaks_within(result.inputs))
    is_tied = result.is_tied
    return Outcome(statement, verdict, cause, estimate, inputs, is_tied=is_tied)


def _stated(result: Result, statement: Statement) -> Estimate:
    """The result in the stated unit; a difference of percentages is one in points."""
    if statement.unit == "PERCENT" and result.quantity.dimension == POINTS:
        raise NoResultError("points")
    if statement.comparison == Comparison.RANK:
        _demand_place(result, statement)
    return result.in_unit(statement.unit)


def _demand_place(result: Result, statement: Statement) -> None:
    names = {name for name, _ in result.quantity.dimension or ()}
    if statement.tree["op"] != "rank" and not names & {"RANK", "ORDINAL"}:
        raise NoResultError("no_rank")


def _decided(
    statement: Statement, estimate: Estimate, inputs: tuple[Fact, ...]
) -> tuple[Verdict, str]:
    """The verdict on a computed value, and the cause of the outcome."""
    has_bounds = any(fact.is_bound for fact in inputs)
    if has_bounds and _says_the_same(statement, inputs, estimate):
        return Verdict.HOLDS, "compared"
    if has_bounds:
        is_direct = statement.tree["op"] in ("value", "latest")
        verdict = decide_bound(statement, estimate, is_direct)
    else:
        verdict = decide(statement, estimate)
    if verdict != Verdict.NOT_TESTABLE:
        return verdict, "compared"
    is_open = has_bounds and decide(statement, estimate) != Verdict.NOT_TESTABLE
    return verdict, "bound" if is_open else "no_number"


def _no_result(
    statement: Statement, facts: FactSource, error: NoResultError
) -> Outcome:
    is_missing = error.kind in _MISSING_KINDS
    verdict = Verdict.MISSING if is_missing else Verdict.NOT_TESTABLE
    reasons: list[Fact] = []
    for reference in references(statement.tree):
        try:
            reasons += facts.resolve(reference)
        except NoResultError:
            continue
    return Outcome(
        statement, verdict, error.kind, inputs=tuple(reasons), about=error.about
    )


def _says_the_same(
    statement: Statement, inputs: tuple[Fact, ...], estimate: Estimate
) -> bool:
    """Whether the source itself says "more than 2000" or "just under 90"."""
    if statement.tree["op"] not in ("value", "latest"):
        return False
    more = {Comparison.MORE_THAN, Comparison.AT_LEAST}
    less = {Comparison.LESS_THAN, Comparison.AT_MOST, Comparison.NEARLY}
    words = {AT_LEAST: more, JUST_UNDER: less}[inputs[0].qualifier]
    return estimate.value == statement.low and statement.comparison in words


def _other_subject(statement: Statement, inputs: tuple[Fact, ...]) -> str:
    """Which part of the subject the inputs do not share, or ""."""
    last = _last(inputs)
    if statement.period and last:
        try:
            start, end = period_bounds(statement.period)
        except (ValueError, OverflowError):
            raise NoResultError("order") from None
        if last[0][0] > end or last[0][1] < start:
            return "other_period"
    if statement.region and statement.region not in {fact.region for fact in inputs}:
        return "other_region"
    if statement.vintage:
        is_first = statement.vintage == "first release"
        if any(is_first_release(fact) != is_first for fact in inputs):
            return "other_vintage"
    return ""
