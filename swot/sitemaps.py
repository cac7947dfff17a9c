from cbec_site.base.language_sitemap import LanguageSitemap

from .models import Analysis, Claim, Entry, Recommendation


class AnalysisSitemap(LanguageSitemap):
    route = "swot:analysis-detail"
    keys = ("slug",)

    def items(self):
        return Analysis.objects.published()


class EntrySitemap(LanguageSitemap):
    route = "swot:entry-detail"
    keys = ("analysis__slug", "code")

    def items(self):
        return Entry.objects.published()


class RecommendationSitemap(LanguageSitemap):
    route = "swot:recommendation-detail"
    keys = ("analysis__slug", "code")

    def items(self):
        return Recommendation.objects.published()


class ClaimSitemap(LanguageSitemap):
    route = "swot:claim-detail"
    main_text = "statement"

    def items(self):
        return Claim.objects.published()


sitemaps = {
    "analyses": AnalysisSitemap,
    "entries": EntrySitemap,
    "recommendations": RecommendationSitemap,
    "claims": ClaimSitemap,
}
