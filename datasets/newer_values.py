"""Newer values to show beside the points that a figure was made from.

What the study shows is never replaced: newer values are additional points, from one
edition of each series, and a table says if none is known.
"""

from dataclasses import dataclass
from operator import attrgetter
from typing import ClassVar

from django.db.models import Q
from django.utils.translation import gettext

from cbec_site.base.dates import period as period_words
from cbec_site.base.languages import sign

from .chart_cells import FigureTable
from .chart_series import every_of
from .chart_types import BATCH
from .models import FigureObservation, Observation
from .periods import has_base
from .versions import former_versions

# For all series of a figure together; a series in a figure has about a dozen values.
MOST_READ = 400


@dataclass(frozen=True)
class NewerPoint:
    """A newer value beside the points of a figure, arranged like one of them."""

    observation: Observation
    role: str = FigureObservation.Role.OFFICIAL
    is_newer: ClassVar[bool] = True


def newer_points(points) -> list[NewerPoint]:
    """For each series of these points the newer values of its newest editions.

    A series here is an indicator of a region in one kind of period. Its newest edition
    (source and vintage) is the one that ends last, and of several the longest; other
    editions of its source that end as late, such as a revision of the last years, stand
    beside it. If they end later than the points, their values since the figure's first
    period are used. Two queries, whatever the number of points.
    """
    seen = [point.observation for point in points if _is_level(point.observation)]
    shown = {one.pk for one in seen}
    newer = []
    for series, rows in _by_series(_candidates(seen)).items():
        own = [one for one in seen if _series(one) == series]
        newest = _newest_editions(rows)
        if newest[-1].period_end <= max(one.period_end for one in own):
            continue
        first = min(one.period_start for one in own)
        newer += [
            NewerPoint(row)
            for row in newest
            if row.pk not in shown and row.period_start >= first
        ]
    return newer


def _is_level(observation):
    """Whether it is a dated value of a series, not growth over a base year."""
    return (
        observation.period_start is not None
        and observation.value is not None
        and not has_base(observation.breakdown)
    )


def _series(observation):
    """What two values of one series of a figure have in common."""
    what = observation.indicator_id, observation.region_id
    if BATCH.match(observation.breakdown):
        # Batches are distinguished by number; their periods can be of any kind.
        return *what, "batch", ""
    return *what, observation.breakdown, every_of(observation.period)


def _candidates(seen):
    wanted = Q(pk__in=[])
    for indicator, region in {(one.indicator_id, one.region_id) for one in seen}:
        wanted |= Q(indicator=indicator, region=region)
    rows = (
        Observation.objects.published()
        .filter(wanted, value__isnull=False, period_start__isnull=False)
        .with_labels()
        .prefetch_related(former_versions())
        .order_by("-period_end", "-pk")[:MOST_READ]
    )
    series = {_series(one) for one in seen}
    return [row for row in rows if _series(row) in series]


def _by_series(rows):
    grouped = {}
    for row in rows:
        grouped.setdefault(_series(row), []).append(row)
    return grouped


def _newest_editions(rows):
    """The rows of the edition that ends last, and of others of its source that end as
    late; in order of period."""
    rows = sorted(rows, key=attrgetter("period_end"))
    editions = {}
    for row in rows:
        editions.setdefault((row.source_id, row.vintage), []).append(row)
    longest = max(editions.values(), key=lambda own: (own[-1].period_end, len(own)))
    source, end = longest[-1].source_id, longest[-1].period_end
    chosen = {
        edition
        for edition, own in editions.items()
        if edition[0] == source and own[-1].period_end == end
    }
    return [row for row in rows if (row.source_id, row.vintage) in chosen]


def newer_notes(table: FigureTable, points, newer) -> list[str]:
    """The notes of a table "to today": how recent each of its series is."""
    shown = {one.pk for one in table.observations}
    added = _last_of_each(one for one in _values(newer) if one.pk in shown)
    apart = _last_of_each(_values(newer))
    ended = _last_of_each(one for one in _values(points) if _is_level(one))
    words = {
        name: gettext("%(series)s: no value after %(period)s is known to this site.")
        for name in ended
    }
    words |= {
        name: gettext(
            "%(series)s: newer values to %(period)s are known, from %(source)s, "
            "but from another edition, which this figure cannot show."
        )
        for name in apart
    }
    words |= {
        name: gettext("%(series)s: newer values to %(period)s, from %(source)s.")
        for name in added
    }
    last = ended | apart | added
    return [_sentence(text, last[name]) for name, text in words.items()]


def _values(points):
    return [point.observation for point in points]


def _last_of_each(observations):
    """The last value of each indicator and region, by name."""
    ordered = sorted(observations, key=attrgetter("period_end"))
    return {(one.region.name, one.indicator.title): one for one in ordered}


def _sentence(words, observation):
    """The sentence for a series, with the notes on its last value."""
    told = words % {
        "series": f"{observation.region.name}{sign(', ')}{observation.indicator.title}",
        "period": period_words(observation.period),
        "source": observation.source.title,
    }
    if not observation.note:
        return told
    end = sign(". ").strip()
    return f"{told.removesuffix(end)}{sign('; ')}{observation.note}{end}"
