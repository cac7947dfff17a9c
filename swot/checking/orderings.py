"""Comparisons between observations: ranks, directions, the year of the highest."""

import itertools
from decimal import Decimal

from .dimensions import common, dimension_of
from .editions import FactSource
from .errors import NoResultError
from .facts import Fact
from .intervals import MIDDLE, Estimate
from .measures import exponent
from .periods import shape
from .regions import SPECIAL, is_within

Whole = tuple[int, int, int]


def estimate_of(ends: Whole) -> Estimate:
    """(value, low, high) in whole numbers as an estimate."""
    return Estimate(*map(Decimal, ends))


def extreme_year(facts: list[Fact], sign: int) -> tuple[Estimate, bool]:
    """The year of the highest value (sign -1: lowest), and whether several share it."""
    estimates = [_signed(fact, sign) for fact in facts]
    best = max(estimates, key=lambda estimate: estimate.value)
    years = [_year(fact) for fact in facts]
    pairs = list(zip(years, estimates, strict=True))
    first = [year for year, e in pairs if e.value == best.value]
    possible = [year for year, e in pairs if e.high >= best.low]
    ends = (first[0], min(possible), max(possible))
    return estimate_of(ends), len(set(first)) > 1


def direction(facts: list[Fact]) -> Estimate:
    """1 when every value exceeds the one before, -1 when each is less, else 0.

    One step that is certainly a fall rules out 1, however uncertain the others are.
    """
    if len(facts) < 2 or len({shape(fact.period) for fact in facts}) > 1:
        raise NoResultError("order")
    estimates = [f.estimate for f in sorted(facts, key=lambda f: f.period)]
    steps = list(itertools.pairwise(estimates))
    reversed_steps = [(b, a) for a, b in steps]
    rises, falls = _all_rise(steps), _all_rise(reversed_steps)
    value = rises[0] - falls[0]
    low = 1 if rises[1] else -1 if falls[2] else 0
    high = -1 if falls[1] else 1 if rises[2] else 0
    return estimate_of((value, low, high))


def _all_rise(steps: list[tuple[Estimate, Estimate]]) -> tuple[bool, bool, bool]:
    """Whether all steps rise: as printed, for certain, possibly."""
    return (
        all(b.value > a.value for a, b in steps),
        all(b.low >= a.high and b.value > a.value for a, b in steps),
        all(b.high > a.low for a, b in steps),
    )


def count(facts: list[Fact], node: dict) -> Estimate:
    """How many values there are, or pass a test against a printed number."""
    if "test" not in node:
        return estimate_of((len(facts),) * 3)
    than = Decimal(node["than"]).scaleb(exponent(facts[0].unit), MIDDLE)
    results = [_passes(fact.estimate, node["test"], than) for fact in facts]
    return estimate_of(tuple(sum(column) for column in zip(*results, strict=True)))


def place(facts: list[Fact], order: str) -> tuple[Estimate, bool]:
    """The rank of the first value among all, and whether another shares it.

    1 is the highest, for order asc the lowest. All are of regions of one level: a
    country does not compete with its provinces.
    """
    if len({fact.region_level for fact in facts}) > 1:
        raise NoResultError("levels")
    sign = -1 if order == "asc" else 1
    subject, *rest = facts
    own = _signed(subject, sign)
    others = [_signed(fact, sign) for fact in dict.fromkeys(rest) if fact != subject]
    ends = (
        1 + sum(other.value > own.value for other in others),
        1 + sum(other.low > own.high for other in others),
        1 + sum(other.high > own.low for other in others),
    )
    return estimate_of(ends), any(other.value == own.value for other in others)


def one_level(facts: list[Fact], level: str | None) -> list[Fact]:
    """The values of regions of one level; NoResultError when no level is named.

    `level` is that of the value whose rank is sought, None when there is none.
    """
    if level is not None:
        return [fact for fact in facts if fact.region_level == level]
    if len({fact.region_level for fact in facts}) > 1:
        raise NoResultError("levels")
    return facts


def demand_all(values: list[Fact], facts: FactSource, within: str) -> None:
    """NoResultError of kind incomplete unless every region of the level has a value.

    Nothing is required if `facts` does not know which regions exist.
    """
    if not values or not facts.levels:
        return
    level = values[0].region_level
    wanted = {
        code
        for code, other in facts.levels.items()
        if other == level and is_within(code, within) and not code.startswith(SPECIAL)
    }
    known = {fact.region for fact in values if fact.value is not None}
    if wanted - known:
        raise NoResultError("incomplete", f"{len(known)}/{len(wanted | known)}")


def demand_comparable(facts: list[Fact]) -> None:
    """NoResultError unless all values measure the same."""
    common([dimension_of(fact.unit) for fact in facts])


def _signed(fact: Fact, sign: int) -> Estimate:
    return fact.estimate if sign > 0 else -fact.estimate


def _year(fact: Fact) -> int:
    if fact.bounds is None:
        raise NoResultError("order")
    return fact.bounds[0].year


def _passes(estimate: Estimate, test: str, than: Decimal) -> tuple[bool, bool, bool]:
    """(passes, surely passes, may pass) as numbers."""
    if test == "more":
        return estimate.value > than, estimate.low > than, estimate.high > than
    if test == "less":
        return estimate.value < than, estimate.high < than, estimate.low < than
    is_sure = estimate.is_exact and estimate.value == than
    return estimate.value == than, is_sure, estimate.low <= than <= estimate.high
