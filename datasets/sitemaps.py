from cbec_site.base.language_sitemap import LanguageSitemap

from .api import public_regions, public_sources
from .models import Figure, Indicator


class IndicatorSitemap(LanguageSitemap):
    def items(self):
        return Indicator.objects.published().order_by("code")


class FigureSitemap(LanguageSitemap):
    def items(self):
        return Figure.objects.published().order_by("number")


class RegionSitemap(LanguageSitemap):
    main_text = "name"

    def items(self):
        return public_regions().order_by("code")


class SourceSitemap(LanguageSitemap):
    def items(self):
        return public_sources().order_by("code")


sitemaps = {
    "indicators": IndicatorSitemap,
    "figures": FigureSitemap,
    "regions": RegionSitemap,
    "sources": SourceSitemap,
}
