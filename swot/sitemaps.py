from cbec_site.base.language_sitemap import LanguageSitemap

from .models import Analysis, Claim, Entry, Recommendation


class AnalysisSitemap(LanguageSitemap):
    def items(self):
        return Analysis.objects.published().order_by("slug")


class EntrySitemap(LanguageSitemap):
    def items(self):
        return (
            Entry.objects.published()
            .select_related("analysis")
            .order_by("analysis", "code")
        )


class RecommendationSitemap(LanguageSitemap):
    def items(self):
        found = Recommendation.objects.published().select_related("analysis")
        return found.order_by("analysis", "code")


class ClaimSitemap(LanguageSitemap):
    main_text = "statement"

    def items(self):
        return Claim.objects.published().order_by("code")


sitemaps = {
    "analyses": AnalysisSitemap,
    "entries": EntrySitemap,
    "recommendations": RecommendationSitemap,
    "claims": ClaimSitemap,
}
