from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PoliciesConfig(AppConfig):
    name = "policies"
    verbose_name = _("Policies")

    def ready(self):
        from cbec_site.base.search_index.documents import words_elsewhere
        from datasets.imports.registry import register

        from .importing.importer import policies
        from .indexes import add_indexes
        from .receivers import connect
        from .search_words import ZonesAndActs

        register(policies)
        words_elsewhere.register(ZonesAndActs())
        connect(self)
        post_migrate.connect(add_indexes, sender=self)
