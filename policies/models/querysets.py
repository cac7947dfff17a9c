"""What is asked of all acts."""

import datetime

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from cbec_site.base.publishing import PublishableQuerySet
from policies.document_numbers import official_forms
from policies.force import Force, Kind

from .events import PolicyEvent
from .force_periods import ACT_COLUMNS, ForcePeriod, among, write_periods
from .parts import PolicyIssuer
from .relations import PolicyRelation


class PolicyQuerySet(PublishableQuerySet):
    def as_searched(self, text):
        """A document number is found in any spelling."""
        return official_forms(text)

    def with_issuers(self):
        """Fetch the bodies that have issued each act."""
        return self._along("policyissuer_set")

    def with_cells(self):
        """Fetch what a row of the list shows: issuers, topics, and events for its
        status."""
        return self._along("policyissuer_set", "topics", "events")

    def with_labels(self):
        """Fetch everything that a file or the API has of an act."""
        return self._along("policyissuer_set", "topics", "events", "relations")

    def with_read_cells(self):
        """As `with_cells`, for rows that are shown and not changed (see `read_along`).

        A plain list is set on each row; a query set of its own for each relation of
        each row takes as long as reading them.
        """
        return self._along("policyissuer_set", "topics", "events", is_read=True)

    def with_read_labels(self):
        """As `with_labels`, with attachments, for rows that are shown only."""
        return self._along(
            *("policyissuer_set", "topics", "events", "relations", "attachments"),
            is_read=True,
        )

    def _along(self, *names, is_read=False):
        rows = {
            "policyissuer_set": PolicyIssuer.objects.select_related("issuer"),
            "events": PolicyEvent.objects.select_related("act"),
            "relations": PolicyRelation.objects.select_related("other"),
        }
        return self.prefetch_related(
            *(
                models.Prefetch(
                    name, rows.get(name), to_attr=f"read_{name}" if is_read else None
                )
                for name in names
            )
        )

    def expiring(self, within):
        """Acts whose last day in force is near."""
        today = timezone.localdate()
        soon = PolicyEvent.objects.published().filter(
            kind=Kind.EXPIRED,
            happened_on__gte=today,
            happened_on__lte=today + within,
            policy=OuterRef("pk"),
        )
        return self.filter(Exists(soon))

    def with_parts_to_confirm(self):
        """Acts with an event or a relation that an editor has to confirm."""
        events = PolicyEvent.objects.to_confirm().values("policy")
        relations = PolicyRelation.objects.to_confirm().values("policy")
        return self.filter(models.Q(pk__in=events) | models.Q(pk__in=relations))

    def with_force(self, day=None):
        """Annotate `force_then`, the code of the force on a day, today by default."""
        periods = ForcePeriod.objects.on(day or timezone.localdate())
        own = periods.filter(policy_key=OuterRef("pk"))
        return self.annotate(force_then=models.Subquery(own.values("force")[:1]))

    def in_force_state(self, force, day=None):
        """The policies whose force on a day, today by default, is this one."""
        periods = ForcePeriod.objects.on(day or timezone.localdate())
        periods = periods.filter(force=force)
        if force == Force.NOT_YET:
            # Such a period always ends. Said here, it tells PostgreSQL that few of
            # them contain the day, where most periods that do are without end.
            periods = periods.filter(last_on__lt=datetime.date.max)
        return among(self, "pk", periods.values("policy_key"))

    def bulk_create(self, objs, *args, **kwargs):
        with transaction.atomic(savepoint=False):
            made = super().bulk_create(objs, *args, **kwargs)
            write_periods(policy.pk for policy in made)
        return made

    def update(self, **values):
        if values.keys().isdisjoint(ACT_COLUMNS):
            return super().update(**values)
        with transaction.atomic(savepoint=False):
            keys = list(self.values_list("pk", flat=True))
            count = super().update(**values)
            write_periods(keys)
        return count
