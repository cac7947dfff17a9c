from operator import itemgetter

from django.db.models import Exists, F, OuterRef, Q
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.generic import DetailView, ListView

from cbec_site.base.kept import kept, kept_part
from cbec_site.base.kept_lists import KeptListView
from cbec_site.base.limits import CORRECTIONS_SHOWN
from cbec_site.base.reads import state_of
from cbec_site.base.tables import PER_PAGE, PagedTableMixin

from .chart_choice import DATA, PARAMETERS, is_to_today
from .chart_pages import FigureChart, IndicatorChart
from .charts import figure_table
from .cited import CITED, CitedMixin
from .dependents import cited_values, cites, corrections_of, used_by_values
from .models import (
    Breakdown,
    Figure,
    FigureObservation,
    Indicator,
    Observation,
    Region,
    Source,
    public_counts,
)
from .models.totals import totals
from .profiles import completeness, region_profile
from .tables import ObservationTable
from .versions import former_versions


class FigureList(ListView):
    queryset = Figure.objects.published()
    parameters = (DATA,)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        to_today = is_to_today(self.request.GET)
        figures = with_parts(context["object_list"], self.request.path, to_today)
        return context | {"figures": figures, "to_today": to_today}


class FigureDetail(CitedMixin, FigureChart, DetailView):
    parameters = (*PARAMETERS, CITED)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "printed_values": printed_values(self.object),
            "used_by": used_by_values(
                Observation.objects.published().filter(points__figure=self.object),
                figure=self.object,
            ),
            "corrections": corrections_of(
                Observation.objects.published().filter(points__figure=self.object),
                CORRECTIONS_SHOWN,
            ),
        }


def printed_values(figure):
    """The values of a figure's points as a table: HTML; two queries if not cached."""

    def render():
        points = (
            Observation.objects.published()
            .filter(points__figure=figure)
            .with_labels()
            .order_by("points__position")
        )
        context = {"points": points, "breakdowns": breakdown_titles()}
        return render_to_string("datasets/_printed_values.html", context)

    return kept_part(("printed values", figure.pk), render)


def with_parts(figures, path="", to_today=False):
    """(figure, how pages show it) pairs; at most five queries for each one not
    cached."""
    return [(figure, figure_part(figure, path, to_today)) for figure in figures]


def figure_part(figure, path="", to_today=False):
    """A figure as shown within other pages: HTML with chart and table.

    On the page at `path` readers choose between the study's values and values to today.
    All else is the same on every page.
    """

    def render():
        table = figure_table(figure, to_today=to_today)
        context = {"figure": figure, "table": table}
        names = ("datasets/_figure_head.html", "datasets/_figure_foot.html")
        return tuple(render_to_string(name, context) for name in names)

    head, foot = kept_part(("figure", state_of(figure), to_today), render)
    context = {"figure": figure, "path": path, "to_today": to_today}
    choice = render_to_string("datasets/_figure_data.html", context) if path else ""
    return format_html("{}{}{}", head, choice, foot)


def breakdown_titles():
    """The labels of all breakdown codes, in the reader's language."""
    return {row.code: row.title for row in Breakdown.objects.all()}


class IndicatorList(KeptListView):
    """Series first; a single value that no text uses is only on its own page."""

    queryset = (
        Indicator.objects.published()
        .annotate(**totals("observation_count", "period_count", "region_count"))
        .annotate(first=F("totals__first"), last=F("totals__last"))
        .order_by("-period_count", "-observation_count", "code")
    )
    counts = (
        "observation_count",
        "period_count",
        "region_count",
        "first",
        "last",
    )

    def rows(self):
        return super().rows().filter(in_catalogue())

    def get_context_data(self, **kwargs):
        public = kept("public indicators", Indicator.objects.published().count)
        hidden = public - len(self.get_queryset())
        return super().get_context_data(**kwargs) | {"hidden": hidden}


def in_catalogue():
    """The condition that an indicator has a series, or a value that a text uses.

    An indicator without any value counts as well, as it waits for its first.
    """
    own = Observation.objects.published().filter(indicator=OuterRef("pk"))
    used = Q(Exists(own.filter(points__figure__in=Figure.objects.published())))
    for cited in cited_values():
        used |= Q(Exists(own.filter(pk__in=cited)))
    return Q(observation_count=0) | Q(period_count__gt=1) | used


class ObservationTableMixin(PagedTableMixin):
    """A page about one thing, with the table of its observations."""

    table_class = ObservationTable
    # For an indicator, series by series; for anything else, the newest first.
    order = ("-period_start", "indicator__code", "region__code", "pk")

    def get_table_data(self):
        return (
            self.object.observations.published()
            .with_labels()
            .prefetch_related(former_versions())
            .order_by(*self.order)
        )

    def known_count(self):
        return completeness(self.object).values

    def get_table_kwargs(self):
        return {"breakdowns": breakdown_titles()}


class IndicatorDetail(CitedMixin, IndicatorChart, ObservationTableMixin, DetailView):
    parameters = (*PARAMETERS, CITED)
    # "table" has all values; the chart has its own table.
    chart_table_name = "series"
    order = ("indicator__code", "region__code", "period_start", "pk")

    def get_table_kwargs(self):
        return super().get_table_kwargs() | {"exclude": ["indicator"]}

    def get_context_data(self, **kwargs):
        public = self.object.observations.published()
        return super().get_context_data(**kwargs) | {
            "complete": completeness(self.object),
            "sources": Source.objects.filter(pk__in=public.order_by().values("source")),
            "figures": Figure.objects.published().filter(
                pk__in=FigureObservation.objects.filter(cites(public)).values("figure")
            ),
            "used_by": used_by_values(public),
            "corrections": corrections_of(public, CORRECTIONS_SHOWN),
        }


class RegionList(KeptListView):
    queryset = (
        Region.objects.published()
        .annotate(**totals("observation_count", "indicator_count"))
        .annotate(newest=F("totals__last"))
        .order_by("code")
    )
    counts = ("observation_count", "zone_count", "indicator_count", "newest")

    def lines(self):
        """Those with most values first, then those with most zones.

        Zones are counted at once: PostgreSQL takes ten times as long to count them for
        each region.
        """
        zones = public_counts("region", "zone_count")
        rows = self.rows().values_list(
            "pk", "observation_count", "indicator_count", "newest"
        )
        lines = [
            (key, values, zones.get(key, 0), *others) for key, values, *others in rows
        ]
        return sorted(lines, key=itemgetter(1, 2), reverse=True)

    def shown(self):
        return Region.objects.select_related("parent")


class RegionDetail(CitedMixin, ObservationTableMixin, DetailView):
    queryset = Region.objects.published().select_related("parent")
    slug_field = "code"
    parameters = (CITED,)

    def get_table_kwargs(self):
        return super().get_table_kwargs() | {"exclude": ["region"]}

    def get_context_data(self, **kwargs):
        zones = self.object.pilot_zones.model.objects.published().filter(
            Q(region=self.object) | Q(region__parent=self.object)
        )
        public = self.object.observations.published()
        ranks, drawn = profile_parts(self.object)
        return super().get_context_data(**kwargs) | {
            "ranks": ranks,
            "drawn": drawn,
            "complete": completeness(self.object),
            "zones": zones.select_related("region")[:PER_PAGE],
            "analyses": self.object.analyses.published(),
            "events": self.object.events.published(),
            "parts": self.object.children.published()[:PER_PAGE],
            "used_by": used_by_values(public),
        }


def profile_parts(region):
    """The ranks of a region and its chart, or "", as HTML; five queries if not
    cached."""

    def render():
        profile = region_profile(region)
        lead = ((rank,) for rank in profile.ranks)
        ranks = format_html_join("\n", '<p class="lead">{}</p>', lead)
        if not profile.table:
            return ranks, SafeString()
        context = {"profile": profile}
        return ranks, render_to_string("datasets/_region_chart.html", context)

    return kept_part(("profile", state_of(region)), render)


class SourceList(KeptListView):
    queryset = (
        Source.objects.published()
        .annotate(**totals("observation_count"), newest=F("totals__last"))
        .order_by("-observation_count", "code")
    )
    counts = ("observation_count", "newest")


class SourceDetail(CitedMixin, ObservationTableMixin, DetailView):
    queryset = Source.objects.published()
    slug_field = "code"
    parameters = (CITED,)

    def get_table_kwargs(self):
        return super().get_table_kwargs() | {"exclude": ["source"]}

    def get_context_data(self, **kwargs):
        public = self.object.observations.published()
        return super().get_context_data(**kwargs) | {
            "complete": completeness(self.object),
            "used_by": used_by_values(public),
        }
