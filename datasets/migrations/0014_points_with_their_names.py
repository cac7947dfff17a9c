"""Read the points of figures with what they are named by."""

import django.db.models.manager
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0013_empty_codes_first"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="figureobservation",
            options={
                "base_manager_name": "named",
                "ordering": ["position"],
                "verbose_name": "point",
                "verbose_name_plural": "points",
            },
        ),
        migrations.AlterModelManagers(
            name="figureobservation",
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("named", django.db.models.manager.Manager()),
            ],
        ),
    ]
