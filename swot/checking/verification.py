"""Compares a claim with observations; knows no HTTP and no HTML.

`check` is pure: a Statement and prefetched Facts give an Outcome. `prefetch` is the one
place that asks the database. The words for readers are in `readings`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import connection, models

from datasets.models import Indicator, Observation, Region
from datasets.periods import period_bounds

from .evaluation import evaluate
from .expressions import Reference, references
from .facts import Fact, Facts, NoResultError
from .intervals import Estimate
from .verdicts import Comparison, Statement, Verdict, decide

# SDMX statuses that make a result provisional, and the break that readers must know.
UNCERTAIN = "EFGIPUV"
BREAK = "B"

_MISSING_KINDS = {"missing", "zero_division"}
_COLUMNS = (
    "pk",
    "code",
    "indicator__code",
    "region__code",
    "period",
    "value",
    "unit",
    "decimals",
    "breakdown",
    "source__code",
    "vintage",
    "status",
    "qualifier",
    "is_published",
    "indicator__is_published",
    "region__name_zh_hans",
    "region__name_en",
    "indicator__title_zh_hans",
    "indicator__title_en",
)


@dataclass(frozen=True)
class Outcome:
    """A verdict, the value behind it, and what is needed to say why.

    `cause` is compared, superseded, other_period, other_region, other_vintage or a kind
    of NoResultError; `estimate` is in the stated unit. `current` is what the newest
    period gives when the statement is about an older one.
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

    @property
    def drafts(self) -> list[Fact]:
        """Inputs that an editor has not confirmed yet; their values stay private."""
        return [fact for fact in self.inputs if not fact.is_published]

    @property
    def reveals_draft(self) -> bool:
        """Whether readers could work out the value of a draft from the result."""
        return len(self.drafts) == 1


class _ShiftedFacts:
    """The same references, so many months later; `latest` is newest already."""

    def __init__(self, facts, months):
        self._facts, self._months = facts, months

    def resolve(self, reference):
        found = self._facts.resolve(reference)
        if reference.op == "latest":
            return found
        return [self._facts.shifted(fact, self._months) for fact in found]


def check(statement: Statement, facts: Facts) -> Outcome:
    """Hold a statement against the facts; never raises for bad data.

    A statement about the newest period is computed for that period too: it is
    superseded when it was true of its own period and is not of the newest.
    """
    outcome = _check_fixed(statement, facts)
    if not statement.is_latest or not outcome.inputs:
        return outcome
    dated = [fact for fact in outcome.inputs if fact.period]
    if not dated:
        return outcome
    lead = max(dated, key=lambda fact: fact.bounds[1])
    newest = facts.newest(lead)
    months = _months_between(lead, newest)
    if months <= 0:
        return outcome
    # A statement that follows the data is about no fixed year.
    current = _check_fixed(replace(statement, period=""), _ShiftedFacts(facts, months))
    if current.cause != "compared":
        return replace(outcome, current=current)
    if current.verdict != Verdict.CONTRADICTED:
        return current
    if outcome.verdict in (Verdict.HOLDS, Verdict.ROUNDING):
        return replace(
            outcome, verdict=Verdict.SUPERSEDED, cause="superseded", current=current
        )
    return current


def prefetch(statements: Iterable[Statement]) -> Facts:
    """The facts that statements read, in few queries (one per some 900 keys)."""
    return Facts(load(statements))


def load(statements: Iterable[Statement], most: int | None = None) -> list[Fact]:
    """The observations that statements read; whole series for those on the newest.

    NoResultError of kind too_many when there are more than `most`.
    """
    codes, followed = set(), set()
    keys: dict[tuple[str, ...], set] = defaultdict(set)
    for statement in statements:
        if statement.expression is None:
            continue
        for reference in references(statement.expression):
            if reference.code:
                codes.add(reference.code)
                if statement.is_latest:
                    followed.add(reference.code)
            else:
                _collect(reference, keys, statement.is_latest)
    limit = (connection.features.max_query_params or 10_000) - 50
    facts = _read(_by_code(sorted(codes), limit), most)
    for fact in facts:
        if fact.code in followed:
            keys[fact.indicator, fact.region].add(None)
    return facts + _read(_by_series(keys, limit), most)


def _read(conditions, most):
    facts = []
    for condition in conditions:
        rows = Observation.objects.filter(condition).values_list(*_COLUMNS)
        if most is not None:
            rows = rows[: most + 1 - len(facts)]
        facts += map(_fact, rows.iterator(chunk_size=5_000))
        if most is not None and len(facts) > most:
            raise NoResultError("too_many", str(most))
    return facts


def _check_fixed(statement, facts):
    if statement.expression is None:
        return Outcome(statement, Verdict.NOT_TESTABLE, "no_expression")
    try:
        result = evaluate(statement.expression, facts)
    except NoResultError as error:
        return _no_result(statement, facts, error)
    try:
        estimate = result.in_unit(statement.unit)
    except NoResultError as error:
        return Outcome(
            statement, Verdict.NOT_TESTABLE, error.kind, inputs=result.inputs
        )
    outcome = Outcome(
        statement,
        Verdict.NOT_TESTABLE,
        _other_subject(statement, result.inputs) or "compared",
        estimate,
        result.inputs,
        is_tied=result.is_tied,
    )
    if outcome.cause != "compared":
        return outcome
    verdict = _as_its_source_says(statement, result.inputs, estimate)
    verdict = verdict or decide(statement, estimate)
    if verdict == Verdict.NOT_TESTABLE:
        return replace(outcome, cause="no_number")
    return replace(outcome, verdict=verdict)


def _no_result(statement, facts, error):
    is_missing = error.kind in _MISSING_KINDS
    verdict = Verdict.MISSING if is_missing else Verdict.NOT_TESTABLE
    found = []
    for reference in references(statement.expression):
        try:
            found += facts.resolve(reference)
        except NoResultError:
            continue
    return Outcome(
        statement, verdict, error.kind, inputs=tuple(found), about=error.about
    )


def _as_its_source_says(statement, inputs, estimate):
    """HOLDS when the source itself says "more than 2000" or "just under 90"."""
    if statement.expression["op"] not in ("value", "latest") or statement.low is None:
        return None
    qualifier, value = inputs[0].qualifier, estimate.value
    more = {Comparison.MORE_THAN, Comparison.AT_LEAST}
    less = {Comparison.LESS_THAN, Comparison.AT_MOST, Comparison.NEARLY}
    if value == statement.low and (
        (qualifier == "at_least" and statement.comparison in more)
        or (qualifier == "just_under" and statement.comparison in less)
    ):
        return Verdict.HOLDS
    return None


def _other_subject(statement, inputs):
    """Which part of the subject the inputs do not share, or ""."""
    dated = [fact for fact in inputs if fact.period]
    if statement.period and dated:
        start, end = period_bounds(statement.period)
        newest = max(dated, key=lambda fact: fact.bounds[1])
        if newest.bounds[0] > end or newest.bounds[1] < start:
            return "other_period"
    if statement.region and statement.region not in {fact.region for fact in inputs}:
        return "other_region"
    if statement.vintage:
        is_first = statement.vintage == "first release"
        if any(_is_first_release(fact) != is_first for fact in inputs):
            return "other_vintage"
    return ""


def _is_first_release(fact):
    """Provisional values are first releases unless their vintage says otherwise."""
    return fact.vintage == "first release" or (not fact.vintage and fact.status == "P")


def _months_between(older, newer):
    a, b = older.bounds[0], newer.bounds[0]
    return (b.year - a.year) * 12 + b.month - a.month


def series_of(reference: Reference) -> list[tuple[str, str, str]]:
    """What a reference reads as (code, indicator, region); "" stands for any."""
    if reference.code:
        return [(reference.code, "", "")]
    regions = reference.regions or (reference.region,)
    return [("", reference.indicator, region) for region in regions]


def labels(name_zh, name_en, title_zh, title_en) -> tuple[tuple[str, str], ...]:
    """Region and indicator in both languages; Chinese stands in where there is none."""
    return (
        ("zh-hans", f"{name_zh}{title_zh}"),
        ("en", f"{name_en or name_zh}, {title_en or title_zh},"),
    )


def _collect(reference: Reference, keys, is_latest):
    for _, indicator, region in series_of(reference):
        wanted = keys[indicator, region]
        if reference.op in ("value", "across") and not is_latest:
            wanted.add(reference.period)
        else:
            wanted.add(None)


def _by_code(codes, limit):
    for start in range(0, len(codes), limit):
        yield models.Q(code__in=codes[start : start + limit])


def _by_series(keys, limit):
    """One condition per (indicator, region), joined while parameters last.

    An empty region means all of them; None among the periods means every period.
    """
    if not keys:
        return
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    regions = dict(Region.objects.values_list("code", "pk"))
    joined, used = models.Q(), 0
    for (indicator, region), periods in sorted(keys.items(), key=lambda item: item[0]):
        if indicator not in indicators or (region and region not in regions):
            continue
        condition = models.Q(indicator=indicators[indicator])
        if region:
            condition &= models.Q(region=regions[region])
        if None not in periods:
            condition &= models.Q(period__in=sorted(periods))
        if used and (used + len(periods) + 2 > limit or len(joined) >= 200):
            yield joined
            joined, used = models.Q(), 0
        joined |= condition
        used += len(periods) + 2
    if used:
        yield joined


def _fact(row):
    *fields, is_published, indicator_is_published = row[:-4]
    return Fact(
        *fields,
        is_published=is_published and indicator_is_published,
        names=labels(*row[-4:]),
    )
