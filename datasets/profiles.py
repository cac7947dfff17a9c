"""The head of a region's page, made entirely from its values."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cbec_site.base.dates import period as period_words
from cbec_site.base.languages import sign

from .chart_cells import FigureTable
from .chart_choice import Every
from .chart_measures import AMOUNTS
from .chart_series import best_of_each, drawable, points_of, series_of
from .charts import series_table
from .models import Indicator, Observation, Region, Source
from .units import MEASURES

# What several regions of a kind are called.
KINDS = {
    Region.Kind.COUNTRY: _("countries and territories"),
    Region.Kind.PROVINCE: _("province-level regions"),
    Region.Kind.CITY: _("cities and prefectures"),
    Region.Kind.DISTRICT: _("districts and counties"),
    Region.Kind.AREA: _("areas"),
}
# How many series of a region are drawn, the longest first.
SERIES_DRAWN = 3
# How many values of other regions a rank is determined among.
MOST_READ = 2_000
# What is read of each: what the rank depends on, and what its words show.
COMPARED = (
    "pk",
    "indicator_id",
    "region_id",
    "period",
    "value",
    "unit",
    "decimals",
    "status",
    "qualifier",
)


@dataclass(frozen=True)
class Completeness:
    """How many public values there are, and for which time."""

    values: int
    indicators: int
    regions: int
    periods: int
    first: int | None
    last: int | None

    def __str__(self):
        """The counts in words; a count of one is left out."""
        parts = [ngettext("%d value", "%d values", self.values) % self.values]
        if self.indicators > 1:
            words = ngettext("%d indicator", "%d indicators", self.indicators)
            parts.append(words % self.indicators)
        if self.regions > 1:
            words = ngettext("%d region", "%d regions", self.regions)
            parts.append(words % self.regions)
        if self.periods > 1:
            words = ngettext("%d period", "%d periods", self.periods)
            parts.append(words % self.periods)
        if self.first:
            years = {
                name: period_words(str(getattr(self, name)))
                for name in ("first", "last")
            }
            is_one = self.first == self.last
            words = "%(first)s" if is_one else gettext("%(first)s to %(last)s")
            parts.append(words % years)
        return sign(", ").join(parts)


@dataclass(frozen=True)
class Rank:
    """The rank of a region's newest value among regions of its kind, from the top."""

    observation: Observation
    kind: str
    place: int
    count: int

    def __str__(self):
        return self._words() % {
            "indicator": self.observation.indicator.title,
            "value": self.observation.qualified_value,
            "period": period_words(self.observation.period),
            "place": self.place,
            "count": self.count,
            "kinds": KINDS[self.kind],
        }

    def _words(self):
        """The sentence before it is filled in; both ends are named by name."""
        if self.place == 1:
            return gettext(
                "%(indicator)s: %(value)s in %(period)s, the highest of the %(count)d "
                "%(kinds)s with a value here."
            )
        if self.place == self.count:
            return gettext(
                "%(indicator)s: %(value)s in %(period)s, the lowest of the %(count)d "
                "%(kinds)s with a value here."
            )
        return gettext(
            "%(indicator)s: %(value)s in %(period)s, number %(place)d of the "
            "%(count)d %(kinds)s with a value here, the highest first."
        )


@dataclass(frozen=True)
class RegionProfile:
    table: FigureTable | None
    ranks: list[Rank]


def completeness(thing: Indicator | Region | Source) -> Completeness:
    """The counts for the published values of an indicator, a region or a source; one
    query."""
    counts = thing.totals_now
    if not counts:
        return Completeness(0, 0, 0, 0, None, None)
    first, last = counts["first"], counts["last"]
    return Completeness(
        values=counts["observation_count"],
        indicators=counts["indicator_count"],
        regions=counts["region_count"],
        periods=counts["dated_period_count"],
        first=first and first.year,
        last=last and last.year,
    )


def region_profile(region: Region) -> RegionProfile:
    """The region's longest series of yearly amounts, and its rank in them.

    Five queries at most, whatever the number of values; ranks are of the newest values.
    """
    amounts = Observation.objects.published().filter(indicator__kind__in=AMOUNTS)
    series = series_of(amounts.filter(region=region, breakdown=""))
    years = [one for one in series if one["every"] == Every.YEAR]
    drawn = [one for one in best_of_each(years) if one["count"] > 1][:SERIES_DRAWN]
    points = points_of(drawn)
    indicators = [one["indicator_id"] for one in drawn]
    known = {point.indicator_id: point.indicator for point in points}
    table, ranks = _table(points), _ranks(region, indicators, known)
    if table and (note := _not_drawn(drawn, ranks)):
        table.notes.append(note)
    return RegionProfile(table, ranks)


def _table(points: list[Observation]) -> FigureTable | None:
    if not points:
        return None
    table = series_table(points)
    for column in table.columns:
        column.title = column.indicator
    return table


def _not_drawn(drawn: list[dict], ranks: list[Rank]) -> str:
    """A sentence about values with a rank that are newer than their series; or ""."""
    last = {one["indicator_id"]: one["last"] for one in drawn}
    values = [
        gettext("%(indicator)s (%(period)s)")
        % {
            "indicator": rank.observation.indicator.title,
            "period": period_words(rank.observation.period),
        }
        for rank in ranks
        if rank.observation.period > str(last[rank.observation.indicator_id].year)
    ]
    if not values:
        return ""
    return gettext(
        "Not drawn, since they belong to another edition than the bars: %(values)s."
    ) % {"values": sign("; ").join(values)}


def _ranks(
    region: Region, indicators: list[int], known: dict[int, Indicator]
) -> list[Rank]:
    """The rank of each indicator's newest yearly value, from any edition.

    `known` are indicators that need not be read once more for each value. Thousands of
    values are compared, and made into objects only where they are shown.
    """
    rows = (
        drawable(Observation.objects.published())
        .filter(indicator__in=indicators, breakdown="", every=Every.YEAR)
        .filter(region__kind=region.kind, region__parent=region.parent)
        .order_by("-period_start", "-pk")
        .values_list(*COMPARED, named=True)[:MOST_READ]
    )
    values, ranks = list(rows) if indicators else [], []
    for indicator in indicators:
        same = [row for row in values if row.indicator_id == indicator]
        own = next((row for row in same if row.region_id == region.pk), None)
        if own is None:
            continue
        rank = rank_of(region.pk, (row for row in same if row.period == own.period))
        if rank:
            shown = Observation(**own._asdict())
            if indicator in known:
                shown.indicator = known[indicator]
            ranks.append(Rank(shown, region.kind, *rank))
    return ranks


def rank_of(region: int, rows: Iterable) -> tuple[int, int] | None:
    """(rank from the top, number of regions) of a region among values for one period.

    The values are observations, or rows with `region_id`, `value`, `unit` and
    `qualifier`.

    None if it is alone, or if editions or bounds leave the rank open: the values of one
    region may differ, but then must not overlap those of another.
    """
    spans: dict[int, tuple[Decimal, Decimal]] = {}
    for row in rows:
        if row.qualifier in ("at_least", "just_under"):
            return None
        value = row.value.scaleb(MEASURES[row.unit].exponent)
        low, high = spans.get(row.region_id, (value, value))
        spans[row.region_id] = min(low, value), max(high, value)
    if region not in spans or len(spans) == 1:
        return None
    low, high = spans.pop(region)
    if any(
        other_low <= high and low <= other_high
        for other_low, other_high in spans.values()
    ):
        return None
    above = sum(other_low > high for other_low, _high in spans.values())
    return above + 1, len(spans) + 1
