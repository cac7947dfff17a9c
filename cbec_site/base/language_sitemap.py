"""A sitemap whose pages exist in Chinese, and in English where a text does."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from .languages import bcp47


class LanguageSitemap(Sitemap):
    """Lists each page with its versions, tagged as in the head of the page.

    `main_text` is the translated field without which a page has no version of its
    own in a language; "" stands for pages that are translated as a whole.
    """

    i18n = True
    alternates = True
    x_default = True
    limit = 10000
    main_text = "title"

    def get_languages_for_item(self, item):
        if self.main_text and not getattr(item, f"{self.main_text}_en"):
            return ["zh-hans"]
        return ["zh-hans", "en"]

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme or super().get_protocol(protocol)

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc or super().get_domain(site)

    def get_urls(self, *args, **kwargs):
        found = super().get_urls(*args, **kwargs)
        for url in found:
            alternates = url["alternates"]
            for alternate in alternates:
                if alternate["lang_code"] == "x-default":
                    # As in the head: the Chinese page, not an address that redirects.
                    alternate["location"] = alternates[0]["location"]
                alternate["lang_code"] = bcp47(alternate["lang_code"])
        return found
