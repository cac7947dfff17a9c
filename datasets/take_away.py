"""Charts and tables to download: pictures, workbooks and data files of what is
shown."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.views import View

from cbec_site.base.addresses import site_address
from cbec_site.base.media_types import CSV, XLSX

from .chart_choice import PARAMETERS
from .models import Figure, Indicator
from .playable import comparison, comparison_title, figure_chart, indicator_chart
from .scenes.build import build_scene
from .scenes.pictures import SCHEMES, png, scene_svg
from .table_files import TableFacts, as_csv, as_json, workbook


class ChartFile(View):
    """What a chart shows, as SVG, PNG, XLSX, CSV or JSON, in the state of its address.

    Without a state it is what the page shows initially. `?scheme=dark` gives the
    picture for dark backgrounds. Nothing to draw, or another scheme, gives 404; a state
    that is not offered gives 400.
    """

    parameters = ("scheme", *PARAMETERS)

    def get(self, request, ending, slug="comparison"):
        scheme = request.GET.get("scheme", "light")
        if scheme not in SCHEMES:
            raise Http404
        chart, facts = self.find(request, slug)
        if chart.form.is_refused:
            raise BadRequest("The chart cannot be shown like this.")
        if not chart.table.columns:
            raise Http404
        made = getattr(self, f"as_{ending}")(chart.table, facts, scheme)
        if ending in ("xlsx", "csv"):
            made["Content-Disposition"] = f'attachment; filename="{slug}.{ending}"'
        return made

    @staticmethod
    def as_xlsx(table, facts, _scheme):
        return HttpResponse(workbook(table, facts), XLSX)

    @staticmethod
    def as_csv(table, _facts, _scheme):
        return HttpResponse(as_csv(table), CSV)

    @staticmethod
    def as_json(table, facts, _scheme):
        return HttpResponse(as_json(table, facts), "application/json")

    @staticmethod
    def as_svg(table, facts, scheme):
        picture = _picture(table, facts, scheme)
        return HttpResponse(picture, "image/svg+xml; charset=utf-8")

    @staticmethod
    def as_png(table, facts, scheme):
        return HttpResponse(png(_picture(table, facts, scheme)), "image/png")


class FigureFile(ChartFile):
    queryset = Figure.objects.published()
    slug_field = "slug"

    def find(self, request, slug):
        figure = get_object_or_404(self.queryset.all(), slug=slug)
        chart = figure_chart(figure, request.GET)
        notes = [figure.note] if figure.note else []
        if figure.source_line:
            notes.append(gettext("Credit: %(credit)s") % {"credit": figure.source_line})
        address = figure.get_absolute_url()
        return chart, _facts(
            request, chart, figure.title, address, figure.subtitle, notes
        )


class IndicatorFile(ChartFile):
    queryset = Indicator.objects.published()
    slug_field = "code"

    def find(self, request, slug):
        indicator = get_object_or_404(self.queryset.all(), code=slug)
        chart = indicator_chart(indicator, request.GET)
        address = indicator.get_absolute_url()
        return chart, _facts(
            request, chart, indicator.title, address, indicator.definition
        )


class ComparisonFile(ChartFile):
    def find(self, request, slug):
        chart = comparison(request.GET)
        address = reverse("datasets:comparison")
        return chart, _facts(request, chart, comparison_title(chart.table), address)


def _facts(request, chart, title, path, about="", notes=()):
    """What the files say about the chart; the sources are those of the values shown."""
    table = chart.table
    return TableFacts(
        title=str(title),
        about=about,
        sources=[source.title for source in table.sources],
        changed_at=table.changed_at,
        address=site_address(request) + path + chart.query,
        licence=settings.CONTENT_LICENCE,
        notes=[*notes, *table.notes],
    )


def _picture(table, facts, scheme):
    """The chart with everything that is said about it."""
    foot = [*facts.notes, *facts.dated(table), facts.source_line]
    foot += [facts.version_line, facts.address]
    scene = build_scene(table, facts.title)
    return scene_svg(scene, subtitle=facts.about, foot=foot, scheme=scheme)
