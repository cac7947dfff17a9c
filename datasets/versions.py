"""Observations as they stood at an earlier moment."""

import datetime
from functools import partial

from django.db.models import Exists, F, FilteredRelation, OuterRef, Prefetch, Q
from django.utils import timezone

from .models import Revision

VERSIONED = [name for name in Revision.KEPT if name != "is_published"]
VERSIONED.append("valid_from")
FORMER = [f"former_{name}" for name in ("pk", *VERSIONED)]


def parse_moment(text):
    """Parse a day (its end in the site's time zone) or an ISO 8601 time with its zone.

    Raises ValueError for anything else.
    """
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        moment = datetime.datetime.fromisoformat(text)
    else:
        zone = timezone.get_default_timezone()
        moment = datetime.datetime.combine(day, datetime.time.max, zone)
    if moment.tzinfo is None or not 1900 <= moment.year <= 2200:
        raise ValueError(text)
    # PostgreSQL accepts smaller offsets from UTC than Python does.
    return moment.astimezone(datetime.UTC)


def as_of(queryset, moment, statuses=()):
    """Observations published at `moment` and still public, as they were then.

    A former version is annotated as `former_...`, which `restored` applies; neither
    makes a further query. `statuses` filters by the status at that time.
    """
    is_then = Q(revisions__valid_from__lte=moment, revisions__valid_to__gt=moment)
    versions = {name: F(name.replace("_", "__", 1)) for name in FORMER}
    is_current, is_former = Q(valid_from__lte=moment), Q(former__is_published=True)
    if statuses:
        is_current &= Q(status__in=statuses)
        is_former &= Q(former__status__in=statuses)
    return queryset.annotate(
        former=FilteredRelation("revisions", condition=is_then), **versions
    ).filter(is_current | is_former)


def restored(row):
    """The row (a dict or an observation) with the values of its former version
    applied."""
    if isinstance(row, dict):
        get, put = row.get, row.__setitem__
    else:
        get, put = partial(getattr, row), partial(setattr, row)
    if get("former_pk") is not None:
        for name in VERSIONED:
            put(name, get(f"former_{name}"))
    return row


def moment_text(moment) -> str:
    """A moment for addresses: UTC, to the microsecond, as `parse_moment` reads it."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def former_versions(
    moment: datetime.datetime | None = None, path: str = "revisions"
) -> Prefetch:
    """What `first_value` and `rewind` need of observations; one query.

    Of each value at most two versions are read, the first that was public and the one
    of `moment`, however often it has been revised. `path` leads to the versions.
    """
    was_public = Q(is_published=True, value__isnull=False)
    earlier = Revision.objects.filter(
        was_public,
        observation=OuterRef("observation"),
        valid_from__lt=OuterRef("valid_from"),
    )
    needed = was_public & ~Exists(earlier)
    if moment:
        needed |= Q(valid_from__lte=moment, valid_to__gt=moment)
    versions = Revision.objects.filter(needed)
    return Prefetch(path, queryset=versions, to_attr="former_versions")


def with_value_at(moment) -> Q:
    """Observations whose value was public at `moment`, whatever it is now."""
    then = Revision.objects.valid_at(moment).filter(
        observation=OuterRef("pk"), is_published=True, value__isnull=False
    )
    return Q(valid_from__lte=moment, value__isnull=False) | Exists(then)


def rewind(observation, moment) -> bool:
    """Set an observation to its state at `moment`; False if it was not published then.

    In memory only, without a query. Needs `former_versions` of that moment.
    """
    if observation.valid_from > moment:
        then = [
            version
            for version in observation.former_versions
            if version.valid_from <= moment < version.valid_to and version.is_published
        ]
        if not then:
            return False
        for name in VERSIONED:
            setattr(observation, name, getattr(then[0], name))
    return observation.value is not None
