"""Pages of interactive charts, and the frames that other sites embed."""

from django.core.exceptions import BadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.generic import DetailView, TemplateView

from cbec_site.base.addresses import site_address

from .chart_choice import PARAMETERS
from .models import Figure, Indicator
from .playable import comparison, comparison_title, figure_chart, indicator_chart
from .versions import moment_text, parse_moment

AS_OF = "as_of"
ENDINGS = ("csv", "xlsx", "json", "png", "svg")


class PlayableMixin:
    """A page whose chart has the state given by the address.

    A state that is not offered is reported with status 400 in the form, above the chart
    in its initial state. `play` returns the chart.
    """

    parameters = PARAMETERS
    chart_table_name = "table"
    # The moment at which a frozen chart's values were published.
    moment = None

    def get_context_data(self, **kwargs):
        self.chart = self.play()
        return super().get_context_data(**kwargs) | {
            "chart": self.chart,
            self.chart_table_name: self.chart.table,
            "downloads": self.addresses() | self.frozen(),
        }

    def frozen(self):
        """The query that makes a frame keep showing the values of this page."""
        newest = self.chart.table.changed_at
        query = self.chart.query
        if newest is None or self.chart.choice.is_to_today:
            return {}
        start = f"{query}&" if query else "?"
        return {"frozen": f"{start}{AS_OF}={moment_text(newest)}"}

    def absolute(self, name, *codes):
        """The absolute address of a view, for use on other sites."""
        return site_address(self.request) + reverse(name, args=codes)

    def render_to_response(self, context, **kwargs):
        form = self.chart.form
        if form.other_page:
            other = Indicator.objects.published().get(code=form.other_page)
            return redirect(other.get_absolute_url())
        status = 400 if form.is_refused else 200
        return super().render_to_response(context, status=status, **kwargs)


class FigureChart(PlayableMixin):
    """What the pages of a figure have in common: its chart, its files, its frame."""

    queryset = Figure.objects.published()

    def play(self):
        return figure_chart(self.object, self.request.GET, self.moment)

    def addresses(self):
        slug = self.object.slug
        return {
            "page": self.object.get_absolute_url(),
            **_files("datasets:figure-file", slug),
            "frame": self.absolute("datasets:figure-frame", slug),
            "csv": reverse("api:figure-csv", args=[slug]),
            "json": reverse("api:figure", args=[slug]),
        }


class IndicatorChart(PlayableMixin):
    """What the pages of an indicator have in common."""

    queryset = Indicator.objects.published()
    slug_field = "code"

    def play(self):
        return indicator_chart(self.object, self.request.GET, self.moment)

    def addresses(self):
        code = self.object.code
        every = f"?indicator={code}"
        return {
            "page": self.object.get_absolute_url(),
            **_files("datasets:indicator-file", code),
            "frame": self.absolute("datasets:indicator-frame", code),
            "csv": reverse("api:observations-csv") + every,
            "json": reverse("api:observations") + every,
            "compare": reverse("datasets:comparison") + every,
        }


class Comparison(PlayableMixin, TemplateView):
    """Any indicators and regions in one chart, or in panels below each other."""

    template_name = "datasets/comparison.html"

    def play(self):
        return comparison(self.request.GET)

    def addresses(self):
        return {
            "page": reverse("datasets:comparison"),
            **_files("datasets:comparison-file"),
        }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"title": comparison_title(self.chart.table)}


def _files(name, *codes):
    """(format name, address) of each data file, and of the picture files."""
    files = [
        (ending.upper(), reverse(name, args=[*codes, ending])) for ending in ENDINGS
    ]
    return {
        "files": files,
        "whole": [pair for pair in files if pair[0] not in ("CSV", "JSON")],
    }


@method_decorator(xframe_options_exempt, name="dispatch")
class Frame(PlayableMixin, DetailView):
    """A chart alone, for pages of other sites: no cookie, no link but to its page.

    `?as_of=` freezes it: the values stay those published at that moment, as long as
    they are public at all. A future moment is refused.
    """

    template_name = "datasets/frame.html"
    parameters = (*PARAMETERS, AS_OF)

    @property
    def moment(self):
        text = self.request.GET.get(AS_OF)
        if not text:
            return None
        try:
            moment = parse_moment(text)
        except ValueError as error:
            raise BadRequest("as_of is no day and no moment.") from error
        if moment > timezone.now():
            raise BadRequest("as_of is still to come.")
        return moment

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        # Any page may frame it; the rest of the content security policy stays
        # as strict.
        response._csp_replace = {"frame-ancestors": ["*"]}
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


class FigureFrame(Frame, FigureChart):
    pass


class IndicatorFrame(Frame, IndicatorChart):
    pass
