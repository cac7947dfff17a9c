"""The first twenty-one migrations in one.

A new database begins here, and one that ran all of them goes on from here; one that
ran only some goes on with the replaced files. From 1 July 2027 on, those may go, and
`replaces` with them.
"""

import django.db.models.deletion
import django.db.models.manager
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("policies", "0001_initial"),
        ("policies", "0002_policy_imports"),
        ("policies", "0003_publish_permission"),
        ("policies", "0004_codes_in_addresses"),
        ("policies", "0005_events"),
        ("policies", "0006_status_to_events"),
        ("policies", "0007_policy_without_status"),
        ("policies", "0008_relations_and_ends"),
        ("policies", "0009_history_of_both_languages"),
        ("policies", "0010_facts_to_confirm_history"),
        ("policies", "0011_verbose_names_of_parts"),
        ("policies", "0012_text_and_source"),
        ("policies", "0013_sources_of_older_acts"),
        ("policies", "0014_acts_have_a_source"),
        ("policies", "0015_saved_views_and_kinds"),
        ("policies", "0016_indexes_for_editors"),
        ("policies", "0017_words_of_addresses"),
        ("policies", "0018_plainer_messages"),
        ("policies", "0019_index_of_written_days"),
        ("policies", "0020_force_periods"),
        ("policies", "0021_one_word_for_undo"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("datasets", "0015_plainer_messages"),
    ]

    operations = [
        migrations.CreateModel(
            name="ForcePeriod",
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
                ("policy_key", models.BigIntegerField(editable=False)),
                ("code", models.CharField(editable=False, max_length=12)),
                ("is_published", models.BooleanField(editable=False)),
                (
                    "force",
                    models.CharField(
                        choices=[
                            ("in_force", "In force"),
                            ("possibly_in_force", "Possibly in force"),
                            ("not_yet", "Not yet in force"),
                            ("ended", "No longer in force"),
                            ("unknown", "Unknown"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("first_on", models.DateField(editable=False)),
                ("last_on", models.DateField(editable=False)),
            ],
            options={
                "verbose_name": "period of force",
                "verbose_name_plural": "periods of force",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("policy_key", "first_on"),
                        name="policies_forceperiod_once",
                        violation_error_message="Only one period of an act begins on a given day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_on__gte", models.F("first_on"))),
                        name="policies_forceperiod_in_order",
                        violation_error_message="A period does not end before it begins.",
                    ),
                ],
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
                (
                    "code",
                    models.CharField(db_index=True, max_length=50, verbose_name="code"),
                ),
                (
                    "name_zh_hans",
                    models.CharField(max_length=200, null=True, verbose_name="name"),
                ),
                (
                    "name_en",
                    models.CharField(max_length=200, null=True, verbose_name="name"),
                ),
                ("parts", models.JSONField(editable=False, null=True)),
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
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("law", "Law"),
                            ("regulation", "Regulation"),
                            ("measures", "Measures"),
                            ("plan", "Plan"),
                            ("implementation", "Implementation plan"),
                            ("reply", "Reply"),
                            ("notice", "Notice"),
                            ("opinions", "Opinions"),
                            ("announcement", "Announcement"),
                            ("interpretation", "Interpretation"),
                        ],
                        max_length=14,
                        verbose_name="kind of document",
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
                        blank=True,
                        help_text="A page of an authority (gov.cn); others belong in the note.",
                        max_length=500,
                        verbose_name="official page",
                    ),
                ),
                (
                    "is_link_dead",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        verbose_name="official page cannot be reached",
                    ),
                ),
                (
                    "link_checked_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="official page tried at"
                    ),
                ),
                (
                    "text_zh_hans",
                    models.TextField(
                        blank=True,
                        help_text="Markdown, an article under each heading. English only where there is an official translation.",
                        null=True,
                        verbose_name="text of the act",
                    ),
                ),
                (
                    "text_en",
                    models.TextField(
                        blank=True,
                        help_text="Markdown, an article under each heading. English only where there is an official translation.",
                        null=True,
                        verbose_name="text of the act",
                    ),
                ),
                (
                    "text_scope",
                    models.CharField(
                        choices=[("excerpt", "Excerpt"), ("full", "Full text")],
                        default="excerpt",
                        max_length=8,
                        verbose_name="how much of it",
                    ),
                ),
                (
                    "licence_note_zh_hans",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        null=True,
                        verbose_name="terms of the text",
                    ),
                ),
                (
                    "licence_note_en",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        null=True,
                        verbose_name="terms of the text",
                    ),
                ),
                (
                    "no_source_reason",
                    models.TextField(
                        blank=True,
                        help_text="For editors only; needed to publish without an official source.",
                        verbose_name="why neither address nor text",
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
                ("parts", models.JSONField(editable=False, null=True)),
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
            name="HistoricalSavedView",
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
                    models.CharField(db_index=True, max_length=50, verbose_name="code"),
                ),
                (
                    "title_zh_hans",
                    models.CharField(max_length=100, null=True, verbose_name="title"),
                ),
                (
                    "title_en",
                    models.CharField(max_length=100, null=True, verbose_name="title"),
                ),
                (
                    "query",
                    models.CharField(
                        help_text="The part after “?” in the address of the list.",
                        max_length=500,
                        verbose_name="filters",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="position"
                    ),
                ),
                ("parts", models.JSONField(editable=False, null=True)),
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
                "verbose_name": "historical saved view",
                "verbose_name_plural": "historical saved views",
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
                (
                    "code",
                    models.CharField(db_index=True, max_length=50, verbose_name="code"),
                ),
                (
                    "name_zh_hans",
                    models.CharField(max_length=100, null=True, verbose_name="name"),
                ),
                (
                    "name_en",
                    models.CharField(max_length=100, null=True, verbose_name="name"),
                ),
                ("parts", models.JSONField(editable=False, null=True)),
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
                (
                    "code",
                    models.CharField(max_length=50, unique=True, verbose_name="code"),
                ),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")
                        ),
                        name="policies_issuer_code_in_addresses",
                        violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
                    )
                ],
            },
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
                            ("undone", "Undone"),
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
                        verbose_name="undoes",
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
            name="SavedView",
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
                    models.CharField(max_length=50, unique=True, verbose_name="code"),
                ),
                ("title", models.CharField(max_length=100, verbose_name="title")),
                (
                    "title_zh_hans",
                    models.CharField(max_length=100, null=True, verbose_name="title"),
                ),
                (
                    "title_en",
                    models.CharField(max_length=100, null=True, verbose_name="title"),
                ),
                (
                    "query",
                    models.CharField(
                        help_text="The part after “?” in the address of the list.",
                        max_length=500,
                        verbose_name="filters",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="position"
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "ordering": ["position", "code"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_published", False),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="policies_savedview_published_has_moment",
                        violation_error_message="Published content needs its time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")
                        ),
                        name="policies_savedview_code_in_addresses",
                        violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
                    ),
                ],
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
                (
                    "code",
                    models.CharField(max_length=50, unique=True, verbose_name="code"),
                ),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")
                        ),
                        name="policies_topic_code_in_addresses",
                        violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
                    )
                ],
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
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("law", "Law"),
                            ("regulation", "Regulation"),
                            ("measures", "Measures"),
                            ("plan", "Plan"),
                            ("implementation", "Implementation plan"),
                            ("reply", "Reply"),
                            ("notice", "Notice"),
                            ("opinions", "Opinions"),
                            ("announcement", "Announcement"),
                            ("interpretation", "Interpretation"),
                        ],
                        max_length=14,
                        verbose_name="kind of document",
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
                        blank=True,
                        help_text="A page of an authority (gov.cn); others belong in the note.",
                        max_length=500,
                        verbose_name="official page",
                    ),
                ),
                (
                    "is_link_dead",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        verbose_name="official page cannot be reached",
                    ),
                ),
                (
                    "link_checked_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="official page tried at"
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        help_text="Markdown, an article under each heading. English only where there is an official translation.",
                        verbose_name="text of the act",
                    ),
                ),
                (
                    "text_zh_hans",
                    models.TextField(
                        blank=True,
                        help_text="Markdown, an article under each heading. English only where there is an official translation.",
                        null=True,
                        verbose_name="text of the act",
                    ),
                ),
                (
                    "text_en",
                    models.TextField(
                        blank=True,
                        help_text="Markdown, an article under each heading. English only where there is an official translation.",
                        null=True,
                        verbose_name="text of the act",
                    ),
                ),
                (
                    "text_scope",
                    models.CharField(
                        choices=[("excerpt", "Excerpt"), ("full", "Full text")],
                        default="excerpt",
                        max_length=8,
                        verbose_name="how much of it",
                    ),
                ),
                (
                    "licence_note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="terms of the text"
                    ),
                ),
                (
                    "licence_note_zh_hans",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        null=True,
                        verbose_name="terms of the text",
                    ),
                ),
                (
                    "licence_note_en",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        null=True,
                        verbose_name="terms of the text",
                    ),
                ),
                (
                    "no_source_reason",
                    models.TextField(
                        blank=True,
                        help_text="For editors only; needed to publish without an official source.",
                        verbose_name="why neither address nor text",
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
                "permissions": [("export_policy", "Can export policies")],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [
                    models.Index(
                        fields=["published_on"], name="policies_policy_by_day"
                    ),
                    models.Index(
                        condition=models.Q(
                            ("title_en", ""),
                            ("title_en__isnull", True),
                            _connector="OR",
                        ),
                        fields=["code"],
                        name="policies_policy_no_english",
                    ),
                    models.Index(
                        condition=models.Q(("is_link_dead", True)),
                        fields=["code"],
                        name="policies_policy_link_dead",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_published", False),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="policies_policy_published_has_moment",
                        violation_error_message="Published content needs its time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")
                        ),
                        name="policies_policy_code_in_addresses",
                        violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__in", ("feed", "pilot-zones")), _negated=True
                        ),
                        name="policies_policy_code_not_reserved",
                        violation_error_message="This word is already the address of another page.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("written_on__isnull", True), ("written_precision", "")
                            ),
                            models.Q(
                                ("written_on__isnull", False),
                                ("written_precision__in", ["day", "month", "year"]),
                            ),
                            _connector="OR",
                        ),
                        name="policies_policy_written_precision",
                        violation_error_message="Say how precisely the date is known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_on__isnull", True),
                                ("published_precision", ""),
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_published", False),
                            models.Q(("source_url", ""), _negated=True),
                            models.Q(
                                ("text_zh_hans__isnull", False),
                                models.Q(("text_zh_hans", ""), _negated=True),
                            ),
                            models.Q(
                                ("text_en__isnull", False),
                                models.Q(("text_en", ""), _negated=True),
                            ),
                            models.Q(("no_source_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="policies_policy_has_source",
                        violation_error_message="Give the official page or the text, or say why there is neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source_url", ""),
                            (
                                "source_url__iregex",
                                "^https?://([a-z0-9-]+\\.)*gov\\.cn(:[0-9]+)?([/?#].*)?$",
                            ),
                            _connector="OR",
                        ),
                        name="policies_policy_official_address",
                        violation_error_message="This is not a page of an authority (gov.cn): put it in the note.",
                    ),
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
        migrations.CreateModel(
            name="HistoricalProposedFact",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("title_zh_hans", "title (Chinese)"),
                            ("summary_zh_hans", "summary (Chinese)"),
                            ("summary_en", "summary (English)"),
                            ("published", "date published"),
                        ],
                        max_length=20,
                        verbose_name="field",
                    ),
                ),
                ("value", models.TextField(verbose_name="proposed value")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("seen-official", "Seen on an official page"),
                            ("seen-secondary", "Seen on a secondary page"),
                            ("editor", "Confirmed by an editor"),
                            ("recalled", "To confirm"),
                        ],
                        default="recalled",
                        max_length=14,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="evidence"
                    ),
                ),
                (
                    "seen",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="what was seen"
                    ),
                ),
                ("parts", models.JSONField(editable=False, null=True)),
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
                    "policy",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="policies.policy",
                        verbose_name="policy",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical fact to confirm",
                "verbose_name_plural": "historical facts to confirm",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPolicyRelation",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("implements", "implements"),
                            ("based_on", "is based on"),
                            ("amends", "amends"),
                            ("replaces", "replaces"),
                            ("repeals", "repeals"),
                            ("extends", "extends"),
                            ("interprets", "interprets"),
                            ("relates", "is related to"),
                        ],
                        max_length=10,
                        verbose_name="relation",
                    ),
                ),
                (
                    "other_name",
                    models.CharField(
                        blank=True,
                        help_text="Its number or title, if the library does not have the act.",
                        max_length=200,
                        verbose_name="act outside the library",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("seen-official", "Seen on an official page"),
                            ("seen-secondary", "Seen on a secondary page"),
                            ("editor", "Confirmed by an editor"),
                            ("recalled", "To confirm"),
                        ],
                        default="editor",
                        max_length=14,
                        verbose_name="confidence",
                    ),
                ),
                ("parts", models.JSONField(editable=False, null=True)),
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
                    "other",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="policies.policy",
                        verbose_name="other act",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="policies.policy",
                        verbose_name="policy",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical relation between acts",
                "verbose_name_plural": "historical relations between acts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPolicyEvent",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("effective", "Took effect"),
                            ("amended", "Amended"),
                            ("extended", "Extended"),
                            ("expired", "Expired"),
                            ("repealed", "Repealed"),
                            ("replaced", "Replaced"),
                            ("stated", "Status stated"),
                        ],
                        max_length=10,
                        verbose_name="what happened",
                    ),
                ),
                (
                    "happened_on",
                    models.DateField(
                        help_text="For an act that expires: its last day in force.",
                        verbose_name="date",
                    ),
                ),
                (
                    "happened_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                        max_length=5,
                        verbose_name="known to the",
                    ),
                ),
                (
                    "latest_on",
                    models.DateField(editable=False, verbose_name="last possible day"),
                ),
                (
                    "stated",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_force", "In force"),
                            ("expired", "Expired"),
                            ("unknown", "Unknown"),
                        ],
                        help_text="Only where somebody states a status without its dates.",
                        max_length=10,
                        verbose_name="stated status",
                    ),
                ),
                (
                    "act_name",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="act outside the library",
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        blank=True,
                        help_text="An address, or who says it.",
                        max_length=500,
                        verbose_name="evidence",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("seen-official", "Seen on an official page"),
                            ("seen-secondary", "Seen on a secondary page"),
                            ("editor", "Confirmed by an editor"),
                            ("recalled", "To confirm"),
                        ],
                        default="editor",
                        help_text="Readers do not see what is still to confirm.",
                        max_length=14,
                        verbose_name="confidence",
                    ),
                ),
                ("parts", models.JSONField(editable=False, null=True)),
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
                    "act",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="policies.policy",
                        verbose_name="by the act",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="policies.policy",
                        verbose_name="policy",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical event of an act",
                "verbose_name_plural": "historical events of acts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPolicyAttachment",
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
                            ("main", "Main text"),
                            ("annex", "Annex"),
                            ("interpretation", "Interpretation"),
                            ("translation", "Translation"),
                        ],
                        default="annex",
                        max_length=14,
                        verbose_name="role",
                    ),
                ),
                (
                    "title_zh_hans",
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                (
                    "title_en",
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                ("url", models.URLField(max_length=500, verbose_name="address")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="position"
                    ),
                ),
                ("parts", models.JSONField(editable=False, null=True)),
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
                    "policy",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="policies.policy",
                        verbose_name="policy",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical attachment of an act",
                "verbose_name_plural": "historical attachments of acts",
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
                (
                    "code",
                    models.CharField(db_index=True, max_length=50, verbose_name="code"),
                ),
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
                    "ended_on",
                    models.DateField(blank=True, null=True, verbose_name="ended on"),
                ),
                (
                    "ended_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        max_length=5,
                        verbose_name="end known to the",
                    ),
                ),
                (
                    "source_url",
                    models.URLField(blank=True, max_length=500, verbose_name="address"),
                ),
                ("parts", models.JSONField(editable=False, null=True)),
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
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="policies.policy",
                        verbose_name="approved by the act",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="policies.policy",
                        verbose_name="ended by the act",
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
                        verbose_name="issuing body",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="policies.policy",
                        verbose_name="policy",
                    ),
                ),
            ],
            options={
                "verbose_name": "issuing body",
                "verbose_name_plural": "issuing bodies",
                "ordering": ["position"],
                "base_manager_name": "named",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("policy", "issuer"),
                        name="policies_policyissuer_once",
                        violation_error_message="This body is already listed.",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("named", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="PolicyRelation",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("implements", "implements"),
                            ("based_on", "is based on"),
                            ("amends", "amends"),
                            ("replaces", "replaces"),
                            ("repeals", "repeals"),
                            ("extends", "extends"),
                            ("interprets", "interprets"),
                            ("relates", "is related to"),
                        ],
                        max_length=10,
                        verbose_name="relation",
                    ),
                ),
                (
                    "other_name",
                    models.CharField(
                        blank=True,
                        help_text="Its number or title, if the library does not have the act.",
                        max_length=200,
                        verbose_name="act outside the library",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("seen-official", "Seen on an official page"),
                            ("seen-secondary", "Seen on a secondary page"),
                            ("editor", "Confirmed by an editor"),
                            ("recalled", "To confirm"),
                        ],
                        default="editor",
                        max_length=14,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="relations_from",
                        to="policies.policy",
                        verbose_name="other act",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations",
                        to="policies.policy",
                        verbose_name="policy",
                    ),
                ),
            ],
            options={
                "verbose_name": "relation between acts",
                "verbose_name_plural": "relations between acts",
                "ordering": ["kind", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("policy", "kind", "other"),
                        name="policies_policyrelation_once",
                        violation_error_message="This relation is listed already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("other_name", ""), _negated=True),
                        fields=("policy", "kind", "other_name"),
                        name="policies_policyrelation_name_once",
                        violation_error_message="This relation is listed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("other__isnull", True),
                                models.Q(("other_name", ""), _negated=True),
                            ),
                            models.Q(("other__isnull", False), ("other_name", "")),
                            _connector="OR",
                        ),
                        name="policies_policyrelation_one_act",
                        violation_error_message="Name the other act once: one of the library or one outside it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("other", models.F("policy")), _negated=True
                        ),
                        name="policies_policyrelation_not_itself",
                        violation_error_message="An act cannot be related to itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposedFact",
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
                    "field",
                    models.CharField(
                        choices=[
                            ("title_zh_hans", "title (Chinese)"),
                            ("summary_zh_hans", "summary (Chinese)"),
                            ("summary_en", "summary (English)"),
                            ("published", "date published"),
                        ],
                        max_length=20,
                        verbose_name="field",
                    ),
                ),
                ("value", models.TextField(verbose_name="proposed value")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("seen-official", "Seen on an official page"),
                            ("seen-secondary", "Seen on a secondary page"),
                            ("editor", "Confirmed by an editor"),
                            ("recalled", "To confirm"),
                        ],
                        default="recalled",
                        max_length=14,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="evidence"
                    ),
                ),
                (
                    "seen",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="what was seen"
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposed_facts",
                        to="policies.policy",
                        verbose_name="policy",
                    ),
                ),
            ],
            options={
                "verbose_name": "fact to confirm",
                "verbose_name_plural": "facts to confirm",
                "ordering": ["policy__code", "field"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("policy", "field"),
                        name="policies_proposedfact_once",
                        violation_error_message="A value for this field is already waiting to be confirmed.",
                    )
                ],
            },
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
                (
                    "code",
                    models.CharField(max_length=50, unique=True, verbose_name="code"),
                ),
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
                    "ended_on",
                    models.DateField(blank=True, null=True, verbose_name="ended on"),
                ),
                (
                    "ended_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        max_length=5,
                        verbose_name="end known to the",
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
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approved_zones",
                        to="policies.policy",
                        verbose_name="approved by the act",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended_zones",
                        to="policies.policy",
                        verbose_name="ended by the act",
                    ),
                ),
            ],
            options={
                "verbose_name": "pilot zone",
                "verbose_name_plural": "pilot zones",
                "ordering": ["batch", "code"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_published", False),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="policies_pilotzone_published_has_moment",
                        violation_error_message="Published content needs its time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")
                        ),
                        name="policies_pilotzone_code_in_addresses",
                        violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__isnull", True), ("ended_precision", "")
                            ),
                            models.Q(
                                ("ended_on__isnull", False),
                                ("ended_precision__in", ["day", "month", "year"]),
                            ),
                            _connector="OR",
                        ),
                        name="policies_pilotzone_ended_precision",
                        violation_error_message="Say how precisely the date is known.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyAttachment",
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
                            ("main", "Main text"),
                            ("annex", "Annex"),
                            ("interpretation", "Interpretation"),
                            ("translation", "Translation"),
                        ],
                        default="annex",
                        max_length=14,
                        verbose_name="role",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "title_zh_hans",
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                (
                    "title_en",
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                ("url", models.URLField(max_length=500, verbose_name="address")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="position"
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="policies.policy",
                        verbose_name="policy",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment of an act",
                "verbose_name_plural": "attachments of acts",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("policy", "url"),
                        name="policies_policyattachment_once",
                        violation_error_message="This file is listed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "url__iregex",
                                "^https?://([a-z0-9-]+\\.)*gov\\.cn(:[0-9]+)?([/?#].*)?$",
                            )
                        ),
                        name="policies_policyattachment_official",
                        violation_error_message="This is not a page of an authority (gov.cn).",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyEvent",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("effective", "Took effect"),
                            ("amended", "Amended"),
                            ("extended", "Extended"),
                            ("expired", "Expired"),
                            ("repealed", "Repealed"),
                            ("replaced", "Replaced"),
                            ("stated", "Status stated"),
                        ],
                        max_length=10,
                        verbose_name="what happened",
                    ),
                ),
                (
                    "happened_on",
                    models.DateField(
                        help_text="For an act that expires: its last day in force.",
                        verbose_name="date",
                    ),
                ),
                (
                    "happened_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                        max_length=5,
                        verbose_name="known to the",
                    ),
                ),
                (
                    "latest_on",
                    models.DateField(editable=False, verbose_name="last possible day"),
                ),
                (
                    "stated",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_force", "In force"),
                            ("expired", "Expired"),
                            ("unknown", "Unknown"),
                        ],
                        help_text="Only where somebody states a status without its dates.",
                        max_length=10,
                        verbose_name="stated status",
                    ),
                ),
                (
                    "act_name",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="act outside the library",
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        blank=True,
                        help_text="An address, or who says it.",
                        max_length=500,
                        verbose_name="evidence",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("seen-official", "Seen on an official page"),
                            ("seen-secondary", "Seen on a secondary page"),
                            ("editor", "Confirmed by an editor"),
                            ("recalled", "To confirm"),
                        ],
                        default="editor",
                        help_text="Readers do not see what is still to confirm.",
                        max_length=14,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "act",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="caused_events",
                        to="policies.policy",
                        verbose_name="by the act",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="policies.policy",
                        verbose_name="policy",
                    ),
                ),
            ],
            options={
                "verbose_name": "event of an act",
                "verbose_name_plural": "events of acts",
                "ordering": ["happened_on", "pk"],
                "indexes": [
                    models.Index(
                        fields=["policy", "kind", "happened_on"],
                        name="policies_event_of_policy",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("policy", "kind", "happened_on"),
                        name="policies_policyevent_once",
                        violation_error_message="This event is listed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "stated"),
                                ("stated__in", ["in_force", "expired", "unknown"]),
                            ),
                            models.Q(
                                models.Q(("kind", "stated"), _negated=True),
                                ("stated", ""),
                            ),
                            _connector="OR",
                        ),
                        name="policies_policyevent_stated",
                        violation_error_message="Say which status is stated; other events have none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("act__isnull", True), ("act_name", ""), _connector="OR"
                        ),
                        name="policies_policyevent_one_act",
                        violation_error_message="Name the act once: one of the library or one outside it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("latest_on__gte", models.F("happened_on")),
                            ("happened_precision__in", ["day", "month", "year"]),
                        ),
                        name="policies_policyevent_latest",
                        violation_error_message="Say how precisely the date is known.",
                    ),
                ],
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
    ]
