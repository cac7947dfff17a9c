from django.db import migrations

TARGETS = {
    "observations": "observation",
    "policies": "policy",
    "claims": "claim",
    "events": "event",
}


def move_links(apps, schema_editor):
    """What an entry was linked to supports it until an editor says otherwise."""
    Entry = apps.get_model("swot", "Entry")
    Evidence = apps.get_model("swot", "Evidence")
    for name, target in TARGETS.items():
        links = getattr(Entry, name).through.objects.order_by("pk")
        Evidence.objects.bulk_create(
            Evidence(
                entry_id=link.entry_id,
                **{f"{target}_id": getattr(link, f"{target}_id")},
            )
            for link in links.iterator()
        )


def move_back(apps, schema_editor):
    Entry = apps.get_model("swot", "Entry")
    Evidence = apps.get_model("swot", "Evidence")
    for name, target in TARGETS.items():
        through = getattr(Entry, name).through
        through.objects.bulk_create(
            through(
                entry_id=row.entry_id,
                **{f"{target}_id": getattr(row, f"{target}_id")},
            )
            for row in Evidence.objects.exclude(**{f"{target}_id": None})
        )


class Migration(migrations.Migration):
    dependencies = [
        ("swot", "0003_evidence"),
    ]

    operations = [
        migrations.RunPython(move_links, move_back),
    ]
