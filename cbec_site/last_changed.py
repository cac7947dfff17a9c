"""When what a page shows last changed, as far as it is kept: `lastmod` of sitemaps.

Read from the same records as the changes since a citation (`citations.since`):
versions of a record and of its parts, its values, changes of verdicts, corrections.
A record that a page merely links to does not count as its own.
"""

from collections.abc import Callable
from functools import partial

from django.db import models
from django.db.models import F

from datasets.models import Figure, Indicator, Region, Source
from datasets.models.totals import VALUE_SHOWN, shown_values
from policies.models import Policy, PolicyEvent
from swot.models import (
    Analysis,
    Claim,
    Correction,
    Entry,
    Recommendation,
    VerdictChange,
)

from .base.newest import newest, newest_version
from .base.publishing import Publishable


def moments_of(model: type[models.Model]) -> list:
    """Expressions over rows of a model: moments at which its page changed, or None.

    The newest of them is the last change. Each is looked up by key for each row.
    """
    moments = [newest_version(model)]
    if issubclass(model, Publishable):
        moments.append(F("published_at"))
    return moments + _MORE.get(model, list)()


def _of_values(*links: str) -> list:
    """When values changed that are public, or were once."""
    return [newest(shown_values(), link, VALUE_SHOWN) for link in links]


def _of_series() -> list:
    """The same for all values of an indicator, a region or a source."""
    return [F("totals__changed_at")]


def _of_policy() -> list:
    return [
        newest_version(PolicyEvent, "policy"),
        *_of_corrections("policy"),
    ]


def _of_corrections(*links: str) -> list:
    published = Correction.objects.published()
    return [newest(published, link, "published_at") for link in links]


def _of_study(own: tuple[tuple[str, str], ...], claims: tuple[str, ...]) -> list:
    """`own` are the paths to a part of the study from a value and from a correction,
    `claims` those from a claim."""
    changes = VerdictChange.objects.published()
    values = [value for value, _ in own] + [f"claims{path}" for path in claims]
    corrections = [correction for _, correction in own]
    for path in claims:
        corrections += [f"claim{path}", f"claims{path}"]
    return [
        *_of_values(*values),
        *_of_corrections(*corrections),
        *(newest(changes, f"claim{path}", "changed_at") for path in claims),
    ]


def _of_analysis() -> list:
    """Also when entries and recommendations changed that are public, or were once."""
    own = tuple((f"{many}__analysis", f"{one}__analysis") for many, one in PARTS)
    versions = [
        model.history.model.objects.filter(published_at__isnull=False)
        for model in (Entry, Recommendation)
    ]
    return [
        *_of_study(own, tuple(f"__{value}" for value, _ in own)),
        *_of_values("points__figure__analysis_links__analysis"),
        *(newest(rows, "analysis", "history_date") for rows in versions),
    ]


# What one is called from a value and from a correction.
PARTS = ENTRY, ADVICE = (("entries", "entry"), ("recommendations", "recommendation"))
_MORE: dict[type[models.Model], Callable[[], list]] = {
    Indicator: _of_series,
    Region: _of_series,
    Source: _of_series,
    Figure: partial(_of_values, "points__figure"),
    Policy: _of_policy,
    Claim: partial(_of_study, (), ("",)),
    Entry: partial(_of_study, (ENTRY,), ("__entries",)),
    Recommendation: partial(_of_study, (ADVICE,), ("__recommendations",)),
    Analysis: _of_analysis,
}
