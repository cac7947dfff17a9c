"""Former versions of observations."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cbec_site.base.constraints import ConstraintsAtFields
from cbec_site.base.uses import uses
from datasets.units import Unit

from .batches import ImportBatch
from .observations import Observation


class RevisionQuerySet(models.QuerySet):
    def valid_at(self, moment):
        """Versions that were current at `moment` and no longer are."""
        return self.filter(valid_from__lte=moment, valid_to__gt=moment)


@uses("observation")
class Revision(ConstraintsAtFields):
    """A former version of an observation: what it was, from when to when."""

    KEPT = ("value", "unit", "decimals", "status", "qualifier", "note_zh_hans")
    KEPT += ("note_en", "is_published")
    # Includes what names the value: not part of what it said, but restored by an undo.
    WHOLE = (*KEPT, "code")

    observation = models.ForeignKey(
        Observation,
        on_delete=models.CASCADE,
        related_name="revisions",
        verbose_name=_("observation"),
    )
    value = models.DecimalField(
        _("value"), max_digits=24, decimal_places=6, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=16, choices=Unit.choices)
    decimals = models.PositiveSmallIntegerField(_("printed decimals"))
    status = models.CharField(
        _("status"), max_length=1, choices=Observation.Status.choices
    )
    qualifier = models.CharField(
        _("qualifier"), max_length=10, choices=Observation.Qualifier, blank=True
    )
    note_zh_hans = models.TextField(_("note in Chinese"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    is_published = models.BooleanField(_("published"))
    code = models.CharField(max_length=64, blank=True, default="", editable=False)
    valid_from = models.DateTimeField(_("valid from"))
    valid_to = models.DateTimeField(_("valid to"))
    batch = models.ForeignKey(
        ImportBatch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="former_versions",
        verbose_name=_("written by"),
    )
    replaced_by = models.ForeignKey(
        ImportBatch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_versions",
        verbose_name=_("replaced by"),
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("former version")
        verbose_name_plural = _("former versions")
        ordering = ["-valid_to", "-pk"]
        indexes = [models.Index(fields=["observation", "valid_from"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_from__lte=models.F("valid_to")),
                name="datasets_revision_ordered",
                violation_error_message=_("A version must end after it begins."),
            )
        ]

    def __str__(self):
        return f"{self.observation_id} {self.plain_value}"

    @property
    def plain_value(self):
        """The value with the digits that its source prints, or "" if missing."""
        return "" if self.value is None else f"{self.value:.{self.decimals}f}"

    @classmethod
    def contents(cls, observation):
        """The versioned fields of an observation; a missing note is ""."""
        contents = {name: getattr(observation, name) for name in cls.WHOLE}
        return {
            name: (value or "") if name.startswith("note") else value
            for name, value in contents.items()
        }

    @classmethod
    def of(cls, observation, *, ended_at, replaced_by=None):
        """The version in `observation`, ended but not saved."""
        fields = cls.contents(observation)
        return cls(
            observation=observation,
            valid_from=min(observation.valid_from, ended_at),
            valid_to=ended_at,
            batch_id=observation.batch_id,
            replaced_by=replaced_by,
            **fields,
        )

    @classmethod
    def keep_former(cls, observation):
        """Before a single edit, keep the stored version if its data will change.

        Even if it is newer than what the caller has read.
        """
        stored = Observation.objects.filter(pk=observation.pk).first()
        if stored is None or stored.valid_from < observation.valid_from:
            return
        if cls.contents(stored) == cls.contents(observation):
            observation.valid_from = stored.valid_from
            observation.batch_id = stored.batch_id
            return
        now = timezone.now()
        cls.of(stored, ended_at=now).save()
        observation.valid_from, observation.batch = now, None
