from cbec_site.base.language_sitemap import LanguageSitemap

from .models import Policy


class PolicySitemap(LanguageSitemap):
    route = "policies:policy-detail"

    def items(self):
        return Policy.objects.published()


sitemaps = {"policies": PolicySitemap}
