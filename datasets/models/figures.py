"""Figures and their points."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cbec_site.base.codes import CodeField, code_constraint
from cbec_site.base.constraints import ConstraintsAtFields
from cbec_site.base.managers import WithLinks
from cbec_site.base.publishing import Publishable
from cbec_site.base.search_index.documents import Searched
from cbec_site.base.uses import uses

from .observations import Observation


@uses("observations")
class Figure(Publishable):
    """A chart with its number, title, series, note and source line."""

    class ChartType(models.TextChoices):
        COLUMNS = "columns", _("Columns")
        COLUMNS_LINE = "columns_line", _("Columns with a line")
        SHARE = "share", _("Parts of a whole")
        INDEX = "index", _("Index lines")
        STEP = "step", _("Step line with columns")

    number = CodeField(_("number"), max_length=8, unique=True)
    slug = CodeField(_("slug"), max_length=50, unique=True)
    title = models.CharField(_("title"), max_length=200)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    chart_type = models.CharField(_("chart type"), max_length=16, choices=ChartType)
    note = models.TextField(_("note"), blank=True)
    source_line = models.CharField(_("source line"), max_length=300, blank=True)
    observations = models.ManyToManyField(
        Observation,
        through="FigureObservation",
        related_name="figures",
        verbose_name=_("observations"),
    )

    searched = Searched(
        number=7,
        titles=("number", "title_zh_hans", "title_en"),
        texts=("subtitle_zh_hans", "subtitle_en", "note_zh_hans", "note_en"),
        newest="published_at",
    )

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["number"]
        constraints = [
            *Publishable.Meta.constraints,
            code_constraint("number"),
            code_constraint("slug"),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        return reverse("datasets:figure-detail", args=[self.slug])


class FigureObservationQuerySet(models.QuerySet):
    def with_public_value(self):
        """The points shown to readers who see the figure."""
        values = Observation.objects.published().filter(pk=OuterRef("observation"))
        return self.filter(Exists(values))


class FigureObservation(ConstraintsAtFields):
    """A point of a figure and whether the paper or an official source states it."""

    class Role(models.TextChoices):
        PAPER = "paper", _("Stated in the paper")
        TEXT = "text", _("Stated elsewhere in the paper")
        OFFICIAL = "official", _("Official publication")

    figure = models.ForeignKey(
        Figure,
        on_delete=models.CASCADE,
        related_name="points",
        verbose_name=_("figure"),
    )
    observation = models.ForeignKey(
        Observation,
        on_delete=models.PROTECT,
        related_name="points",
        verbose_name=_("observation"),
    )
    role = models.CharField(_("role"), max_length=8, choices=Role)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    # Newer values are not points: they are shown beside them (`datasets.newer_values`).
    is_newer = False

    objects = FigureObservationQuerySet.as_manager()
    named = WithLinks("figure", "observation")

    class Meta:
        base_manager_name = "named"
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "observation"],
                name="datasets_figureobservation_once",
                violation_error_message=_("The figure already has this point."),
            )
        ]

    def __str__(self):
        return f"{self.figure.number}: {self.observation}"
