from django.apps import AppConfig
from django.db.models.signals import pre_migrate

from .older_codes import refuse_codes
from .squashes import refuse_middle


class BaseConfig(AppConfig):
    """Registers the template tags of the base; it has no models of its own."""

    name = "cbec_site.base"
    label = "base"

    def ready(self):
        pre_migrate.connect(refuse_middle)
        pre_migrate.connect(refuse_codes)
