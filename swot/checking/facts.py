"""The values a claim reads, free of the database, and how references find them."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from datasets.periods import period_bounds
from datasets.units import MEASURES

from .expressions import Reference
from .intervals import Estimate

MAX_VALUES = 500

# What is counted or ordered is exact: 132 zones are not 131.5 to 132.5.
EXACT_DIMENSIONS = {"COUNT", "ORDINAL", "RANK"}
_STEP = {"9999": 12, "9999-S9": 6, "9999-Q9": 3, "9999-99": 1}


@dataclass(frozen=True)
class Fact:
    """One observation as its source prints it; `names` label it per language."""

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
    def bounds(self) -> tuple[datetime.date, datetime.date] | None:
        """First and last day of the period; None when it is not dated."""
        return period_bounds(self.period) if self.period else None

    @property
    def estimate(self) -> Estimate:
        """The value in base units (yuan, items, fractions) as far as it is known."""
        if self.value is None:
            raise ValueError(f"{self.label('en')} has no value to estimate")
        measure = MEASURES[self.unit]
        if (
            measure.dimension in EXACT_DIMENSIONS
            and not measure.exponent
            and not self.decimals
        ):
            return Estimate.exact(self.value)
        return Estimate.printed(self.value, self.decimals).scaleb(exponent(self.unit))

    def label(self, language: str) -> str:
        """Region, indicator and period for readers, else the code."""
        name = dict(self.names).get(language) or dict(self.names).get("zh-hans")
        return f"{name} {self.period}".strip() if name else self.code or self.period


class NoResultError(Exception):
    """Why there is nothing to compare: a kind and what it is about."""

    def __init__(self, kind: str, about: str = ""):
        super().__init__(kind, about)
        self.kind = kind
        self.about = about


class Facts:
    """The prefetched values of some claims, found by code or by series."""

    def __init__(self, facts: Iterable[Fact]):
        self._by_code: dict[str, Fact] = {}
        self._by_series: dict[tuple[str, str], dict[object, Fact]] = defaultdict(dict)
        self._by_indicator: dict[tuple[str, str], dict[object, Fact]] = defaultdict(
            dict
        )
        for fact in facts:
            key = fact.pk if fact.pk is not None else fact
            if fact.code:
                self._by_code[fact.code] = fact
            self._by_series[fact.indicator, fact.region][key] = fact
            self._by_indicator[fact.indicator, fact.period][key] = fact

    def resolve(self, reference: Reference) -> list[Fact]:
        """The facts a reference stands for; NoResultError when they are not all there.

        value and latest give one fact, range and across several, in order.
        """
        if reference.code:
            fact = self._by_code.get(reference.code)
            if fact is None:
                raise NoResultError("missing", reference.code)
            return [fact]
        return getattr(self, f"_{reference.op}")(reference)

    def newest(self, fact: Fact) -> Fact:
        """The newest published value of the same series and kind of period."""
        like = [
            other
            for other in self._by_series[fact.indicator, fact.region].values()
            if other.series == fact.series
            and other.value is not None
            and other.is_published
            and shape(other.period) == shape(fact.period)
        ]
        return max([fact, *like], key=lambda other: other.period)

    def shifted(self, fact: Fact, months: int) -> Fact:
        """The fact of the same series so many months later; NoResultError if none."""
        period = shift_period(fact.period, months)
        for other in self._by_series[fact.indicator, fact.region].values():
            if period and other.series == fact.series and other.period == period:
                return other
        raise NoResultError("missing", f"{fact.indicator} {fact.region} {period}")

    def _series(self, reference, region):
        return [
            fact
            for fact in self._by_series[reference.indicator, region].values()
            if _fits(reference, fact)
        ]

    def _value(self, reference):
        found = [
            fact
            for fact in self._series(reference, reference.region)
            if fact.period == reference.period
        ]
        return [_only(found, reference)]

    def _latest(self, reference):
        dated = [
            fact
            for fact in self._series(reference, reference.region)
            if fact.period and fact.value is not None
        ]
        if not dated:
            raise NoResultError("missing", describe(reference))
        last = max(fact.bounds[1] for fact in dated)
        ending = [fact for fact in dated if fact.bounds[1] == last]
        longest = min(fact.bounds[0] for fact in ending)
        found = [fact for fact in ending if fact.bounds[0] == longest]
        return [_only(found, reference)]

    def _range(self, reference):
        start = period_bounds(reference.start)[0]
        end = period_bounds(reference.end)[1]
        found = sorted(
            (
                fact
                for fact in self._series(reference, reference.region)
                if shape(fact.period) == shape(reference.start)
                and start <= fact.bounds[0]
                and fact.bounds[1] <= end
            ),
            key=lambda fact: fact.period,
        )
        periods = [fact.period for fact in found]
        if len(set(periods)) < len(periods):
            raise NoResultError("ambiguous", describe(reference))
        step = _STEP.get(shape(reference.start))
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        if not found or (step and len(found) != months // step):
            raise NoResultError("missing", describe(reference))
        return _bounded(found)

    def _across(self, reference):
        if reference.regions:
            return [
                self._value(replace(reference, op="value", region=region))[0]
                for region in reference.regions
            ]
        found = [
            fact
            for fact in self._by_indicator[
                reference.indicator, reference.period
            ].values()
            if _fits(reference, fact)
        ]
        if not found:
            raise NoResultError("missing", describe(reference))
        if len({fact.region for fact in found}) < len(found):
            raise NoResultError("ambiguous", describe(reference))
        return _bounded(sorted(found, key=lambda fact: fact.region))


def exponent(unit: str) -> int:
    """The power of ten of one `unit` in base units; percent are hundredths."""
    measure = MEASURES[unit]
    return -2 if measure.dimension == "PERCENT" else measure.exponent


def shape(period: str) -> str:
    """Which kind of period a text is: years compare with years only."""
    start, slash, length = period.partition("/")
    return re.sub(r"\d", "9", start) + slash + length


def shift_period(period: str, months: int) -> str:
    """A year, half, quarter or month so many months later; "" if that is no such."""
    step = _STEP.get(shape(period))
    if step is None or months % step:
        return ""
    year, part = int(period[:4]), period[5:].lstrip("SQ")
    index = year * (12 // step) + int(part or 1) - 1 + months // step
    year, number = divmod(index, 12 // step)
    mark = period[4:6] if period[5:6] in ("S", "Q") else "-"
    tail = {12: "", 1: f"-{number + 1:02d}"}.get(step, f"{mark}{number + 1}")
    return f"{year:04d}{tail}"


def describe(reference: Reference) -> str:
    """A reference in codes, for messages."""
    parts = (
        reference.indicator,
        reference.region,
        reference.period or "–".join(filter(None, (reference.start, reference.end))),
        reference.breakdown,
        reference.vintage,
    )
    return reference.code or " ".join(filter(None, parts))


def _fits(reference, fact):
    return (
        fact.breakdown == reference.breakdown
        and fact.vintage == reference.vintage
        and reference.source in (None, fact.source)
    )


def _only(found, reference):
    if not found:
        raise NoResultError("missing", describe(reference))
    if len(found) > 1:
        raise NoResultError("ambiguous", describe(reference))
    return found[0]


def _bounded(found):
    if len(found) > MAX_VALUES:
        raise NoResultError("too_many", str(MAX_VALUES))
    return found
