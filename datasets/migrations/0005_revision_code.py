from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def take_from_observations(apps, schema_editor):
    """Versions kept so far had the code that their observation has."""
    observations = apps.get_model("datasets", "Observation").objects
    code = observations.filter(pk=OuterRef("observation_id")).values("code")
    apps.get_model("datasets", "Revision").objects.update(code=Subquery(code))


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0004_kept_previews"),
    ]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="code",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=64
            ),
        ),
        migrations.RunPython(take_from_observations, migrations.RunPython.noop),
    ]
