from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatasetsConfig(AppConfig):
    name = "datasets"
    verbose_name = _("Datasets")

    def ready(self):
        from .importing.importer import observations
        from .imports.registry import register
        from .receivers import connect

        register(observations)
        connect(self)
