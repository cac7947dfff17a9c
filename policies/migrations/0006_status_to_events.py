"""A stored status becomes an event: this status was stated by the library on that day.

The day is that of the version which set it; the versions of a status become versions
of its event, so that nothing of the history is lost. Going back, the newest statement
becomes the status again.
"""

from django.db import migrations
from django.utils import timezone

SOURCE = "CBEC Evidence"
CHUNK = 1000


def statements(versions):
    """The versions of one policy, oldest first, at which its status was set anew."""
    before = None
    for version in versions:
        if version.status != before:
            yield version
        before = version.status


def add_events(apps, schema_editor):
    policies = apps.get_model("policies", "Policy").objects.order_by("pk")
    chunk = []
    for policy in policies.iterator(chunk_size=CHUNK):
        chunk.append(policy)
        if len(chunk) == CHUNK:
            add_some(apps, chunk)
            chunk = []
    add_some(apps, chunk)


def add_some(apps, policies):
    event_model = apps.get_model("policies", "PolicyEvent")
    version_model = apps.get_model("policies", "HistoricalPolicyEvent")
    versions = {policy.pk: [] for policy in policies}
    policy_versions = apps.get_model("policies", "HistoricalPolicy")
    found = policy_versions.objects.filter(id__in=versions).exclude(history_type="-")
    for version in found.order_by("history_date", "history_id"):
        versions[version.id].append(version)
    told = {pk: list(statements(rows)) for pk, rows in versions.items()}
    today = timezone.localdate()
    for policy in policies:
        days = [row for row in told[policy.pk] if row.status == policy.status]
        moment = days[-1].history_date if days else policy.published_at
        day = timezone.localtime(moment).date() if moment else today
        event = event_model.objects.create(
            policy_id=policy.pk, **words(policy.status, day)
        )
        version_model.objects.bulk_create(
            version_model(
                id=event.pk,
                policy_id=policy.pk,
                history_date=row.history_date,
                history_type="~" if place else "+",
                history_user_id=row.history_user_id,
                history_change_reason=row.history_change_reason,
                **words(row.status, timezone.localtime(row.history_date).date()),
            )
            for place, row in enumerate(told[policy.pk])
        )


def words(status, day):
    return {
        "kind": "stated",
        "happened_on": day,
        "happened_precision": "day",
        "latest_on": day,
        "stated": status,
        "evidence": SOURCE,
        "confidence": "editor",
    }


def restore_status(apps, schema_editor):
    policies = apps.get_model("policies", "Policy").objects
    events = apps.get_model("policies", "PolicyEvent").objects
    stated = events.filter(kind="stated").order_by("happened_on", "pk")
    for event in stated.iterator(chunk_size=CHUNK):
        policies.filter(pk=event.policy_id).update(status=event.stated)


class Migration(migrations.Migration):
    dependencies = [("policies", "0005_events")]

    operations = [migrations.RunPython(add_events, restore_status)]
