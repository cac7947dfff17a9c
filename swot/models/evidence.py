"""What an entry rests on, and in which role."""

import functools
import operator

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cbec_site.base.constraints import ConstraintsAtFields
from cbec_site.base.managers import WithLinks
from policies.act_text import MARKUP, is_within
from swot.checking.verdicts import DOUBTFUL

from .claims import Claim
from .entries import Entry
from .events import Event
from .protection import protect_linked

# The kinds, in the order of the page.
TARGETS = {
    "observation": _("Data"),
    "figure": _("Figures"),
    "claim": _("Claims"),
    "policy": _("Policies"),
    "event": _("Events"),
}


class EvidenceQuerySet(models.QuerySet):
    def published(self):
        """Public things that public entries rest on."""
        is_public = models.Q()
        for name in TARGETS:
            targets = self.model._meta.get_field(name).related_model.objects
            public = targets.published().filter(pk=models.OuterRef(name))
            is_public |= models.Q(models.Exists(public))
        entries = Entry.objects.published().filter(pk=models.OuterRef("entry"))
        return self.filter(is_public, models.Exists(entries))

    def with_targets(self):
        """Fetch everything a page prints about the linked things."""
        return self.select_related(
            "observation__indicator",
            "observation__region",
            "observation__source",
            "figure",
            "claim",
            "policy",
            "event",
        ).prefetch_related("policy__policyissuer_set__issuer")


def _one_target():
    """Exactly one of the five targets is given."""
    names = ("observation", "figure", "policy", "claim", "event")
    cases = [
        models.Q(**{f"{name}__isnull": name != given for name in names})
        for given in names
    ]
    return functools.reduce(operator.or_, cases)


class Evidence(ConstraintsAtFields):
    """What an entry rests on, in which role, and when an editor last checked it."""

    class Role(models.TextChoices):
        SUPPORTS = "supports", _("Supports")
        WEAKENS = "weakens", _("Weakens")
        CONTEXT = "context", _("Context")

    entry = models.ForeignKey(
        Entry,
        on_delete=models.CASCADE,
        related_name="evidence",
        verbose_name=_("entry"),
    )
    observation = models.ForeignKey(
        "datasets.Observation",
        on_delete=protect_linked,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("observation"),
    )
    figure = models.ForeignKey(
        "datasets.Figure",
        on_delete=protect_linked,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("figure"),
    )
    policy = models.ForeignKey(
        "policies.Policy",
        on_delete=protect_linked,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("policy"),
    )
    claim = models.ForeignKey(
        Claim,
        on_delete=protect_linked,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("claim"),
    )
    event = models.ForeignKey(
        Event,
        on_delete=protect_linked,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("event"),
    )
    role = models.CharField(
        _("role"),
        max_length=8,
        choices=Role,
        default=Role.CONTEXT,
        help_text=_("You decide whether it supports or weakens the entry."),
    )
    passage = models.CharField(
        _("passage of the act"),
        max_length=300,
        blank=True,
        help_text=_(
            "Words exactly as in the text of the policy; they are marked there."
        ),
    )
    note = models.TextField(_("note"), blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()
    named = WithLinks(*TARGETS)

    class Meta:
        base_manager_name = "named"
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["entry", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=_one_target(),
                name="swot_evidence_one_target",
                violation_error_message=_(
                    "Name one observation, figure, policy, claim or event."
                ),
            ),
            models.UniqueConstraint(
                fields=["entry", "observation"],
                name="swot_evidence_observation_once",
                violation_error_message=_("The entry already rests on this."),
            ),
            models.UniqueConstraint(
                fields=["entry", "figure"],
                name="swot_evidence_figure_once",
                violation_error_message=_("The entry already rests on this."),
            ),
            models.UniqueConstraint(
                fields=["entry", "policy"],
                name="swot_evidence_policy_once",
                violation_error_message=_("The entry already rests on this."),
            ),
            models.UniqueConstraint(
                fields=["entry", "claim"],
                name="swot_evidence_claim_once",
                violation_error_message=_("The entry already rests on this."),
            ),
            models.UniqueConstraint(
                fields=["entry", "event"],
                name="swot_evidence_event_once",
                violation_error_message=_("The entry already rests on this."),
            ),
        ]

    def __str__(self):
        return f"{self.entry.code}: {self.target}"

    def clean(self):
        """Raise ValidationError unless the passage is in the text of the policy, word
        for word."""
        super().clean()
        if not self.passage:
            return
        policy = self.policy
        texts = (policy.text_zh_hans, policy.text_en) if policy else ()
        if MARKUP.search(self.passage) or not is_within(self.passage, *texts):
            text = _("The text of the policy has no such words on one line.")
            raise ValidationError({"passage": text})

    @property
    def doubt(self):
        """The verdict that contradicts supporting evidence, or ""."""
        claim = self.claim
        if self.role != self.Role.SUPPORTS or claim is None:
            return ""
        return claim.get_verdict_display() if claim.verdict in DOUBTFUL else ""

    @property
    def target(self):
        """The observation, figure, policy, claim or event."""
        return (
            self.observation or self.figure or self.policy or self.claim or self.event
        )


def grouped(links):
    """(label, links, is_table) for each kind of evidence that occurs, in order.

    Observations are shown as a table.

    `links` come with their targets loaded. Within a kind, supporting evidence comes
    first, then weakening, then context, each in the order of entry.
    """
    order = ["supports", "weakens", "context"]
    links = sorted(links, key=lambda link: order.index(link.role))
    evidence = (
        (label, [link for link in links if getattr(link, kind) is not None], kind)
        for kind, label in TARGETS.items()
    )
    return [
        (label, chosen, kind == "observation")
        for label, chosen, kind in evidence
        if chosen
    ]
