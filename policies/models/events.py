"""What happened to an act, from its writing to its end."""

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cbec_site.base.confidence import UNCONFIRMED, Confidence
from cbec_site.base.constraints import ConstraintsAtFields
from cbec_site.base.dates import DatePrecision, partial_date_text
from cbec_site.base.uses import uses
from policies.force import Kind, Stated, last_day

from .force_periods import write_periods

# Days of writing and publication are fields of the act: there is one of each.
OWN_FIELDS = (Kind.WRITTEN, Kind.PUBLISHED)
STORED_KINDS = [choice for choice in Kind.choices if choice[0] not in OWN_FIELDS]


class PolicyEventQuerySet(models.QuerySet):
    def published(self):
        """The events that readers may see; only these decide whether an act is in
        force."""
        return self.exclude(confidence__in=UNCONFIRMED)

    def to_confirm(self):
        """The events that wait for an editor to confirm them."""
        return self.filter(confidence__in=UNCONFIRMED)

    def bulk_create(self, objs, *args, **kwargs):
        with transaction.atomic(savepoint=False):
            made = super().bulk_create(objs, *args, **kwargs)
            write_periods(event.policy_id for event in made)
        return made

    def update(self, **values):
        with transaction.atomic(savepoint=False):
            # An event may be given to another act.
            events = dict(self.values_list("pk", "policy_id"))
            count = super().update(**values)
            now = self.model.objects.filter(pk__in=events).values_list("policy_id")
            write_periods({*events.values(), *(key for (key,) in now)})
        return count


@uses("act")
class PolicyEvent(ConstraintsAtFields):
    """Something that happened to an act: when, by which act, and how we know."""

    policy = models.ForeignKey(
        "policies.Policy",
        on_delete=models.CASCADE,
        related_name="events",
        verbose_name=_("policy"),
    )
    kind = models.CharField(_("what happened"), max_length=10, choices=STORED_KINDS)
    happened_on = models.DateField(
        _("date"),
        help_text=_("For an act that expires: its last day in force."),
    )
    happened_precision = models.CharField(
        _("known to the"),
        max_length=5,
        choices=DatePrecision,
        default=DatePrecision.DAY,
    )
    latest_on = models.DateField(_("last possible day"), editable=False)
    stated = models.CharField(
        _("stated status"),
        max_length=10,
        choices=Stated,
        blank=True,
        help_text=_("Only where somebody states a status without its dates."),
    )
    act = models.ForeignKey(
        "policies.Policy",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="caused_events",
        verbose_name=_("by the act"),
    )
    act_name = models.CharField(
        _("act outside the library"), max_length=200, blank=True
    )
    evidence = models.CharField(
        _("evidence"),
        max_length=500,
        blank=True,
        help_text=_("An address, or who says it."),
    )
    confidence = models.CharField(
        _("confidence"),
        max_length=14,
        choices=Confidence,
        default=Confidence.EDITOR,
        help_text=_("Readers do not see what is still to confirm."),
    )

    constraint_fields = {
        "policies_policyevent_stated": "stated",
        "policies_policyevent_once": "happened_on",
        "policies_policyevent_one_act": "act_name",
        "policies_policyevent_latest": "happened_precision",
    }

    objects = PolicyEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of an act")
        verbose_name_plural = _("events of acts")
        ordering = ["happened_on", "pk"]
        indexes = [
            models.Index(
                fields=["policy", "kind", "happened_on"],
                name="policies_event_of_policy",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "kind", "happened_on"],
                name="policies_policyevent_once",
                violation_error_message=_("This event is listed already."),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.STATED, stated__in=Stated.values)
                | (~Q(kind=Kind.STATED) & Q(stated="")),
                name="policies_policyevent_stated",
                violation_error_message=_(
                    "Say which status is stated; other events have none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(act__isnull=True) | Q(act_name=""),
                name="policies_policyevent_one_act",
                violation_error_message=_(
                    "Name the act once: one of the library or one outside it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(latest_on__gte=F("happened_on"))
                & Q(happened_precision__in=DatePrecision.values),
                name="policies_policyevent_latest",
                violation_error_message=_("Say how precisely the date is known."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.happened_text}"

    def save(self, *args, **kwargs):
        self.set_latest()
        super().save(*args, **kwargs)

    def full_clean(self, *args, **kwargs):
        self.set_latest()
        super().full_clean(*args, **kwargs)

    def validate_constraints(self, exclude=None):
        self.set_latest()
        super().validate_constraints(exclude=exclude)

    def set_latest(self):
        """Fill in the last possible day; call it before bulk writes, too."""
        if self.happened_on:
            self.latest_on = last_day(self.happened_on, self.happened_precision)

    @property
    def happened_text(self):
        return partial_date_text(self.happened_on, self.happened_precision)

    @property
    def is_public(self):
        """Whether readers see it."""
        return self.confidence not in UNCONFIRMED
