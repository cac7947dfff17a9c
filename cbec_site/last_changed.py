"""When what a page shows last changed, as far as it is kept: `lastmod` of sitemaps.

Read from the same records as the changes since a citation (`citations.since`):
versions of a record and of its parts, its values, changes of verdicts, corrections.
A record that a page merely links to does not count as its own.
"""

from collections.abc import Callable
from functools import partial

from django.db import models
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce, Greatest

from datasets.models import Figure, Indicator, Observation, Region, Revision, Source
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

# An import may say that its values hold since an earlier day; nobody saw them before
# it was made.
VALUE_SHOWN = Greatest("valid_from", Coalesce("batch__created_at", "valid_from"))


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
    was_public = Revision.objects.filter(observation=OuterRef("pk"), is_published=True)
    shown = Observation.objects.published() | Observation.objects.filter(
        Exists(was_public)
    )
    return [newest(shown, link, VALUE_SHOWN) for link in links]


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
    Indicator: partial(_of_values, "indicator"),
    Region: partial(_of_values, "region"),
    Source: partial(_of_values, "source"),
    Figure: partial(_of_values, "points__figure"),
    Policy: _of_policy,
    Claim: partial(_of_study, (), ("",)),
    Entry: partial(_of_study, (ENTRY,), ("__entries",)),
    Recommendation: partial(_of_study, (ADVICE,), ("__recommendations",)),
    Analysis: _of_analysis,
}
