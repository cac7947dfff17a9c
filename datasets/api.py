"""Observations, indicators, regions, sources and figures for programs."""

from django.db.models import OuterRef, Prefetch, Subquery, Sum
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Query

from cbec_site.base.counting import count_by
from cbec_site.base.csv_files import Column, csv_pieces, csv_response
from cbec_site.base.listing import (
    FileOptions,
    ListRouter,
    csv_operation,
    row_response,
)

from .api_filters import (
    FigureFilters,
    IndicatorFilters,
    ObservationFilters,
    RegionFilters,
    SourceFilters,
)
from .models import (
    Breakdown,
    Figure,
    FigureObservation,
    Indicator,
    IndicatorTotals,
    Observation,
    Region,
    Source,
)
from .models.totals import totals
from .resources import OBSERVATION_COLUMNS, observation_rows
from .schemas import (
    FigureData,
    FigureRow,
    IndicatorRow,
    ObservationRow,
    RegionRow,
    SourceRow,
)
from .versions import FORMER

router = ListRouter(tags=["datasets"])


SERIES_ORDER = (
    "indicator_id",
    "region_id",
    "period",
    "breakdown",
    "source_id",
    "vintage",
)


def with_breakdown_titles(queryset):
    """Add the label of the breakdown, in both languages."""
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
    rows=lambda rows, query: observation_rows(rows, *(FORMER if query.as_of else ())),
    count_all=lambda: IndicatorTotals.objects.aggregate(
        count=Coalesce(Sum("observation_count"), 0)
    )["count"],
    example="indicator=cbec_trade_total&region=520000&period_from=2019",
)


def public_indicators():
    return Indicator.objects.published().annotate(**totals("observation_count"))


router.add_list(
    "indicators",
    title=_("Indicators"),
    queryset=public_indicators,
    filters=IndicatorFilters,
    row=IndicatorRow,
    order=["code"],
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


router.add_list(
    "regions",
    title=_("Regions"),
    queryset=lambda: Region.objects.published().select_related("parent"),
    filters=RegionFilters,
    row=RegionRow,
    order=["code"],
    example="kind=province",
)


router.add_list(
    "sources",
    title=_("Sources"),
    queryset=Source.objects.published,
    filters=SourceFilters,
    row=SourceRow,
    order=["code"],
    example="q=customs",
)


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
    chosen = get_object_or_404(public_figures().prefetch_related(points), slug=slug)
    return row_response(request, FigureData, chosen)


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
    chosen = get_object_or_404(Figure.objects.published(), slug=slug)
    points = (
        Observation.objects.published()
        .filter(points__figure=chosen)
        .order_by("points__position", "points__pk")
    )
    pieces = csv_pieces(POINT_COLUMNS, observation_rows(points, "points__role"))
    return csv_response(slug, POINT_COLUMNS, pieces, is_for_excel=file.is_for_excel)
