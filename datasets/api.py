"""Observations, indicators, regions, sources and figures for programs."""

from typing import Annotated

from django.db.models import OuterRef, Prefetch, Subquery
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Field, Query
from pydantic import AfterValidator

from cbec_site.base.counting import count_by
from cbec_site.base.csv_files import Column, csv_response
from cbec_site.base.listing import (
    Code,
    Codes,
    FileOptions,
    Filters,
    ListRouter,
    Words,
    choice,
    csv_operation,
    optional,
    row_response,
)

from .models import (
    Breakdown,
    Figure,
    FigureObservation,
    Indicator,
    Observation,
    Region,
    Source,
)
from .periods import period_bounds
from .resources import OBSERVATION_COLUMNS, observation_rows
from .schemas import (
    FigureData,
    FigureRow,
    IndicatorRow,
    ObservationRow,
    RegionRow,
    SourceRow,
)
from .units import Unit
from .versions import FORMER, as_of, parse_moment, restored

router = ListRouter(tags=["datasets"])

SERIES_ORDER = (
    "indicator_id",
    "region_id",
    "period",
    "breakdown",
    "source_id",
    "vintage",
)


def _in_grammar(text):
    try:
        period_bounds(text)
    except (ValueError, OverflowError) as error:
        raise ValueError("Write 2024, 2024-Q1, 2024-03 or 2024-01-01/P9M.") from error
    return text


def _is_moment(text):
    try:
        parse_moment(text)
    except ValueError as error:
        raise ValueError("Write 2024-03-31 or 2024-03-31T12:00:00Z.") from error
    return text


Period = Annotated[Words, AfterValidator(_in_grammar)]
Moment = Annotated[Words, AfterValidator(_is_moment)]


class ObservationFilters(Filters):
    indicator: Codes = Field([], description=_("Code of an indicator; repeatable."))
    region: Codes = Field([], description=_("Code of a region; repeatable."))
    period_from: Period | None = optional(
        _("Only periods that start with this one or later.")
    )
    period_to: Period | None = optional(
        _("Only periods that end with this one or earlier.")
    )
    breakdown: str | None = optional(_("Code of a breakdown; empty for the whole."))
    source: Codes = Field([], description=_("Code of a source; repeatable."))
    status: list[choice(Observation.Status)] = Field(
        [], max_length=20, description=_("SDMX observation status; repeatable.")
    )
    vintage: str | None = optional(_("Edition of the series; empty for the usual one."))
    as_of: Moment | None = optional(
        _("The values as they stood here at the end of a day, or at a moment.")
    )

    def apply(self, queryset):
        asked = {
            "indicator__code__in": self.indicator,
            "region__code__in": self.region,
            "source__code__in": self.source,
        }
        if self.as_of:
            queryset = as_of(queryset, parse_moment(self.as_of), self.status)
        else:
            asked["status__in"] = self.status
        queryset = queryset.filter(**{key: v for key, v in asked.items() if v})
        if self.period_from:
            start, _end = period_bounds(self.period_from)
            queryset = queryset.filter(period_start__gte=start)
        if self.period_to:
            _start, end = period_bounds(self.period_to)
            queryset = queryset.filter(period_end__lte=end)
        if self.breakdown is not None:
            queryset = queryset.filter(breakdown=self.breakdown)
        if self.vintage is not None:
            queryset = queryset.filter(vintage=self.vintage)
        return queryset

    def shown(self, row):
        return restored(row) if self.as_of else row


def with_breakdown_titles(queryset):
    """Add what readers call the breakdown, in both languages."""
    title = Breakdown.objects.filter(code=OuterRef("breakdown"))
    return queryset.annotate(
        breakdown_zh=Subquery(title.values("title_zh_hans")[:1]),
        breakdown_en=Subquery(title.values("title_en")[:1]),
    )


router.add_list(
    "observations",
    title=_("Observations"),
    queryset=lambda: with_breakdown_titles(
        Observation.objects.published().with_labels()
    ),
    filters=ObservationFilters,
    row=ObservationRow,
    order=SERIES_ORDER,
    columns=OBSERVATION_COLUMNS,
    rows=lambda found, query: observation_rows(found, *(FORMER if query.as_of else ())),
    example="indicator=cbec_trade_total&region=520000&period_from=2019",
)


class IndicatorFilters(Filters):
    kind: choice(Indicator.Kind) | None = optional(_("Kind of indicator."))
    frequency: choice(Indicator.Frequency) | None = optional(
        _("How often it is measured.")
    )
    unit: choice(Unit) | None = optional(_("Code of the unit."))

    def apply(self, queryset):
        return queryset.filter(**self.model_dump(exclude_none=True))


def public_indicators():
    return Indicator.objects.published().annotate(
        observation_count=count_by("indicator", Observation.objects.published())
    )


router.add_list(
    "indicators",
    title=_("Indicators"),
    queryset=public_indicators,
    filters=IndicatorFilters,
    row=IndicatorRow,
    order=["code"],
    columns=[
        Column("code", "code", _("Code of the indicator.")),
        Column("title_zh", "title_zh_hans", _("Title in Chinese.")),
        Column("title_en", "title_en", _("Title in English.")),
        Column("definition_zh", "definition_zh_hans", _("Definition in Chinese.")),
        Column("definition_en", "definition_en", _("Definition in English.")),
        Column("unit", "unit", _("Code of the unit.")),
        Column("decimals", "decimals", _("Digits after the point.")),
        Column("frequency", "frequency", _("A year, Q quarter, M month, I irregular.")),
        Column("kind", "kind", _("Kind of indicator.")),
        Column(
            "direction", "direction", _("Whether more is better: up, down, neutral.")
        ),
        Column("observation_count", "observation_count", _("Published values.")),
    ],
    example="kind=rate",
)


@router.get(
    "/indicators/{code:code}",
    response=IndicatorRow,
    summary=_("One indicator"),
    operation_id="get_indicator",
    url_name="indicator",
)
def indicator(request, code: str):
    return row_response(
        request, IndicatorRow, get_object_or_404(public_indicators(), code=code)
    )


class RegionFilters(Filters):
    kind: choice(Region.Kind) | None = optional(_("Kind of region."))
    parent: Code | None = optional(_("Code of the region it is part of."))

    def apply(self, queryset):
        if self.kind:
            queryset = queryset.filter(kind=self.kind)
        if self.parent:
            queryset = queryset.filter(parent__code=self.parent)
        return queryset


router.add_list(
    "regions",
    title=_("Regions"),
    queryset=lambda: Region.objects.published().select_related("parent"),
    filters=RegionFilters,
    row=RegionRow,
    order=["code"],
    columns=[
        Column("code", "code", _("GB/T 2260, ISO 3166 or an own code.")),
        Column("name_zh", "name_zh_hans", _("Name in Chinese.")),
        Column("name_en", "name_en", _("Name in English.")),
        Column("kind", "kind", _("Kind of region.")),
        Column("parent", "parent__code", _("Code of the region it is part of.")),
    ],
    example="kind=province",
)


class SourceFilters(Filters):
    q: Words | None = optional(_("Words in title or publisher."))

    def apply(self, queryset):
        return queryset.search(self.q or "")


router.add_list(
    "sources",
    title=_("Sources"),
    queryset=Source.objects.published,
    filters=SourceFilters,
    row=SourceRow,
    order=["code"],
    columns=[
        Column("code", "code", _("Code of the source.")),
        Column("title_zh", "title_zh_hans", _("Title in Chinese.")),
        Column("title_en", "title_en", _("Title in English.")),
        Column("publisher_zh", "publisher_zh_hans", _("Publisher in Chinese.")),
        Column("publisher_en", "publisher_en", _("Publisher in English.")),
        Column("citation_zh", "citation_zh_hans", _("Citation in Chinese.")),
        Column("citation_en", "citation_en", _("Citation in English.")),
        Column("licence_zh", "licence_zh_hans", _("Licence; empty if not stated.")),
        Column("licence_en", "licence_en", _("Licence; empty if not stated.")),
        Column("url", "url", _("Address.")),
        Column("published_on", "published_on", _("Day of publication.")),
        Column("accessed_on", "accessed_on", _("Day it was read.")),
    ],
    example="q=customs",
)


class FigureFilters(Filters):
    indicator: Code | None = optional(_("Code of an indicator that it shows."))
    region: Code | None = optional(_("Code of a region that it shows."))

    def apply(self, queryset):
        asked = {
            "indicator__code": self.indicator,
            "region__code": self.region,
        }
        asked = {key: value for key, value in asked.items() if value}
        if not asked:
            return queryset
        shown = Observation.objects.published().filter(**asked)
        return queryset.filter(pk__in=shown.values("figures"))


def public_figures():
    points = FigureObservation.objects.with_public_value()
    return Figure.objects.published().annotate(point_count=count_by("figure", points))


router.add_list(
    "figures",
    title=_("Figures"),
    queryset=public_figures,
    filters=FigureFilters,
    row=FigureRow,
    order=["number"],
    columns=[
        Column("number", "number", _("Number of the figure.")),
        Column("slug", "slug", _("Its name in addresses.")),
        Column("title_zh", "title_zh_hans", _("Title in Chinese.")),
        Column("title_en", "title_en", _("Title in English.")),
        Column("subtitle_zh", "subtitle_zh_hans", _("Subtitle in Chinese.")),
        Column("subtitle_en", "subtitle_en", _("Subtitle in English.")),
        Column("chart_type", "chart_type", _("How it is drawn.")),
        Column("note_zh", "note_zh_hans", _("Note in Chinese.")),
        Column("note_en", "note_en", _("Note in English.")),
        Column("source_line_zh", "source_line_zh_hans", _("Source in Chinese.")),
        Column("source_line_en", "source_line_en", _("Source in English.")),
        Column("point_count", "point_count", _("Published points.")),
    ],
    example="indicator=cbec_trade_total",
)


@router.get(
    "/figures/{code:slug}",
    response=FigureData,
    summary=_("One figure with its points"),
    operation_id="get_figure",
    url_name="figure",
)
def figure(request, slug: str):
    points = Prefetch(
        "points",
        FigureObservation.objects.with_public_value()
        .order_by("position", "pk")
        .prefetch_related(
            Prefetch(
                "observation",
                with_breakdown_titles(Observation.objects.with_labels()),
            )
        ),
        to_attr="public_points",
    )
    found = get_object_or_404(public_figures().prefetch_related(points), slug=slug)
    return row_response(request, FigureData, found)


POINT_COLUMNS = (
    Column("role", "points__role", _("paper, text (of the paper) or official.")),
    *OBSERVATION_COLUMNS,
)


@router.get(
    "/figures/{code:slug}.csv",
    summary=_("The points of one figure"),
    operation_id="download_figure",
    url_name="figure-csv",
    openapi_extra=csv_operation(POINT_COLUMNS),
)
def figure_csv(request, slug: str, file: Query[FileOptions]):
    found = get_object_or_404(Figure.objects.published(), slug=slug)
    points = (
        Observation.objects.published()
        .filter(points__figure=found)
        .order_by("points__position", "points__pk")
    )
    rows = observation_rows(points, "points__role")
    return csv_response(slug, POINT_COLUMNS, rows, is_for_excel=file.is_for_excel)
