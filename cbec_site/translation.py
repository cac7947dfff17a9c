"""Which texts exist in both languages; history comes after, to have their columns."""

from modeltranslation.translator import TranslationOptions, register

from .base.history import keep_history
from .models import Page


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "body")
    required_languages = ("zh-hans",)


keep_history(Page, app="cbec_site")
