"""Statuses from before events existed, as the migration converts them and back.

The migration runs on the rows of the test, whose tables get the old column for that.
"""

import datetime
from functools import cache
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from policies.force import Force
from policies.models import Policy, PolicyEvent
from tests.factories import make_policy

pytestmark = pytest.mark.django_db

migration = import_module("policies.migrations.0006_status_to_events")
MODELS = ("Policy", "HistoricalPolicy", "HistoricalPolicyEvent")


@cache
def models_then():
    loader = MigrationLoader(None, replace_migrations=False)
    return loader.project_state(("policies", "0006_status_to_events")).apps


@pytest.fixture
def old():
    """The models as they were, over tables that have the old columns again."""
    apps = models_then()
    with connection.cursor() as cursor:
        for model in (apps.get_model("policies", name) for name in MODELS):
            table = model._meta.db_table
            described = connection.introspection.get_table_description(cursor, table)
            known = {column.name for column in described}
            for name in {field.column for field in model._meta.local_fields} - known:
                cursor.execute(f"ALTER TABLE {table} ADD COLUMN {name} varchar(300)")
    return apps


def stored(old, *versions, status=None):
    """An act whose versions had these statuses on these days; the last is its own."""
    policy = make_policy(published_on=datetime.date(2020, 1, 1))
    policy.events.all().delete()
    PolicyEvent.history.filter(policy=policy).delete()
    for _ in versions[1:]:
        policy.save()
    rows = old.get_model("policies", "HistoricalPolicy").objects
    keys = rows.filter(id=policy.pk).order_by("history_id").values_list("pk", flat=True)
    for key, (day, word) in zip(keys, versions, strict=True):
        moment = timezone.make_aware(datetime.datetime.fromisoformat(f"{day}T23:30"))
        rows.filter(pk=key).update(history_date=moment, status=word)
    status = status or versions[-1][1]
    old.get_model("policies", "Policy").objects.filter(pk=policy.pk).update(
        status=status
    )
    return policy


def events_of(policy):
    return [
        (event.kind, str(event.happened_on), event.stated, event.evidence)
        for event in policy.events.order_by("happened_on", "pk")
    ]


def test_a_status_becomes_what_the_library_stated_on_the_day_it_was_set(old):
    changed = stored(
        old,
        ("2024-01-05", "unknown"),
        ("2024-02-06", "in_force"),
        ("2024-03-07", "in_force"),
    )
    ended = stored(old, ("2024-04-08", "expired"))
    before = timezone.localdate()
    unversioned = stored(old, ("2024-05-09", "unknown"), status="in_force")
    never_public = {"published_at": None, "is_published": False}
    Policy.objects.filter(pk=unversioned.pk).update(**never_public)

    migration.add_events(old, None)

    source = "CBEC Evidence"
    assert events_of(changed) == [("stated", "2024-02-06", "in_force", source)]
    assert events_of(ended) == [("stated", "2024-04-08", "expired", source)]
    ((_kind, day, word, _source),) = events_of(unversioned)
    assert word == "in_force" and day >= str(before)
    history = PolicyEvent.history.filter(policy=changed).order_by("history_id")
    assert [(row.history_type, row.stated) for row in history] == [
        ("+", "unknown"),
        ("~", "in_force"),
    ]
    assert changed.force(datetime.date(2024, 6, 1)).force == Force.IN_FORCE
    assert ended.force(datetime.date(2024, 6, 1)).force == Force.ENDED


def test_a_statement_yields_to_dated_events(old):
    policy = stored(old, ("2024-02-06", "in_force"))
    migration.add_events(old, None)

    policy.events.create(
        kind="expired",
        happened_on=datetime.date(2024, 12, 31),
        happened_precision="day",
        confidence="editor",
    )
    policy = Policy.objects.with_labels().get(pk=policy.pk)

    assert policy.force(datetime.date(2025, 1, 1)).force == Force.ENDED


def test_migrating_back_restores_the_newest_status(old):
    policies = [
        stored(old, ("2024-01-05", "unknown"), ("2024-02-06", "in_force")),
        stored(old, ("2024-04-08", "expired")),
        stored(old, ("2024-04-08", "unknown")),
    ]
    rows = old.get_model("policies", "Policy").objects
    before = list(rows.order_by("pk").values_list("pk", "status"))
    migration.add_events(old, None)
    policies[1].events.create(
        kind="stated",
        stated="in_force",
        happened_on=datetime.date(2025, 1, 1),
        happened_precision="day",
        evidence="Customs",
        confidence="editor",
    )
    rows.update(status="unknown")

    migration.restore_status(old, None)

    after = dict(before) | {policies[1].pk: "in_force"}
    assert dict(rows.values_list("pk", "status")) == after
