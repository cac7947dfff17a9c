"""Acts and events of the study that are shown beside charts of its values."""

from django.db.models import Q

from cbec_site.base.dates import partial_date
from datasets.dependents import Dated
from datasets.periods import period_bounds
from policies.models import Policy

from .models import Entry, Event

# The most of each kind; the chart shows fewer.
MOST_READ = 40


def dated(indicators, regions, years):
    """Acts cited by the entries that use these values, and events in or around the
    regions.

    See `datasets.dependents.Dependent.dated`. Two queries.
    """
    events = (
        Event.objects.published()
        .filter(Q(region__in=regions) | Q(region__parent__in=regions) | Q(region=None))
        .filter(happened_on__year__range=years)
        .select_related("region")
    )
    entries = Entry.objects.published().filter(observations__indicator__in=indicators)
    acts = Policy.objects.published().filter(
        published_on__year__range=years, entries__in=entries.values("pk")
    )
    beside = [
        _dated(
            event.happened_text,
            event.title,
            event.region.get_absolute_url() if event.region else "",
        )
        for event in events[:MOST_READ]
    ]
    beside += [
        _dated(act.published_text, act.title, act.get_absolute_url())
        for act in acts.distinct().order_by("published_on")[:MOST_READ]
    ]
    return beside


def _dated(text, title, url):
    first, last = period_bounds(text)
    return Dated(first, last, partial_date(text), title, url)
