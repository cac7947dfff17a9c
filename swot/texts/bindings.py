"""What editors' texts are or could be bound to, drafts included.

Editors choose among the proposals: two equal numbers prove nothing.
"""

import functools
import operator
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.db.models import Q

from cbec_site.base.limits import TOO_LARGE
from datasets.models import Observation
from datasets.units import MEASURES
from swot.checking.intervals import HALF, MIDDLE, round_half_up
from swot.checking.labels import kinds_of_unit
from swot.checking.quantities import Quantity
from swot.checking.verdicts import Comparison
from swot.models.claims import Claim
from swot.models.texts import Code, Item

from .contexts import Context
from .proposals import Proposal, ranked

# How many numbers one query looks for: longer conditions are too much for a database.
MANY_NUMBERS = 100
# How many proposals are made for a number; editors rarely look through more.
MAX_PROPOSALS = 6

_STEP = Decimal("0.000001")


Candidate = tuple[str, Item, list[tuple[Decimal, str]]]


def candidates(
    numbers: Iterable[Quantity], around: Iterable[Context] = ()
) -> list[Candidate]:
    """The claims and observations with one of the numbers; two queries per hundred.

    Observations without a code count where the words `around` the numbers name their
    region and year.
    """
    distinct = list({quantity.key: quantity for quantity in numbers}.values())
    nameable = _nameable(around)
    candidates_by_value = {}
    for start in range(0, len(distinct), MANY_NUMBERS):
        part = distinct[start : start + MANY_NUMBERS]
        for kind, item, values in (*_observations(part, nameable), *_claims(part)):
            candidates_by_value[kind, item.pk] = kind, item, values
    return list(candidates_by_value.values())


def propose(
    numbers: Iterable[Quantity],
    expected: Iterable[Code] = (),
    known: list[Candidate] | None = None,
    around: Mapping[Quantity, Context] | None = None,
    language: str = "zh-hans",
) -> dict[Quantity, list[Proposal]]:
    """For each number, what it could be bound to, best first.

    `expected` codes come first (the other language binds them, or the entry rests on
    them). The rest are ranked by the words `around` the number: its region, its period,
    the words of the indicator, the unit, and the neighbouring numbers.
    """
    numbers, expected = list(numbers), set(expected)
    around = around or {}
    known = candidates(numbers, around.values()) if known is None else known
    fitting = {q: _fitting(q, known, expected) for q in numbers}
    near = _series_near(fitting, around)
    return {
        quantity: ranked(
            quantity, fits, around.get(quantity), near.get(quantity, {}), language
        )[:MAX_PROPOSALS]
        for quantity, fits in fitting.items()
    }


def _series_near(fitting, around):
    """For each number, how many of its neighbours could come from each indicator."""
    sentences = defaultdict(Counter)
    for quantity, fits in fitting.items():
        context = around.get(quantity)
        if context is not None:
            sentences[context.sentence].update(
                {p.item.indicator_id for p in fits if p.kind == "obs"}
            )
    return {
        quantity: sentences[context.sentence]
        for quantity in fitting
        if (context := around.get(quantity)) is not None
    }


def _nameable(around):
    """The condition for observations without a code that a text could name."""
    regions, years = set(), set()
    for context in around:
        regions |= {context.region, *context.others} - {""}
        years |= set(context.years)
    named = Q(code="", region__code__in=regions, period_start__year__in=years)
    return named if regions and years else Q(pk__in=[])


def _observations(numbers, nameable):
    """Two searches in one query: each finds its index, their "or" would find none."""
    near = Observation.objects.filter(
        _near(numbers, "unit", "value"), value__isnull=False
    ).order_by()
    # The range tells PostgreSQL that few values have a code (see `with_code`).
    coded = near.exclude(code="").filter(code__gt="").values("pk")
    rows = Observation.objects.filter(
        pk__in=coded.union(near.filter(nameable).values("pk"))
    )
    for row in rows.with_labels().order_by("code", "pk"):
        yield "obs", row, [(row.value, row.unit)]


def _claims(numbers):
    condition = _near(numbers, "stated_unit", "stated_low")
    condition |= _near(numbers, "stated_unit", "stated_high")
    for claim in Claim.objects.filter(condition).order_by("code"):
        ends = [claim.stated_low, claim.stated_high]
        stated = [(end, claim.stated_unit) for end in ends if end is not None]
        yield "claim", claim, stated


def _fitting(quantity, candidates, expected):
    fitting_items = []
    is_place = quantity.comparison == Comparison.RANK
    for kind, item, values in candidates:
        if _is_place(item) != is_place:
            continue
        fits = [_fit(quantity, value, unit, kind) for value, unit in values]
        if any(fits):
            is_expected = (kind, item.code) in expected
            fitting_items.append(Proposal(kind, item, "exact" in fits, is_expected))
    return fitting_items


def _is_place(item):
    """Whether it is a rank, which no amount can be."""
    if isinstance(item, Claim):
        return item.comparison == Comparison.RANK
    return item.unit in ("ORDINAL", "RANK")


def _fit(quantity, value, unit, kind):
    """How a value matches the number of a text: "exact", "rounded" or ""."""
    if quantity.kind not in kinds_of_unit(unit):
        return ""
    if unit in MEASURES:
        value = value.scaleb(MEASURES[unit].exponent, MIDDLE)
    # A fall by 5 % is stored as −5.
    stated = quantity.effective if value < 0 else quantity.value
    if value == stated:
        return "exact"
    # What a claim states is a printed number, so it has no further digits to round; a
    # value has no more than six.
    if kind == "claim" or quantity.decimals is None or quantity.decimals > 6:
        return ""
    rounded = round_half_up(value, quantity.decimals)
    return "rounded" if rounded == stated else ""


def _near(numbers, unit, field):
    """The condition for values that print, in their unit, as one of the numbers."""
    ranges = defaultdict(Q)
    for quantity in numbers:
        for exponent, units in _units(quantity.kind).items():
            decimals = quantity.decimals
            half = 0 if decimals is None else HALF.scaleb(-decimals - exponent, MIDDLE)
            for stated in {quantity.value, quantity.effective}:
                value = stated.scaleb(-exponent, MIDDLE)
                if abs(value) + half >= TOO_LARGE:
                    continue
                low = (value - half).quantize(_STEP, ROUND_FLOOR, MIDDLE)
                high = (value + half).quantize(_STEP, ROUND_CEILING, MIDDLE)
                ranges[tuple(units)] |= Q(**{f"{field}__range": (low, high)})
    # Grouped by unit: SQLite refuses conditions that are a thousand levels deep.
    return functools.reduce(
        operator.or_,
        (Q(**{f"{unit}__in": units}) & any_of for units, any_of in ranges.items()),
        Q(pk__in=[]),
    )


def _units(kind):
    """The units that a kind of number may have, by their power of ten; "" for no
    unit."""
    units = {}
    for unit, measure in MEASURES.items():
        if kind in kinds_of_unit(unit):
            units.setdefault(measure.exponent, []).append(unit.value)
    if kind in kinds_of_unit(""):
        units.setdefault(0, []).append("")
    return units
