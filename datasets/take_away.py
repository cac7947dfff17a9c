"""Charts and tables to take away: pictures and workbooks of figures and indicators."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views import View

from cbec_site.base.addresses import site_address
from cbec_site.base.languages import sign

from .charts import figure_table, indicator_series
from .models import Figure, Indicator
from .scenes.build import build_scene
from .scenes.pictures import SCHEMES, png, scene_svg
from .table_files import workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ChartFile(View):
    """What a figure or an indicator shows, as SVG, PNG or XLSX.

    `?scheme=dark` gives the picture for dark grounds. Nothing to draw, or another
    scheme, is "not found".
    """

    parameters = ("scheme",)

    def get(self, request, slug, ending):
        thing, table, about = self.find(slug)
        if not table.columns:
            raise Http404
        address = site_address(request) + thing.get_absolute_url()
        if ending == "xlsx":
            response = HttpResponse(self.book(thing, table, about, address), XLSX)
            response["Content-Disposition"] = f'attachment; filename="{slug}.xlsx"'
            return response
        scheme = request.GET.get("scheme", "light")
        if scheme not in SCHEMES:
            raise Http404
        foot = [*about["notes"], about["source"], address]
        scene = build_scene(table, thing.title)
        picture = scene_svg(scene, subtitle=about["finding"], foot=foot, scheme=scheme)
        if ending == "png":
            return HttpResponse(png(picture), "image/png")
        return HttpResponse(picture, "image/svg+xml; charset=utf-8")

    @staticmethod
    def book(thing, table, about, address):
        facts = [
            (gettext("Title"), thing.title),
            (gettext("Description"), about["finding"]),
            (gettext("Source"), about["source"]),
            (gettext("Address"), address),
        ]
        return workbook(table, facts, about["notes"])


class FigureFile(ChartFile):
    def find(self, slug):
        figure = get_object_or_404(Figure.objects.published(), slug=slug)
        table = figure_table(figure)
        sources = list(filter(None, [figure.source_line, *table.official_sources]))
        return (
            figure,
            table,
            {
                "finding": figure.subtitle,
                "source": _source_line(sources),
                "notes": [figure.note] if figure.note else [],
            },
        )


class IndicatorFile(ChartFile):
    def find(self, slug):
        indicator = get_object_or_404(Indicator.objects.published(), code=slug)
        table = indicator_series(indicator)
        sources = list(dict.fromkeys(column.note for column in table.columns))
        return (
            indicator,
            table,
            {
                "finding": indicator.definition,
                "source": _source_line(sources),
                "notes": [],
            },
        )


def _source_line(sources):
    return gettext("Source: %(sources)s") % {"sources": sign("; ").join(sources)}
