"""Keeps the periods of force up to date with acts and events saved or deleted singly.

Those written in bulk are followed by their querysets.
"""

from django.db import connections
from django.db.models import Exists, OuterRef
from django.db.models.signals import (
    post_delete,
    post_migrate,
    post_save,
    pre_save,
)

from .models import ForcePeriod, Policy, PolicyEvent
from .models.force_periods import ACT_COLUMNS, write_first_periods, write_periods

# The attribute in which an event being saved keeps the act that it had before.
BEFORE = "_act_before"


def after_act(sender, instance, created, update_fields=None, **kwargs):
    if created:
        write_first_periods(instance)
    elif update_fields is None or not set(update_fields).isdisjoint(ACT_COLUMNS):
        write_periods([instance.pk])


def after_deleted_act(sender, instance, **kwargs):
    ForcePeriod.objects.filter(policy_key=instance.pk).delete()


def before_event(sender, instance, **kwargs):
    had = PolicyEvent.objects.filter(pk=instance.pk).values_list("policy_id", flat=True)
    setattr(instance, BEFORE, list(had) if instance.pk else [])


def after_event(sender, instance, **kwargs):
    write_periods([*instance.__dict__.pop(BEFORE, []), instance.policy_id])


def after_deleted_event(sender, instance, origin=None, **kwargs):
    """Nothing to do for an event that goes with its act."""
    if getattr(origin, "model", type(origin)) is PolicyEvent:
        write_periods([instance.policy_id])


def after_migrate(sender, using="default", **kwargs):
    """Write the periods of acts that have none, after the upgrade that added them.

    A change of the rule needs a migration that deletes the periods.
    """
    existing = connections[using].introspection.table_names()
    if {model._meta.db_table for model in (ForcePeriod, PolicyEvent)} <= set(existing):
        periods = ForcePeriod.objects.filter(policy_key=OuterRef("pk"))
        acts = Policy.objects.filter(~Exists(periods)).order_by()
        write_periods(acts.values_list("pk", flat=True))


def connect(app) -> None:
    post_save.connect(after_act, sender=Policy)
    post_delete.connect(after_deleted_act, sender=Policy)
    pre_save.connect(before_event, sender=PolicyEvent)
    post_save.connect(after_event, sender=PolicyEvent)
    post_delete.connect(after_deleted_event, sender=PolicyEvent)
    post_migrate.connect(after_migrate, sender=app)
