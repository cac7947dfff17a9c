"""Whether an act is in force on a day, from what happened to it.

`force_on` decides it. `periods` tells the same of all days; lists ask rows made from it
(`policies.models.ForcePeriod`), so that lists, pages and programs agree.

Dates are intervals: a year covers all its days. A day within the interval of a
beginning or an end gets the answer "possibly". The first day of force is the earliest
date of taking effect. An act that expires is still in force on its last day; one that
is repealed or replaced is no longer in force on the day this happens. Where several
last days are known, the latest counts, since an extension moves it. A status that
somebody stated counts only for what the dates leave open: a stated end where no end is
dated, a stated force where no beginning is.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Force(TextChoices):
    """The answer to "was it in force on that day?"."""

    IN_FORCE = "in_force", _("In force")
    POSSIBLY = "possibly_in_force", _("Possibly in force")
    NOT_YET = "not_yet", _("Not yet in force")
    ENDED = "ended", _("No longer in force")
    UNKNOWN = "unknown", _("Unknown")


# Former values of a force in addresses and in the API.
FORMER_WORDS = {"expired": Force.ENDED.value}


class Kind(TextChoices):
    """What can happen to an act."""

    WRITTEN = "written", pgettext_lazy("event", "Written")
    PUBLISHED = "published", pgettext_lazy("event", "Published")
    EFFECTIVE = "effective", _("Took effect")
    AMENDED = "amended", _("Amended")
    EXTENDED = "extended", _("Extended")
    EXPIRED = "expired", _("Expired")
    REPEALED = "repealed", _("Repealed")
    REPLACED = "replaced", _("Replaced")
    STATED = "stated", _("Status stated")


class Stated(TextChoices):
    """A status as somebody says it, without a day on which it began."""

    IN_FORCE = "in_force", _("In force")
    EXPIRED = "expired", _("Expired")
    UNKNOWN = "unknown", _("Unknown")


ONE_DAY = datetime.timedelta(days=1)
# Ends on whose day the act is already out of force.
CUTS = (Kind.REPEALED, Kind.REPLACED)
# The order in which reasons are given where an act ended in several ways.
ENDS = (Kind.REPLACED, Kind.REPEALED, Kind.EXPIRED)


class Happening(Protocol):
    """What the rule reads of an event; `latest_on` is the last day on which it can have
    happened."""

    kind: str
    happened_on: datetime.date
    latest_on: datetime.date
    stated: str


@dataclass(frozen=True)
class Answer:
    """Whether an act is in force, and the event that decides it, where one does."""

    force: Force
    because: Happening | None = None

    @property
    def former_word(self):
        """The force in the three values that the API had before."""
        if self.force is Force.IN_FORCE:
            return Stated.IN_FORCE.value
        return (Stated.EXPIRED if self.force is Force.ENDED else Stated.UNKNOWN).value

    @property
    def label(self):
        """The force in words; for an end, with how it ended."""
        if self.force is not Force.ENDED or self.because is None:
            return self.force.label
        if self.because.kind == Kind.STATED:
            return Stated(self.because.stated).label
        return Kind(self.because.kind).label


def last_day(first: datetime.date, precision: str) -> datetime.date:
    """The last day of a date that is known to the day, month or year."""
    if precision == "year":
        return first.replace(month=12, day=31)
    if precision == "month":
        following = first.replace(day=28) + datetime.timedelta(days=4)
        return following.replace(day=1) - datetime.timedelta(days=1)
    return first


def force_on(
    day: datetime.date, events: Iterable[Happening], made_on: datetime.date | None
) -> Answer:
    """Whether an act with these events is in force on a day.

    `made_on` is the first day on which it can have been written or, if only that is
    known, published; None if neither is known.
    """
    events = sorted(events, key=lambda event: (event.happened_on, event.latest_on))
    starts = [event for event in events if event.kind == Kind.EFFECTIVE]
    cuts = [event for event in events if event.kind in CUTS]
    last_days = [event for event in events if event.kind == Kind.EXPIRED]
    stated = [event for event in events if event.kind == Kind.STATED]
    word = stated[-1] if stated else None

    ended, reason = _ended(day, cuts, last_days[-1:], word)
    if ended is True:
        return Answer(Force.ENDED, reason)
    has_end = bool(cuts or last_days)
    begun, start = _begun(day, starts[:1], word, made_on, has_end=has_end)
    if begun is False:
        return Answer(Force.NOT_YET, start)
    if begun is None:
        return Answer(Force.UNKNOWN, word)
    if begun == "maybe" or ended == "maybe":
        return Answer(Force.POSSIBLY, reason if ended == "maybe" else start)
    return Answer(Force.IN_FORCE, _change(day, events) or start)


def _ended(day, cuts, last_days, word):
    """(True, False or "maybe", the event that says so)."""
    sure = [event for event in cuts if event.latest_on <= day]
    sure += [event for event in last_days if event.latest_on < day]
    if sure:
        return True, min(sure, key=lambda event: ENDS.index(Kind(event.kind)))
    maybe = [event for event in cuts if event.happened_on <= day]
    maybe += [event for event in last_days if event.happened_on < day]
    if maybe:
        return "maybe", maybe[0]
    if word and word.stated == Stated.EXPIRED and not cuts and not last_days:
        return (True if word.latest_on <= day else "maybe"), word
    return False, None


def _begun(day, starts, word, made_on, *, has_end):
    """(True, False, "maybe" or None for unknown, the event that says so)."""
    for start in starts:
        if start.latest_on <= day:
            return True, start
        return ("maybe" if start.happened_on <= day else False), start
    if made_on and day < made_on:
        return False, None
    if word and word.stated == Stated.IN_FORCE:
        return (True if word.latest_on <= day else "maybe"), word
    if has_end or (word and word.stated == Stated.EXPIRED):
        return "maybe", word
    return None, word


def _change(day, events):
    """The newest amendment or extension by then of an act in force."""
    changes = (Kind.AMENDED, Kind.EXTENDED)
    had = [e for e in events if e.kind in changes and e.latest_on <= day]
    return had[-1] if had else None


def periods(
    events: Iterable[Happening], made_on: datetime.date | None
) -> list[tuple[datetime.date, datetime.date, Force]]:
    """The force of an act on every day: (first day, last day, force), in order.

    The first period begins and the last one ends with the calendar.
    """
    events = list(events)
    first_days = [datetime.date.min]
    for day in sorted(_turning_days(events, made_on)):
        if day > first_days[-1]:
            first_days.append(day)
    found: list[tuple[datetime.date, datetime.date, Force]] = []
    ends = [day - ONE_DAY for day in first_days[1:]] + [datetime.date.max]
    for first, last in zip(first_days, ends, strict=True):
        force = force_on(first, events, made_on).force
        if found and found[-1][2] is force:
            first = found.pop()[0]
        found.append((first, last, force))
    return found


def _turning_days(events, made_on):
    """The days from which on the answer can be another one.

    `force_on` asks of each date only whether it is before a day, or on it.
    """
    dates = {made_on} if made_on else set()
    for event in events:
        dates |= {event.happened_on, event.latest_on}
    return dates | {day + ONE_DAY for day in dates if day < datetime.date.max}
