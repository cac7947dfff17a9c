"""What claims read, and how their verdicts changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cbec_site.base.constraints import ConstraintsAtFields
from swot.checking.verdicts import Verdict


class ClaimInput(models.Model):
    """What a claim reads, by code or by series, so that changed data lead to the
    claims.

    The checker writes it from the expression; an empty region means every region.
    """

    claim = models.ForeignKey(
        "swot.Claim", on_delete=models.CASCADE, related_name="inputs"
    )
    code = models.CharField(max_length=120, blank=True)
    indicator = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("input of a claim")
        verbose_name_plural = _("inputs of claims")
        indexes = [
            models.Index(fields=["code"]),
            models.Index(fields=["indicator", "region"]),
        ]

    def __str__(self):
        return self.code or f"{self.indicator} {self.region}".strip()


class VerdictChangeQuerySet(models.QuerySet):
    def published(self):
        """The changes of published claims."""
        return self.filter(claim__is_published=True)


class VerdictChange(ConstraintsAtFields):
    """When a verdict changed, from what to what, and because of what."""

    claim = models.ForeignKey(
        "swot.Claim",
        on_delete=models.CASCADE,
        related_name="verdict_changes",
        verbose_name=_("claim"),
    )
    changed_at = models.DateTimeField(_("changed at"), auto_now_add=True)
    old_verdict = models.CharField(_("before"), max_length=12, choices=Verdict.choices)
    new_verdict = models.CharField(_("after"), max_length=12, choices=Verdict.choices)
    old_value = models.CharField(_("value before"), max_length=120, blank=True)
    new_value = models.CharField(_("value after"), max_length=120, blank=True)
    batch = models.ForeignKey(
        "datasets.ImportBatch",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="verdict_changes",
        verbose_name=_("import batch"),
    )
    reason = models.TextField(_("reason"), blank=True)

    objects = VerdictChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of verdict")
        verbose_name_plural = _("changes of verdict")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(old_verdict=models.F("new_verdict")),
                name="swot_verdictchange_differs",
                violation_error_message=_("The verdict did not change."),
            )
        ]

    def __str__(self):
        return f"{self.claim}: {self.old_verdict} → {self.new_verdict}"
