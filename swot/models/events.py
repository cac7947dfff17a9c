"""Dated events mentioned in the text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cbec_site.base.codes import CodeField, code_constraint
from cbec_site.base.dates import DatePrecision, partial_date_text
from cbec_site.base.publishing import Publishable
from cbec_site.base.uses import uses
from datasets.models import makes_public


@uses("region")
@makes_public(region="event_count")
class Event(Publishable):
    """Something with a date in the text that is not an official act."""

    code = CodeField(_("code"), max_length=12, unique=True)
    title = models.CharField(_("title"), max_length=200)
    happened_on = models.DateField(_("date"))
    happened_precision = models.CharField(
        _("known to the"), max_length=5, choices=DatePrecision
    )
    region = models.ForeignKey(
        "datasets.Region",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("region"),
    )
    paper_location = models.CharField(
        _("location in the paper"), max_length=120, blank=True
    )
    verification = models.TextField(_("verification note"), blank=True)

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["happened_on", "code"]
        constraints = [*Publishable.Meta.constraints, code_constraint()]

    def __str__(self):
        return self.title

    @property
    def happened_text(self):
        return partial_date_text(self.happened_on, self.happened_precision)
