"""Everything search engines should know, and what they should leave alone."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from datasets.sitemaps import sitemaps as datasets
from policies.sitemaps import sitemaps as policies
from swot.sitemaps import sitemaps as swot

from .base.addresses import site_address
from .base.kept import kept
from .base.language_sitemap import HEAD, TAIL, LanguageSitemap, addresses_of
from .last_changed import moments_of
from .models import Page

# Digits in the number of a part.
LONGEST = 9
LISTS = (
    "home",
    "api-docs",
    "datasets:indicator-list",
    "datasets:comparison",
    "datasets:figure-list",
    "datasets:region-list",
    "datasets:source-list",
    "policies:policy-list",
    "policies:pilotzone-list",
    "swot:analysis-list",
    "swot:claim-list",
    "swot:correction-list",
)


class ListSitemap(LanguageSitemap):
    """Pages that exist whatever the data."""

    parts = 1

    def items(self):
        return None

    def has_part(self, number):
        return number == 1

    def lines(self, number, base, moments=()):
        yield HEAD
        for name in LISTS:
            addresses = addresses_of(name)
            yield self.entry(base, addresses, is_in_both=True)
        yield TAIL


class PageSitemap(LanguageSitemap):
    route = "page"
    keys = ("slug",)

    def items(self):
        return Page.objects.published()


SITEMAPS = {"lists": ListSitemap, "pages": PageSitemap} | datasets | policies | swot


def index(request):
    """The list of sitemaps, one for each kind of page and each of its parts."""
    base = site_address(request)
    parts = kept("parts of sitemaps", count_parts)
    entries = []
    for name, number_of_parts in parts.items():
        address = base + reverse("sitemap-section", args=[name])
        for number in range(1, number_of_parts + 1):
            page = f"?p={number}" if number > 1 else ""
            entries.append({"location": address + page})
    return render(
        request,
        "sitemap_index.xml",
        {"sitemaps": entries},
        content_type="application/xml",
    )


def count_parts():
    """The number of parts of each sitemap."""
    return {name: sitemap().parts for name, sitemap in SITEMAPS.items()}


def moments(sitemap):
    """What says when each page last changed; nothing is known about lists."""
    rows = sitemap.items()
    return moments_of(rows.model) if rows is not None else []


def section(request, section):
    """The pages of one kind, or a part of them, in pieces."""
    number = request.GET.get("p", "1")
    sitemap = SITEMAPS[section]() if section in SITEMAPS else None
    is_number = number.isascii() and number.isdecimal() and len(number) < LONGEST
    if not sitemap or not is_number or not sitemap.has_part(int(number)):
        raise Http404("There is no such sitemap.")
    lines = sitemap.lines(int(number), site_address(request), moments(sitemap))
    response = StreamingHttpResponse(lines, content_type="application/xml")
    response["X-Robots-Tag"] = "noindex, noodp, noarchive"
    return response


section.parameters = ("p",)


def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Sitemap: {site_address(request)}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


for view in (index, section, robots):
    view.is_language_neutral = True
