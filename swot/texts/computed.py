"""What a percentage, difference, multiple or rank could be computed from.

Tables hold no growth rates, shares, differences or ranks: these follow from the values
in them. An expression is proposed where the words around the number name its regions,
years and series, and the checker finds that it gives the number as printed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import permutations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from datasets.models import Indicator, Observation, Region
from datasets.units import MEASURES
from swot.checking.explanations import reading
from swot.checking.labels import statement_of
from swot.checking.quantities import Quantity
from swot.checking.verdicts import Comparison, Statement, Verdict
from swot.checking.verification import check
from swot.models.fact_loading import prefetch

from .contexts import Context
from .prefilled import NAMED, unit_of
from .proposals import describe, title_in

# How many expressions are proposed for a number; editors rarely look through more.
MAX_EXPRESSIONS = 4
_PART_OF_YEAR = re.compile(r"季度|月|quarter|month|half|半年", re.IGNORECASE)
_YEARLY = re.compile(r"年均|每年平均|annual(?:ly|ised)? (?:rate|growth|average)|a year")
_SENTENCES = {
    "pct_change": gettext_lazy("change: %(first)s, against %(second)s"),
    "cagr": gettext_lazy("change a year: %(first)s, against %(second)s"),
    "pp_change": gettext_lazy("difference in points: %(first)s, against %(second)s"),
    "diff": gettext_lazy("difference: %(first)s, less %(second)s"),
    "share": gettext_lazy("share: %(first)s, of %(second)s"),
    "ratio": gettext_lazy("multiple: %(first)s, of %(second)s"),
    "rank": gettext_lazy("place: %(first)s, among %(second)s"),
}


@dataclass(frozen=True)
class Expression:
    """A computation that gives the number: its expression tree and its words.

    `reason` is the computation itself: "(100 − 80) ÷ 80 = 25%".
    """

    op: str
    tree: dict
    label: str
    reason: str


def expressions(
    around: Mapping[Quantity, Context], indicators: Iterable[Indicator], language: str
) -> dict[Quantity, list[Expression]]:
    """For each growth rate, share, difference, multiple or rank, what gives it.

    Takes a fixed number of queries. The values considered are those of the regions and
    years named around the number, and of the year before each, whose indicator is named
    in its sentence.
    """
    wanted = {q: c for q, c in around.items() if c.years and _may_follow(q)}
    if not wanted:
        return {}
    values = _values(wanted.values(), indicators, language)
    tried = {
        quantity: list(_trees(quantity, context, values, language))
        for quantity, context in wanted.items()
    }
    stated = {
        (quantity, index): statement
        for quantity, trees in tried.items()
        for index, (op, tree, _label) in enumerate(trees)
        if (statement := _statement(quantity, op, tree)) is not None
    }
    facts = prefetch(stated.values())
    given = defaultdict(list)
    for (quantity, index), statement in stated.items():
        outcome = check(statement, facts)
        # A number that matches only within the rounding of its inputs is not proposed.
        if outcome.verdict == Verdict.HOLDS:
            op, tree, label = tried[quantity][index]
            reason = _("the data give it: %s") % reading(outcome)
            given[quantity].append(Expression(op, tree, label, reason))
    return {quantity: trees[:MAX_EXPRESSIONS] for quantity, trees in given.items()}


def _may_follow(quantity):
    """Whether a number of this kind may be the result of a computation."""
    if quantity.comparison == Comparison.RANK:
        return True
    return quantity.kind in ("percent", "points", "times") or bool(quantity.direction)


def _statement(quantity, op, tree):
    """The number as a claim about the expression would state it."""
    if op == "rank":
        return Statement(tree, Comparison.RANK, quantity.value)
    unit = unit_of(quantity)
    exponent = MEASURES[unit].exponent if unit else 0
    stated = statement_of(quantity, 0)
    comparison = Comparison(stated.comparison)
    if quantity.direction < 0:
        # "Fell by about 5 %" has two qualifying words, but a claim has only one.
        if comparison != Comparison.EXACTLY:
            return None
        comparison = Comparison.FELL
    return replace(
        stated,
        expression=tree,
        comparison=comparison,
        low=stated.low.scaleb(-exponent),
        high=None if stated.high is None else stated.high.scaleb(-exponent),
        decimals=stated.decimals + exponent,
        unit=unit,
    )


def _values(contexts, indicators, language):
    """The values of the regions, years and indicators named, by region and year."""
    contexts = list(contexts)
    regions, years = set(), set()
    for context in contexts:
        regions |= {context.region, *context.others} - {""}
        years |= {year for y in context.years for year in (y, str(int(y) - 1))}
    sentences = list({context.sentence: context for context in contexts}.values())
    named = [
        indicator.pk
        for indicator in indicators
        if any(c.names(title_in(indicator, language)) >= NAMED for c in sentences)
    ]
    rows = Observation.objects.filter(
        region__code__in=regions,
        indicator__in=named,
        period_start__year__in=sorted(years),
        breakdown="",
        value__isnull=False,
    )
    values = defaultdict(list)
    for row in rows.with_labels().order_by("pk"):
        values[row.region.code, row.period[:4]].append(row)
    return values


def _trees(quantity, context, values, language):
    """(operation, tree, words) of everything that could give the number."""
    regions = dict.fromkeys(code for code in (context.region, *context.others) if code)
    years = dict.fromkeys([*context.years, str(int(context.years[0]) - 1)])
    has_parts = _PART_OF_YEAR.search(context.sentence)
    near = [
        row
        for region in regions
        for year in years
        for row in values.get((region, year), ())
        if (has_parts or len(row.period) == 4)
        and context.names(title_in(row.indicator, language)) >= NAMED
    ]
    if quantity.comparison == Comparison.RANK:
        yield from _places(quantity, context, near)
        return
    for first, second in permutations(near, 2):
        if op := _operation(quantity, context, first, second):
            tree = {"op": op, "args": [_reference(first), _reference(second)]}
            words = {"first": describe(first), "second": describe(second)}
            yield op, tree, _SENTENCES[op] % words


def _places(quantity, context, near):
    """The rank of each value named, among all regions of its level.

    全国 names the set of regions, not a region: no table has every country.
    """
    for row in near:
        is_one_of_many = row.region.kind != Region.Kind.COUNTRY
        if is_one_of_many and row.period[:4] == context.years[0]:
            among = {
                "op": "across",
                "indicator": row.indicator.code,
                "period": row.period,
            }
            if row.vintage:
                among["vintage"] = row.vintage
            tree = {"op": "rank", "args": [_reference(row), among]}
            if quantity.unit.dimension:
                tree["order"] = "asc"
            second = _("all regions of its level")
            words = {"first": describe(row), "second": second}
            yield "rank", tree, _SENTENCES["rank"] % words


def _operation(quantity, context, first, second):
    """The operation on the two values that could give such a number, or ""."""
    if _dimension(first) != _dimension(second) or not second.value:
        return ""
    # A quarter is not compared with a year, nor one edition with another.
    if first.period[4:] != second.period[4:] or first.vintage != second.vintage:
        return ""
    if _dimension(first) == "PERCENT":
        return _operation_on_shares(quantity, first, second)
    is_later = _is_later(first, second)
    if quantity.kind == "points":
        return ""
    if quantity.kind == "times":
        is_beside = _is_beside(first, second) and not quantity.is_increment
        return "ratio" if is_later or is_beside else ""
    if not quantity.kind:
        return "diff" if is_later else ""
    if quantity.direction:
        growth = "cagr" if _YEARLY.search(context.sentence) else "pct_change"
        return growth if is_later else ""
    return "share" if _may_be_part(first, second) else ""


def _operation_on_shares(quantity, first, second):
    """Shares are only subtracted, for a number of percentage points."""
    if quantity.kind != "points":
        return ""
    if _is_later(first, second):
        return "pp_change"
    return "diff" if _is_beside(first, second) else ""


def _is_later(first, second):
    """Whether both are of one indicator and region, the first of a later period."""
    is_same = _is_same_indicator(first, second) and _is_same_region(first, second)
    return is_same and first.period > second.period


def _is_beside(first, second):
    """Whether both are of one indicator and period, in any regions."""
    return _is_same_indicator(first, second) and first.period == second.period


def _may_be_part(first, second):
    """Whether the first may be a part of the second: of its region or indicator."""
    is_other = _is_same_indicator(first, second) != _is_same_region(first, second)
    is_same_time = first.period == second.period
    return is_same_time and is_other and 0 <= first.value <= second.value


def _is_same_indicator(first, second):
    return first.indicator_id == second.indicator_id


def _is_same_region(first, second):
    return first.region_id == second.region_id


def _dimension(row):
    return MEASURES[row.unit].dimension if row.unit in MEASURES else row.unit


def _reference(row: Observation) -> dict:
    if row.code:
        return {"op": "value", "code": row.code}
    reference = {
        "op": "value",
        "indicator": row.indicator.code,
        "region": row.region.code,
        "period": row.period,
        "source": row.source.code,
    }
    return reference | ({"vintage": row.vintage} if row.vintage else {})
