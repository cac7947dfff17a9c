"""The gallery: tokens, components and every kind of page, light and dark."""

from csp.constants import SELF
from django.http import Http404
from django.templatetags.static import static
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView

from cbec_site.cards import public_page
from cbec_site.views import headlines
from datasets.models import Figure
from datasets.views import breakdown_titles, with_parts
from policies.filters import PolicyFilter
from policies.models import Policy
from swot.models import Claim
from swot.models.quadrant_moves import Quadrant
from swot.tables import ClaimTable

from .page_types import NAMES, address_of
from .samples import sample_claims, sample_table
from .tokens import SCHEMES, swatches

STEPS = ("step-3", "step-2", "step-1", "step-0", "step--1")
ROWS = 3


class SampleTable(ClaimTable):
    """The list of claims without caching its rows for other pages."""

    row_key = None


def sample_rows():
    """The list of claims with only its first rows."""
    table = SampleTable(list(Claim.objects.published()[:ROWS]))
    table.paginate(per_page=ROWS)
    return table


@method_decorator(never_cache, name="dispatch")
class Gallery(TemplateView):
    """Every component once, rendered by the templates of the real pages."""

    template_name = "styleguide/gallery.html"

    def get_context_data(self, **kwargs):
        policies = Policy.objects.published()
        asked = {"year": "1066"}
        return super().get_context_data(**kwargs) | {
            "swatches": swatches(),
            "schemes": SCHEMES,
            "steps": STEPS,
            "verdicts": sample_claims(Claim.Verdict),
            "quadrants": Quadrant.choices,
            "headlines": headlines()[:ROWS],
            "breakdowns": breakdown_titles(),
            "sample": sample_table(),
            "figures": with_parts(Figure.objects.published()[:1]),
            "form": PolicyFilter(asked, policies, request=self.request).form,
            "table": sample_rows(),
            "page_types": NAMES,
        }

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        response._csp_update = {"frame-src": [SELF]}
        return response


@method_decorator([never_cache, xframe_options_sameorigin], name="dispatch")
class PageOfType(View):
    """A page of a kind, as the gallery frames it: light, dark or as the system has
    it."""

    parameters = ("scheme",)

    def get(self, request, name):
        try:
            response = public_page(request, address_of(name))
        except LookupError as error:
            raise Http404 from error
        scheme = request.GET.get("scheme")
        if scheme in SCHEMES:
            response.content = _in_scheme(response.content.decode(), scheme)
        response._csp_replace = {"frame-ancestors": [SELF]}
        return response


def _in_scheme(page, scheme):
    """The page in one scheme, whatever the reader's system asks for."""
    sheet = f'<link rel="stylesheet" href="{static("css/styleguide.css")}">'
    page = page.replace("<html ", f'<html class="by-{scheme}" ', 1)
    return page.replace("</head>", f"{sheet}</head>", 1)
