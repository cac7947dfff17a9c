"""Entries whose evidence is older than the data that the site now holds."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Exists, F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cbec_site.base.dates import period
from datasets.models import Observation

from .models import Evidence


@dataclass(frozen=True)
class Link:
    """A value that an entry rests on, and what has happened to its series since.

    `newer` is the newest published period of the series that ends after this one,
    "" for none; `changed_on` the day the value was last revised or published.
    """

    entry: int
    indicator: str
    region: str
    breakdown: str
    period: str
    ends_on: datetime.date | None
    newer: str
    checked_on: datetime.date | None
    changed_on: datetime.date | None
    names: tuple[str, str, str, str] = ("", "", "", "")

    @property
    def series(self) -> tuple[str, str, str]:
        return self.indicator, self.region, self.breakdown

    @property
    def label(self) -> str:
        """Indicator and region in the active language."""
        title_zh, title_en, name_zh, name_en = self.names
        if (get_language() or "") == "en":
            return f"{title_en or title_zh}, {name_en or name_zh}"
        return f"{title_zh or title_en}，{name_zh or name_en}"


@dataclass(frozen=True)
class Reason:
    """Why an entry needs review: a newer period exists, or a value was revised."""

    link: Link
    is_newer: bool

    @property
    def text(self) -> str:
        """The reason as a sentence in the active language."""
        if self.is_newer:
            return _(
                "%(series)s: the entry rests on data up to %(used)s; there are data "
                "up to %(newest)s now."
            ) % {
                "series": self.link.label,
                "used": period(self.link.period),
                "newest": period(self.link.newer),
            }
        return _(
            "%(series)s: the value for %(used)s was changed on %(changed)s, after the "
            "evidence was checked on %(checked)s."
        ) % {
            "series": self.link.label,
            "used": period(self.link.period),
            "changed": period(self.link.changed_on.isoformat()),
            "checked": period(self.link.checked_on.isoformat()),
        }

    def __str__(self):
        return self.text


def review_reasons(links: Iterable[Link]) -> dict[int, list[Reason]]:
    """Entry ids that need review, each with its reasons; others are left out.

    An entry needs review when

    * a series (indicator, region, breakdown) that it rests on has a published value
      whose period ends later than that of the newest value the entry rests on, in any
      role; adding the newer value, even as context, settles this. Editions and sources
      of one series count together, so a later official value counts as newer than the
      paper's. So do units, which have one dimension within an indicator. A value
      without a period is neither old nor new;
    * a value it rests on was revised or published after the day an editor last
      checked that link. A link that was never checked has no such day.
    """
    newest: dict[tuple, Link] = {}
    by_entry: dict[int, list[Reason]] = {}
    for link in links:
        by_entry.setdefault(link.entry, [])
        if link.checked_on and link.changed_on and link.changed_on > link.checked_on:
            by_entry[link.entry].append(Reason(link, is_newer=False))
        if link.ends_on is None:
            continue
        held = newest.get((link.entry, *link.series))
        if held is None or link.ends_on > held.ends_on:
            newest[link.entry, *link.series] = link
    for link in newest.values():
        if link.newer:
            by_entry[link.entry].insert(0, Reason(link, is_newer=True))
    return {entry: reasons for entry, reasons in by_entry.items() if reasons}


def needing_review(entries=None) -> dict[int, list[Reason]]:
    """The entries (ids; all of them for None) that need review, with the reasons.

    One query, however many entries.
    """
    values = Observation.objects.published().filter(pk=OuterRef("observation"))
    rows = _with_newer(Evidence.objects.filter(Exists(values)))
    if entries is not None:
        rows = rows.filter(entry__in=entries)
    return review_reasons(map(_link, rows))


def _with_newer(evidence):
    later = Observation.objects.published().filter(
        indicator=OuterRef("observation__indicator"),
        region=OuterRef("observation__region"),
        breakdown=OuterRef("observation__breakdown"),
        period_end__gt=OuterRef("observation__period_end"),
    )
    newest = later.order_by("-period_end", "-period_start", "pk").values("period")[:1]
    return (
        evidence.annotate(newer=Subquery(newest, output_field=CharField()))
        .order_by("entry", "pk")
        .values(
            "entry",
            "checked_on",
            "newer",
            indicator=F("observation__indicator__code"),
            region=F("observation__region__code"),
            breakdown=F("observation__breakdown"),
            period=F("observation__period"),
            ends_on=F("observation__period_end"),
            valid_from=F("observation__valid_from"),
            published_at=F("observation__published_at"),
            title_zh=F("observation__indicator__title_zh_hans"),
            title_en=F("observation__indicator__title_en"),
            name_zh=F("observation__region__name_zh_hans"),
            name_en=F("observation__region__name_en"),
        )
    )


def _link(row):
    moments = [row.pop("valid_from"), row.pop("published_at")]
    names = [row.pop(key) for key in ("title_zh", "title_en", "name_zh", "name_en")]
    row["newer"] = row["newer"] or ""
    return Link(
        **row,
        changed_on=timezone.localdate(max(moment for moment in moments if moment)),
        names=tuple(name or "" for name in names),
    )
