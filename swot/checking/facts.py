"""The values a claim reads, free of the database, and how references find them."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from datasets.periods import period_bounds

from .editions import edition_of
from .errors import NoResultError
from .expressions import Reference, describe
from .intervals import INFINITY, MIDDLE, NEARLY_SHARE, Estimate
from .measures import exponent, measure_of
from .periods import STEPS, Bounds, bounds_of, shape, shift_period
from .regions import is_within, level_of_code

MAX_VALUES = 500

# What is counted or ordered is exact: 132 zones are not 131.5 to 132.5.
EXACT_DIMENSIONS = {"COUNT", "ORDINAL", "RANK"}
AT_LEAST, JUST_UNDER = "at_least", "just_under"
# The SDMX status of a value that cannot be compared with those before it.
BREAK = "B"


Place = TypeVar("Place", bound=Hashable)
# Facts by place, and there by what tells them apart.
_Found = defaultdict[Place, dict[object, "Fact"]]
_EVER = datetime.datetime.min.replace(tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Fact:
    """One observation as printed by its source; `names` is its label by language.

    `kind` is that of its indicator (flow, level, rate, share, count), `level` that of
    its region (country, province, city …); "" where neither is known. `former` are its
    earlier versions, each valid from one moment until another.
    """

    pk: int | None
    code: str
    indicator: str
    region: str
    period: str
    value: Decimal | None
    unit: str
    decimals: int
    breakdown: str = ""
    source: str = ""
    vintage: str = ""
    status: str = "A"
    qualifier: str = ""
    is_published: bool = True
    names: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    level: str = ""
    valid_from: datetime.datetime | None = None
    former: tuple["Fact", ...] = ()

    @property
    def key(self) -> object:
        """What distinguishes this observation from others."""
        return self.pk if self.pk is not None else self

    @property
    def region_level(self) -> str:
        """The level of the region, read from its code if not known otherwise."""
        return self.level or level_of_code(self.region)

    @property
    def is_bound(self) -> bool:
        """Whether the source gives only a bound: more than 2000, just under 90."""
        return self.qualifier in (AT_LEAST, JUST_UNDER)

    @property
    def series(self) -> tuple[str, ...]:
        return (
            self.indicator,
            self.region,
            self.breakdown,
            self.source,
            self.vintage,
        )

    @property
    def bounds(self) -> Bounds | None:
        """First and last day of the period; None when it is not dated."""
        return bounds_of(self.period) if self.period else None

    @property
    def estimate(self) -> Estimate:
        """The value in base units (yuan, items, fractions) as far as it is known.

        "More than 2000" has no upper end; "just under 90" has the interval of "nearly
        90".
        """
        if self.value is None:
            raise ValueError(f"{self.label('en')} has no value to estimate")
        measure = measure_of(self.unit)
        if self.is_bound:
            return self._bounded_estimate(self.value).scaleb(exponent(self.unit))
        if (
            measure.dimension in EXACT_DIMENSIONS
            and not measure.exponent
            and not self.decimals
        ):
            return Estimate.exact(self.value)
        return Estimate.printed(self.value, self.decimals).scaleb(exponent(self.unit))

    def _bounded_estimate(self, value: Decimal) -> Estimate:
        if self.qualifier == AT_LEAST:
            return Estimate(value, value, INFINITY)
        low = -INFINITY
        if value > 0:
            low = MIDDLE.multiply(value, NEARLY_SHARE)
        return Estimate(value, low, value)

    def at(self, moment: datetime.datetime) -> "Fact | None":
        """The version that was valid at a moment; None when there was none yet."""
        versions = [
            version
            for version in (self, *self.former)
            if version.valid_from is None or version.valid_from <= moment
        ]
        if not versions:
            return None
        return max(versions, key=lambda v: v.valid_from or _EVER)

    def label(self, language: str) -> str:
        """Region, indicator and period for readers, else the code."""
        name = dict(self.names).get(language) or dict(self.names).get("zh-hans")
        return f"{name} {self.period}".strip() if name else self.code or self.period


class Facts:
    """The prefetched values of some claims, found by code or by series.

    `levels` is the level of every region by code: a comparison across all regions is
    complete if each region of one level has a value. Without it, only the regions of
    the facts are taken to exist.
    """

    def __init__(self, facts: Iterable[Fact], levels: Mapping[str, str] | None = None):
        self.levels: Mapping[str, str] = levels or {}
        self._all = list(facts)

    # Each is built when it is first asked for: many facts are found in one way only.

    @cached_property
    def _by_code(self) -> dict[str, Fact]:
        return {fact.code: fact for fact in self._all if fact.code}

    @cached_property
    def _by_series(self) -> "_Found[tuple[str, str]]":
        return _grouped(self._all, lambda fact: (fact.indicator, fact.region))

    @cached_property
    def _by_indicator(self) -> "_Found[tuple[str, str]]":
        return _grouped(self._all, lambda fact: (fact.indicator, fact.period))

    @cached_property
    def _by_period(self) -> "_Found[tuple[str, str, str]]":
        return _grouped(self._all, lambda f: (f.indicator, f.region, f.period))

    @cached_property
    def _breaks(self) -> dict[tuple[str, ...], list[Fact]]:
        breaks: dict[tuple[str, ...], list[Fact]] = {}
        for fact in self._all:
            if fact.status == BREAK:
                breaks.setdefault(fact.series, []).append(fact)
        return breaks

    def resolve(self, reference: Reference) -> list[Fact]:
        """The facts a reference stands for; NoResultError if some are missing.

        value and latest give one fact, range and across several, in order.
        """
        if reference.code:
            fact = self._by_code.get(reference.code)
            if fact is None:
                raise NoResultError("missing", reference.code)
            return [fact]
        return getattr(self, f"_{reference.op}")(reference)

    def at(self, moment: datetime.datetime) -> "Facts":
        """The same facts as they stood at a moment."""
        versions = (fact.at(moment) for fact in self._all)
        return Facts((v for v in versions if v is not None), self.levels)

    def like(self, fact: Fact) -> list[Fact]:
        """The values of the same series, in no order."""
        same = self._by_series[fact.indicator, fact.region].values()
        return [other for other in same if other.series == fact.series]

    def breaks_within(self, facts: Iterable[Fact]) -> list[Fact]:
        """The published breaks between the oldest and the newest of these values.

        Those among the values themselves are left out.
        """
        if not self._breaks:
            return []
        spans: dict[tuple[str, ...], tuple[datetime.date, datetime.date]] = {}
        facts = list(facts)
        for fact in facts:
            if fact.series in self._breaks and (bounds := fact.bounds):
                start, end = spans.get(fact.series, bounds)
                spans[fact.series] = min(start, bounds[0]), max(end, bounds[1])
        known = {fact.key for fact in facts}
        return [
            fact
            for series, (start, end) in spans.items()
            for fact in self._breaks[series]
            if fact.is_published
            and fact.key not in known
            and (bounds := fact.bounds)
            and start < bounds[0] <= end
        ]

    def later_editions(self, fact: Fact) -> list[Fact]:
        """The same value in vintages later than this one."""
        same = self._by_series[fact.indicator, fact.region].values()
        return [
            other
            for other in same
            if (other.period, other.breakdown) == (fact.period, fact.breakdown)
            and other.value is not None
            and other.is_published
            and edition_of(other) > edition_of(fact)
        ]

    def newest(self, fact: Fact) -> Fact:
        """The newest published value of the same series and kind of period."""
        like = [
            other
            for other in self.like(fact)
            if other.value is not None
            and other.is_published
            and shape(other.period) == shape(fact.period)
        ]
        return max([fact, *like], key=lambda other: other.period)

    def shifted(self, fact: Fact, months: int) -> Fact:
        """The fact of the same series so many months later; NoResultError if none."""
        period = shift_period(fact.period, months)
        for other in self.like(fact):
            if period and other.period == period:
                return other
        raise NoResultError("missing", f"{fact.indicator} {fact.region} {period}")

    def _series(self, reference: Reference, region: str) -> list[Fact]:
        return [
            fact
            for fact in self._by_series[reference.indicator, region].values()
            if _fits(reference, fact)
        ]

    def _value(self, reference: Reference) -> list[Fact]:
        place = reference.indicator, reference.region, reference.period
        same = self._by_period[place].values()
        return [_only([fact for fact in same if _fits(reference, fact)], reference)]

    def _latest(self, reference: Reference) -> list[Fact]:
        dated = [
            (bounds, fact)
            for fact in self._series(reference, reference.region)
            if fact.value is not None and (bounds := fact.bounds)
        ]
        if not dated:
            raise NoResultError("missing", describe(reference))
        last = max(end for (_, end), _ in dated)
        first = min(start for (start, end), _ in dated if end == last)
        latest = [fact for bounds, fact in dated if bounds == (first, last)]
        return [_only(latest, reference)]

    def _range(self, reference: Reference) -> list[Fact]:
        start = period_bounds(reference.start)[0]
        end = period_bounds(reference.end)[1]
        facts = sorted(
            (
                fact
                for fact in self._series(reference, reference.region)
                if fact.bounds
                and shape(fact.period) == shape(reference.start)
                and start <= fact.bounds[0]
                and fact.bounds[1] <= end
            ),
            key=lambda fact: fact.period,
        )
        periods = [fact.period for fact in facts]
        if len(set(periods)) < len(periods):
            raise NoResultError("ambiguous", describe(reference))
        step = STEPS.get(shape(reference.start))
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        if not facts or (step and len(facts) != months // step):
            raise NoResultError("missing", describe(reference))
        return _bounded(facts)

    def _across(self, reference: Reference) -> list[Fact]:
        if reference.regions:
            return [
                self._value(replace(reference, op="value", region=region))[0]
                for region in reference.regions
            ]
        facts = [
            fact
            for fact in self._by_indicator[
                reference.indicator, reference.period
            ].values()
            if _fits(reference, fact) and is_within(fact.region, reference.within)
        ]
        if not facts:
            raise NoResultError("missing", describe(reference))
        if len({fact.region for fact in facts}) < len(facts):
            raise NoResultError("ambiguous", describe(reference))
        return _bounded(sorted(facts, key=lambda fact: fact.region))


def _grouped(facts: list[Fact], place: "Callable[[Fact], Place]") -> "_Found[Place]":
    """The facts by place, each once."""
    grouped: _Found[Place] = defaultdict(dict)
    for fact in facts:
        grouped[place(fact)][fact.key] = fact
    return grouped


def _fits(reference: Reference, fact: Fact) -> bool:
    return (
        fact.breakdown == reference.breakdown
        and fact.vintage == reference.vintage
        and reference.source in (None, fact.source)
    )


def _only(facts: list[Fact], reference: Reference) -> Fact:
    if not facts:
        raise NoResultError("missing", describe(reference))
    if len(facts) > 1:
        raise NoResultError("ambiguous", describe(reference))
    return facts[0]


def _bounded(facts: list[Fact]) -> list[Fact]:
    if len(facts) > MAX_VALUES:
        raise NoResultError("too_many", str(MAX_VALUES))
    return facts
