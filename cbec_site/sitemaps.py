"""Everything search engines should know, and what they should leave alone."""

from django.contrib.sitemaps import views
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from datasets.sitemaps import sitemaps as datasets
from policies.sitemaps import sitemaps as policies
from swot.sitemaps import sitemaps as swot

from .base.addresses import site_address
from .base.language_sitemap import LanguageSitemap
from .models import Page

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

    main_text = ""

    def items(self):
        return LISTS

    def location(self, item):
        return reverse(item)


class PageSitemap(LanguageSitemap):
    def items(self):
        return Page.objects.published().order_by("slug")


SITEMAPS = {"lists": ListSitemap, "pages": PageSitemap} | datasets | policies | swot


def index(request):
    """The list of sitemaps, one for each kind of page and each ten thousand pages."""
    base = site_address(request)
    found = []
    for name, sitemap in SITEMAPS.items():
        address = base + reverse("sitemap-section", args=[name])
        for number in sitemap().paginator.page_range:
            page = f"?p={number}" if number > 1 else ""
            found.append({"location": address + page})
    return render(
        request,
        "sitemap_index.xml",
        {"sitemaps": found},
        content_type="application/xml",
    )


def section(request, section):
    """The pages of one kind."""
    return views.sitemap(request, SITEMAPS, section=section)


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
