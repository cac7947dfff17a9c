from cbec_site.base.language_sitemap import LanguageSitemap

from .models import Figure, Indicator, Region, Source


class IndicatorSitemap(LanguageSitemap):
    route = "datasets:indicator-detail"

    def items(self):
        return Indicator.objects.published().order_by("code")


class FigureSitemap(LanguageSitemap):
    route = "datasets:figure-detail"
    keys = ("slug",)

    def items(self):
        return Figure.objects.published().order_by("number")


class RegionSitemap(LanguageSitemap):
    route = "datasets:region-detail"
    main_text = "name"

    def items(self):
        return Region.objects.published().order_by("code")


class SourceSitemap(LanguageSitemap):
    route = "datasets:source-detail"

    def items(self):
        return Source.objects.published().order_by("code")


sitemaps = {
    "indicators": IndicatorSitemap,
    "figures": FigureSitemap,
    "regions": RegionSitemap,
    "sources": SourceSitemap,
}
