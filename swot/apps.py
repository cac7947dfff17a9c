from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SwotConfig(AppConfig):
    name = "swot"
    verbose_name = _("SWOT")

    def ready(self):
        from . import answers, receivers  # noqa: F401

        answers.register()
