from cbec_site.base.language_sitemap import LanguageSitemap

from .models import Figure, Indicator, Region, Source


class IndicatorSitemap(LanguageSitemap):
    route = "datasets:indicator-detail"

    def items(self):
        return Indicator.objects.published()


class FigureSitemap(LanguageSitemap):
    route = "datasets:figure-detail"
    keys = ("slug",)

    def items(self):
        return Figure.objects.published()


class RegionSitemap(LanguageSitemap):
    route = "datasets:region-detail"
    main_text = "name"

    def items(self):
        return Region.objects.published()


class SourceSitemap(LanguageSitemap):
    route = "datasets:source-detail"

    def items(self):
        return Source.objects.published()


sitemaps = {
    "indicators": IndicatorSitemap,
    "figures": FigureSitemap,
    "regions": RegionSitemap,
    "sources": SourceSitemap,
}
