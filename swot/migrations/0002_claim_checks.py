import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0001_initial"),
        ("swot", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClaimInput",
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
                ("code", models.CharField(blank=True, max_length=120)),
                ("indicator", models.CharField(blank=True, max_length=120)),
                ("region", models.CharField(blank=True, max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="VerdictChange",
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
                    "changed_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="changed at"),
                ),
                (
                    "old_verdict",
                    models.CharField(
                        choices=[
                            ("yes", "holds"),
                            ("rounding", "holds after rounding"),
                            ("no", "contradicted"),
                            ("superseded", "superseded"),
                            ("n/a", "not testable"),
                            ("missing", "data missing"),
                        ],
                        max_length=12,
                        verbose_name="before",
                    ),
                ),
                (
                    "new_verdict",
                    models.CharField(
                        choices=[
                            ("yes", "holds"),
                            ("rounding", "holds after rounding"),
                            ("no", "contradicted"),
                            ("superseded", "superseded"),
                            ("n/a", "not testable"),
                            ("missing", "data missing"),
                        ],
                        max_length=12,
                        verbose_name="after",
                    ),
                ),
                (
                    "old_value",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="value before"
                    ),
                ),
                (
                    "new_value",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="value after"
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
            ],
            options={
                "verbose_name": "change of verdict",
                "verbose_name_plural": "changes of verdict",
                "ordering": ["-changed_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="accepted_reason",
            field=models.TextField(
                blank=True,
                help_text="Holds for the value computed when it was written.",
                verbose_name="why the contradiction stays",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="accepted_reason_en",
            field=models.TextField(
                blank=True,
                help_text="Holds for the value computed when it was written.",
                null=True,
                verbose_name="why the contradiction stays",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="accepted_reason_zh_hans",
            field=models.TextField(
                blank=True,
                help_text="Holds for the value computed when it was written.",
                null=True,
                verbose_name="why the contradiction stays",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="accepted_value",
            field=models.CharField(blank=True, editable=False, max_length=120),
        ),
        migrations.AddField(
            model_name="claim",
            name="checked_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="checked at"
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="comparison",
            field=models.CharField(
                choices=[
                    ("exactly", "exactly"),
                    ("about", "about"),
                    ("more_than", "more than"),
                    ("at_least", "at least"),
                    ("less_than", "less than"),
                    ("at_most", "at most"),
                    ("nearly", "nearly"),
                    ("between", "between"),
                    ("rank", "rank"),
                    ("highest", "highest"),
                    ("lowest", "lowest"),
                    ("rose", "rose"),
                    ("fell", "fell"),
                    ("doubled", "multiplied by"),
                ],
                default="exactly",
                help_text="The word that goes with the number.",
                max_length=12,
                verbose_name="comparison",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="computation",
            field=models.TextField(
                blank=True, editable=False, verbose_name="computation"
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="computation_en",
            field=models.TextField(
                blank=True, editable=False, null=True, verbose_name="computation"
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="computation_zh_hans",
            field=models.TextField(
                blank=True, editable=False, null=True, verbose_name="computation"
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="computed_value",
            field=models.DecimalField(
                decimal_places=6,
                editable=False,
                max_digits=24,
                null=True,
                verbose_name="computed value",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="explanation",
            field=models.TextField(
                blank=True, editable=False, verbose_name="explanation"
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="explanation_en",
            field=models.TextField(
                blank=True, editable=False, null=True, verbose_name="explanation"
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="explanation_zh_hans",
            field=models.TextField(
                blank=True, editable=False, null=True, verbose_name="explanation"
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="expression",
            field=models.JSONField(
                blank=True,
                help_text="What is computed.",
                null=True,
                verbose_name="expression",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="finding",
            field=models.CharField(
                blank=True,
                choices=[
                    ("date", "Date"),
                    ("wording", "Wording"),
                    ("scope", "Scope"),
                    ("source", "Source"),
                    ("judgement", "Judgement"),
                ],
                help_text="Only where no arithmetic can decide; the verdict is then yours.",
                max_length=10,
                verbose_name="editor finding",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="period_policy",
            field=models.CharField(
                choices=[
                    ("fixed", "True of the named period"),
                    ("latest", "Must follow the newest period"),
                ],
                default="fixed",
                max_length=8,
                verbose_name="period",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="stated_decimals",
            field=models.SmallIntegerField(
                default=0,
                help_text="Negative when the number is rounded to tens, hundreds …",
                verbose_name="decimals of the stated number",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="stated_high",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                max_digits=24,
                null=True,
                verbose_name="upper end of the range",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="stated_low",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                help_text="In the stated unit; the lower one of a range.",
                max_digits=24,
                null=True,
                verbose_name="stated number",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="subject_period",
            field=models.CharField(
                blank=True,
                help_text="Data of other periods are then not held against the statement.",
                max_length=20,
                verbose_name="about the period",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="subject_region",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="datasets.region",
                verbose_name="about the region",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="subject_vintage",
            field=models.CharField(
                blank=True,
                choices=[("first release", "First release"), ("revised", "Revised")],
                max_length=20,
                verbose_name="about the edition",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="accepted_reason",
            field=models.TextField(
                blank=True,
                help_text="Holds for the value computed when it was written.",
                verbose_name="why the contradiction stays",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="accepted_reason_en",
            field=models.TextField(
                blank=True,
                help_text="Holds for the value computed when it was written.",
                null=True,
                verbose_name="why the contradiction stays",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="accepted_reason_zh_hans",
            field=models.TextField(
                blank=True,
                help_text="Holds for the value computed when it was written.",
                null=True,
                verbose_name="why the contradiction stays",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="accepted_value",
            field=models.CharField(blank=True, editable=False, max_length=120),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="checked_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="checked at"
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="comparison",
            field=models.CharField(
                choices=[
                    ("exactly", "exactly"),
                    ("about", "about"),
                    ("more_than", "more than"),
                    ("at_least", "at least"),
                    ("less_than", "less than"),
                    ("at_most", "at most"),
                    ("nearly", "nearly"),
                    ("between", "between"),
                    ("rank", "rank"),
                    ("highest", "highest"),
                    ("lowest", "lowest"),
                    ("rose", "rose"),
                    ("fell", "fell"),
                    ("doubled", "multiplied by"),
                ],
                default="exactly",
                help_text="The word that goes with the number.",
                max_length=12,
                verbose_name="comparison",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="computation",
            field=models.TextField(
                blank=True, editable=False, verbose_name="computation"
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="computation_en",
            field=models.TextField(
                blank=True, editable=False, null=True, verbose_name="computation"
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="computation_zh_hans",
            field=models.TextField(
                blank=True, editable=False, null=True, verbose_name="computation"
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="computed_value",
            field=models.DecimalField(
                decimal_places=6,
                editable=False,
                max_digits=24,
                null=True,
                verbose_name="computed value",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="explanation",
            field=models.TextField(
                blank=True, editable=False, verbose_name="explanation"
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="explanation_en",
            field=models.TextField(
                blank=True, editable=False, null=True, verbose_name="explanation"
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="explanation_zh_hans",
            field=models.TextField(
                blank=True, editable=False, null=True, verbose_name="explanation"
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="expression",
            field=models.JSONField(
                blank=True,
                help_text="What is computed.",
                null=True,
                verbose_name="expression",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="finding",
            field=models.CharField(
                blank=True,
                choices=[
                    ("date", "Date"),
                    ("wording", "Wording"),
                    ("scope", "Scope"),
                    ("source", "Source"),
                    ("judgement", "Judgement"),
                ],
                help_text="Only where no arithmetic can decide; the verdict is then yours.",
                max_length=10,
                verbose_name="editor finding",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="period_policy",
            field=models.CharField(
                choices=[
                    ("fixed", "True of the named period"),
                    ("latest", "Must follow the newest period"),
                ],
                default="fixed",
                max_length=8,
                verbose_name="period",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="stated_decimals",
            field=models.SmallIntegerField(
                default=0,
                help_text="Negative when the number is rounded to tens, hundreds …",
                verbose_name="decimals of the stated number",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="stated_high",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                max_digits=24,
                null=True,
                verbose_name="upper end of the range",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="stated_low",
            field=models.DecimalField(
                blank=True,
                decimal_places=6,
                help_text="In the stated unit; the lower one of a range.",
                max_digits=24,
                null=True,
                verbose_name="stated number",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="subject_period",
            field=models.CharField(
                blank=True,
                help_text="Data of other periods are then not held against the statement.",
                max_length=20,
                verbose_name="about the period",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="subject_region",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="datasets.region",
                verbose_name="about the region",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="subject_vintage",
            field=models.CharField(
                blank=True,
                choices=[("first release", "First release"), ("revised", "Revised")],
                max_length=20,
                verbose_name="about the edition",
            ),
        ),
        migrations.AlterField(
            model_name="claim",
            name="formula",
            field=models.TextField(
                blank=True,
                help_text="Arithmetic over observation codes. It replaces the expression; empty it to build the expression by hand.",
                verbose_name="formula",
            ),
        ),
        migrations.AlterField(
            model_name="claim",
            name="recomputed_value",
            field=models.CharField(
                blank=True,
                help_text="Six significant digits, or the other reading of a finding.",
                max_length=120,
                verbose_name="recomputed value",
            ),
        ),
        migrations.AlterField(
            model_name="claim",
            name="verdict",
            field=models.CharField(
                choices=[
                    ("yes", "holds"),
                    ("rounding", "holds after rounding"),
                    ("no", "contradicted"),
                    ("superseded", "superseded"),
                    ("n/a", "not testable"),
                    ("missing", "data missing"),
                ],
                default="n/a",
                max_length=12,
                verbose_name="verdict",
            ),
        ),
        migrations.AlterField(
            model_name="historicalclaim",
            name="formula",
            field=models.TextField(
                blank=True,
                help_text="Arithmetic over observation codes. It replaces the expression; empty it to build the expression by hand.",
                verbose_name="formula",
            ),
        ),
        migrations.AlterField(
            model_name="historicalclaim",
            name="recomputed_value",
            field=models.CharField(
                blank=True,
                help_text="Six significant digits, or the other reading of a finding.",
                max_length=120,
                verbose_name="recomputed value",
            ),
        ),
        migrations.AlterField(
            model_name="historicalclaim",
            name="verdict",
            field=models.CharField(
                choices=[
                    ("yes", "holds"),
                    ("rounding", "holds after rounding"),
                    ("no", "contradicted"),
                    ("superseded", "superseded"),
                    ("n/a", "not testable"),
                    ("missing", "data missing"),
                ],
                default="n/a",
                max_length=12,
                verbose_name="verdict",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("comparison", "between"),
                        ("stated_high__isnull", False),
                        ("stated_low__lte", models.F("stated_high")),
                    ),
                    models.Q(
                        models.Q(("comparison", "between"), _negated=True),
                        ("stated_high__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="swot_claim_range_is_between",
                violation_error_message="“Between” has two numbers, the lower one first; nothing else has.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stated_decimals__gte", -12), ("stated_decimals__lte", 6)
                ),
                name="swot_claim_decimals_stored",
                violation_error_message="Between −12 and 6 decimals.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finding", ""), ("expression__isnull", True), _connector="OR"
                ),
                name="swot_claim_finding_or_expression",
                violation_error_message="A claim is computed or found by an editor, not both.",
            ),
        ),
        migrations.AddField(
            model_name="claiminput",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="inputs",
                to="swot.claim",
            ),
        ),
        migrations.AddField(
            model_name="verdictchange",
            name="batch",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="verdict_changes",
                to="datasets.importbatch",
                verbose_name="import batch",
            ),
        ),
        migrations.AddField(
            model_name="verdictchange",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="verdict_changes",
                to="swot.claim",
                verbose_name="claim",
            ),
        ),
        migrations.AddIndex(
            model_name="claiminput",
            index=models.Index(fields=["code"], name="swot_claimi_code_106e1d_idx"),
        ),
        migrations.AddIndex(
            model_name="claiminput",
            index=models.Index(
                fields=["indicator", "region"], name="swot_claimi_indicat_880302_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="verdictchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("old_verdict", models.F("new_verdict")), _negated=True
                ),
                name="swot_verdictchange_differs",
                violation_error_message="The verdict did not change.",
            ),
        ),
    ]
