"""Chooses which stored series a chart shows, before any value is read."""

from collections import Counter

from django.db.models import Case, CharField, Count, Max, Min, Q, Value, When
from django.db.models.functions import Length

from cbec_site.base.languages import reading_order
from cbec_site.base.limits import CHOICES_OFFERED

from .chart_choice import MOST_TOGETHER, Choice, Every
from .chart_measures import AMOUNTS, Measure
from .models import Observation
from .versions import former_versions, rewind, with_value_at

SERIES_SHOWN, POINTS_SHOWN = 4, 400
# The most series in one query; the page of an indicator with more shows the longest.
SERIES_READ = 2_000
IDENTITY = ("indicator_id", "region_id", "breakdown", "source_id", "vintage", "every")

# The kind of a period as a database expression; `every_of` does the same in Python.
_EVERY = Case(
    When(length=4, then=Value(Every.YEAR.value)),
    When(Q(length=7, period__contains="-S"), then=Value(Every.HALF.value)),
    When(Q(length=7, period__contains="-Q"), then=Value(Every.QUARTER.value)),
    When(length=7, then=Value(Every.MONTH.value)),
    default=Value(Every.OTHER.value),
    output_field=CharField(),
)


def every_of(period: str) -> Every:
    """The kind of a period: a year, a half, a quarter, a month or another span."""
    if len(period) == 7:
        kinds = {"-S": Every.HALF, "-Q": Every.QUARTER}
        return kinds.get(period[4:6], Every.MONTH)
    return Every.YEAR if len(period) == 4 else Every.OTHER


def drawable(observations, moment=None):
    """The observations that have a place on a chart, each with its kind of period.

    With a moment, those that had one then.
    """
    has_value = with_value_at(moment) if moment else Q(value__isnull=False)
    return observations.filter(has_value, period_start__isnull=False).annotate(
        length=Length("period"), every=_EVERY
    )


def series_of(observations, moment=None) -> list[dict]:
    """The series of these observations, the longest first; one query.

    With a moment, as they were then.

    Each with its identity, the code and name of its region, that region's `parent_id`,
    its number of values (`count`) and the days of its `first` and `last`.
    """
    names = [f"region__name_{language.column}" for language in reading_order()]
    rows = list(
        drawable(observations, moment)
        .values(*IDENTITY, "region__code", "region__parent_id", *names)
        .annotate(count=Count("pk"), first=Min("period_start"), last=Max("period_end"))
        .order_by("-count", "region__code", "breakdown", "source_id", "vintage")
    )[:SERIES_READ]
    for series in rows:
        series["region_name"] = next(filter(None, (series[name] for name in names)), "")
    return rows


def offered_regions(series, asked=()):
    """(code, name) of the regions of these series, those with most values first.

    Beyond a limit only those that are asked for.
    """
    named = {one["region__code"]: one["region_name"] for one in series}
    return [
        (code, name)
        for place, (code, name) in enumerate(named.items())
        if place < CHOICES_OFFERED or code in asked
    ]


def offered_years(series):
    """Every year from the first value to the last."""
    years = [day.year for one in series for day in (one["first"], one["last"]) if day]
    return list(range(min(years), max(years) + 1)) if years else []


def offered_periods(series):
    """The kinds of period, the one with most values first."""
    counts = Counter()
    for one in series:
        counts[one["every"]] += one["count"]
    order = list(Every.values)
    return sorted(counts, key=lambda kind: (-counts[kind], order.index(kind)))


def offered_measures(series, kinds):
    """The measures that make sense for indicators of these kinds and their regions."""
    if not any(kind in AMOUNTS for kind in kinds):
        return [Measure.ABSOLUTE]
    regions = {one["region_id"] for one in series}
    has_whole = any(one["region__parent_id"] in regions for one in series)
    share = [Measure.SHARE] if has_whole else []
    return [Measure.ABSOLUTE, Measure.INDEX, *share, Measure.CHANGE]


def chosen_series(series, choice: Choice):
    """The series of an indicator that are to be shown.

    Initially the four longest with at least two values; for chosen regions every
    edition, at most four each; as an index, share or change the longest of each region.
    """
    if not series:
        return []
    every = choice.every or offered_periods(series)[0]
    series = [one for one in series if one["every"] == every]
    chosen = [one for one in series if one["region__code"] in choice.regions]
    if choice.measure != Measure.ABSOLUTE:
        best = best_of_each(chosen or series)[:MOST_TOGETHER]
        return [*best, *_wholes(series, best)] if _is_share(choice) else best
    if not choice.regions:
        long = [one for one in series if one["count"] > 1]
        return (long or (series if choice.every else []))[:SERIES_SHOWN]
    return [
        one
        for code in choice.regions
        for one in [part for part in chosen if part["region__code"] == code][
            :MOST_TOGETHER
        ]
    ]


def series_left_out(series, shown, choice: Choice):
    """Those of the same kind of period and the chosen regions that are not shown.

    Of an index, share or change none is: it is one for each region by its nature.
    """
    if not shown or choice.measure != Measure.ABSOLUTE:
        return []
    return [
        one
        for one in series
        if one["every"] == shown[0]["every"]
        and one["region__code"] in (choice.regions or [one["region__code"]])
        and one not in shown
    ]


def best_of_each(series):
    """For each indicator and region its whole, longest and newest series."""
    best = {}
    for one in sorted(series, key=_rank, reverse=True):
        best.setdefault((one["indicator_id"], one["region_id"]), one)
    chosen = {id(one) for one in best.values()}
    return [one for one in series if id(one) in chosen]


def _rank(series):
    return series["breakdown"] == "", series["count"], series["last"]


def _is_share(choice):
    return choice.measure == Measure.SHARE


def _wholes(series, parts):
    """Every series of the parent regions, of which a share can be computed."""
    above = {one["region__parent_id"] for one in parts}
    return [one for one in series if one["region_id"] in above and one not in parts]


def points_of(series, moment=None):
    """The newest observations of these series; one query, and one for former versions.

    With a moment, as they stood then.
    """
    wanted = Q(pk__in=[])
    for one in series:
        wanted |= Q(**{name: one[name] for name in IDENTITY})
    points = drawable(Observation.objects.published(), moment).filter(wanted)
    points = points.with_labels().prefetch_related(former_versions(moment))
    points = points.order_by("-period_start", "-pk")
    newest = list(points[:POINTS_SHOWN])
    return [one for one in newest if rewind(one, moment)] if moment else newest
