"""The first eight migrations in one.

A new database begins here, and one that ran all of them goes on from here; one that
ran only some goes on with the replaced files. From 1 July 2027 on, those may go, and
`replaces` with them.
"""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("cbec_site", "0001_initial"),
        ("cbec_site", "0002_publish_permission"),
        ("cbec_site", "0003_content_version"),
        ("cbec_site", "0004_check_codes"),
        ("cbec_site", "0005_codes_in_addresses"),
        ("cbec_site", "0006_worker_heartbeat"),
        ("cbec_site", "0007_history_of_both_languages"),
        ("cbec_site", "0008_plainer_messages"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ContentVersion",
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
                ("number", models.PositiveBigIntegerField(default=0, editable=False)),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
            ],
            options={
                "verbose_name": "version of the content",
                "verbose_name_plural": "versions of the content",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="WorkerHeartbeat",
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
                ("at", models.DateTimeField(verbose_name="alive at")),
            ],
            options={
                "verbose_name": "heartbeat of the worker",
                "verbose_name_plural": "heartbeats of the worker",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HistoricalPage",
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
                    "slug",
                    models.CharField(db_index=True, max_length=50, verbose_name="slug"),
                ),
                (
                    "title_zh_hans",
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                (
                    "title_en",
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                (
                    "body_zh_hans",
                    models.TextField(
                        help_text="Markdown", null=True, verbose_name="body"
                    ),
                ),
                (
                    "body_en",
                    models.TextField(
                        help_text="Markdown", null=True, verbose_name="body"
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
                "verbose_name": "historical page",
                "verbose_name_plural": "historical pages",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Page",
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
                    "slug",
                    models.CharField(max_length=50, unique=True, verbose_name="slug"),
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
                ("body", models.TextField(help_text="Markdown", verbose_name="body")),
                (
                    "body_zh_hans",
                    models.TextField(
                        help_text="Markdown", null=True, verbose_name="body"
                    ),
                ),
                (
                    "body_en",
                    models.TextField(
                        help_text="Markdown", null=True, verbose_name="body"
                    ),
                ),
            ],
            options={
                "verbose_name": "page",
                "verbose_name_plural": "pages",
                "ordering": ["slug"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_published", False),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="cbec_site_page_published_has_moment",
                        violation_error_message="Published content needs its time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("slug__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")
                        ),
                        name="cbec_site_page_slug_in_addresses",
                        violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
                    ),
                ],
            },
        ),
    ]
