"""What the study advises."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cbec_site.base.managers import WithLinks
from cbec_site.base.uses import uses

from .analyses import Analysis
from .claims import Claim
from .entries import Entry
from .parts import Part, part_searched
from .protection import owned_link, protecting_link


@uses("analysis", "observations", "policies", "claims", "answers")
class Recommendation(Part):
    """A piece of advice in the study, and the entries it answers."""

    analysis = models.ForeignKey(
        Analysis,
        on_delete=models.CASCADE,
        related_name="recommendations",
        verbose_name=_("analysis"),
    )
    answers = models.ManyToManyField(
        Entry,
        through="RecommendationAnswer",
        blank=True,
        related_name="recommendations",
        verbose_name=_("answers"),
    )
    observations = models.ManyToManyField(
        "datasets.Observation",
        through="RecommendationObservation",
        blank=True,
        related_name="recommendations",
        verbose_name=_("observations"),
    )
    policies = models.ManyToManyField(
        "policies.Policy",
        through="RecommendationPolicy",
        blank=True,
        related_name="recommendations",
        verbose_name=_("policies"),
    )
    claims = models.ManyToManyField(
        Claim,
        through="RecommendationClaim",
        blank=True,
        related_name="recommendations",
        verbose_name=_("claims"),
    )

    searched = part_searched(number=3)

    class Meta(Part.Meta):
        abstract = False
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")

    def get_absolute_url(self):
        return reverse(
            "swot:recommendation-detail", args=[self.analysis.slug, self.code]
        )

    @property
    def tows(self):
        """TOWS kinds (SO, WO, ST, WT) that follow from the published answers."""
        quadrants = {entry.quadrant for entry in self.answers.all()}
        return [kind for kind in ("SO", "WO", "ST", "WT") if set(kind) <= quadrants]


class RecommendationLink(models.Model):
    """What a recommendation rests on; it cannot be deleted meanwhile."""

    recommendation = owned_link(Recommendation)

    objects = models.Manager()
    named = WithLinks("recommendation")

    class Meta:
        abstract = True
        base_manager_name = "named"
        default_permissions = ()
        verbose_name = _("link of a recommendation")
        verbose_name_plural = _("links of a recommendation")

    def __str__(self):
        return str(self.recommendation)


class RecommendationAnswer(RecommendationLink):
    entry = protecting_link(Entry)

    class Meta(RecommendationLink.Meta):
        db_table = "swot_recommendation_answers"
        unique_together = [("recommendation", "entry")]


class RecommendationObservation(RecommendationLink):
    observation = protecting_link("datasets.Observation")

    class Meta(RecommendationLink.Meta):
        db_table = "swot_recommendation_observations"
        unique_together = [("recommendation", "observation")]


class RecommendationPolicy(RecommendationLink):
    policy = protecting_link("policies.Policy")

    class Meta(RecommendationLink.Meta):
        db_table = "swot_recommendation_policies"
        unique_together = [("recommendation", "policy")]


class RecommendationClaim(RecommendationLink):
    claim = protecting_link(Claim)

    class Meta(RecommendationLink.Meta):
        db_table = "swot_recommendation_claims"
        unique_together = [("recommendation", "claim")]
