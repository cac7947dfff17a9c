import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0001_initial"),
        ("policies", "0001_initial"),
        ("swot", "0002_claim_checks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Evidence",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("supports", "Supports"),
                            ("weakens", "Weakens"),
                            ("context", "Context"),
                        ],
                        default="supports",
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "note_zh_hans",
                    models.TextField(blank=True, null=True, verbose_name="note"),
                ),
                (
                    "note_en",
                    models.TextField(blank=True, null=True, verbose_name="note"),
                ),
                (
                    "checked_on",
                    models.DateField(blank=True, null=True, verbose_name="checked on"),
                ),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["entry", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalEvidence",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("supports", "Supports"),
                            ("weakens", "Weakens"),
                            ("context", "Context"),
                        ],
                        default="supports",
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "note_zh_hans",
                    models.TextField(blank=True, null=True, verbose_name="note"),
                ),
                (
                    "note_en",
                    models.TextField(blank=True, null=True, verbose_name="note"),
                ),
                (
                    "checked_on",
                    models.DateField(blank=True, null=True, verbose_name="checked on"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical evidence",
                "verbose_name_plural": "historical evidence",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="evidence",
            name="claim",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="evidence",
                to="swot.claim",
                verbose_name="claim",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="evidence",
                to="swot.entry",
                verbose_name="entry",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="event",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="evidence",
                to="swot.event",
                verbose_name="event",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="figure",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="evidence",
                to="datasets.figure",
                verbose_name="figure",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="observation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="evidence",
                to="datasets.observation",
                verbose_name="observation",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="policy",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="evidence",
                to="policies.policy",
                verbose_name="policy",
            ),
        ),
        migrations.AddField(
            model_name="historicalevidence",
            name="claim",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="swot.claim",
                verbose_name="claim",
            ),
        ),
        migrations.AddField(
            model_name="historicalevidence",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="swot.entry",
                verbose_name="entry",
            ),
        ),
        migrations.AddField(
            model_name="historicalevidence",
            name="event",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="swot.event",
                verbose_name="event",
            ),
        ),
        migrations.AddField(
            model_name="historicalevidence",
            name="figure",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="datasets.figure",
                verbose_name="figure",
            ),
        ),
        migrations.AddField(
            model_name="historicalevidence",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalevidence",
            name="observation",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="datasets.observation",
                verbose_name="observation",
            ),
        ),
        migrations.AddField(
            model_name="historicalevidence",
            name="policy",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="policies.policy",
                verbose_name="policy",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("claim__isnull", True),
                        ("event__isnull", True),
                        ("figure__isnull", True),
                        ("observation__isnull", False),
                        ("policy__isnull", True),
                    ),
                    models.Q(
                        ("claim__isnull", True),
                        ("event__isnull", True),
                        ("figure__isnull", False),
                        ("observation__isnull", True),
                        ("policy__isnull", True),
                    ),
                    models.Q(
                        ("claim__isnull", True),
                        ("event__isnull", True),
                        ("figure__isnull", True),
                        ("observation__isnull", True),
                        ("policy__isnull", False),
                    ),
                    models.Q(
                        ("claim__isnull", False),
                        ("event__isnull", True),
                        ("figure__isnull", True),
                        ("observation__isnull", True),
                        ("policy__isnull", True),
                    ),
                    models.Q(
                        ("claim__isnull", True),
                        ("event__isnull", False),
                        ("figure__isnull", True),
                        ("observation__isnull", True),
                        ("policy__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="swot_evidence_one_target",
                violation_error_message="Name one observation, figure, policy, claim or event.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                fields=("entry", "observation"),
                name="swot_evidence_observation_once",
                violation_error_message="The entry already rests on this.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                fields=("entry", "figure"),
                name="swot_evidence_figure_once",
                violation_error_message="The entry already rests on this.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                fields=("entry", "policy"),
                name="swot_evidence_policy_once",
                violation_error_message="The entry already rests on this.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                fields=("entry", "claim"),
                name="swot_evidence_claim_once",
                violation_error_message="The entry already rests on this.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                fields=("entry", "event"),
                name="swot_evidence_event_once",
                violation_error_message="The entry already rests on this.",
            ),
        ),
    ]
