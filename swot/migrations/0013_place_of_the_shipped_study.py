"""Say where the shipped study stands in its journal, which so far the page said."""

from django.db import migrations

PLACE = {"volume": "13", "issue": "3", "pages": "7510"}


def fill(apps, schema_editor):
    for name in ("Analysis", "HistoricalAnalysis"):
        rows = apps.get_model("swot", name).objects.using(
            schema_editor.connection.alias
        )
        rows.filter(doi="10.12677/ecl.2024.133922", volume="", pages="").update(**PLACE)


class Migration(migrations.Migration):
    dependencies = [("swot", "0012_study_in_its_journal")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
