"""Asks the apps that build on the data what a change would do, without knowing them.

Code that shows a preview asks what proposed values would do; nothing is written::

    consequences = ask_consequences([Proposal.of(observation), ...])
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.utils.translation import gettext

from cbec_site.base.limits import DEPENDENTS_NAMED
from cbec_site.base.registry import Registry
from cbec_site.base.used_by import UsedBy, used_by

from .models import (
    Figure,
    FigureObservation,
    Indicator,
    Observation,
    Region,
    Source,
)

DATED_SHOWN = 12


@dataclass(frozen=True)
class Touched:
    """Something published that shows or rests on values that would change.

    `gained` and `lost` count which of the `count` values it would show for the first
    time, or no longer.
    """

    kind: str
    code: str
    title: str
    url: str
    count: int
    gained: int = 0
    lost: int = 0

    @property
    def kind_label(self) -> str:
        """What it is, in the reader's language."""
        labels = {
            "figure": gettext("Figure"),
            "recommendation": gettext("Recommendation"),
        }
        return labels.get(self.kind, gettext("SWOT entry"))


@dataclass(frozen=True)
class Proposal:
    """An observation as it would be; `id` is None for a new one."""

    indicator_id: int
    region_id: int
    period: str
    source_id: int
    value: Decimal | None
    unit: str
    decimals: int
    status: str = "A"
    qualifier: str = ""
    breakdown: str = ""
    vintage: str = ""
    code: str = ""
    id: int | None = None
    is_published: bool = True
    is_deleted: bool = False

    @classmethod
    def of(cls, observation: Observation, is_deleted: bool = False) -> "Proposal":
        """The proposal that saving this (changed or new) observation would be."""
        fields = {
            name: getattr(observation, name)
            for name in cls.__dataclass_fields__
            if name != "is_deleted"
        }
        return cls(**fields, is_deleted=is_deleted)


@dataclass(frozen=True)
class Consequence:
    """Something that would read differently, in the reader's language.

    Consequences for what is not public yet are listed too.
    """

    kind: str
    code: str
    title: str
    url: str
    before: str
    after: str
    detail: str
    is_public: bool = True


@dataclass(frozen=True)
class Dated:
    """A policy or event to mark on a time axis, with a link to its record.

    `day` is the first day that it may mean and `last_day` the last; `when` says the
    date as far as it is known, `url` leads to the record.
    """

    day: datetime.date
    last_day: datetime.date
    when: str
    title: str
    url: str


class Dependent(Protocol):
    """An app that builds on the data. Answering writes nothing."""

    def consequences(self, proposals: Iterable[Proposal]) -> list[Consequence]:
        """What would read differently if the proposed values were saved."""

    def series_consequences(
        self, series: list[Indicator] | list[Region] | list[Source]
    ) -> list[Consequence]:
        """What would read differently if these rows, all of one kind, were saved."""

    def touched(self, observations: list[int]) -> list[Touched]:
        """What is published and rests on these observations (ids)."""

    def citing(
        self, observations: QuerySet, figure: Figure | None
    ) -> Mapping[str, QuerySet]:
        """What rests on the observations or the figure: kind of `UsedBy` → rows."""

    def cited(self) -> list[QuerySet]:
        """The keys of the values that public texts rest on, as queries."""

    def links(self) -> list[QuerySet]:
        """The rows, public or not, that may name an observation: `observation`."""

    def corrections(self, observations: QuerySet, limit: int) -> Iterable:
        """The newest published corrections of these observations."""

    def dated(
        self, indicators: set[int], regions: set[int], years: tuple[int, int]
    ) -> Iterable[Dated]:
        """Published policies and events of these years to show beside such values.

        `indicators` and `regions` are keys; the years are the first and the last.
        """


dependents: Registry[Dependent] = Registry()


def ask_consequences(proposals: Iterable[Proposal]) -> list[Consequence]:
    """What would change elsewhere if the proposed values were saved."""
    proposals = proposals if isinstance(proposals, list) else iter(proposals)
    return [
        consequence
        for dependent in dependents
        for consequence in dependent.consequences(proposals)
    ]


def ask_series_consequences(
    series: Iterable[Indicator] | Iterable[Region] | Iterable[Source],
) -> list[Consequence]:
    """The same for indicators, regions or sources that are about to be saved."""
    series = list(series)
    return [
        consequence
        for dependent in dependents
        for consequence in dependent.series_consequences(series)
    ]


def ask_touched(
    observations: Iterable[int],
    gained: Iterable[int] = (),
    lost: Iterable[int] = (),
) -> list[Touched]:
    """What shows these observations or rests on them: figures, then rows of the apps
    above.

    `gained` are those that would get a public value, `lost` those that would lose it.
    """
    observations = list(observations)
    touched = _figures_showing(observations, list(gained), list(lost))
    for dependent in dependents:
        touched += dependent.touched(observations)
    return touched


def used_by_values(observations: QuerySet, figure: Figure | None = None) -> UsedBy:
    """What rests on any of the published `observations`, or on their `figure`."""
    citing = {}
    for dependent in dependents:
        citing.update(dependent.citing(observations, figure))
    return used_by(**citing)


def is_figure_used(figure: Figure) -> bool:
    """Whether something published rests on a figure itself, not only on its values."""
    no_values = Observation.objects.none()
    return any(
        rows.published().exists()
        for dependent in dependents
        for rows in dependent.citing(no_values, figure).values()
    )


def cites(observations: QuerySet) -> Case:
    """The condition that a row names one of these observations in its `observation`.

    Asked of each row that names one: those are few, the observations may be many. In a
    CASE, since PostgreSQL would otherwise join the two and read all observations for
    it.
    """
    named = observations.order_by().filter(pk=OuterRef("observation"))
    return Case(
        When(Exists(named), then=True), default=False, output_field=BooleanField()
    )


def links_to_observations() -> list[QuerySet]:
    """All rows that link to a value in their `observation`, except its former
    versions."""
    links = [FigureObservation.objects.all()]
    for dependent in dependents:
        links += dependent.links()
    return links


def corrections_of(observations: QuerySet, limit: int) -> list:
    """The newest published corrections of some values."""
    return [
        correction
        for dependent in dependents
        for correction in dependent.corrections(observations, limit)
    ]


def dated_beside(
    observations: Iterable[Observation], years: tuple[int, int] | None
) -> list[Dated]:
    """Policies and events beside a chart of these observations, the oldest first.

    At most `DATED_SHOWN`, each once; none without years.
    """
    observations = list(observations)
    if not observations or years is None:
        return []
    indicators = {seen.indicator_id for seen in observations}
    regions = {seen.region_id for seen in observations}
    regions |= {seen.region.parent_id for seen in observations} - {None}
    beside = {
        one
        for dependent in dependents
        for one in dependent.dated(indicators, regions, years)
    }
    return sorted(beside, key=lambda one: (one.day, one.title))[:DATED_SHOWN]


def _figures_showing(observations, gained, lost):
    """The published figures that show these observations, points gained and lost."""

    def points(ids):
        return Count("points", filter=Q(points__observation__in=ids), distinct=True)

    figures = (
        Figure.objects.published()
        .filter(points__observation__in=observations)
        .annotate(
            touched=points(observations), gained=points(gained), lost=points(lost)
        )
        .order_by("number")[:DEPENDENTS_NAMED]
    )
    return [
        Touched(
            kind="figure",
            code=figure.number,
            title=figure.title,
            url=figure.get_absolute_url(),
            count=figure.touched,
            gained=figure.gained,
            lost=figure.lost,
        )
        for figure in figures
    ]


def cited_values() -> list[QuerySet]:
    """The keys of the values that public texts rest on, as queries."""
    return [query for dependent in dependents for query in dependent.cited()]
