"""The first two migrations in one.

A new database begins here, and one that ran all of them goes on from here; one that
ran only some is refused (`cbec_site.base.squashes`). From 1 July 2027 on, the
replaced files may go, and `replaces` with them.
"""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("policies", "0001_initial"), ("policies", "0002_policy_imports")]

    initial = True

    dependencies = [
        ("datasets", "0001_squashed_0005_revision_code"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Issuer",
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
                ("code", models.SlugField(unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "name_zh_hans",
                    models.CharField(max_length=200, null=True, verbose_name="name"),
                ),
                (
                    "name_en",
                    models.CharField(max_length=200, null=True, verbose_name="name"),
                ),
            ],
            options={
                "verbose_name": "issuing body",
                "verbose_name_plural": "issuing bodies",
                "ordering": ["name_zh_hans"],
            },
        ),
        migrations.CreateModel(
            name="Policy",
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
                    "is_published",
                    models.BooleanField(
                        db_index=True,
                        default=False,
                        help_text="Drafts appear nowhere in public.",
                        verbose_name="published",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="published at",
                    ),
                ),
                (
                    "code",
                    models.CharField(max_length=12, unique=True, verbose_name="code"),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                (
                    "title_zh_hans",
                    models.CharField(max_length=300, null=True, verbose_name="title"),
                ),
                (
                    "title_en",
                    models.CharField(max_length=300, null=True, verbose_name="title"),
                ),
                (
                    "document_number",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="document number"
                    ),
                ),
                (
                    "is_number_confirmed",
                    models.BooleanField(
                        default=False,
                        help_text="Readers see the number only once it is confirmed.",
                        verbose_name="document number confirmed",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("national", "National"),
                            ("provincial", "Provincial"),
                            ("municipal", "Municipal"),
                        ],
                        max_length=12,
                        verbose_name="level",
                    ),
                ),
                (
                    "written_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="date written"
                    ),
                ),
                (
                    "written_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        max_length=5,
                        verbose_name="known to the",
                    ),
                ),
                (
                    "is_written_confirmed",
                    models.BooleanField(
                        default=False,
                        help_text="Readers see the date only once it is confirmed.",
                        verbose_name="date written confirmed",
                    ),
                ),
                (
                    "published_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="date published"
                    ),
                ),
                (
                    "published_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        max_length=5,
                        verbose_name="known to the",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("in_force", "In force"),
                            ("expired", "Expired"),
                            ("unknown", "Unknown"),
                        ],
                        default="unknown",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                (
                    "summary_zh_hans",
                    models.TextField(blank=True, null=True, verbose_name="summary"),
                ),
                (
                    "summary_en",
                    models.TextField(blank=True, null=True, verbose_name="summary"),
                ),
                (
                    "source_url",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="official page"
                    ),
                ),
                (
                    "in_table_1",
                    models.BooleanField(
                        default=False, verbose_name="in Table 1 of the study"
                    ),
                ),
                (
                    "paper_location",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="location in the paper"
                    ),
                ),
                (
                    "verification",
                    models.TextField(
                        blank=True,
                        help_text="For editors only.",
                        verbose_name="verification note",
                    ),
                ),
            ],
            options={
                "verbose_name": "policy",
                "verbose_name_plural": "policies",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Topic",
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
                ("code", models.SlugField(unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_zh_hans",
                    models.CharField(max_length=100, null=True, verbose_name="name"),
                ),
                (
                    "name_en",
                    models.CharField(max_length=100, null=True, verbose_name="name"),
                ),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalIssuer",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "name_zh_hans",
                    models.CharField(max_length=200, null=True, verbose_name="name"),
                ),
                (
                    "name_en",
                    models.CharField(max_length=200, null=True, verbose_name="name"),
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
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical issuing body",
                "verbose_name_plural": "historical issuing bodies",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPilotZone",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "is_published",
                    models.BooleanField(
                        db_index=True,
                        default=False,
                        help_text="Drafts appear nowhere in public.",
                        verbose_name="published",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="published at",
                    ),
                ),
                ("code", models.SlugField(verbose_name="code")),
                ("batch", models.PositiveSmallIntegerField(verbose_name="batch")),
                ("approved_on", models.DateField(verbose_name="approved on")),
                (
                    "approved_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        max_length=5,
                        verbose_name="known to the",
                    ),
                ),
                (
                    "document_number",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="document number"
                    ),
                ),
                (
                    "is_number_confirmed",
                    models.BooleanField(
                        default=False, verbose_name="document number confirmed"
                    ),
                ),
                (
                    "source_url",
                    models.URLField(blank=True, max_length=500, verbose_name="address"),
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
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="datasets.region",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical pilot zone",
                "verbose_name_plural": "historical pilot zones",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPolicy",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "is_published",
                    models.BooleanField(
                        db_index=True,
                        default=False,
                        help_text="Drafts appear nowhere in public.",
                        verbose_name="published",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="published at",
                    ),
                ),
                (
                    "code",
                    models.CharField(db_index=True, max_length=12, verbose_name="code"),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                (
                    "title_zh_hans",
                    models.CharField(max_length=300, null=True, verbose_name="title"),
                ),
                (
                    "title_en",
                    models.CharField(max_length=300, null=True, verbose_name="title"),
                ),
                (
                    "document_number",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="document number"
                    ),
                ),
                (
                    "is_number_confirmed",
                    models.BooleanField(
                        default=False,
                        help_text="Readers see the number only once it is confirmed.",
                        verbose_name="document number confirmed",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("national", "National"),
                            ("provincial", "Provincial"),
                            ("municipal", "Municipal"),
                        ],
                        max_length=12,
                        verbose_name="level",
                    ),
                ),
                (
                    "written_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="date written"
                    ),
                ),
                (
                    "written_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        max_length=5,
                        verbose_name="known to the",
                    ),
                ),
                (
                    "is_written_confirmed",
                    models.BooleanField(
                        default=False,
                        help_text="Readers see the date only once it is confirmed.",
                        verbose_name="date written confirmed",
                    ),
                ),
                (
                    "published_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="date published"
                    ),
                ),
                (
                    "published_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        max_length=5,
                        verbose_name="known to the",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("in_force", "In force"),
                            ("expired", "Expired"),
                            ("unknown", "Unknown"),
                        ],
                        default="unknown",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                (
                    "summary_zh_hans",
                    models.TextField(blank=True, null=True, verbose_name="summary"),
                ),
                (
                    "summary_en",
                    models.TextField(blank=True, null=True, verbose_name="summary"),
                ),
                (
                    "source_url",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="official page"
                    ),
                ),
                (
                    "in_table_1",
                    models.BooleanField(
                        default=False, verbose_name="in Table 1 of the study"
                    ),
                ),
                (
                    "paper_location",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="location in the paper"
                    ),
                ),
                (
                    "verification",
                    models.TextField(
                        blank=True,
                        help_text="For editors only.",
                        verbose_name="verification note",
                    ),
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
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical policy",
                "verbose_name_plural": "historical policies",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTopic",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_zh_hans",
                    models.CharField(max_length=100, null=True, verbose_name="name"),
                ),
                (
                    "name_en",
                    models.CharField(max_length=100, null=True, verbose_name="name"),
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
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical topic",
                "verbose_name_plural": "historical topics",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PolicyBatch",
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
                    "file_name",
                    models.CharField(max_length=255, verbose_name="file name"),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "file",
                    models.FileField(
                        blank=True, upload_to="%Y/%m", verbose_name="file"
                    ),
                ),
                (
                    "layout",
                    models.JSONField(
                        blank=True, default=dict, verbose_name="encoding and layout"
                    ),
                ),
                (
                    "preview",
                    models.JSONField(
                        blank=True, default=dict, editable=False, verbose_name="preview"
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("applied", "Applied"),
                            ("failed", "Failed"),
                            ("undone", "Taken back"),
                        ],
                        default="applied",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("message", models.TextField(blank=True, verbose_name="message")),
                (
                    "created_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="created at"),
                ),
                (
                    "new_count",
                    models.PositiveIntegerField(default=0, verbose_name="new"),
                ),
                (
                    "changed_count",
                    models.PositiveIntegerField(default=0, verbose_name="changed"),
                ),
                (
                    "unchanged_count",
                    models.PositiveIntegerField(default=0, verbose_name="unchanged"),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="policies.policybatch",
                        verbose_name="takes back",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="editor",
                    ),
                ),
            ],
            options={
                "verbose_name": "policy import",
                "verbose_name_plural": "policy imports",
                "ordering": ["-created_at"],
                "permissions": [("import_policy", "Can import policies")],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PolicyIssuer",
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
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="policies.issuer",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="policies.policy",
                    ),
                ),
            ],
            options={
                "verbose_name": "issuing body",
                "verbose_name_plural": "issuing bodies",
                "ordering": ["position"],
            },
        ),
        migrations.AddField(
            model_name="policy",
            name="issuers",
            field=models.ManyToManyField(
                related_name="policies",
                through="policies.PolicyIssuer",
                to="policies.issuer",
                verbose_name="issuing bodies",
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="topics",
            field=models.ManyToManyField(
                blank=True,
                related_name="policies",
                to="policies.topic",
                verbose_name="topics",
            ),
        ),
        migrations.CreateModel(
            name="PilotZone",
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
                    "is_published",
                    models.BooleanField(
                        db_index=True,
                        default=False,
                        help_text="Drafts appear nowhere in public.",
                        verbose_name="published",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="published at",
                    ),
                ),
                ("code", models.SlugField(unique=True, verbose_name="code")),
                ("batch", models.PositiveSmallIntegerField(verbose_name="batch")),
                ("approved_on", models.DateField(verbose_name="approved on")),
                (
                    "approved_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        max_length=5,
                        verbose_name="known to the",
                    ),
                ),
                (
                    "document_number",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="document number"
                    ),
                ),
                (
                    "is_number_confirmed",
                    models.BooleanField(
                        default=False, verbose_name="document number confirmed"
                    ),
                ),
                (
                    "source_url",
                    models.URLField(blank=True, max_length=500, verbose_name="address"),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pilot_zones",
                        to="datasets.region",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "pilot zone",
                "verbose_name_plural": "pilot zones",
                "ordering": ["batch", "code"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_published", False),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="policies_pilotzone_published_has_moment",
                        violation_error_message="What is published has a moment.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyChange",
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
                ("code", models.CharField(max_length=12, verbose_name="code")),
                ("line", models.PositiveIntegerField(default=0, verbose_name="line")),
                (
                    "before",
                    models.JSONField(blank=True, null=True, verbose_name="before"),
                ),
                (
                    "after",
                    models.JSONField(blank=True, null=True, verbose_name="after"),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="policies.policybatch",
                        verbose_name="policy import",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a policy",
                "verbose_name_plural": "changes of policies",
                "ordering": ["line", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("batch", "code"),
                        name="policies_policychange_once",
                        violation_error_message="A batch changes a policy once.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("before__isnull", False),
                            ("after__isnull", False),
                            _connector="OR",
                        ),
                        name="policies_policychange_says_something",
                        violation_error_message="Say what was there before or after.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="policyissuer",
            constraint=models.UniqueConstraint(
                fields=("policy", "issuer"),
                name="policies_policyissuer_once",
                violation_error_message="This body is already listed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_published", False),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="policies_policy_published_has_moment",
                violation_error_message="What is published has a moment.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("written_on__isnull", True), ("written_precision", "")),
                    models.Q(
                        ("written_on__isnull", False),
                        ("written_precision__in", ["day", "month", "year"]),
                    ),
                    _connector="OR",
                ),
                name="policies_policy_written_precision",
                violation_error_message="Say how precisely the date is known.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("published_on__isnull", True), ("published_precision", "")
                    ),
                    models.Q(
                        ("published_on__isnull", False),
                        ("published_precision__in", ["day", "month", "year"]),
                    ),
                    _connector="OR",
                ),
                name="policies_policy_published_precision",
                violation_error_message="Say how precisely the date is known.",
            ),
        ),
    ]
