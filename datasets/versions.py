"""Observations as they stood at an earlier moment."""

import datetime
from functools import partial

from django.db.models import F, FilteredRelation, Q
from django.utils import timezone

from .models import Revision

VERSIONED = [name for name in Revision.KEPT if name != "is_published"]
VERSIONED.append("valid_from")
FORMER = [f"former_{name}" for name in ("pk", *VERSIONED)]


def parse_moment(text):
    """A day (its end, where the site is at home) or an ISO 8601 time with its zone.

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
    # PostgreSQL knows no zone as far from Greenwich as Python does.
    return moment.astimezone(datetime.UTC)


def as_of(queryset, moment, statuses=()):
    """Observations published at `moment` and still public, with what they said then.

    A former version is added as `former_...`, for `restored` to put in place; both take
    no further query. `statuses` narrows by the status of that time.
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
    """The row (a dict or an observation) with the values of its former version."""
    if isinstance(row, dict):
        get, put = row.get, row.__setitem__
    else:
        get, put = partial(getattr, row), partial(setattr, row)
    if get("former_pk") is not None:
        for name in VERSIONED:
            put(name, get(f"former_{name}"))
    return row
