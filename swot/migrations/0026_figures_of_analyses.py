"""Say which figures belong to which analysis, and in which order."""

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

import swot.models.protection


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0012_verbose_names_of_parts"),
        ("swot", "0025_evidence_with_its_targets"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnalysisFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="position"
                    ),
                ),
                (
                    "analysis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figure_links",
                        to="swot.analysis",
                        verbose_name="analysis",
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=swot.models.protection.protect_linked,
                        related_name="analysis_links",
                        to="datasets.figure",
                        verbose_name="figure",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure of an analysis",
                "verbose_name_plural": "figures of an analysis",
                "ordering": ["position", "pk"],
                "default_permissions": (),
                "base_manager_name": "named",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("analysis", "figure"),
                        name="swot_analysisfigure_once",
                        violation_error_message="The analysis already has this figure.",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("named", django.db.models.manager.Manager()),
            ],
        ),
    ]
