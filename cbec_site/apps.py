from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CbecSiteConfig(AppConfig):
    name = "cbec_site"
    verbose_name = _("Site")
