from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from .append_only import protect
from .roles import make_roles


class EvidenceAdminConfig(admin.AdminConfig):
    """The admin, with the site's own start page, search and sign-in."""

    default = False
    default_site = "cbec_site.accounts.site.EvidenceAdminSite"


class AccountsConfig(AppConfig):
    name = "cbec_site.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
    default = True

    def ready(self):
        from django.contrib.auth.signals import user_logged_in

        from . import audit, sessions

        post_migrate.connect(make_roles, sender=self)
        post_migrate.connect(protect, sender=self)
        user_logged_in.connect(sessions.begin)
        audit.connect()
