"""Observations: one value each, with its former versions kept."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cbec_site.base.codes import (
    CodeField,
    code_constraint,
    letter_constraint,
    validate_letter,
)
from cbec_site.base.permanent_codes import check_code_is_free
from cbec_site.base.publishing import Publishable
from cbec_site.base.uses import uses
from datasets.periods import period_bounds
from datasets.signals import announce
from datasets.statuses import WITHOUT_VALUE, Status
from datasets.units import MEASURES, Unit, format_value

from .catalogue import Indicator, Region, Source, lock_series
from .totals import CountedQuerySet


class ObservationQuerySet(CountedQuerySet):
    def published(self):
        """Published values of published indicators."""
        return self.filter(is_published=True, indicator__is_published=True)

    def with_code(self):
        """The values that have a code: few, and found by their index.

        SQLite uses the index on codes, which excludes values without one, only if the
        query repeats its condition literally: Django's own would use parameters.
        PostgreSQL takes most values to have a code unless it is asked for a range.
        """
        has_code = RawSQL(
            """NOT ("datasets_observation"."code" = '')""",
            (),
            output_field=models.BooleanField(),
        )
        return self.filter(has_code, code__gt="")

    def named(self, codes):
        """The values with these codes."""
        return self.with_code().filter(code__in=codes)

    def with_labels(self):
        """Select everything that a table row prints."""
        return self.select_related("indicator", "region", "source")

    @transaction.atomic
    def delete(self):
        """Delete them together with what receivers do in consequence."""
        former = list(self.select_related("indicator", "region"))
        deleted = super().delete()
        announce(former=former)
        return deleted

    # As for Django's own `delete`: not for templates, and not on managers.
    delete.alters_data = True
    delete.queryset_only = True


@uses("source", "region", "indicator")
class Observation(Publishable):
    """One value of one indicator, for one region, period, breakdown and vintage."""

    Status = Status

    class Qualifier(models.TextChoices):
        NONE = "", _("none")
        ABOUT = "about", _("about")
        AT_LEAST = "at_least", _("at least")
        JUST_UNDER = "just_under", _("just under")

    code = CodeField(
        _("code"),
        max_length=64,
        blank=True,
        validators=[validate_letter],
        help_text=_("Only where a text or formula names this value."),
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        db_index=False,  # the index and the key below begin with it
        related_name="observations",
        verbose_name=_("indicator"),
    )
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        related_name="observations",
        verbose_name=_("region"),
    )
    period = models.CharField(
        _("period"),
        max_length=20,
        blank=True,
        help_text=_("2024, 2024-Q1, 2024-03 or 2024-01-01/P9M; empty if not dated"),
    )
    period_start = models.DateField(null=True, editable=False)
    period_end = models.DateField(null=True, editable=False)
    breakdown = models.CharField(_("breakdown"), max_length=120, blank=True)
    value = models.DecimalField(
        _("value"), max_digits=24, decimal_places=6, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=16, choices=Unit.choices)
    decimals = models.PositiveSmallIntegerField(
        _("printed decimals"), default=0, help_text=_("Digits the source prints.")
    )
    status = models.CharField(
        _("status"), max_length=1, choices=Status.choices, default=Status.NORMAL
    )
    qualifier = models.CharField(
        _("qualifier"), max_length=10, choices=Qualifier, blank=True, default=""
    )
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        related_name="observations",
        verbose_name=_("source"),
    )
    vintage = models.CharField(
        _("vintage"),
        max_length=20,
        blank=True,
        help_text=_("Which edition of the series: first releases stay apart."),
    )
    note = models.TextField(_("note"), blank=True)
    paper_location = models.CharField(
        _("location in the paper"), max_length=120, blank=True
    )
    provenance = models.CharField(_("provenance"), max_length=500, blank=True)
    valid_from = models.DateTimeField(
        _("valid from"), default=timezone.now, editable=False
    )
    batch = models.ForeignKey(
        "ImportBatch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="observations",
        verbose_name=_("import batch"),
    )

    constraint_fields = {"datasets_observation_unique_key": "period"}

    objects = ObservationQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        permissions = [("export_observation", _("Can export observations"))]
        indexes = [
            models.Index(fields=["indicator", "region", "period_start"]),
            # Breaks are few, and are looked up for many series at once.
            models.Index(
                fields=["indicator"],
                condition=models.Q(status="B"),
                name="datasets_observation_breaks",
            ),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            code_constraint(may_be_empty=True),
            letter_constraint(may_be_empty=True),
            models.UniqueConstraint(
                fields=[
                    "indicator",
                    "region",
                    "period",
                    "breakdown",
                    "source",
                    "vintage",
                ],
                name="datasets_observation_unique_key",
                violation_error_message=_(
                    "This series already has a value for this period, source and "
                    "vintage."
                ),
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=~models.Q(code=""),
                name="datasets_observation_unique_code",
                violation_error_message=_("Another value has this code."),
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True, status__in=WITHOUT_VALUE)
                | (models.Q(value__isnull=False) & ~models.Q(status__in=WITHOUT_VALUE)),
                name="datasets_observation_value_unless_missing",
                violation_error_message=_("Give a value or mark it as missing."),
            ),
            models.CheckConstraint(
                condition=models.Q(decimals__lte=6),
                name="datasets_observation_decimals_stored",
                violation_error_message=_("At most six decimals can be stored."),
            ),
        ]

    def __str__(self):
        return self.code or f"{self.indicator_id} {self.region_id} {self.period}"

    def clean(self):
        check_code_is_free(self)
        errors = {}
        try:
            self.set_bounds()
        except ValueError:
            errors["period"] = _("Write 2024, 2024-Q1, 2024-03 or 2024-01-01/P9M.")
        if (
            self.indicator_id
            and self.unit
            and MEASURES[self.unit].dimension != MEASURES[self.indicator.unit].dimension
        ):
            errors["unit"] = _("This unit does not fit the indicator.")
        if errors:
            raise ValidationError(errors)

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Save together with what receivers do; the version it replaces is kept.

        Waits for an import that is writing to this series.
        """
        self.set_bounds()
        self.lock()
        former = list(self._stored())
        if self.pk:
            # A former version links to its observation, so it can be found when needed.
            self.revisions.model.keep_former(self)
        super().save(*args, **kwargs)
        announce(observations=[self.pk], former=former, reason=self._reason)

    @transaction.atomic
    def delete(self, *args, **kwargs):
        """Delete, after any import that is writing to this series has ended."""
        self.lock()
        former = list(self._stored())
        deleted = super().delete(*args, **kwargs)
        announce(former=former, reason=self._reason)
        return deleted

    def _stored(self):
        """The stored version of this observation, if there is one."""
        stored = Observation.objects.select_related("indicator", "region")
        return stored.filter(pk=self.pk) if self.pk else stored.none()

    @property
    def _reason(self):
        """Why an editor changes it; the history reads it by this name."""
        return getattr(self, "_change_reason", "") or ""

    def lock(self, *more):
        """Lock its series, as stored and as given, and `more` against other writers.

        This also prevents saving or deleting it, since both lock its series.
        """
        series = {self.indicator_id, *more}
        if self.pk:
            stored = Observation.objects.filter(pk=self.pk)
            series.update(stored.values_list("indicator", flat=True))
        lock_series(series)

    def set_bounds(self):
        """Derive the first and last day from the period; ValueError if it is
        malformed."""
        self.period_start, self.period_end = (
            period_bounds(self.period) if self.period else (None, None)
        )

    @property
    def is_public(self):
        return self.is_published and self.indicator.is_published

    @property
    def plain_value(self):
        """The value with the digits that its source prints, or "" if missing."""
        return "" if self.value is None else f"{self.value:.{self.decimals}f}"

    @property
    def qualified_value(self):
        """The value with its unit and, if the source has one, the qualifier."""
        words = {
            self.Qualifier.ABOUT: _("about %(value)s"),
            self.Qualifier.AT_LEAST: _("at least %(value)s"),
            self.Qualifier.JUST_UNDER: _("just under %(value)s"),
        }.get(self.qualifier, "%(value)s")
        return words % {"value": self.display_value}

    @property
    def first_value(self):
        """The value as first published here, with its unit; "" if it was never revised.

        Needs `datasets.versions.former_versions`.
        """
        published = [
            version
            for version in getattr(self, "former_versions", ())
            if version.is_published and version.value is not None
        ]
        if not published:
            return ""
        first = min(published, key=lambda version: version.valid_from)
        if (first.value, first.unit) == (self.value, self.unit):
            return ""
        language = get_language() or "en"
        return format_value(first.value, first.unit, first.decimals, language)

    @property
    def is_flagged(self):
        """Whether readers should see the status."""
        return self.status != self.Status.NORMAL

    @property
    def plain_status(self):
        """The status in words for readers."""
        return str(self.Status(self.status).plain_label)

    @property
    def display_value(self):
        """The value with its unit for the reader's language."""
        return format_value(
            self.value, self.unit, self.decimals, get_language() or "en"
        )
