"""What the study advises."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cbec_site.base.publishing import Publishable
from swot.protection import keep_linked

from .analyses import Analysis
from .claims import Claim
from .corrections import Correction
from .entries import Entry
from .parts import Part


class Recommendation(Part):
    """What the study advises, and the entries it answers."""

    analysis = models.ForeignKey(
        Analysis,
        on_delete=models.CASCADE,
        related_name="recommendations",
        verbose_name=_("analysis"),
    )
    code = models.CharField(_("code"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("body"))
    answers = models.ManyToManyField(
        Entry,
        blank=True,
        related_name="recommendations",
        verbose_name=_("answers"),
    )
    observations = models.ManyToManyField(
        "datasets.Observation",
        blank=True,
        related_name="recommendations",
        verbose_name=_("observations"),
    )
    policies = models.ManyToManyField(
        "policies.Policy",
        blank=True,
        related_name="recommendations",
        verbose_name=_("policies"),
    )
    claims = models.ManyToManyField(
        Claim, blank=True, related_name="recommendations", verbose_name=_("claims")
    )

    search_fields = Entry.search_fields

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["analysis", "code"]
        constraints = Publishable.Meta.constraints + [
            models.UniqueConstraint(
                fields=["analysis", "code"],
                name="swot_recommendation_unique_code",
                violation_error_message=_("The analysis already has this code."),
            )
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse(
            "swot:recommendation-detail", args=[self.analysis.slug, self.code]
        )

    @property
    def tows(self):
        """TOWS kinds (SO, WO, ST, WT) that follow from the published answers."""
        quadrants = {entry.quadrant for entry in self.answers.all()}
        return [kind for kind in ("SO", "WO", "ST", "WT") if set(kind) <= quadrants]


keep_linked(Recommendation)
# What was said in public to be affected stays named.
keep_linked(Correction)
