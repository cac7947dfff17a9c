"""What the texts of the editors are bound to, drafts included, and what they could be.

Proposals are for editors to choose from: a number that equals another proves nothing.
"""

import functools
import operator
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.db.models import Q
from django.urls import reverse

from datasets.models import Observation
from datasets.units import MEASURES
from swot.checking.intervals import HALF, MIDDLE, round_half_up
from swot.checking.labels import kinds_of_unit
from swot.checking.quantities import Quantity
from swot.models.claims import Claim
from swot.models.texts import Code, Item

# So many different numbers of a text get proposals: the condition stays readable for
# every database.
MAX_NUMBERS = 100
# More numbers than these are rarely looked through.
MAX_PROPOSALS = 6

_STEP = Decimal("0.000001")
_LARGEST = Decimal(10) ** 17


@dataclass(frozen=True)
class Proposal:
    """A claim or observation whose number is the one in the text."""

    kind: str
    item: Item
    is_exact: bool
    is_expected: bool

    @property
    def code(self) -> str:
        return self.item.code

    @property
    def is_draft(self) -> bool:
        return not self.item.is_public

    @property
    def url(self) -> str:
        return admin_url(self.item)

    @property
    def label(self) -> str:
        return describe(self.item)

    def markdown(self, label: str) -> str:
        """What to write in the text: [13亿](obs:gz_cbec_2019)."""
        return f"[{label}]({self.kind}:{self.code})"


def describe(item: Item) -> str:
    """A claim's statement, or an observation's series, place, period and value."""
    if isinstance(item, Claim):
        return item.statement
    names = (item.indicator.title, item.region.name, item.period, item.qualified_value)
    return " · ".join(name for name in names if name)


def admin_url(item: Item) -> str:
    """Where an editor changes it."""
    meta = item._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[item.pk])


def propose(
    numbers: Iterable[Quantity], expected: Iterable[Code] = ()
) -> dict[Quantity, list[Proposal]]:
    """For each number what it could be bound to, best first, in at most two queries.

    First come `expected` codes (the other language binds them, the entry rests on
    them), then equal numbers before those that only round to it, then the published.
    """
    numbers = list(numbers)
    distinct = list({quantity.key: quantity for quantity in numbers}.values())
    if not distinct:
        return {}
    candidates = [*_observations(distinct[:MAX_NUMBERS])]
    candidates += _claims(distinct[:MAX_NUMBERS])
    expected = set(expected)
    return {
        quantity: _fitting(quantity, candidates, expected)[:MAX_PROPOSALS]
        for quantity in numbers
    }


def _observations(numbers):
    rows = Observation.objects.filter(
        _near(numbers, "unit", "value"), ~Q(code=""), value__isnull=False
    )
    for row in rows.with_labels().order_by("code"):
        yield "obs", row, [(row.value, row.unit)]


def _claims(numbers):
    condition = _near(numbers, "stated_unit", "stated_low")
    condition |= _near(numbers, "stated_unit", "stated_high")
    for claim in Claim.objects.filter(condition).order_by("code"):
        ends = [claim.stated_low, claim.stated_high]
        stated = [(end, claim.stated_unit) for end in ends if end is not None]
        yield "claim", claim, stated


def _fitting(quantity, candidates, expected):
    found = []
    for kind, item, values in candidates:
        fits = [_fit(quantity, value, unit, kind) for value, unit in values]
        if any(fits):
            is_expected = (kind, item.code) in expected
            found.append(Proposal(kind, item, "exact" in fits, is_expected))
    found.sort(key=lambda p: (not p.is_expected, not p.is_exact, p.is_draft))
    return found


def _fit(quantity, value, unit, kind):
    """ "exact", "rounded" or "" for a value against the number of a text."""
    if quantity.kind not in kinds_of_unit(unit):
        return ""
    if unit in MEASURES:
        value = value.scaleb(MEASURES[unit].exponent, MIDDLE)
    if value == quantity.value:
        return "exact"
    # What a claim states is a number in print: it has no further digits to round; nor
    # has a value more than six.
    if kind == "claim" or quantity.decimals is None or quantity.decimals > 6:
        return ""
    rounded = round_half_up(value, quantity.decimals)
    return "rounded" if rounded == quantity.value else ""


def _near(numbers, unit, field):
    """The condition that a value in its unit prints as one of the numbers."""
    ranges = defaultdict(Q)
    for quantity in numbers:
        for exponent, units in _units(quantity.kind).items():
            value = quantity.value.scaleb(-exponent, MIDDLE)
            decimals = quantity.decimals
            half = 0 if decimals is None else HALF.scaleb(-decimals - exponent, MIDDLE)
            if abs(value) + half >= _LARGEST:
                continue
            low = (value - half).quantize(_STEP, ROUND_FLOOR, MIDDLE)
            high = (value + half).quantize(_STEP, ROUND_CEILING, MIDDLE)
            ranges[tuple(units)] |= Q(**{f"{field}__range": (low, high)})
    # By units first: SQLite takes no condition that is a thousand levels deep.
    return functools.reduce(
        operator.or_,
        (Q(**{f"{unit}__in": units}) & any_of for units, any_of in ranges.items()),
        Q(pk__in=[]),
    )


def _units(kind):
    """The units a kind of number may have, by their power of ten; "" is no unit."""
    units = {}
    for unit, measure in MEASURES.items():
        if kind in kinds_of_unit(unit):
            units.setdefault(measure.exponent, []).append(unit.value)
    if kind in kinds_of_unit(""):
        units.setdefault(0, []).append("")
    return units
