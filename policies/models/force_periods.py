"""From when until when each act has which force, as rows that lists can use."""

from itertools import groupby

from django.apps import apps
from django.db import connections, models, transaction
from django.utils.translation import gettext_lazy as _

from cbec_site.base.limits import OBJECTS_AT_ONCE
from policies.force import Force, periods

# What a period is made from: columns of acts and of their events.
ACT_COLUMNS = (
    "code",
    "is_published",
    "written_on",
    "is_written_confirmed",
    "published_on",
)
EVENT_COLUMNS = ("kind", "happened_on", "latest_on", "stated")
# The columns of a period.
NAMES = ("policy_key", "code", "is_published", "force", "first_on", "last_on")


class ForcePeriodQuerySet(models.QuerySet):
    def on(self, day):
        """The periods that contain a day: one of each act."""
        return self.filter(first_on__lte=day, last_on__gte=day)


def among(queryset, name, keys):
    """The rows whose column `name`, a number, is one of `keys`, a subquery.

    SQLite would look up each key, however many there are, and sort all rows for the
    first page. By a computed number it cannot, and follows the index of the order.
    """
    if connections[queryset.db].vendor != "sqlite":
        return queryset.filter(**{f"{name}__in": keys})
    return queryset.alias(computed=models.F(name) + 0).filter(computed__in=keys)


class ForcePeriod(models.Model):
    """The days, both included, on which an act has one force.

    Follows from the act and its events, see `policies.force`; written by
    `write_periods` in the transaction that writes them. The periods of an act follow
    each other without a gap, so that each day is in one of them. `code` and
    `is_published` are those of the act, for the indexes in `policies.indexes`.
    """

    # No foreign key: an event is deleted before its act, and its deletion writes the
    # periods of an act that is about to go.
    policy_key = models.BigIntegerField(editable=False)
    code = models.CharField(max_length=12, editable=False)
    is_published = models.BooleanField(editable=False)
    force = models.CharField(max_length=20, choices=Force, editable=False)
    first_on = models.DateField(editable=False)
    last_on = models.DateField(editable=False)

    objects = ForcePeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("period of force")
        verbose_name_plural = _("periods of force")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["policy_key", "first_on"],
                name="policies_forceperiod_once",
                violation_error_message=_(
                    "Only one period of an act begins on a given day."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")),
                name="policies_forceperiod_in_order",
                violation_error_message=_("A period does not end before it begins."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.first_on}–{self.last_on}: {self.force}"


def write_periods(keys) -> None:
    """Bring the periods of the acts with these keys up to date; those of acts that are
    gone are deleted."""
    rest = sorted(set(keys))
    for start in range(0, len(rest), OBJECTS_AT_ONCE):
        with transaction.atomic(savepoint=False):
            _write_chunk(rest[start : start + OBJECTS_AT_ONCE])


def write_first_periods(act) -> None:
    """Write the periods of an act that has just been created: it has no event yet.

    It is read again, as its attributes may not have the types of their columns.
    """
    stored = type(act).objects.only("pk", *ACT_COLUMNS).get(pk=act.pk)
    ForcePeriod.objects.bulk_create(
        ForcePeriod(**dict(zip(NAMES, row, strict=True))) for row in _rows(stored, [])
    )


def _rows(act, events):
    """What the periods of an act hold, in the order of `NAMES`."""
    return [
        (act.pk, act.code, act.is_published, force.value, first, last)
        for first, last, force in periods(events, act.made_on)
    ]


def _write_chunk(keys):
    """Writes only what differs. The acts are locked first, so that of two transactions
    that write events of one act the later one sees the events of both."""
    policies, events = (
        apps.get_model("policies", name) for name in ("Policy", "PolicyEvent")
    )
    acts = (
        policies.objects.filter(pk__in=keys)
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
        .only("pk", *ACT_COLUMNS)
    )
    acts = list(acts)
    events_of = {
        key: list(rows)
        for key, rows in groupby(
            events.objects.published()
            .filter(policy__in=keys)
            .order_by("policy_id")
            .values_list("policy_id", *EVENT_COLUMNS, named=True),
            lambda event: event.policy_id,
        )
    }
    wanted = {row for act in acts for row in _rows(act, events_of.get(act.pk, []))}
    stored = {
        tuple(row): key
        for key, *row in ForcePeriod.objects.filter(policy_key__in=keys).values_list(
            "pk", *NAMES
        )
    }
    if outdated := [key for row, key in stored.items() if row not in wanted]:
        ForcePeriod.objects.filter(pk__in=outdated).delete()
    ForcePeriod.objects.bulk_create(
        ForcePeriod(**dict(zip(NAMES, row, strict=True)))
        for row in sorted(wanted - stored.keys())
    )
