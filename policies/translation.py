"""The texts that exist in both languages. History is registered afterwards, to include
their columns."""

from modeltranslation.translator import TranslationOptions, register

from cbec_site.base.history import keep_history

from .models import (
    Issuer,
    PilotZone,
    Policy,
    PolicyAttachment,
    PolicyEvent,
    PolicyRelation,
    ProposedFact,
    SavedView,
    Topic,
)


@register(Issuer)
class IssuerTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("zh-hans",)


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("zh-hans",)


@register(Policy)
class PolicyTranslation(TranslationOptions):
    fields = ("title", "summary", "text", "licence_note")
    required_languages = {"zh-hans": ("title",)}


@register(PolicyAttachment)
class PolicyAttachmentTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("zh-hans",)


@register(SavedView)
class SavedViewTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("zh-hans",)


PARTS = ("policyissuer_set", "topics", "events", "relations", "attachments")
SINGLE = (Issuer, Topic, PolicyEvent, PolicyRelation, ProposedFact, PilotZone)
for model in (*SINGLE, PolicyAttachment, SavedView):
    keep_history(model, app="policies")
keep_history(Policy, app="policies", parts=PARTS)
