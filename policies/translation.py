"""Which texts exist in both languages; history comes after, to have their columns."""

from modeltranslation.translator import TranslationOptions, register

from cbec_site.base.history import keep_history

from .models import (
    Issuer,
    PilotZone,
    Policy,
    PolicyEvent,
    PolicyRelation,
    ProposedFact,
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
    fields = ("title", "summary")
    required_languages = {"zh-hans": ("title",)}


PARTS = ("policyissuer_set", "topics", "events", "relations")
for model in (Issuer, Topic, PolicyEvent, PolicyRelation, ProposedFact, PilotZone):
    keep_history(model, app="policies")
keep_history(Policy, app="policies", parts=PARTS)
