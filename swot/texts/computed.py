"""What a percentage, difference or multiple of a text could be computed from.

Growth, shares and differences stand in no table: they follow from values that do. An
expression is proposed only where its data give the number as it is printed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from datasets.models import Observation
from datasets.units import MEASURES
from swot.checking.intervals import MIDDLE, round_half_up
from swot.checking.quantities import Quantity

from .contexts import Context
from .proposals import describe, title_in

# More are rarely looked through, and more values than these are not read for it.
MAX_EXPRESSIONS, MAX_VALUES = 4, 5000
# So much of the title of an indicator stands in the sentence.
NAMED = 0.5
KINDS = ("percent", "points", "times")

_SENTENCES = {
    "pct_change": gettext_lazy("change: %(first)s, against %(second)s"),
    "pp_change": gettext_lazy("difference in points: %(first)s, against %(second)s"),
    "share": gettext_lazy("share: %(first)s, of %(second)s"),
    "ratio": gettext_lazy("multiple: %(first)s, of %(second)s"),
}


@dataclass(frozen=True)
class Expression:
    """An operation on two values that gives the number, the newer or the part first."""

    op: str
    first: Observation
    second: Observation

    @property
    def tree(self) -> dict:
        """The expression as a claim keeps it."""
        return {
            "op": self.op,
            "args": [_reference(self.first), _reference(self.second)],
        }

    @property
    def label(self) -> str:
        """What is computed, in the active language."""
        words = {"first": describe(self.first), "second": describe(self.second)}
        return _SENTENCES[self.op] % words

    @property
    def reason(self) -> str:
        return _("the data give this number; region, period and series are named here")


def expressions(
    around: Mapping[Quantity, Context], language: str
) -> dict[Quantity, list[Expression]]:
    """For each growth, share, difference or multiple what gives it; one query.

    Values count whose region and year the words around the number name and whose
    indicator its sentence names; the year before counts too.
    """
    wanted = {q: c for q, c in around.items() if q.kind in KINDS and c.years}
    if not wanted:
        return {}
    values = _values(wanted.values())
    return {
        quantity: _giving(quantity, context, values, language)
        for quantity, context in wanted.items()
    }


def _values(contexts: Iterable[Context]):
    """The values of the regions and years named, by region and year."""
    regions, years = set(), set()
    for context in contexts:
        regions |= {context.region, *context.others} - {""}
        years |= {year for y in context.years for year in (y, str(int(y) - 1))}
    rows = Observation.objects.filter(
        region__code__in=regions,
        period__in=years,
        breakdown="",
        vintage="",
        value__isnull=False,
        qualifier="",
    )
    found = defaultdict(list)
    for row in rows.with_labels().order_by("pk")[:MAX_VALUES]:
        found[row.region.code, row.period].append(row)
    return found


def _giving(quantity, context, values, language):
    regions = dict.fromkeys(code for code in (context.region, *context.others) if code)
    years = [*context.years, str(int(context.years[0]) - 1)]
    near = [
        row
        for region in regions
        for year in dict.fromkeys(years)
        for row in values.get((region, year), ())
        if context.names(title_in(row.indicator, language)) >= NAMED
    ]
    found = [
        Expression(op, first, second)
        for first, second in permutations(near, 2)
        if (op := _operation(quantity, first, second))
        and _gives(op, first, second, quantity)
    ]
    return found[:MAX_EXPRESSIONS]


def _operation(quantity, first, second):
    """What may relate the two values so that a number of this kind comes out, or ""."""
    if first.unit != second.unit or not second.value:
        return ""
    is_later = (
        first.indicator_id == second.indicator_id
        and first.region_id == second.region_id
        and first.period > second.period
    )
    is_share = first.unit in MEASURES and MEASURES[first.unit].dimension == "PERCENT"
    if quantity.kind == "points":
        return "pp_change" if is_later and is_share else ""
    if is_share:
        return ""
    if quantity.kind == "times":
        is_other = first.indicator_id == second.indicator_id and (
            is_later or first.period == second.period
        )
        return "ratio" if is_other and not quantity.is_increment else ""
    if quantity.direction:
        return "pct_change" if is_later else ""
    is_part = first.period == second.period and 0 <= first.value <= second.value
    one_differs = (first.indicator_id == second.indicator_id) != (
        first.region_id == second.region_id
    )
    return "share" if is_part and one_differs else ""


def _gives(op, first, second, quantity):
    """Whether the operation prints as the number does."""
    if quantity.decimals is None or quantity.upper is not None:
        return False
    a, b = first.value, second.value
    if op == "pp_change":
        result = a - b
    elif op == "ratio":
        result = MIDDLE.divide(a, b)
    else:
        result = MIDDLE.divide(100 * (a - b if op == "pct_change" else a), abs(b))
    if quantity.direction < 0:
        result = -result
    expected: Decimal = quantity.value
    return round_half_up(result, quantity.decimals) == expected


def _reference(row: Observation) -> dict:
    if row.code:
        return {"op": "value", "code": row.code}
    return {
        "op": "value",
        "indicator": row.indicator.code,
        "region": row.region.code,
        "period": row.period,
    }
