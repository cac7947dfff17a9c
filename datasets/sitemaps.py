from cbec_site.base.language_sitemap import LanguageSitemap

from .models import Figure, Indicator, Region, Source


class IndicatorSitemap(LanguageSitemap):
    def items(self):
        return Indicator.objects.published().order_by("code")


class FigureSitemap(LanguageSitemap):
    def items(self):
        return Figure.objects.published().order_by("number")


class RegionSitemap(LanguageSitemap):
    main_text = "name"

    def items(self):
        return Region.objects.published().order_by("code")


class SourceSitemap(LanguageSitemap):
    def items(self):
        return Source.objects.published().order_by("code")


sitemaps = {
    "indicators": IndicatorSitemap,
    "figures": FigureSitemap,
    "regions": RegionSitemap,
    "sources": SourceSitemap,
}
