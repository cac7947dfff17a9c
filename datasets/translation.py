"""Which texts exist in both languages; history comes after, to have their columns."""

from modeltranslation.translator import TranslationOptions, register

from cbec_site.base.history import keep_history

from .models import Breakdown, Figure, Indicator, Observation, Region, Source


@register(Source)
class SourceTranslation(TranslationOptions):
    fields = ("title", "publisher", "citation", "licence")
    required_languages = {"zh-hans": ("title",)}


@register(Region)
class RegionTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("zh-hans",)


@register(Indicator)
class IndicatorTranslation(TranslationOptions):
    fields = ("title", "definition")
    required_languages = {"zh-hans": ("title",)}


@register(Observation)
class ObservationTranslation(TranslationOptions):
    fields = ("note",)


@register(Breakdown)
class BreakdownTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("zh-hans",)


@register(Figure)
class FigureTranslation(TranslationOptions):
    fields = ("title", "subtitle", "note", "source_line")
    required_languages = {"zh-hans": ("title",)}


for model in (Source, Region, Indicator, Observation, Breakdown):
    keep_history(model, app="datasets")
keep_history(Figure, app="datasets", parts=("points",))
