"""How acts follow from one another, and what waits for an editor to confirm."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cbec_site.base.confidence import UNCONFIRMED, Confidence
from cbec_site.base.constraints import ConstraintsAtFields
from cbec_site.base.uses import uses


class PolicyRelationQuerySet(models.QuerySet):
    def published(self):
        """What readers may see: confirmed relations between published acts, or to one
        outside the library."""
        return self.filter(
            Q(other__isnull=True) | Q(other__is_published=True),
            policy__is_published=True,
        ).exclude(confidence__in=UNCONFIRMED)

    def to_confirm(self):
        """The relations that wait for an editor to confirm them."""
        return self.filter(confidence__in=UNCONFIRMED)


@uses("other")
class PolicyRelation(ConstraintsAtFields):
    """How an act relates to another, which may be outside the library."""

    class Kind(models.TextChoices):
        IMPLEMENTS = "implements", _("implements")
        BASED_ON = "based_on", _("is based on")
        AMENDS = "amends", _("amends")
        REPLACES = "replaces", _("replaces")
        REPEALS = "repeals", _("repeals")
        EXTENDS = "extends", _("extends")
        INTERPRETS = "interprets", _("interprets")
        RELATES = "relates", _("is related to")

    # The same kinds as seen from the other act.
    INVERSE = {
        Kind.IMPLEMENTS: _("is implemented by"),
        Kind.BASED_ON: _("is the basis of"),
        Kind.AMENDS: _("is amended by"),
        Kind.REPLACES: _("is replaced by"),
        Kind.REPEALS: _("is repealed by"),
        Kind.EXTENDS: _("is extended by"),
        Kind.INTERPRETS: _("is interpreted by"),
        Kind.RELATES: _("is related to"),
    }

    policy = models.ForeignKey(
        "policies.Policy",
        on_delete=models.CASCADE,
        related_name="relations",
        verbose_name=_("policy"),
    )
    kind = models.CharField(_("relation"), max_length=10, choices=Kind)
    other = models.ForeignKey(
        "policies.Policy",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="relations_from",
        verbose_name=_("other act"),
    )
    other_name = models.CharField(
        _("act outside the library"),
        max_length=200,
        blank=True,
        help_text=_("Its number or title, if the library does not have the act."),
    )
    confidence = models.CharField(
        _("confidence"), max_length=14, choices=Confidence, default=Confidence.EDITOR
    )

    constraint_fields = {
        "policies_policyrelation_once": "other",
        "policies_policyrelation_one_act": "other_name",
        "policies_policyrelation_not_itself": "other",
    }

    objects = PolicyRelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation between acts")
        verbose_name_plural = _("relations between acts")
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "kind", "other"],
                name="policies_policyrelation_once",
                violation_error_message=_("This relation is listed already."),
            ),
            models.UniqueConstraint(
                fields=["policy", "kind", "other_name"],
                condition=~Q(other_name=""),
                name="policies_policyrelation_name_once",
                violation_error_message=_("This relation is listed already."),
            ),
            models.CheckConstraint(
                condition=(Q(other__isnull=True) & ~Q(other_name=""))
                | Q(other__isnull=False, other_name=""),
                name="policies_policyrelation_one_act",
                violation_error_message=_(
                    "Name the other act once: one of the library or one outside it."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(other=models.F("policy")),
                name="policies_policyrelation_not_itself",
                violation_error_message=_("An act cannot be related to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.other or self.other_name}"

    @property
    def is_public(self):
        """Whether readers of its policy may see it; uses the prefetched act."""
        is_known = self.confidence not in UNCONFIRMED
        return is_known and (self.other is None or self.other.is_published)

    @property
    def other_code(self):
        return self.other.code if self.other else ""

    @property
    def inverse_label(self):
        """The relation as the other act has it."""
        return self.INVERSE[self.kind]


@uses("policy")
class ProposedFact(ConstraintsAtFields):
    """A value for a field of an act that an editor has still to confirm."""

    is_public_content = False

    class Field(models.TextChoices):
        TITLE = "title_zh_hans", _("title (Chinese)")
        SUMMARY_ZH = "summary_zh_hans", _("summary (Chinese)")
        SUMMARY_EN = "summary_en", _("summary (English)")
        PUBLISHED = "published", _("date published")

    policy = models.ForeignKey(
        "policies.Policy",
        on_delete=models.CASCADE,
        related_name="proposed_facts",
        verbose_name=_("policy"),
    )
    field = models.CharField(_("field"), max_length=20, choices=Field)
    value = models.TextField(_("proposed value"))
    confidence = models.CharField(
        _("confidence"), max_length=14, choices=Confidence, default=Confidence.RECALLED
    )
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    seen = models.CharField(_("what was seen"), max_length=500, blank=True)

    constraint_fields = {"policies_proposedfact_once": "field"}

    class Meta:
        verbose_name = _("fact to confirm")
        verbose_name_plural = _("facts to confirm")
        ordering = ["policy__code", "field"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "field"],
                name="policies_proposedfact_once",
                violation_error_message=_(
                    "A value for this field is already waiting to be confirmed."
                ),
            )
        ]

    def __str__(self):
        return f"{self.policy} · {self.get_field_display()}"
