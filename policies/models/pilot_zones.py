"""Comprehensive pilot zones."""

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cbec_site.base.codes import CodeField, code_constraint
from cbec_site.base.dates import DatePrecision, partial_date_text
from cbec_site.base.publishing import Publishable
from cbec_site.base.search_index.documents import Searched
from cbec_site.base.uses import uses
from datasets.models import makes_public
from policies.force import last_day


@uses("region", "approved_by", "ended_by")
@makes_public(region="zone_count")
class PilotZone(Publishable):
    """A comprehensive pilot zone and the batch that approved it."""

    code = CodeField(_("code"), max_length=50, unique=True)
    batch = models.PositiveSmallIntegerField(_("batch"))
    region = models.ForeignKey(
        "datasets.Region",
        on_delete=models.PROTECT,
        related_name="pilot_zones",
        verbose_name=_("place"),
    )
    approved_on = models.DateField(_("approved on"))
    approved_precision = models.CharField(
        _("known to the"), max_length=5, choices=DatePrecision
    )
    document_number = models.CharField(_("document number"), max_length=80, blank=True)
    is_number_confirmed = models.BooleanField(
        _("document number confirmed"), default=False
    )
    approved_by = models.ForeignKey(
        "policies.Policy",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="approved_zones",
        verbose_name=_("approved by the act"),
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_precision = models.CharField(
        _("end known to the"), max_length=5, choices=DatePrecision, blank=True
    )
    ended_by = models.ForeignKey(
        "policies.Policy",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ended_zones",
        verbose_name=_("ended by the act"),
    )
    source_url = models.URLField(_("address"), max_length=500, blank=True)

    searched = Searched(
        number=12,
        titles=("region__name_zh_hans", "region__name_en"),
        texts=("region__parent__name_zh_hans", "region__parent__name_en"),
        newest="approved_on",
        watches=(
            "batch",
            "document_number",
            "is_number_confirmed",
            "is_published",
            "approved_by",
            "ended_by",
        ),
    )

    constraint_fields = {"policies_pilotzone_ended_precision": "ended_precision"}

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("pilot zone")
        verbose_name_plural = _("pilot zones")
        ordering = ["batch", "code"]
        constraints = [
            *Publishable.Meta.constraints,
            code_constraint(),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True, ended_precision="")
                | models.Q(
                    ended_on__isnull=False, ended_precision__in=DatePrecision.values
                ),
                name="policies_pilotzone_ended_precision",
                violation_error_message=_("Say how precisely the date is known."),
            ),
        ]

    def __str__(self):
        return str(self.region)

    def clean(self):
        super().clean()
        if self.ended_on and self.approved_on:
            if last_day(self.ended_on, self.ended_precision) < self.approved_on:
                message = _("The zone would end before it was approved.")
                raise ValidationError({"ended_on": message})

    def get_absolute_url(self):
        """The zones of the same province: a zone has no page of its own."""
        place = self.region
        if place.kind != place.Kind.PROVINCE and place.parent:
            place = place.parent
        query = urlencode({"region": place.code})
        return f"{reverse('policies:pilotzone-list')}?{query}"

    @property
    def approved_text(self):
        return partial_date_text(self.approved_on, self.approved_precision)

    @property
    def ended_text(self):
        return partial_date_text(self.ended_on, self.ended_precision)
