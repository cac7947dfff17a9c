"""Read the links of recommendations with what they are named by."""

import django.db.models.manager
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("swot", "0029_words_of_passages"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="recommendationanswer",
            options={
                "base_manager_name": "named",
                "default_permissions": (),
                "verbose_name": "link of a recommendation",
                "verbose_name_plural": "links of a recommendation",
            },
        ),
        migrations.AlterModelOptions(
            name="recommendationclaim",
            options={
                "base_manager_name": "named",
                "default_permissions": (),
                "verbose_name": "link of a recommendation",
                "verbose_name_plural": "links of a recommendation",
            },
        ),
        migrations.AlterModelOptions(
            name="recommendationobservation",
            options={
                "base_manager_name": "named",
                "default_permissions": (),
                "verbose_name": "link of a recommendation",
                "verbose_name_plural": "links of a recommendation",
            },
        ),
        migrations.AlterModelOptions(
            name="recommendationpolicy",
            options={
                "base_manager_name": "named",
                "default_permissions": (),
                "verbose_name": "link of a recommendation",
                "verbose_name_plural": "links of a recommendation",
            },
        ),
        migrations.AlterModelManagers(
            name="recommendationanswer",
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("named", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterModelManagers(
            name="recommendationclaim",
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("named", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterModelManagers(
            name="recommendationobservation",
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("named", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterModelManagers(
            name="recommendationpolicy",
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("named", django.db.models.manager.Manager()),
            ],
        ),
    ]
