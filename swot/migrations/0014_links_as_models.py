"""Give the links of recommendations and corrections a model; no table changes."""

import django.db.models.deletion
from django.db import migrations, models

import swot.models.protection


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0006_units_of_currencies_and_points"),
        ("policies", "0002_policy_imports"),
        ("swot", "0013_place_of_the_shipped_study"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="CorrectionClaim",
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
                            "claim",
                            models.ForeignKey(
                                on_delete=swot.models.protection.protect_linked,
                                related_name="+",
                                to="swot.claim",
                            ),
                        ),
                        (
                            "correction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="swot.correction",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link of a correction",
                        "verbose_name_plural": "links of a correction",
                        "db_table": "swot_correction_claims",
                        "default_permissions": (),
                        "unique_together": {("correction", "claim")},
                    },
                ),
                migrations.AlterField(
                    model_name="correction",
                    name="claims",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="touched_by",
                        through="swot.CorrectionClaim",
                        to="swot.claim",
                        verbose_name="claims affected",
                    ),
                ),
                migrations.CreateModel(
                    name="RecommendationAnswer",
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
                            "entry",
                            models.ForeignKey(
                                on_delete=swot.models.protection.protect_linked,
                                related_name="+",
                                to="swot.entry",
                            ),
                        ),
                        (
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="swot.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link of a recommendation",
                        "verbose_name_plural": "links of a recommendation",
                        "db_table": "swot_recommendation_answers",
                        "abstract": False,
                        "default_permissions": (),
                        "unique_together": {("recommendation", "entry")},
                    },
                ),
                migrations.AlterField(
                    model_name="recommendation",
                    name="answers",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="recommendations",
                        through="swot.RecommendationAnswer",
                        to="swot.entry",
                        verbose_name="answers",
                    ),
                ),
                migrations.CreateModel(
                    name="RecommendationClaim",
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
                            "claim",
                            models.ForeignKey(
                                on_delete=swot.models.protection.protect_linked,
                                related_name="+",
                                to="swot.claim",
                            ),
                        ),
                        (
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="swot.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link of a recommendation",
                        "verbose_name_plural": "links of a recommendation",
                        "db_table": "swot_recommendation_claims",
                        "abstract": False,
                        "default_permissions": (),
                        "unique_together": {("recommendation", "claim")},
                    },
                ),
                migrations.AlterField(
                    model_name="recommendation",
                    name="claims",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="recommendations",
                        through="swot.RecommendationClaim",
                        to="swot.claim",
                        verbose_name="claims",
                    ),
                ),
                migrations.CreateModel(
                    name="RecommendationObservation",
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
                            "observation",
                            models.ForeignKey(
                                on_delete=swot.models.protection.protect_linked,
                                related_name="+",
                                to="datasets.observation",
                            ),
                        ),
                        (
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="swot.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link of a recommendation",
                        "verbose_name_plural": "links of a recommendation",
                        "db_table": "swot_recommendation_observations",
                        "abstract": False,
                        "default_permissions": (),
                        "unique_together": {("recommendation", "observation")},
                    },
                ),
                migrations.AlterField(
                    model_name="recommendation",
                    name="observations",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="recommendations",
                        through="swot.RecommendationObservation",
                        to="datasets.observation",
                        verbose_name="observations",
                    ),
                ),
                migrations.CreateModel(
                    name="RecommendationPolicy",
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
                            "policy",
                            models.ForeignKey(
                                on_delete=swot.models.protection.protect_linked,
                                related_name="+",
                                to="policies.policy",
                            ),
                        ),
                        (
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="swot.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link of a recommendation",
                        "verbose_name_plural": "links of a recommendation",
                        "db_table": "swot_recommendation_policies",
                        "abstract": False,
                        "default_permissions": (),
                        "unique_together": {("recommendation", "policy")},
                    },
                ),
                migrations.AlterField(
                    model_name="recommendation",
                    name="policies",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="recommendations",
                        through="swot.RecommendationPolicy",
                        to="policies.policy",
                        verbose_name="policies",
                    ),
                ),
            ]
        )
    ]
