import sys

from django.db.models import F, Q
from django.http import (
    HttpResponse,
    HttpResponseServerError,
    JsonResponse,
)
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html_join
from django.utils.translation import (
    get_language_from_request,
    gettext,
    override,
)
from django.views import defaults
from django.views.generic import DetailView, TemplateView, View
from django_guid import get_guid

from datasets.models import Figure, Observation
from datasets.views import breakdown_titles, with_parts
from policies.models import Policy
from swot.article import abstracts, bound_numbers, quadrants
from swot.checking.periods import kind_of
from swot.models import Analysis, Claim
from swot.views import verdict_counts

from .base.full_disk import is_disk_full
from .base.kept import kept_part
from .base.reads import state_of
from .models import Page
from .moved_addresses import redirect_to_meant
from .search import search, suggest

HEADLINES = (
    ("gz_cbec_2022", "gz_cbec_growth_2022"),
    ("cn_cbec_2023", "cn_cbec_growth_2018_2023"),
    ("gz_ow_2022", "gz_ow_share_2022"),
    ("gz_freight_land_2022", None),
)


SERIES = ("indicator_id", "region_id", "breakdown", "period", "period_end")
# How many values of the headlines' series are examined, the newest first.
LATER_READ = 2_000


def choose_language(request):
    """The bare address: redirects to the browser's language, else to Chinese."""
    with override(get_language_from_request(request)):
        response = redirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


class Home(TemplateView):
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "body": kept_part(("home",), render_home)
        }


def render_home():
    """The content of the home page, as HTML; each of its sections is kept as well."""
    analysis = Analysis.objects.published().select_related("region").first()
    if analysis is None:
        return render_to_string("home/_none.html")
    key = "home", state_of(analysis)

    def section(name, read):
        def render():
            context = {"analysis": analysis} | read()
            return render_to_string(f"home/_{name}.html", context)

        return kept_part((*key, name), render)

    study, notes = kept_part((*key, "study"), lambda: render_study(analysis))
    sections = (
        study,
        section("ways", dict),
        section("matrix", lambda: {"quadrants": quadrants(analysis)}),
        section("figures", first_figures),
        section("policies", newest_policies),
        notes,
    )
    return format_html_join("", "{}", ((html,) for html in sections))


def render_study(analysis):
    """The abstract with the counts of verdicts, the most telling claims and the
    headline numbers, and the notes on the numbers in it."""
    verdicts = verdict_counts()
    context = {
        "analysis": analysis,
        **bound_numbers(*abstracts(analysis)),
        "verdicts": verdicts,
        "claims_checked": sum(count for _verdict, count in verdicts),
        "telling": telling_claims(),
        "headlines": headlines(),
        "breakdowns": breakdown_titles(),
    }
    names = ("home/_study.html", "swot/_numbers.html")
    return tuple(render_to_string(name, context) for name in names)


def first_figures():
    return {"figures": with_parts(Figure.objects.published()[:5])}


def newest_policies():
    newest = F("published_on").desc(nulls_last=True)
    policies = Policy.objects.published().with_issuers().order_by(newest, "code")
    return {"policies": policies[:5]}


def headlines():
    """The study's headline numbers, each with a comparison and the newest value since.

    Tuples of the published observation, the number it is compared with, and the newest
    value for the same kind of period; None if there is none. Three queries.
    """
    codes = [code for pair in HEADLINES for code in pair if code]
    public = Observation.objects.published().with_labels()
    by_code = {row.code: row for row in public.named(codes)}
    stated = [by_code[code] for code, _scale in HEADLINES if code in by_code]
    newest = newest_since(stated)
    return [
        (by_code[code], by_code.get(scale), newest.get(code))
        for code, scale in HEADLINES
        if code in by_code
    ]


def newest_since(stated):
    """Code → the newest later value of each observation's series.

    Editions count as one series here, since the page names period and source; other
    kinds of period (nine months instead of a year) do not count. Two queries.
    """
    stated = {_series(row): row for row in stated if row.period_end}
    after = Q(pk__in=[])
    for row in stated.values():
        after |= Q(
            indicator=row.indicator,
            region=row.region,
            breakdown=row.breakdown,
            period_end__gt=row.period_end,
        )
    public = Observation.objects.published().filter(after, value__isnull=False)
    newest = {}
    for later in public.order_by("-period_end", "-vintage").only(*SERIES)[:LATER_READ]:
        row = stated.get(_series(later))
        if row and row.period_end < later.period_end:
            newest.setdefault(row.code, later.pk)
    rows = Observation.objects.with_labels().in_bulk(newest.values())
    return {code: rows[key] for code, key in newest.items()}


def _series(observation):
    """What two values of one series have in common."""
    kind = kind_of(observation.period)
    return *(getattr(observation, name) for name in SERIES[:3]), kind


def telling_claims():
    """Conclusions that the data contradict, then those that newer data have overtaken.

    At most three. Those decided by arithmetic come before editors' findings; the last
    place goes to an overtaken conclusion, if there is one.
    """
    public = Claim.objects.published().order_by("finding", "code")
    contradicted = list(public.filter(verdict=Claim.Verdict.CONTRADICTED)[:3])
    superseded = list(public.filter(verdict=Claim.Verdict.SUPERSEDED)[:1])
    return [*contradicted[: 3 - len(superseded)], *superseded]


class Search(TemplateView):
    template_name = "search.html"
    parameters = ("q", "kind", "page")

    def get_context_data(self, **kwargs):
        asked = self.request.GET
        return super().get_context_data(**kwargs) | search(
            asked.get("q", ""), asked.get("kind", ""), asked.get("page", "1")
        )


class Suggestions(View):
    """Suggestions while a reader types into a search box, as JSON."""

    parameters = ("q",)

    def get(self, request):
        """A few titles with their addresses; none for fewer than two characters."""
        hits = [
            {
                "url": hit.url,
                "code": hit.code,
                "title": hit.name,
                "lang": hit.title_lang,
            }
            for hit in suggest(request.GET.get("q", ""))
        ]
        response = JsonResponse(
            {"suggestions": hits}, json_dumps_params={"ensure_ascii": False}
        )
        response["X-Robots-Tag"] = "noindex"
        return response


class PageDetail(DetailView):
    queryset = Page.objects.published()
    template_name = "page.html"


def page_not_found(request, exception):
    """Redirects to the address that was meant, if that is clear; else “not found”."""
    return redirect_to_meant(request) or defaults.page_not_found(request, exception)


def server_error(request):
    """The page for a server error, with the id under which it was logged.

    A full disk is reported as such, so that senders learn that nothing was stored.
    """
    if is_disk_full(sys.exception()):
        return HttpResponse(render_to_string("507.html"), status=507)
    return HttpResponseServerError(_fault_page(get_guid()))


def _fault_page(number):
    """The error page; a bare one if the error affects that page too."""
    try:
        return render_to_string("500.html", {"request_id": number})
    except Exception:
        said = []
        for language in ("zh-hans", "en"):
            with override(language):
                fault = gettext("Something went wrong here")
                said.append((language, fault, number))
        return format_html_join("", '<p lang="{}">{}. <code>{}</code></p>', said)
