"""Pages that say what changed since they were cited.

A citation has the address of its page with `?cited=` and the version of the data, so
that a reader who follows it later learns which values were different then.
"""

from copy import copy
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import BadRequest
from django.db.models import F, Q
from django.utils import timezone

from .models import Observation, Revision
from .versions import VERSIONED, parse_moment

CITED = "cited"
VALUES_SHOWN = 20


class CitedMixin:
    """A page of one thing that may be asked what changed; see `cited_moment`.

    The view has `CITED` among its `parameters`.
    """

    def get_context_data(self, **kwargs):
        moment = cited_moment(self.request.GET)
        return super().get_context_data(**kwargs) | {"cited_moment": moment}


def cited_address(address: str, version: datetime | None) -> str:
    """The address as citations have it; bare where the version is not known."""
    return f"{address}?{CITED}={version:%Y-%m-%dT%H:%M:%SZ}" if version else address


def cited_moment(asked) -> datetime | None:
    """The moment of citing that an address names: its last microsecond; or None.

    A day means its end in the site's time zone. Raises BadRequest for anything that is
    neither a day nor a moment, and for future days.
    """
    # Punctuation that ends the sentence around an address is not part of it.
    text = asked.get(CITED, "").strip().rstrip(".,;)]>。，；）")
    if not text:
        return None
    try:
        moment = parse_moment(text)
    except ValueError as error:
        raise BadRequest("cited is no day and no moment.") from error
    if timezone.localdate(moment) > timezone.localdate():
        raise BadRequest("cited is still to come.")
    # Versions are precise to the second.
    return moment if moment.microsecond else moment.replace(microsecond=999_999)


@dataclass(frozen=True)
class ChangedValue:
    """A value as it stood at a moment, and as it stands now."""

    before: Observation
    now: Observation


@dataclass(frozen=True)
class ValueChanges:
    """How some values differ from what readers saw at a moment.

    `changed` are the newest of the `changed_count`; `added` is how many had no public
    value then, `withdrawn` how many have none now.
    """

    changed: list[ChangedValue]
    changed_count: int
    added: int
    withdrawn: int

    @property
    def more(self) -> int:
        return self.changed_count - len(self.changed)

    def __bool__(self):
        return bool(self.changed_count or self.added or self.withdrawn)


def value_changes(values, moment) -> ValueChanges:
    """How these observations (drafts among them) differ from what readers saw then.

    Of drafts it says only that a value was public and no longer is. Four
    queries.
    """
    then = _seen_at(moment).filter(observation__in=values)
    public = values.filter(pk__in=Observation.objects.published())
    changed = (
        then.filter(_says_otherwise(), observation__in=public)
        .select_related("observation__indicator", "observation__region")
        .order_by("-observation__valid_from", "observation")
    )
    seen = _seen_at(moment).order_by().values("observation")
    return ValueChanges(
        changed=[
            ChangedValue(_stood(version), version.observation)
            for version in changed[:VALUES_SHOWN]
        ],
        changed_count=changed.count(),
        added=public.filter(_began_after(moment)).exclude(pk__in=seen).count(),
        withdrawn=then.exclude(observation__in=public).count(),
    )


def _seen_at(moment):
    """The former versions that readers saw at a moment.

    An import may say that its values hold since an earlier day; nobody saw them before
    it was made.
    """
    return Revision.objects.filter(
        Q(valid_to__gt=moment) | Q(replaced_by__created_at__gt=moment),
        Q(batch=None) | Q(batch__created_at__lte=moment),
        valid_from__lte=moment,
        is_published=True,
    )


def _began_after(moment):
    return Q(valid_from__gt=moment) | Q(batch__created_at__gt=moment)


def _says_otherwise():
    """The condition that a version has another value, unit, status or qualifier."""
    now = {name: F(f"observation__{name}") for name in ("unit", "status", "qualifier")}
    differs = Q(value__lt=F("observation__value"))
    differs |= Q(value__gt=F("observation__value"))
    for name, value in now.items():
        differs |= ~Q(**{name: value})
    return differs


def _stood(version):
    """The observation as the version has it; in memory alone."""
    before = copy(version.observation)
    for name in VERSIONED:
        setattr(before, name, getattr(version, name))
    return before
