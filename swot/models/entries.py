"""Strengths, weaknesses, opportunities and threats."""

from django.db import models
from django.db.models.functions import StrIndex
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cbec_site.base.uses import uses

from .analyses import Analysis
from .claims import Claim
from .events import Event
from .parts import Part, PartQuerySet, part_searched
from .quadrant_moves import Quadrant


class EntryQuerySet(PartQuerySet):
    """Entries of any study."""

    def in_order(self):
        """As readers see them: by study, strengths first, threats last."""
        quadrant = StrIndex(models.Value("".join(Quadrant)), models.F("quadrant"))
        return self.order_by("analysis__slug", quadrant, "code")


def prefetch_answers() -> models.Prefetch:
    """Prefetch the public entries that recommendations answer, in their order."""
    return models.Prefetch("answers", Entry.objects.published().in_order())


@uses("analysis", "observations", "policies", "figures", "claims", "events")
class Entry(Part):
    """A strength, weakness, opportunity or threat, with its evidence."""

    Quadrant = Quadrant

    analysis = models.ForeignKey(
        Analysis,
        on_delete=models.CASCADE,
        related_name="entries",
        verbose_name=_("analysis"),
    )
    quadrant = models.CharField(_("quadrant"), max_length=1, choices=Quadrant)
    first_quadrant = models.CharField(
        _("first filed under"),
        max_length=1,
        choices=Quadrant,
        default="",
        editable=False,
    )
    observations = models.ManyToManyField(
        "datasets.Observation",
        through="Evidence",
        through_fields=("entry", "observation"),
        related_name="entries",
        verbose_name=_("observations"),
    )
    figures = models.ManyToManyField(
        "datasets.Figure",
        through="Evidence",
        through_fields=("entry", "figure"),
        related_name="entries",
        verbose_name=_("figures"),
    )
    policies = models.ManyToManyField(
        "policies.Policy",
        through="Evidence",
        through_fields=("entry", "policy"),
        related_name="entries",
        verbose_name=_("policies"),
    )
    claims = models.ManyToManyField(
        Claim,
        through="Evidence",
        through_fields=("entry", "claim"),
        related_name="entries",
        verbose_name=_("claims"),
    )
    events = models.ManyToManyField(
        Event,
        through="Evidence",
        through_fields=("entry", "event"),
        related_name="entries",
        verbose_name=_("events"),
    )

    searched = part_searched(number=2)

    objects = EntryQuerySet.as_manager()

    class Meta(Part.Meta):
        abstract = False
        verbose_name = _("SWOT entry")
        verbose_name_plural = _("SWOT entries")
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(
                    code__startswith=models.F("first_quadrant"),
                    first_quadrant__in=["S", "W", "O", "T"],
                ),
                name="swot_entry_code_names_quadrant",
                violation_error_message=_(
                    "The code starts with the quadrant the entry was first filed under."
                ),
            ),
        ]

    def save(self, *args, **kwargs):
        self.file_first()
        super().save(*args, **kwargs)

    def full_clean(self, *args, **kwargs):
        self.file_first()
        super().full_clean(*args, **kwargs)

    def file_first(self):
        """Set the first quadrant of a new entry, whose letter its code keeps."""
        if not self.first_quadrant:
            self.first_quadrant = self.quadrant

    def get_absolute_url(self):
        return reverse("swot:entry-detail", args=[self.analysis.slug, self.code])
