"""The texts that exist in both languages. History is registered afterwards, to include
their columns."""

from modeltranslation.translator import TranslationOptions, register

from cbec_site.base.history import keep_history

from .models import (
    Analysis,
    Claim,
    Correction,
    Entry,
    Event,
    Evidence,
    QuadrantMove,
    Recommendation,
    Report,
)


@register(Analysis)
class AnalysisTranslation(TranslationOptions):
    fields = (
        "title",
        "abstract",
        "keywords",
        "author",
        "journal",
        "study_title",
        "references",
    )
    required_languages = {"zh-hans": ("title", "abstract")}


@register(Claim)
class ClaimTranslation(TranslationOptions):
    fields = (
        "statement",
        "remark",
        "computation",
        "explanation",
        "accepted_reason",
    )
    required_languages = {"zh-hans": ("statement",)}


@register(Correction)
class CorrectionTranslation(TranslationOptions):
    fields = ("title", "old_value", "new_value", "reason")
    required_languages = ("zh-hans",)


@register(Report)
class ReportTranslation(TranslationOptions):
    fields = ("answer",)


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("zh-hans",)


@register(Entry)
class EntryTranslation(TranslationOptions):
    fields = ("title", "body")
    required_languages = ("zh-hans",)


@register(Evidence)
class EvidenceTranslation(TranslationOptions):
    fields = ("note",)


@register(QuadrantMove)
class QuadrantMoveTranslation(TranslationOptions):
    fields = ("reason",)
    required_languages = ("zh-hans",)


@register(Recommendation)
class RecommendationTranslation(TranslationOptions):
    fields = ("title", "body")
    required_languages = ("zh-hans",)


LINKED = ("answers", "observations", "policies", "claims")
for model in (Event, Evidence):
    keep_history(model, app="swot")
keep_history(Claim, app="swot", without=("words_digest",))
keep_history(Analysis, app="swot", parts=("figure_links",))
keep_history(Correction, app="swot", parts=("claims",))
keep_history(Entry, app="swot", parts=("evidence", "moves"))
keep_history(Recommendation, app="swot", parts=LINKED)
