"""The quadrants, and entries that moved from one to another."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cbec_site.base.constraints import ConstraintsAtFields


class Quadrant(models.TextChoices):
    STRENGTH = "S", _("Strength")
    WEAKNESS = "W", _("Weakness")
    OPPORTUNITY = "O", _("Opportunity")
    THREAT = "T", _("Threat")

    @property
    def plural(self):
        """The name of all its entries together, as a heading."""
        return _PLURALS[self]


_PLURALS = {
    Quadrant.STRENGTH: _("Strengths"),
    Quadrant.WEAKNESS: _("Weaknesses"),
    Quadrant.OPPORTUNITY: _("Opportunities"),
    Quadrant.THREAT: _("Threats"),
}


class QuadrantMove(ConstraintsAtFields):
    """A move of an entry from one quadrant to another: the day and the reason."""

    entry = models.ForeignKey(
        "swot.Entry",
        on_delete=models.CASCADE,
        related_name="moves",
        verbose_name=_("entry"),
    )
    old_quadrant = models.CharField(_("from"), max_length=1, choices=Quadrant)
    new_quadrant = models.CharField(_("to"), max_length=1, choices=Quadrant)
    moved_on = models.DateField(_("moved on"))
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("change of quadrant")
        verbose_name_plural = _("changes of quadrant")
        ordering = ["moved_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(old_quadrant=models.F("new_quadrant")),
                name="swot_quadrantmove_differs",
                violation_error_message=_("The quadrant did not change."),
            )
        ]

    def __str__(self):
        return f"{self.entry.code}: {self.old_quadrant} → {self.new_quadrant}"

    def clean_fields(self, exclude=None):
        """Report missing fields in our own words, before Django does in its."""
        errors = {}
        if not self.moved_on:
            errors["moved_on"] = _("Say on which day the entry moved.")
        elif self.moved_on > timezone.localdate():
            errors["moved_on"] = _("This day is still to come.")
        if not (self.reason_zh_hans or "").strip():
            errors["reason_zh_hans"] = _("Say in Chinese why the entry moved.")
        if errors:
            raise ValidationError(errors)
        super().clean_fields(exclude)
