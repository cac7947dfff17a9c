from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    """No entry has moved so far: each stands where it was first filed."""
    for name in ("Entry", "HistoricalEntry"):
        rows = apps.get_model("swot", name).objects.using(
            schema_editor.connection.alias
        )
        rows.filter(first_quadrant="").update(first_quadrant=F("quadrant"))


class Migration(migrations.Migration):
    dependencies = [("swot", "0006_quadrant_moves")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
