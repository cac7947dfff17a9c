"""The first seventeen migrations in one.

A new database begins here, and one that ran all of them goes on from here; one that
ran only some goes on with the replaced files. From 1 July 2027 on, those may go, and
`replaces` with them.
"""

import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("datasets", "0001_initial"),
        ("datasets", "0002_import_batches_and_versions"),
        ("datasets", "0003_leaner_observation_indexes"),
        ("datasets", "0004_kept_previews"),
        ("datasets", "0005_revision_code"),
        ("datasets", "0006_units_of_currencies_and_points"),
        ("datasets", "0007_publish_permission"),
        ("datasets", "0008_codes_in_addresses"),
        ("datasets", "0009_index_of_breaks"),
        ("datasets", "0010_name_mappings"),
        ("datasets", "0011_history_of_both_languages"),
        ("datasets", "0012_verbose_names_of_parts"),
        ("datasets", "0013_empty_codes_first"),
        ("datasets", "0014_points_with_their_names"),
        ("datasets", "0015_plainer_messages"),
        ("datasets", "0016_one_word_for_undo"),
        ("datasets", "0017_totals_of_values"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Breakdown",
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
                    models.CharField(max_length=120, unique=True, verbose_name="code"),
                ),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                (
                    "title_zh_hans",
                    models.CharField(max_length=160, null=True, verbose_name="title"),
                ),
                (
                    "title_en",
                    models.CharField(max_length=160, null=True, verbose_name="title"),
                ),
            ],
            options={
                "verbose_name": "breakdown",
                "verbose_name_plural": "breakdowns",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Figure",
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
                    "number",
                    models.CharField(max_length=8, unique=True, verbose_name="number"),
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
                (
                    "subtitle",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="subtitle"
                    ),
                ),
                (
                    "subtitle_zh_hans",
                    models.CharField(
                        blank=True, max_length=300, null=True, verbose_name="subtitle"
                    ),
                ),
                (
                    "subtitle_en",
                    models.CharField(
                        blank=True, max_length=300, null=True, verbose_name="subtitle"
                    ),
                ),
                (
                    "chart_type",
                    models.CharField(
                        choices=[
                            ("columns", "Columns"),
                            ("columns_line", "Columns with a line"),
                            ("share", "Parts of a whole"),
                            ("index", "Index lines"),
                            ("step", "Step line with columns"),
                        ],
                        max_length=16,
                        verbose_name="chart type",
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
                    "source_line",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="source line"
                    ),
                ),
                (
                    "source_line_zh_hans",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        null=True,
                        verbose_name="source line",
                    ),
                ),
                (
                    "source_line_en",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        null=True,
                        verbose_name="source line",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure",
                "verbose_name_plural": "figures",
                "ordering": ["number"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_published", False),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="datasets_figure_published_has_moment",
                        violation_error_message="Published content needs its time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")
                        ),
                        name="datasets_figure_number_in_addresses",
                        violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("slug__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")
                        ),
                        name="datasets_figure_slug_in_addresses",
                        violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
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
                    models.CharField(max_length=64, unique=True, verbose_name="code"),
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
                ("definition", models.TextField(blank=True, verbose_name="definition")),
                (
                    "definition_zh_hans",
                    models.TextField(blank=True, null=True, verbose_name="definition"),
                ),
                (
                    "definition_en",
                    models.TextField(blank=True, null=True, verbose_name="definition"),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("CNY_TRILLION", "trillion yuan"),
                            ("CNY_BILLION", "billion yuan"),
                            ("CNY_100M", "100 million yuan"),
                            ("CNY_MILLION", "million yuan"),
                            ("CNY_10K", "10 thousand yuan"),
                            ("CNY", "yuan"),
                            ("USD_TRILLION", "trillion US dollars"),
                            ("USD_BILLION", "billion US dollars"),
                            ("USD_100M", "100 million US dollars"),
                            ("USD_MILLION", "million US dollars"),
                            ("USD_10K", "10 thousand US dollars"),
                            ("USD", "US dollars"),
                            ("EUR_TRILLION", "trillion euros"),
                            ("EUR_BILLION", "billion euros"),
                            ("EUR_100M", "100 million euros"),
                            ("EUR_MILLION", "million euros"),
                            ("EUR_10K", "10 thousand euros"),
                            ("EUR", "euros"),
                            ("HKD_TRILLION", "trillion Hong Kong dollars"),
                            ("HKD_BILLION", "billion Hong Kong dollars"),
                            ("HKD_100M", "100 million Hong Kong dollars"),
                            ("HKD_MILLION", "million Hong Kong dollars"),
                            ("HKD_10K", "10 thousand Hong Kong dollars"),
                            ("HKD", "Hong Kong dollars"),
                            ("JPY_TRILLION", "trillion Japanese yen"),
                            ("JPY_BILLION", "billion Japanese yen"),
                            ("JPY_100M", "100 million Japanese yen"),
                            ("JPY_MILLION", "million Japanese yen"),
                            ("JPY_10K", "10 thousand Japanese yen"),
                            ("JPY", "Japanese yen"),
                            ("GBP_TRILLION", "trillion pounds sterling"),
                            ("GBP_BILLION", "billion pounds sterling"),
                            ("GBP_100M", "100 million pounds sterling"),
                            ("GBP_MILLION", "million pounds sterling"),
                            ("GBP_10K", "10 thousand pounds sterling"),
                            ("GBP", "pounds sterling"),
                            ("PERCENT", "%"),
                            ("PP", "percentage points"),
                            ("COUNT", "count"),
                            ("COUNT_100M", "100 million (count)"),
                            ("SQM", "square metres"),
                            ("HOURS", "hours"),
                            ("MONTHS", "months"),
                            ("YEARS", "years"),
                            ("ORDINAL", "ordinal"),
                            ("RANK", "rank from the bottom"),
                            ("TONNE_10K", "10 thousand tonnes"),
                        ],
                        max_length=16,
                        verbose_name="unit",
                    ),
                ),
                (
                    "decimals",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="decimals"
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("A", "Annual"),
                            ("Q", "Quarterly"),
                            ("M", "Monthly"),
                            ("I", "Irregular"),
                        ],
                        default="A",
                        max_length=1,
                        verbose_name="frequency",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("level", "Level"),
                            ("flow", "Flow"),
                            ("rate", "Rate"),
                            ("share", "Share"),
                            ("count", "Count"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("up", "More is better"),
                            ("down", "Less is better"),
                            ("neutral", "Neither"),
                        ],
                        default="neutral",
                        max_length=8,
                        verbose_name="direction",
                    ),
                ),
            ],
            options={
                "verbose_name": "indicator",
                "verbose_name_plural": "indicators",
                "ordering": ["code"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_published", False),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="datasets_indicator_published_has_moment",
                        violation_error_message="Published content needs its time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")
                        ),
                        name="datasets_indicator_code_in_addresses",
                        violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NameMapping",
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
                ("batches", models.CharField(max_length=60, verbose_name="imports")),
                (
                    "source",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="code of the source"
                    ),
                ),
                ("role", models.CharField(max_length=20, verbose_name="name of")),
                (
                    "name",
                    models.CharField(max_length=300, verbose_name="name in the file"),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="stands for"
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(auto_now=True, verbose_name="changed at"),
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
                "verbose_name": "name in files",
                "verbose_name_plural": "names in files",
                "ordering": ["batches", "role", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("batches", "source", "role", "name"),
                        name="datasets_namemapping_once",
                        violation_error_message="This name is already mapped for this source.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Region",
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
                    models.CharField(max_length=12, unique=True, verbose_name="code"),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "name_zh_hans",
                    models.CharField(max_length=120, null=True, verbose_name="name"),
                ),
                (
                    "name_en",
                    models.CharField(max_length=120, null=True, verbose_name="name"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("country", "Country or territory"),
                            ("province", "Province"),
                            ("city", "City or prefecture"),
                            ("district", "District"),
                            ("area", "Other area"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="datasets.region",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "region",
                "verbose_name_plural": "regions",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")
                        ),
                        name="datasets_region_code_in_addresses",
                        violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
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
                    models.CharField(max_length=64, unique=True, verbose_name="code"),
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
                    "publisher",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="publisher"
                    ),
                ),
                (
                    "publisher_zh_hans",
                    models.CharField(
                        blank=True, max_length=300, null=True, verbose_name="publisher"
                    ),
                ),
                (
                    "publisher_en",
                    models.CharField(
                        blank=True, max_length=300, null=True, verbose_name="publisher"
                    ),
                ),
                ("citation", models.TextField(blank=True, verbose_name="citation")),
                (
                    "citation_zh_hans",
                    models.TextField(blank=True, null=True, verbose_name="citation"),
                ),
                (
                    "citation_en",
                    models.TextField(blank=True, null=True, verbose_name="citation"),
                ),
                (
                    "url",
                    models.URLField(blank=True, max_length=500, verbose_name="address"),
                ),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        help_text="Empty: not stated.",
                        max_length=200,
                        verbose_name="licence",
                    ),
                ),
                (
                    "licence_zh_hans",
                    models.CharField(
                        blank=True,
                        help_text="Empty: not stated.",
                        max_length=200,
                        null=True,
                        verbose_name="licence",
                    ),
                ),
                (
                    "licence_en",
                    models.CharField(
                        blank=True,
                        help_text="Empty: not stated.",
                        max_length=200,
                        null=True,
                        verbose_name="licence",
                    ),
                ),
                (
                    "published_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="published on"
                    ),
                ),
                (
                    "accessed_on",
                    models.DateField(blank=True, null=True, verbose_name="accessed on"),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")
                        ),
                        name="datasets_source_code_in_addresses",
                        violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalBreakdown",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_index=True, max_length=120, verbose_name="code"
                    ),
                ),
                (
                    "title_zh_hans",
                    models.CharField(max_length=160, null=True, verbose_name="title"),
                ),
                (
                    "title_en",
                    models.CharField(max_length=160, null=True, verbose_name="title"),
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
                "verbose_name": "historical breakdown",
                "verbose_name_plural": "historical breakdowns",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFigure",
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
                    "number",
                    models.CharField(
                        db_index=True, max_length=8, verbose_name="number"
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
                    "subtitle_zh_hans",
                    models.CharField(
                        blank=True, max_length=300, null=True, verbose_name="subtitle"
                    ),
                ),
                (
                    "subtitle_en",
                    models.CharField(
                        blank=True, max_length=300, null=True, verbose_name="subtitle"
                    ),
                ),
                (
                    "chart_type",
                    models.CharField(
                        choices=[
                            ("columns", "Columns"),
                            ("columns_line", "Columns with a line"),
                            ("share", "Parts of a whole"),
                            ("index", "Index lines"),
                            ("step", "Step line with columns"),
                        ],
                        max_length=16,
                        verbose_name="chart type",
                    ),
                ),
                (
                    "note_zh_hans",
                    models.TextField(blank=True, null=True, verbose_name="note"),
                ),
                (
                    "note_en",
                    models.TextField(blank=True, null=True, verbose_name="note"),
                ),
                (
                    "source_line_zh_hans",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        null=True,
                        verbose_name="source line",
                    ),
                ),
                (
                    "source_line_en",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        null=True,
                        verbose_name="source line",
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
                "verbose_name": "historical figure",
                "verbose_name_plural": "historical figures",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalIndicator",
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
                    models.CharField(db_index=True, max_length=64, verbose_name="code"),
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
                    "definition_zh_hans",
                    models.TextField(blank=True, null=True, verbose_name="definition"),
                ),
                (
                    "definition_en",
                    models.TextField(blank=True, null=True, verbose_name="definition"),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("CNY_TRILLION", "trillion yuan"),
                            ("CNY_BILLION", "billion yuan"),
                            ("CNY_100M", "100 million yuan"),
                            ("CNY_MILLION", "million yuan"),
                            ("CNY_10K", "10 thousand yuan"),
                            ("CNY", "yuan"),
                            ("USD_TRILLION", "trillion US dollars"),
                            ("USD_BILLION", "billion US dollars"),
                            ("USD_100M", "100 million US dollars"),
                            ("USD_MILLION", "million US dollars"),
                            ("USD_10K", "10 thousand US dollars"),
                            ("USD", "US dollars"),
                            ("EUR_TRILLION", "trillion euros"),
                            ("EUR_BILLION", "billion euros"),
                            ("EUR_100M", "100 million euros"),
                            ("EUR_MILLION", "million euros"),
                            ("EUR_10K", "10 thousand euros"),
                            ("EUR", "euros"),
                            ("HKD_TRILLION", "trillion Hong Kong dollars"),
                            ("HKD_BILLION", "billion Hong Kong dollars"),
                            ("HKD_100M", "100 million Hong Kong dollars"),
                            ("HKD_MILLION", "million Hong Kong dollars"),
                            ("HKD_10K", "10 thousand Hong Kong dollars"),
                            ("HKD", "Hong Kong dollars"),
                            ("JPY_TRILLION", "trillion Japanese yen"),
                            ("JPY_BILLION", "billion Japanese yen"),
                            ("JPY_100M", "100 million Japanese yen"),
                            ("JPY_MILLION", "million Japanese yen"),
                            ("JPY_10K", "10 thousand Japanese yen"),
                            ("JPY", "Japanese yen"),
                            ("GBP_TRILLION", "trillion pounds sterling"),
                            ("GBP_BILLION", "billion pounds sterling"),
                            ("GBP_100M", "100 million pounds sterling"),
                            ("GBP_MILLION", "million pounds sterling"),
                            ("GBP_10K", "10 thousand pounds sterling"),
                            ("GBP", "pounds sterling"),
                            ("PERCENT", "%"),
                            ("PP", "percentage points"),
                            ("COUNT", "count"),
                            ("COUNT_100M", "100 million (count)"),
                            ("SQM", "square metres"),
                            ("HOURS", "hours"),
                            ("MONTHS", "months"),
                            ("YEARS", "years"),
                            ("ORDINAL", "ordinal"),
                            ("RANK", "rank from the bottom"),
                            ("TONNE_10K", "10 thousand tonnes"),
                        ],
                        max_length=16,
                        verbose_name="unit",
                    ),
                ),
                (
                    "decimals",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="decimals"
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("A", "Annual"),
                            ("Q", "Quarterly"),
                            ("M", "Monthly"),
                            ("I", "Irregular"),
                        ],
                        default="A",
                        max_length=1,
                        verbose_name="frequency",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("level", "Level"),
                            ("flow", "Flow"),
                            ("rate", "Rate"),
                            ("share", "Share"),
                            ("count", "Count"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("up", "More is better"),
                            ("down", "Less is better"),
                            ("neutral", "Neither"),
                        ],
                        default="neutral",
                        max_length=8,
                        verbose_name="direction",
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
                "verbose_name": "historical indicator",
                "verbose_name_plural": "historical indicators",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSource",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(db_index=True, max_length=64, verbose_name="code"),
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
                    "publisher_zh_hans",
                    models.CharField(
                        blank=True, max_length=300, null=True, verbose_name="publisher"
                    ),
                ),
                (
                    "publisher_en",
                    models.CharField(
                        blank=True, max_length=300, null=True, verbose_name="publisher"
                    ),
                ),
                (
                    "citation_zh_hans",
                    models.TextField(blank=True, null=True, verbose_name="citation"),
                ),
                (
                    "citation_en",
                    models.TextField(blank=True, null=True, verbose_name="citation"),
                ),
                (
                    "url",
                    models.URLField(blank=True, max_length=500, verbose_name="address"),
                ),
                (
                    "licence_zh_hans",
                    models.CharField(
                        blank=True,
                        help_text="Empty: not stated.",
                        max_length=200,
                        null=True,
                        verbose_name="licence",
                    ),
                ),
                (
                    "licence_en",
                    models.CharField(
                        blank=True,
                        help_text="Empty: not stated.",
                        max_length=200,
                        null=True,
                        verbose_name="licence",
                    ),
                ),
                (
                    "published_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="published on"
                    ),
                ),
                (
                    "accessed_on",
                    models.DateField(blank=True, null=True, verbose_name="accessed on"),
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
                "verbose_name": "historical source",
                "verbose_name_plural": "historical sources",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ImportBatch",
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
                        to="datasets.importbatch",
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
                "verbose_name": "import batch",
                "verbose_name_plural": "import batches",
                "ordering": ["-created_at"],
                "permissions": [("import_observation", "Can import observations")],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Observation",
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
                    models.CharField(
                        blank=True,
                        help_text="Only where a text or formula names this value.",
                        max_length=64,
                        verbose_name="code",
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        blank=True,
                        help_text="2024, 2024-Q1, 2024-03 or 2024-01-01/P9M; empty if not dated",
                        max_length=20,
                        verbose_name="period",
                    ),
                ),
                ("period_start", models.DateField(editable=False, null=True)),
                ("period_end", models.DateField(editable=False, null=True)),
                (
                    "breakdown",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="breakdown"
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=24,
                        null=True,
                        verbose_name="value",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("CNY_TRILLION", "trillion yuan"),
                            ("CNY_BILLION", "billion yuan"),
                            ("CNY_100M", "100 million yuan"),
                            ("CNY_MILLION", "million yuan"),
                            ("CNY_10K", "10 thousand yuan"),
                            ("CNY", "yuan"),
                            ("USD_TRILLION", "trillion US dollars"),
                            ("USD_BILLION", "billion US dollars"),
                            ("USD_100M", "100 million US dollars"),
                            ("USD_MILLION", "million US dollars"),
                            ("USD_10K", "10 thousand US dollars"),
                            ("USD", "US dollars"),
                            ("EUR_TRILLION", "trillion euros"),
                            ("EUR_BILLION", "billion euros"),
                            ("EUR_100M", "100 million euros"),
                            ("EUR_MILLION", "million euros"),
                            ("EUR_10K", "10 thousand euros"),
                            ("EUR", "euros"),
                            ("HKD_TRILLION", "trillion Hong Kong dollars"),
                            ("HKD_BILLION", "billion Hong Kong dollars"),
                            ("HKD_100M", "100 million Hong Kong dollars"),
                            ("HKD_MILLION", "million Hong Kong dollars"),
                            ("HKD_10K", "10 thousand Hong Kong dollars"),
                            ("HKD", "Hong Kong dollars"),
                            ("JPY_TRILLION", "trillion Japanese yen"),
                            ("JPY_BILLION", "billion Japanese yen"),
                            ("JPY_100M", "100 million Japanese yen"),
                            ("JPY_MILLION", "million Japanese yen"),
                            ("JPY_10K", "10 thousand Japanese yen"),
                            ("JPY", "Japanese yen"),
                            ("GBP_TRILLION", "trillion pounds sterling"),
                            ("GBP_BILLION", "billion pounds sterling"),
                            ("GBP_100M", "100 million pounds sterling"),
                            ("GBP_MILLION", "million pounds sterling"),
                            ("GBP_10K", "10 thousand pounds sterling"),
                            ("GBP", "pounds sterling"),
                            ("PERCENT", "%"),
                            ("PP", "percentage points"),
                            ("COUNT", "count"),
                            ("COUNT_100M", "100 million (count)"),
                            ("SQM", "square metres"),
                            ("HOURS", "hours"),
                            ("MONTHS", "months"),
                            ("YEARS", "years"),
                            ("ORDINAL", "ordinal"),
                            ("RANK", "rank from the bottom"),
                            ("TONNE_10K", "10 thousand tonnes"),
                        ],
                        max_length=16,
                        verbose_name="unit",
                    ),
                ),
                (
                    "decimals",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Digits the source prints.",
                        verbose_name="printed decimals",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("A", "Normal"),
                            ("B", "Time series break"),
                            ("D", "Definition differs"),
                            ("E", "Estimated"),
                            ("F", "Forecast"),
                            ("G", "Experimental"),
                            ("H", "Missing, holiday or weekend"),
                            ("I", "Imputed"),
                            ("J", "Derogation"),
                            ("K", "Included in another category"),
                            ("L", "Missing, exists but not collected"),
                            ("M", "Missing, cannot exist"),
                            ("N", "Not significant"),
                            ("O", "Missing"),
                            ("P", "Provisional"),
                            ("Q", "Missing, suppressed"),
                            ("S", "Special event"),
                            ("U", "Low reliability"),
                            ("V", "Unvalidated"),
                            ("W", "Includes another category"),
                        ],
                        default="A",
                        max_length=1,
                        verbose_name="status",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none"),
                            ("about", "about"),
                            ("at_least", "at least"),
                            ("just_under", "just under"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="qualifier",
                    ),
                ),
                (
                    "vintage",
                    models.CharField(
                        blank=True,
                        help_text="Which edition of the series: first releases stay apart.",
                        max_length=20,
                        verbose_name="vintage",
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
                    "paper_location",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="location in the paper"
                    ),
                ),
                (
                    "provenance",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="provenance"
                    ),
                ),
                (
                    "valid_from",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="valid from",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="datasets.importbatch",
                        verbose_name="import batch",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="datasets.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="datasets.region",
                        verbose_name="region",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="datasets.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "observation",
                "verbose_name_plural": "observations",
                "permissions": [("export_observation", "Can export observations")],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [
                    models.Index(
                        fields=["indicator", "region", "period_start"],
                        name="datasets_ob_indicat_7668cf_idx",
                    ),
                    models.Index(
                        condition=models.Q(("status", "B")),
                        fields=["indicator"],
                        name="datasets_observation_breaks",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_published", False),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="datasets_observation_published_has_moment",
                        violation_error_message="Published content needs its time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code", ""),
                            ("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z"),
                            _connector="OR",
                        ),
                        name="datasets_observation_code_in_addresses",
                        violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code", ""),
                            models.Q(("code__regex", "\\A[0-9]+\\Z"), _negated=True),
                            _connector="OR",
                        ),
                        name="datasets_observation_code_is_no_number",
                        violation_error_message="A code of digits alone could be taken for a number: add a letter.",
                    ),
                    models.UniqueConstraint(
                        fields=(
                            "indicator",
                            "region",
                            "period",
                            "breakdown",
                            "source",
                            "vintage",
                        ),
                        name="datasets_observation_unique_key",
                        violation_error_message="This series already has a value for this period, source and vintage.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="datasets_observation_unique_code",
                        violation_error_message="Another value has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["H", "K", "L", "M", "O", "Q"]),
                                ("value__isnull", True),
                            ),
                            models.Q(
                                ("value__isnull", False),
                                models.Q(
                                    ("status__in", ["H", "K", "L", "M", "O", "Q"]),
                                    _negated=True,
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="datasets_observation_value_unless_missing",
                        violation_error_message="Give a value or mark it as missing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decimals__lte", 6)),
                        name="datasets_observation_decimals_stored",
                        violation_error_message="At most six decimals can be stored.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalRegion",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(db_index=True, max_length=12, verbose_name="code"),
                ),
                (
                    "name_zh_hans",
                    models.CharField(max_length=120, null=True, verbose_name="name"),
                ),
                (
                    "name_en",
                    models.CharField(max_length=120, null=True, verbose_name="name"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("country", "Country or territory"),
                            ("province", "Province"),
                            ("city", "City or prefecture"),
                            ("district", "District"),
                            ("area", "Other area"),
                        ],
                        max_length=10,
                        verbose_name="kind",
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
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="datasets.region",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical region",
                "verbose_name_plural": "historical regions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalObservation",
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
                    models.CharField(
                        blank=True,
                        help_text="Only where a text or formula names this value.",
                        max_length=64,
                        verbose_name="code",
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        blank=True,
                        help_text="2024, 2024-Q1, 2024-03 or 2024-01-01/P9M; empty if not dated",
                        max_length=20,
                        verbose_name="period",
                    ),
                ),
                ("period_start", models.DateField(editable=False, null=True)),
                ("period_end", models.DateField(editable=False, null=True)),
                (
                    "breakdown",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="breakdown"
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=24,
                        null=True,
                        verbose_name="value",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("CNY_TRILLION", "trillion yuan"),
                            ("CNY_BILLION", "billion yuan"),
                            ("CNY_100M", "100 million yuan"),
                            ("CNY_MILLION", "million yuan"),
                            ("CNY_10K", "10 thousand yuan"),
                            ("CNY", "yuan"),
                            ("USD_TRILLION", "trillion US dollars"),
                            ("USD_BILLION", "billion US dollars"),
                            ("USD_100M", "100 million US dollars"),
                            ("USD_MILLION", "million US dollars"),
                            ("USD_10K", "10 thousand US dollars"),
                            ("USD", "US dollars"),
                            ("EUR_TRILLION", "trillion euros"),
                            ("EUR_BILLION", "billion euros"),
                            ("EUR_100M", "100 million euros"),
                            ("EUR_MILLION", "million euros"),
                            ("EUR_10K", "10 thousand euros"),
                            ("EUR", "euros"),
                            ("HKD_TRILLION", "trillion Hong Kong dollars"),
                            ("HKD_BILLION", "billion Hong Kong dollars"),
                            ("HKD_100M", "100 million Hong Kong dollars"),
                            ("HKD_MILLION", "million Hong Kong dollars"),
                            ("HKD_10K", "10 thousand Hong Kong dollars"),
                            ("HKD", "Hong Kong dollars"),
                            ("JPY_TRILLION", "trillion Japanese yen"),
                            ("JPY_BILLION", "billion Japanese yen"),
                            ("JPY_100M", "100 million Japanese yen"),
                            ("JPY_MILLION", "million Japanese yen"),
                            ("JPY_10K", "10 thousand Japanese yen"),
                            ("JPY", "Japanese yen"),
                            ("GBP_TRILLION", "trillion pounds sterling"),
                            ("GBP_BILLION", "billion pounds sterling"),
                            ("GBP_100M", "100 million pounds sterling"),
                            ("GBP_MILLION", "million pounds sterling"),
                            ("GBP_10K", "10 thousand pounds sterling"),
                            ("GBP", "pounds sterling"),
                            ("PERCENT", "%"),
                            ("PP", "percentage points"),
                            ("COUNT", "count"),
                            ("COUNT_100M", "100 million (count)"),
                            ("SQM", "square metres"),
                            ("HOURS", "hours"),
                            ("MONTHS", "months"),
                            ("YEARS", "years"),
                            ("ORDINAL", "ordinal"),
                            ("RANK", "rank from the bottom"),
                            ("TONNE_10K", "10 thousand tonnes"),
                        ],
                        max_length=16,
                        verbose_name="unit",
                    ),
                ),
                (
                    "decimals",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Digits the source prints.",
                        verbose_name="printed decimals",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("A", "Normal"),
                            ("B", "Time series break"),
                            ("D", "Definition differs"),
                            ("E", "Estimated"),
                            ("F", "Forecast"),
                            ("G", "Experimental"),
                            ("H", "Missing, holiday or weekend"),
                            ("I", "Imputed"),
                            ("J", "Derogation"),
                            ("K", "Included in another category"),
                            ("L", "Missing, exists but not collected"),
                            ("M", "Missing, cannot exist"),
                            ("N", "Not significant"),
                            ("O", "Missing"),
                            ("P", "Provisional"),
                            ("Q", "Missing, suppressed"),
                            ("S", "Special event"),
                            ("U", "Low reliability"),
                            ("V", "Unvalidated"),
                            ("W", "Includes another category"),
                        ],
                        default="A",
                        max_length=1,
                        verbose_name="status",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none"),
                            ("about", "about"),
                            ("at_least", "at least"),
                            ("just_under", "just under"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="qualifier",
                    ),
                ),
                (
                    "vintage",
                    models.CharField(
                        blank=True,
                        help_text="Which edition of the series: first releases stay apart.",
                        max_length=20,
                        verbose_name="vintage",
                    ),
                ),
                (
                    "note_zh_hans",
                    models.TextField(blank=True, null=True, verbose_name="note"),
                ),
                (
                    "note_en",
                    models.TextField(blank=True, null=True, verbose_name="note"),
                ),
                (
                    "paper_location",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="location in the paper"
                    ),
                ),
                (
                    "provenance",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="provenance"
                    ),
                ),
                (
                    "valid_from",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="valid from",
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
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="datasets.importbatch",
                        verbose_name="import batch",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="datasets.indicator",
                        verbose_name="indicator",
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
                        verbose_name="region",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="datasets.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical observation",
                "verbose_name_plural": "historical observations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="IndicatorTotals",
            fields=[
                ("observation_count", models.PositiveIntegerField(editable=False)),
                ("indicator_count", models.PositiveIntegerField(editable=False)),
                ("region_count", models.PositiveIntegerField(editable=False)),
                ("period_count", models.PositiveIntegerField(editable=False)),
                ("dated_period_count", models.PositiveIntegerField(editable=False)),
                ("first", models.DateField(editable=False, null=True)),
                ("last", models.DateField(editable=False, null=True)),
                ("changed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "indicator",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="totals",
                        serialize=False,
                        to="datasets.indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "totals of an indicator",
                "verbose_name_plural": "totals of indicators",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RegionTotals",
            fields=[
                ("observation_count", models.PositiveIntegerField(editable=False)),
                ("indicator_count", models.PositiveIntegerField(editable=False)),
                ("region_count", models.PositiveIntegerField(editable=False)),
                ("period_count", models.PositiveIntegerField(editable=False)),
                ("dated_period_count", models.PositiveIntegerField(editable=False)),
                ("first", models.DateField(editable=False, null=True)),
                ("last", models.DateField(editable=False, null=True)),
                ("changed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "region",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="totals",
                        serialize=False,
                        to="datasets.region",
                    ),
                ),
            ],
            options={
                "verbose_name": "totals of a region",
                "verbose_name_plural": "totals of regions",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SourceTotals",
            fields=[
                ("observation_count", models.PositiveIntegerField(editable=False)),
                ("indicator_count", models.PositiveIntegerField(editable=False)),
                ("region_count", models.PositiveIntegerField(editable=False)),
                ("period_count", models.PositiveIntegerField(editable=False)),
                ("dated_period_count", models.PositiveIntegerField(editable=False)),
                ("first", models.DateField(editable=False, null=True)),
                ("last", models.DateField(editable=False, null=True)),
                ("changed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "source",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="totals",
                        serialize=False,
                        to="datasets.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "totals of a source",
                "verbose_name_plural": "totals of sources",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Revision",
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
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=24,
                        null=True,
                        verbose_name="value",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("CNY_TRILLION", "trillion yuan"),
                            ("CNY_BILLION", "billion yuan"),
                            ("CNY_100M", "100 million yuan"),
                            ("CNY_MILLION", "million yuan"),
                            ("CNY_10K", "10 thousand yuan"),
                            ("CNY", "yuan"),
                            ("USD_TRILLION", "trillion US dollars"),
                            ("USD_BILLION", "billion US dollars"),
                            ("USD_100M", "100 million US dollars"),
                            ("USD_MILLION", "million US dollars"),
                            ("USD_10K", "10 thousand US dollars"),
                            ("USD", "US dollars"),
                            ("EUR_TRILLION", "trillion euros"),
                            ("EUR_BILLION", "billion euros"),
                            ("EUR_100M", "100 million euros"),
                            ("EUR_MILLION", "million euros"),
                            ("EUR_10K", "10 thousand euros"),
                            ("EUR", "euros"),
                            ("HKD_TRILLION", "trillion Hong Kong dollars"),
                            ("HKD_BILLION", "billion Hong Kong dollars"),
                            ("HKD_100M", "100 million Hong Kong dollars"),
                            ("HKD_MILLION", "million Hong Kong dollars"),
                            ("HKD_10K", "10 thousand Hong Kong dollars"),
                            ("HKD", "Hong Kong dollars"),
                            ("JPY_TRILLION", "trillion Japanese yen"),
                            ("JPY_BILLION", "billion Japanese yen"),
                            ("JPY_100M", "100 million Japanese yen"),
                            ("JPY_MILLION", "million Japanese yen"),
                            ("JPY_10K", "10 thousand Japanese yen"),
                            ("JPY", "Japanese yen"),
                            ("GBP_TRILLION", "trillion pounds sterling"),
                            ("GBP_BILLION", "billion pounds sterling"),
                            ("GBP_100M", "100 million pounds sterling"),
                            ("GBP_MILLION", "million pounds sterling"),
                            ("GBP_10K", "10 thousand pounds sterling"),
                            ("GBP", "pounds sterling"),
                            ("PERCENT", "%"),
                            ("PP", "percentage points"),
                            ("COUNT", "count"),
                            ("COUNT_100M", "100 million (count)"),
                            ("SQM", "square metres"),
                            ("HOURS", "hours"),
                            ("MONTHS", "months"),
                            ("YEARS", "years"),
                            ("ORDINAL", "ordinal"),
                            ("RANK", "rank from the bottom"),
                            ("TONNE_10K", "10 thousand tonnes"),
                        ],
                        max_length=16,
                        verbose_name="unit",
                    ),
                ),
                (
                    "decimals",
                    models.PositiveSmallIntegerField(verbose_name="printed decimals"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("A", "Normal"),
                            ("B", "Time series break"),
                            ("D", "Definition differs"),
                            ("E", "Estimated"),
                            ("F", "Forecast"),
                            ("G", "Experimental"),
                            ("H", "Missing, holiday or weekend"),
                            ("I", "Imputed"),
                            ("J", "Derogation"),
                            ("K", "Included in another category"),
                            ("L", "Missing, exists but not collected"),
                            ("M", "Missing, cannot exist"),
                            ("N", "Not significant"),
                            ("O", "Missing"),
                            ("P", "Provisional"),
                            ("Q", "Missing, suppressed"),
                            ("S", "Special event"),
                            ("U", "Low reliability"),
                            ("V", "Unvalidated"),
                            ("W", "Includes another category"),
                        ],
                        max_length=1,
                        verbose_name="status",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none"),
                            ("about", "about"),
                            ("at_least", "at least"),
                            ("just_under", "just under"),
                        ],
                        max_length=10,
                        verbose_name="qualifier",
                    ),
                ),
                (
                    "note_zh_hans",
                    models.TextField(blank=True, verbose_name="note in Chinese"),
                ),
                (
                    "note_en",
                    models.TextField(blank=True, verbose_name="note in English"),
                ),
                ("is_published", models.BooleanField(verbose_name="published")),
                (
                    "code",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=64
                    ),
                ),
                ("valid_from", models.DateTimeField(verbose_name="valid from")),
                ("valid_to", models.DateTimeField(verbose_name="valid to")),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_versions",
                        to="datasets.importbatch",
                        verbose_name="written by",
                    ),
                ),
                (
                    "observation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="datasets.observation",
                        verbose_name="observation",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_versions",
                        to="datasets.importbatch",
                        verbose_name="replaced by",
                    ),
                ),
            ],
            options={
                "verbose_name": "former version",
                "verbose_name_plural": "former versions",
                "ordering": ["-valid_to", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["observation", "valid_from"],
                        name="datasets_re_observa_6c56a7_idx",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                        name="datasets_revision_ordered",
                        violation_error_message="A version must end after it begins.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FigureObservation",
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
                            ("paper", "Stated in the paper"),
                            ("text", "Stated elsewhere in the paper"),
                            ("official", "Official publication"),
                        ],
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="position"
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="points",
                        to="datasets.figure",
                        verbose_name="figure",
                    ),
                ),
                (
                    "observation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="datasets.observation",
                        verbose_name="observation",
                    ),
                ),
            ],
            options={
                "verbose_name": "point",
                "verbose_name_plural": "points",
                "ordering": ["position"],
                "base_manager_name": "named",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("figure", "observation"),
                        name="datasets_figureobservation_once",
                        violation_error_message="The figure already has this point.",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("named", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name="figure",
            name="observations",
            field=models.ManyToManyField(
                related_name="figures",
                through="datasets.FigureObservation",
                to="datasets.observation",
                verbose_name="observations",
            ),
        ),
    ]
