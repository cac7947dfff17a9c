from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SwotConfig(AppConfig):
    name = "swot"
    verbose_name = _("SWOT")

    def ready(self):
        from cbec_site.base.search_index.documents import words_elsewhere

        from . import answers, receivers  # noqa: F401
        from .search_words import ClaimsOnData

        answers.register()
        words_elsewhere.register(ClaimsOnData())
