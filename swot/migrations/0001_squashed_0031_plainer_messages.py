"""The first thirty-one migrations in one.

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

import swot.models.protection


class Migration(migrations.Migration):
    replaces = [
        ("swot", "0001_initial"),
        ("swot", "0002_claim_checks"),
        ("swot", "0003_evidence"),
        ("swot", "0004_move_evidence"),
        ("swot", "0005_entry_through_evidence"),
        ("swot", "0006_quadrant_moves"),
        ("swot", "0007_fill_first_quadrant"),
        ("swot", "0008_code_names_first_quadrant"),
        ("swot", "0009_bound_texts"),
        ("swot", "0010_reports_and_corrections"),
        ("swot", "0011_evidence_is_kept"),
        ("swot", "0012_study_in_its_journal"),
        ("swot", "0013_place_of_the_shipped_study"),
        ("swot", "0014_links_as_models"),
        ("swot", "0015_publish_permission"),
        ("swot", "0016_codes_in_addresses"),
        ("swot", "0017_findings_and_consequences"),
        ("swot", "0018_findings_are_no_contradictions"),
        ("swot", "0019_only_arithmetic_contradicts"),
        ("swot", "0020_history_of_both_languages"),
        ("swot", "0021_successors_of_claims"),
        ("swot", "0022_verbose_names_of_parts"),
        ("swot", "0023_passages_of_acts"),
        ("swot", "0024_title_of_the_study"),
        ("swot", "0025_evidence_with_its_targets"),
        ("swot", "0026_figures_of_analyses"),
        ("swot", "0027_figures_of_the_only_analysis"),
        ("swot", "0028_digest_of_the_words"),
        ("swot", "0029_words_of_passages"),
        ("swot", "0030_links_with_their_names"),
        ("swot", "0031_plainer_messages"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("datasets", "0015_plainer_messages"),
        ("policies", "0018_plainer_messages"),
    ]

    operations = [
        migrations.CreateModel(
            name="Analysis",
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
                    "parity_reason",
                    models.TextField(
                        blank=True,
                        help_text="Only where one language must bind or state a number that the other does not. Applies only to the differences shown when the reason is written.",
                        verbose_name="why the languages may differ",
                    ),
                ),
                ("parity_accepted", models.TextField(blank=True, editable=False)),
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
                ("abstract", models.TextField(verbose_name="abstract")),
                (
                    "abstract_zh_hans",
                    models.TextField(null=True, verbose_name="abstract"),
                ),
                ("abstract_en", models.TextField(null=True, verbose_name="abstract")),
                (
                    "keywords",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="keywords"
                    ),
                ),
                (
                    "keywords_zh_hans",
                    models.CharField(
                        blank=True, max_length=300, null=True, verbose_name="keywords"
                    ),
                ),
                (
                    "keywords_en",
                    models.CharField(
                        blank=True, max_length=300, null=True, verbose_name="keywords"
                    ),
                ),
                (
                    "author",
                    models.CharField(
                        max_length=120, verbose_name="author of the study"
                    ),
                ),
                (
                    "author_zh_hans",
                    models.CharField(
                        max_length=120, null=True, verbose_name="author of the study"
                    ),
                ),
                (
                    "author_en",
                    models.CharField(
                        max_length=120, null=True, verbose_name="author of the study"
                    ),
                ),
                ("journal", models.CharField(max_length=200, verbose_name="journal")),
                (
                    "journal_zh_hans",
                    models.CharField(max_length=200, null=True, verbose_name="journal"),
                ),
                (
                    "journal_en",
                    models.CharField(max_length=200, null=True, verbose_name="journal"),
                ),
                (
                    "study_title",
                    models.CharField(
                        blank=True,
                        help_text="As printed; left out of citations until it is known.",
                        max_length=300,
                        verbose_name="title of the study",
                    ),
                ),
                (
                    "study_title_zh_hans",
                    models.CharField(
                        blank=True,
                        help_text="As printed; left out of citations until it is known.",
                        max_length=300,
                        null=True,
                        verbose_name="title of the study",
                    ),
                ),
                (
                    "study_title_en",
                    models.CharField(
                        blank=True,
                        help_text="As printed; left out of citations until it is known.",
                        max_length=300,
                        null=True,
                        verbose_name="title of the study",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "volume",
                    models.CharField(blank=True, max_length=20, verbose_name="volume"),
                ),
                (
                    "issue",
                    models.CharField(blank=True, max_length=20, verbose_name="issue"),
                ),
                (
                    "pages",
                    models.CharField(
                        blank=True,
                        help_text="As printed: 7510, 1–12.",
                        max_length=40,
                        verbose_name="page numbers",
                    ),
                ),
                ("doi", models.CharField(max_length=80, verbose_name="DOI")),
                ("references", models.TextField(blank=True, verbose_name="references")),
                (
                    "references_zh_hans",
                    models.TextField(blank=True, null=True, verbose_name="references"),
                ),
                (
                    "references_en",
                    models.TextField(blank=True, null=True, verbose_name="references"),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="analyses",
                        to="datasets.region",
                        verbose_name="region",
                    ),
                ),
            ],
            options={
                "verbose_name": "SWOT analysis",
                "verbose_name_plural": "SWOT analyses",
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
                        name="swot_analysis_published_has_moment",
                        violation_error_message="Published content needs its time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("slug__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")
                        ),
                        name="swot_analysis_slug_in_addresses",
                        violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
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
                ("statement", models.TextField(verbose_name="statement")),
                (
                    "statement_zh_hans",
                    models.TextField(null=True, verbose_name="statement"),
                ),
                ("statement_en", models.TextField(null=True, verbose_name="statement")),
                (
                    "stated_value",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="stated value"
                    ),
                ),
                (
                    "comparison",
                    models.CharField(
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
                        help_text="The word that qualifies the number.",
                        max_length=12,
                        verbose_name="comparison",
                    ),
                ),
                (
                    "stated_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        help_text="In the stated unit; the lower one of a range.",
                        max_digits=24,
                        null=True,
                        verbose_name="stated number",
                    ),
                ),
                (
                    "stated_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=24,
                        null=True,
                        verbose_name="upper end of the range",
                    ),
                ),
                (
                    "stated_decimals",
                    models.SmallIntegerField(
                        default=0,
                        help_text="Negative when the number is rounded to tens, hundreds …",
                        verbose_name="decimals of the stated number",
                    ),
                ),
                (
                    "stated_unit",
                    models.CharField(
                        blank=True, max_length=16, verbose_name="stated unit"
                    ),
                ),
                (
                    "location",
                    models.CharField(
                        max_length=120, verbose_name="location in the paper"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("arithmetic", "Arithmetic"),
                            ("consistency", "Consistency"),
                            ("external", "Against official figures"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "finding",
                    models.CharField(
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
                (
                    "formula",
                    models.TextField(
                        blank=True,
                        help_text="Arithmetic over observation codes. It replaces the expression; clear it to build the expression by hand.",
                        verbose_name="formula",
                    ),
                ),
                (
                    "expression",
                    models.JSONField(
                        blank=True,
                        help_text="What is computed.",
                        null=True,
                        verbose_name="expression",
                    ),
                ),
                (
                    "period_policy",
                    models.CharField(
                        choices=[
                            ("fixed", "True of the named period"),
                            ("latest", "Must follow the newest period"),
                        ],
                        default="fixed",
                        max_length=8,
                        verbose_name="period",
                    ),
                ),
                (
                    "subject_period",
                    models.CharField(
                        blank=True,
                        help_text="If given, data of other periods are not compared with the statement.",
                        max_length=20,
                        verbose_name="about the period",
                    ),
                ),
                (
                    "subject_vintage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("first release", "First release"),
                            ("revised", "Revised"),
                        ],
                        max_length=20,
                        verbose_name="about the edition",
                    ),
                ),
                (
                    "as_of",
                    models.DateField(
                        blank=True,
                        help_text="A value revised later does not contradict the statement: it supersedes it.",
                        null=True,
                        verbose_name="written against the data of",
                    ),
                ),
                (
                    "successor",
                    models.CharField(
                        blank=True,
                        help_text="Code of a newer value; the newest value of its series is what holds now.",
                        max_length=64,
                        verbose_name="followed by",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("yes", "holds"),
                            ("rounding", "holds after rounding"),
                            ("no", "contradicted"),
                            ("superseded", "superseded"),
                            ("n/a", "not testable"),
                            ("missing", "data missing"),
                            ("imprecise", "imprecise wording"),
                            ("label", "label does not fit"),
                        ],
                        default="n/a",
                        max_length=12,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "consequence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none"),
                            ("meaning", "changes what the sentence says"),
                            ("number", "another number"),
                            ("rounding", "only the rounding"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="what the contradiction does",
                    ),
                ),
                (
                    "recomputed_value",
                    models.CharField(
                        blank=True,
                        help_text="Six significant digits, or the other reading of a finding.",
                        max_length=120,
                        verbose_name="recomputed value",
                    ),
                ),
                (
                    "computed_value",
                    models.DecimalField(
                        decimal_places=6,
                        editable=False,
                        max_digits=24,
                        null=True,
                        verbose_name="computed value",
                    ),
                ),
                (
                    "interval_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=24,
                        null=True,
                        verbose_name="lowest possible",
                    ),
                ),
                (
                    "interval_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=24,
                        null=True,
                        verbose_name="highest possible",
                    ),
                ),
                (
                    "current_value",
                    models.DecimalField(
                        decimal_places=6,
                        editable=False,
                        max_digits=24,
                        null=True,
                        verbose_name="value now",
                    ),
                ),
                (
                    "current_period",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=20,
                        verbose_name="period of the value now",
                    ),
                ),
                (
                    "computation",
                    models.TextField(
                        blank=True, editable=False, verbose_name="computation"
                    ),
                ),
                (
                    "computation_zh_hans",
                    models.TextField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="computation",
                    ),
                ),
                (
                    "computation_en",
                    models.TextField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="computation",
                    ),
                ),
                (
                    "explanation",
                    models.TextField(
                        blank=True, editable=False, verbose_name="explanation"
                    ),
                ),
                (
                    "explanation_zh_hans",
                    models.TextField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="explanation",
                    ),
                ),
                (
                    "explanation_en",
                    models.TextField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="explanation",
                    ),
                ),
                (
                    "words_digest",
                    models.CharField(blank=True, editable=False, max_length=32),
                ),
                (
                    "checked_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="checked at"
                    ),
                ),
                (
                    "accepted_reason",
                    models.TextField(
                        blank=True,
                        help_text="Applies only to the value computed when the reason was written.",
                        verbose_name="why the contradiction stays",
                    ),
                ),
                (
                    "accepted_reason_zh_hans",
                    models.TextField(
                        blank=True,
                        help_text="Applies only to the value computed when the reason was written.",
                        null=True,
                        verbose_name="why the contradiction stays",
                    ),
                ),
                (
                    "accepted_reason_en",
                    models.TextField(
                        blank=True,
                        help_text="Applies only to the value computed when the reason was written.",
                        null=True,
                        verbose_name="why the contradiction stays",
                    ),
                ),
                (
                    "accepted_value",
                    models.CharField(blank=True, editable=False, max_length=120),
                ),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                (
                    "remark_zh_hans",
                    models.TextField(blank=True, null=True, verbose_name="remark"),
                ),
                (
                    "remark_en",
                    models.TextField(blank=True, null=True, verbose_name="remark"),
                ),
                (
                    "subject_region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="datasets.region",
                        verbose_name="about the region",
                    ),
                ),
            ],
            options={
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
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
                        name="swot_claim_published_has_moment",
                        violation_error_message="Published content needs its time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")
                        ),
                        name="swot_claim_code_in_addresses",
                        violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__in", ("feed",)), _negated=True),
                        name="swot_claim_code_not_reserved",
                        violation_error_message="This word is already the address of another page.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interval_low__isnull", True),
                            ("interval_low__lte", models.F("interval_high")),
                            _connector="OR",
                        ),
                        name="swot_claim_interval_ordered",
                        violation_error_message="The interval starts above its end.",
                    ),
                    models.CheckConstraint(
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
                        violation_error_message="“Between” needs two numbers, the lower one first; other comparisons have one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stated_decimals__gte", -12), ("stated_decimals__lte", 6)
                        ),
                        name="swot_claim_decimals_stored",
                        violation_error_message="Between −12 and 6 decimals.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finding", ""),
                            ("expression__isnull", True),
                            _connector="OR",
                        ),
                        name="swot_claim_finding_or_expression",
                        violation_error_message="A claim is computed or found by an editor, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "verdict",
                                    "no",
                                ),
                                _negated=True,
                            ),
                            ("finding__in", ["", "date"]),
                            _connector="OR",
                        ),
                        name="swot_claim_arithmetic_contradicts",
                        violation_error_message="Only arithmetic contradicts: call this imprecise wording, or a label that does not fit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "verdict__in",
                                    (
                                        "imprecise",
                                        "label",
                                    ),
                                ),
                                _negated=True,
                            ),
                            models.Q(("finding", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="swot_claim_finding_of_an_editor",
                        violation_error_message="Say what kind of finding this is.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
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
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "title_zh_hans",
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                (
                    "title_en",
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                ("happened_on", models.DateField(verbose_name="date")),
                (
                    "happened_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        max_length=5,
                        verbose_name="known to the",
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
                    models.TextField(blank=True, verbose_name="verification note"),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="datasets.region",
                        verbose_name="region",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["happened_on", "code"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_published", False),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="swot_event_published_has_moment",
                        violation_error_message="Published content needs its time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")
                        ),
                        name="swot_event_code_in_addresses",
                        violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAnalysis",
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
                    "parity_reason",
                    models.TextField(
                        blank=True,
                        help_text="Only where one language must bind or state a number that the other does not. Applies only to the differences shown when the reason is written.",
                        verbose_name="why the languages may differ",
                    ),
                ),
                ("parity_accepted", models.TextField(blank=True, editable=False)),
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
                    "abstract_zh_hans",
                    models.TextField(null=True, verbose_name="abstract"),
                ),
                ("abstract_en", models.TextField(null=True, verbose_name="abstract")),
                (
                    "keywords_zh_hans",
                    models.CharField(
                        blank=True, max_length=300, null=True, verbose_name="keywords"
                    ),
                ),
                (
                    "keywords_en",
                    models.CharField(
                        blank=True, max_length=300, null=True, verbose_name="keywords"
                    ),
                ),
                (
                    "author_zh_hans",
                    models.CharField(
                        max_length=120, null=True, verbose_name="author of the study"
                    ),
                ),
                (
                    "author_en",
                    models.CharField(
                        max_length=120, null=True, verbose_name="author of the study"
                    ),
                ),
                (
                    "journal_zh_hans",
                    models.CharField(max_length=200, null=True, verbose_name="journal"),
                ),
                (
                    "journal_en",
                    models.CharField(max_length=200, null=True, verbose_name="journal"),
                ),
                (
                    "study_title_zh_hans",
                    models.CharField(
                        blank=True,
                        help_text="As printed; left out of citations until it is known.",
                        max_length=300,
                        null=True,
                        verbose_name="title of the study",
                    ),
                ),
                (
                    "study_title_en",
                    models.CharField(
                        blank=True,
                        help_text="As printed; left out of citations until it is known.",
                        max_length=300,
                        null=True,
                        verbose_name="title of the study",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "volume",
                    models.CharField(blank=True, max_length=20, verbose_name="volume"),
                ),
                (
                    "issue",
                    models.CharField(blank=True, max_length=20, verbose_name="issue"),
                ),
                (
                    "pages",
                    models.CharField(
                        blank=True,
                        help_text="As printed: 7510, 1–12.",
                        max_length=40,
                        verbose_name="page numbers",
                    ),
                ),
                ("doi", models.CharField(max_length=80, verbose_name="DOI")),
                (
                    "references_zh_hans",
                    models.TextField(blank=True, null=True, verbose_name="references"),
                ),
                (
                    "references_en",
                    models.TextField(blank=True, null=True, verbose_name="references"),
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
                        verbose_name="region",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical SWOT analysis",
                "verbose_name_plural": "historical SWOT analyses",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalClaim",
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
                    "statement_zh_hans",
                    models.TextField(null=True, verbose_name="statement"),
                ),
                ("statement_en", models.TextField(null=True, verbose_name="statement")),
                (
                    "stated_value",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="stated value"
                    ),
                ),
                (
                    "comparison",
                    models.CharField(
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
                        help_text="The word that qualifies the number.",
                        max_length=12,
                        verbose_name="comparison",
                    ),
                ),
                (
                    "stated_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        help_text="In the stated unit; the lower one of a range.",
                        max_digits=24,
                        null=True,
                        verbose_name="stated number",
                    ),
                ),
                (
                    "stated_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=24,
                        null=True,
                        verbose_name="upper end of the range",
                    ),
                ),
                (
                    "stated_decimals",
                    models.SmallIntegerField(
                        default=0,
                        help_text="Negative when the number is rounded to tens, hundreds …",
                        verbose_name="decimals of the stated number",
                    ),
                ),
                (
                    "stated_unit",
                    models.CharField(
                        blank=True, max_length=16, verbose_name="stated unit"
                    ),
                ),
                (
                    "location",
                    models.CharField(
                        max_length=120, verbose_name="location in the paper"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("arithmetic", "Arithmetic"),
                            ("consistency", "Consistency"),
                            ("external", "Against official figures"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "finding",
                    models.CharField(
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
                (
                    "formula",
                    models.TextField(
                        blank=True,
                        help_text="Arithmetic over observation codes. It replaces the expression; clear it to build the expression by hand.",
                        verbose_name="formula",
                    ),
                ),
                (
                    "expression",
                    models.JSONField(
                        blank=True,
                        help_text="What is computed.",
                        null=True,
                        verbose_name="expression",
                    ),
                ),
                (
                    "period_policy",
                    models.CharField(
                        choices=[
                            ("fixed", "True of the named period"),
                            ("latest", "Must follow the newest period"),
                        ],
                        default="fixed",
                        max_length=8,
                        verbose_name="period",
                    ),
                ),
                (
                    "subject_period",
                    models.CharField(
                        blank=True,
                        help_text="If given, data of other periods are not compared with the statement.",
                        max_length=20,
                        verbose_name="about the period",
                    ),
                ),
                (
                    "subject_vintage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("first release", "First release"),
                            ("revised", "Revised"),
                        ],
                        max_length=20,
                        verbose_name="about the edition",
                    ),
                ),
                (
                    "as_of",
                    models.DateField(
                        blank=True,
                        help_text="A value revised later does not contradict the statement: it supersedes it.",
                        null=True,
                        verbose_name="written against the data of",
                    ),
                ),
                (
                    "successor",
                    models.CharField(
                        blank=True,
                        help_text="Code of a newer value; the newest value of its series is what holds now.",
                        max_length=64,
                        verbose_name="followed by",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("yes", "holds"),
                            ("rounding", "holds after rounding"),
                            ("no", "contradicted"),
                            ("superseded", "superseded"),
                            ("n/a", "not testable"),
                            ("missing", "data missing"),
                            ("imprecise", "imprecise wording"),
                            ("label", "label does not fit"),
                        ],
                        default="n/a",
                        max_length=12,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "consequence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none"),
                            ("meaning", "changes what the sentence says"),
                            ("number", "another number"),
                            ("rounding", "only the rounding"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="what the contradiction does",
                    ),
                ),
                (
                    "recomputed_value",
                    models.CharField(
                        blank=True,
                        help_text="Six significant digits, or the other reading of a finding.",
                        max_length=120,
                        verbose_name="recomputed value",
                    ),
                ),
                (
                    "computed_value",
                    models.DecimalField(
                        decimal_places=6,
                        editable=False,
                        max_digits=24,
                        null=True,
                        verbose_name="computed value",
                    ),
                ),
                (
                    "interval_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=24,
                        null=True,
                        verbose_name="lowest possible",
                    ),
                ),
                (
                    "interval_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=24,
                        null=True,
                        verbose_name="highest possible",
                    ),
                ),
                (
                    "current_value",
                    models.DecimalField(
                        decimal_places=6,
                        editable=False,
                        max_digits=24,
                        null=True,
                        verbose_name="value now",
                    ),
                ),
                (
                    "current_period",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=20,
                        verbose_name="period of the value now",
                    ),
                ),
                (
                    "computation_zh_hans",
                    models.TextField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="computation",
                    ),
                ),
                (
                    "computation_en",
                    models.TextField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="computation",
                    ),
                ),
                (
                    "explanation_zh_hans",
                    models.TextField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="explanation",
                    ),
                ),
                (
                    "explanation_en",
                    models.TextField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="explanation",
                    ),
                ),
                (
                    "checked_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="checked at"
                    ),
                ),
                (
                    "accepted_reason_zh_hans",
                    models.TextField(
                        blank=True,
                        help_text="Applies only to the value computed when the reason was written.",
                        null=True,
                        verbose_name="why the contradiction stays",
                    ),
                ),
                (
                    "accepted_reason_en",
                    models.TextField(
                        blank=True,
                        help_text="Applies only to the value computed when the reason was written.",
                        null=True,
                        verbose_name="why the contradiction stays",
                    ),
                ),
                (
                    "accepted_value",
                    models.CharField(blank=True, editable=False, max_length=120),
                ),
                (
                    "remark_zh_hans",
                    models.TextField(blank=True, null=True, verbose_name="remark"),
                ),
                (
                    "remark_en",
                    models.TextField(blank=True, null=True, verbose_name="remark"),
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
                    "subject_region",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="datasets.region",
                        verbose_name="about the region",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical claim",
                "verbose_name_plural": "historical claims",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEvent",
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
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                (
                    "title_en",
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                ("happened_on", models.DateField(verbose_name="date")),
                (
                    "happened_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        max_length=5,
                        verbose_name="known to the",
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
                    models.TextField(blank=True, verbose_name="verification note"),
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
                        verbose_name="region",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical event",
                "verbose_name_plural": "historical events",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Report",
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
                    "about_kind",
                    models.CharField(
                        choices=[
                            ("claim", "Claim"),
                            ("observation", "Observation"),
                            ("indicator", "Indicator"),
                            ("figure", "Figure"),
                            ("policy", "Policy"),
                            ("entry", "SWOT entry"),
                            ("recommendation", "Recommendation"),
                            ("other", "Something else"),
                        ],
                        max_length=16,
                        verbose_name="about",
                    ),
                ),
                (
                    "about_code",
                    models.CharField(blank=True, max_length=120, verbose_name="code"),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("zh-hans", "Simplified Chinese"), ("en", "English")],
                        max_length=8,
                        verbose_name="language of the page",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="report")),
                (
                    "proposed_value",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="proposed value"
                    ),
                ),
                (
                    "source_url",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="source given"
                    ),
                ),
                (
                    "contact",
                    models.EmailField(
                        blank=True,
                        help_text="Only to answer; empty it afterwards.",
                        max_length=254,
                        verbose_name="e-mail",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Waiting for an answer"),
                            ("answered", "Answered"),
                            ("corrected", "Corrected"),
                            ("rejected", "Rejected"),
                        ],
                        db_index=True,
                        default="new",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                (
                    "answer_zh_hans",
                    models.TextField(blank=True, null=True, verbose_name="answer"),
                ),
                (
                    "answer_en",
                    models.TextField(blank=True, null=True, verbose_name="answer"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="reported at"
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="answered at"
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "report from a reader",
                "verbose_name_plural": "reports from readers",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("state", "new")),
                            models.Q(
                                models.Q(("state", "new"), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="swot_report_answered_has_moment",
                        violation_error_message="An answered report needs the time of the answer.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportSender",
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
                ("digest", models.CharField(max_length=64)),
                (
                    "sent_at",
                    models.DateTimeField(
                        db_index=True, default=django.utils.timezone.now
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["digest", "sent_at"],
                        name="swot_report_digest_c7bbdb_idx",
                    )
                ],
            },
        ),
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
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inputs",
                        to="swot.claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "input of a claim",
                "verbose_name_plural": "inputs of claims",
                "indexes": [
                    models.Index(fields=["code"], name="swot_claimi_code_106e1d_idx"),
                    models.Index(
                        fields=["indicator", "region"],
                        name="swot_claimi_indicat_880302_idx",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
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
                    "parity_reason",
                    models.TextField(
                        blank=True,
                        help_text="Only where one language must bind or state a number that the other does not. Applies only to the differences shown when the reason is written.",
                        verbose_name="why the languages may differ",
                    ),
                ),
                ("parity_accepted", models.TextField(blank=True, editable=False)),
                ("code", models.CharField(max_length=8, verbose_name="code")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "title_zh_hans",
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                (
                    "title_en",
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                ("body", models.TextField(verbose_name="body")),
                ("body_zh_hans", models.TextField(null=True, verbose_name="body")),
                ("body_en", models.TextField(null=True, verbose_name="body")),
                (
                    "quadrant",
                    models.CharField(
                        choices=[
                            ("S", "Strength"),
                            ("W", "Weakness"),
                            ("O", "Opportunity"),
                            ("T", "Threat"),
                        ],
                        max_length=1,
                        verbose_name="quadrant",
                    ),
                ),
                (
                    "first_quadrant",
                    models.CharField(
                        choices=[
                            ("S", "Strength"),
                            ("W", "Weakness"),
                            ("O", "Opportunity"),
                            ("T", "Threat"),
                        ],
                        default="",
                        editable=False,
                        max_length=1,
                        verbose_name="first filed under",
                    ),
                ),
                (
                    "analysis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="swot.analysis",
                        verbose_name="analysis",
                    ),
                ),
            ],
            options={
                "verbose_name": "SWOT entry",
                "verbose_name_plural": "SWOT entries",
                "ordering": ["analysis", "code"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_published", False),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="swot_entry_published_has_moment",
                        violation_error_message="Published content needs its time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")
                        ),
                        name="swot_entry_code_in_addresses",
                        violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
                    ),
                    models.UniqueConstraint(
                        fields=("analysis", "code"),
                        name="swot_entry_unique_code",
                        violation_error_message="The analysis already has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__startswith", models.F("first_quadrant")),
                            ("first_quadrant__in", ["S", "W", "O", "T"]),
                        ),
                        name="swot_entry_code_names_quadrant",
                        violation_error_message="The code starts with the quadrant the entry was first filed under.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalEntry",
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
                    "parity_reason",
                    models.TextField(
                        blank=True,
                        help_text="Only where one language must bind or state a number that the other does not. Applies only to the differences shown when the reason is written.",
                        verbose_name="why the languages may differ",
                    ),
                ),
                ("parity_accepted", models.TextField(blank=True, editable=False)),
                ("code", models.CharField(max_length=8, verbose_name="code")),
                (
                    "title_zh_hans",
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                (
                    "title_en",
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                ("body_zh_hans", models.TextField(null=True, verbose_name="body")),
                ("body_en", models.TextField(null=True, verbose_name="body")),
                (
                    "quadrant",
                    models.CharField(
                        choices=[
                            ("S", "Strength"),
                            ("W", "Weakness"),
                            ("O", "Opportunity"),
                            ("T", "Threat"),
                        ],
                        max_length=1,
                        verbose_name="quadrant",
                    ),
                ),
                (
                    "first_quadrant",
                    models.CharField(
                        choices=[
                            ("S", "Strength"),
                            ("W", "Weakness"),
                            ("O", "Opportunity"),
                            ("T", "Threat"),
                        ],
                        default="",
                        editable=False,
                        max_length=1,
                        verbose_name="first filed under",
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
                    "analysis",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="swot.analysis",
                        verbose_name="analysis",
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
                "verbose_name": "historical SWOT entry",
                "verbose_name_plural": "historical SWOT entries",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRecommendation",
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
                    "parity_reason",
                    models.TextField(
                        blank=True,
                        help_text="Only where one language must bind or state a number that the other does not. Applies only to the differences shown when the reason is written.",
                        verbose_name="why the languages may differ",
                    ),
                ),
                ("parity_accepted", models.TextField(blank=True, editable=False)),
                ("code", models.CharField(max_length=8, verbose_name="code")),
                (
                    "title_zh_hans",
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                (
                    "title_en",
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                ("body_zh_hans", models.TextField(null=True, verbose_name="body")),
                ("body_en", models.TextField(null=True, verbose_name="body")),
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
                    "analysis",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="swot.analysis",
                        verbose_name="analysis",
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
                "verbose_name": "historical recommendation",
                "verbose_name_plural": "historical recommendations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Recommendation",
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
                    "parity_reason",
                    models.TextField(
                        blank=True,
                        help_text="Only where one language must bind or state a number that the other does not. Applies only to the differences shown when the reason is written.",
                        verbose_name="why the languages may differ",
                    ),
                ),
                ("parity_accepted", models.TextField(blank=True, editable=False)),
                ("code", models.CharField(max_length=8, verbose_name="code")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "title_zh_hans",
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                (
                    "title_en",
                    models.CharField(max_length=200, null=True, verbose_name="title"),
                ),
                ("body", models.TextField(verbose_name="body")),
                ("body_zh_hans", models.TextField(null=True, verbose_name="body")),
                ("body_en", models.TextField(null=True, verbose_name="body")),
                (
                    "analysis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="swot.analysis",
                        verbose_name="analysis",
                    ),
                ),
            ],
            options={
                "verbose_name": "recommendation",
                "verbose_name_plural": "recommendations",
                "ordering": ["analysis", "code"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_published", False),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="swot_recommendation_published_has_moment",
                        violation_error_message="Published content needs its time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")
                        ),
                        name="swot_recommendation_code_in_addresses",
                        violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
                    ),
                    models.UniqueConstraint(
                        fields=("analysis", "code"),
                        name="swot_recommendation_unique_code",
                        violation_error_message="The analysis already has this code.",
                    ),
                ],
            },
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
                            ("imprecise", "imprecise wording"),
                            ("label", "label does not fit"),
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
                            ("imprecise", "imprecise wording"),
                            ("label", "label does not fit"),
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
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="verdict_changes",
                        to="datasets.importbatch",
                        verbose_name="import batch",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verdict_changes",
                        to="swot.claim",
                        verbose_name="claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of verdict",
                "verbose_name_plural": "changes of verdict",
                "ordering": ["-changed_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("old_verdict", models.F("new_verdict")), _negated=True
                        ),
                        name="swot_verdictchange_differs",
                        violation_error_message="The verdict did not change.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
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
                    "title",
                    models.CharField(
                        help_text="In words that can be understood on their own.",
                        max_length=200,
                        verbose_name="what was corrected",
                    ),
                ),
                (
                    "title_zh_hans",
                    models.CharField(
                        help_text="In words that can be understood on their own.",
                        max_length=200,
                        null=True,
                        verbose_name="what was corrected",
                    ),
                ),
                (
                    "title_en",
                    models.CharField(
                        help_text="In words that can be understood on their own.",
                        max_length=200,
                        null=True,
                        verbose_name="what was corrected",
                    ),
                ),
                (
                    "old_value",
                    models.CharField(
                        help_text="With its unit, as it was shown.",
                        max_length=500,
                        verbose_name="old value",
                    ),
                ),
                (
                    "old_value_zh_hans",
                    models.CharField(
                        help_text="With its unit, as it was shown.",
                        max_length=500,
                        null=True,
                        verbose_name="old value",
                    ),
                ),
                (
                    "old_value_en",
                    models.CharField(
                        help_text="With its unit, as it was shown.",
                        max_length=500,
                        null=True,
                        verbose_name="old value",
                    ),
                ),
                (
                    "new_value",
                    models.CharField(max_length=500, verbose_name="new value"),
                ),
                (
                    "new_value_zh_hans",
                    models.CharField(
                        max_length=500, null=True, verbose_name="new value"
                    ),
                ),
                (
                    "new_value_en",
                    models.CharField(
                        max_length=500, null=True, verbose_name="new value"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("reason_zh_hans", models.TextField(null=True, verbose_name="reason")),
                ("reason_en", models.TextField(null=True, verbose_name="reason")),
                (
                    "corrected_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        verbose_name="corrected on",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="corrections",
                        to="swot.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "observation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="corrections",
                        to="datasets.observation",
                        verbose_name="observation",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="corrections",
                        to="policies.policy",
                        verbose_name="policy",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="corrections",
                        to="swot.entry",
                        verbose_name="SWOT entry",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="corrections",
                        to="swot.recommendation",
                        verbose_name="recommendation",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        help_text="Not shown; publishing the correction settles the report.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="corrections",
                        to="swot.report",
                        verbose_name="report from a reader",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction",
                "verbose_name_plural": "corrections",
                "ordering": ["-corrected_on", "-pk"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_published", False),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="swot_correction_published_has_moment",
                        violation_error_message="Published content needs its time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("entry__isnull", True),
                                ("observation__isnull", True),
                                ("policy__isnull", True),
                                ("recommendation__isnull", True),
                            ),
                            models.Q(
                                ("claim__isnull", True),
                                ("entry__isnull", True),
                                ("policy__isnull", True),
                                ("recommendation__isnull", True),
                            ),
                            models.Q(
                                ("claim__isnull", True),
                                ("entry__isnull", True),
                                ("observation__isnull", True),
                                ("recommendation__isnull", True),
                            ),
                            models.Q(
                                ("claim__isnull", True),
                                ("observation__isnull", True),
                                ("policy__isnull", True),
                                ("recommendation__isnull", True),
                            ),
                            models.Q(
                                ("claim__isnull", True),
                                ("entry__isnull", True),
                                ("observation__isnull", True),
                                ("policy__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="swot_correction_one_subject",
                        violation_error_message="Name one observation, claim, policy, entry or recommendation.",
                    ),
                ],
            },
        ),
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
                        default="context",
                        help_text="You decide whether it supports or weakens the entry.",
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                (
                    "passage",
                    models.CharField(
                        blank=True,
                        help_text="Words exactly as in the text of the policy; they are marked there.",
                        max_length=300,
                        verbose_name="passage of the act",
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
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=swot.models.protection.protect_linked,
                        related_name="evidence",
                        to="swot.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="swot.entry",
                        verbose_name="entry",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=swot.models.protection.protect_linked,
                        related_name="evidence",
                        to="swot.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=swot.models.protection.protect_linked,
                        related_name="evidence",
                        to="datasets.figure",
                        verbose_name="figure",
                    ),
                ),
                (
                    "observation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=swot.models.protection.protect_linked,
                        related_name="evidence",
                        to="datasets.observation",
                        verbose_name="observation",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=swot.models.protection.protect_linked,
                        related_name="evidence",
                        to="policies.policy",
                        verbose_name="policy",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["entry", "pk"],
                "base_manager_name": "named",
                "constraints": [
                    models.CheckConstraint(
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
                    models.UniqueConstraint(
                        fields=("entry", "observation"),
                        name="swot_evidence_observation_once",
                        violation_error_message="The entry already rests on this.",
                    ),
                    models.UniqueConstraint(
                        fields=("entry", "figure"),
                        name="swot_evidence_figure_once",
                        violation_error_message="The entry already rests on this.",
                    ),
                    models.UniqueConstraint(
                        fields=("entry", "policy"),
                        name="swot_evidence_policy_once",
                        violation_error_message="The entry already rests on this.",
                    ),
                    models.UniqueConstraint(
                        fields=("entry", "claim"),
                        name="swot_evidence_claim_once",
                        violation_error_message="The entry already rests on this.",
                    ),
                    models.UniqueConstraint(
                        fields=("entry", "event"),
                        name="swot_evidence_event_once",
                        violation_error_message="The entry already rests on this.",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("named", django.db.models.manager.Manager()),
            ],
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
                        default="context",
                        help_text="You decide whether it supports or weakens the entry.",
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                (
                    "passage",
                    models.CharField(
                        blank=True,
                        help_text="Words exactly as in the text of the policy; they are marked there.",
                        max_length=300,
                        verbose_name="passage of the act",
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
                    "checked_on",
                    models.DateField(blank=True, null=True, verbose_name="checked on"),
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
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="swot.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="swot.entry",
                        verbose_name="entry",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="swot.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="datasets.figure",
                        verbose_name="figure",
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
                    "observation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="datasets.observation",
                        verbose_name="observation",
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
                "verbose_name": "historical evidence",
                "verbose_name_plural": "historical evidence",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="QuadrantMove",
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
                    "old_quadrant",
                    models.CharField(
                        choices=[
                            ("S", "Strength"),
                            ("W", "Weakness"),
                            ("O", "Opportunity"),
                            ("T", "Threat"),
                        ],
                        max_length=1,
                        verbose_name="from",
                    ),
                ),
                (
                    "new_quadrant",
                    models.CharField(
                        choices=[
                            ("S", "Strength"),
                            ("W", "Weakness"),
                            ("O", "Opportunity"),
                            ("T", "Threat"),
                        ],
                        max_length=1,
                        verbose_name="to",
                    ),
                ),
                ("moved_on", models.DateField(verbose_name="moved on")),
                ("reason", models.TextField(verbose_name="reason")),
                ("reason_zh_hans", models.TextField(null=True, verbose_name="reason")),
                ("reason_en", models.TextField(null=True, verbose_name="reason")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="swot.entry",
                        verbose_name="entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of quadrant",
                "verbose_name_plural": "changes of quadrant",
                "ordering": ["moved_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("old_quadrant", models.F("new_quadrant")), _negated=True
                        ),
                        name="swot_quadrantmove_differs",
                        violation_error_message="The quadrant did not change.",
                    )
                ],
            },
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
                "base_manager_name": "named",
                "unique_together": {("recommendation", "entry")},
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("named", django.db.models.manager.Manager()),
            ],
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
                "base_manager_name": "named",
                "unique_together": {("recommendation", "claim")},
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("named", django.db.models.manager.Manager()),
            ],
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
                "base_manager_name": "named",
                "unique_together": {("recommendation", "observation")},
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("named", django.db.models.manager.Manager()),
            ],
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
                "base_manager_name": "named",
                "unique_together": {("recommendation", "policy")},
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("named", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalCorrection",
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
                    "title_zh_hans",
                    models.CharField(
                        help_text="In words that can be understood on their own.",
                        max_length=200,
                        null=True,
                        verbose_name="what was corrected",
                    ),
                ),
                (
                    "title_en",
                    models.CharField(
                        help_text="In words that can be understood on their own.",
                        max_length=200,
                        null=True,
                        verbose_name="what was corrected",
                    ),
                ),
                (
                    "old_value_zh_hans",
                    models.CharField(
                        help_text="With its unit, as it was shown.",
                        max_length=500,
                        null=True,
                        verbose_name="old value",
                    ),
                ),
                (
                    "old_value_en",
                    models.CharField(
                        help_text="With its unit, as it was shown.",
                        max_length=500,
                        null=True,
                        verbose_name="old value",
                    ),
                ),
                (
                    "new_value_zh_hans",
                    models.CharField(
                        max_length=500, null=True, verbose_name="new value"
                    ),
                ),
                (
                    "new_value_en",
                    models.CharField(
                        max_length=500, null=True, verbose_name="new value"
                    ),
                ),
                ("reason_zh_hans", models.TextField(null=True, verbose_name="reason")),
                ("reason_en", models.TextField(null=True, verbose_name="reason")),
                (
                    "corrected_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        verbose_name="corrected on",
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
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="swot.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="swot.entry",
                        verbose_name="SWOT entry",
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
                    "observation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="datasets.observation",
                        verbose_name="observation",
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
                (
                    "recommendation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="swot.recommendation",
                        verbose_name="recommendation",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Not shown; publishing the correction settles the report.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="swot.report",
                        verbose_name="report from a reader",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical correction",
                "verbose_name_plural": "historical corrections",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
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
        migrations.AddField(
            model_name="claim",
            name="observations",
            field=models.ManyToManyField(
                blank=True,
                related_name="claims",
                to="datasets.observation",
                verbose_name="observations",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="claims",
            field=models.ManyToManyField(
                related_name="entries",
                through="swot.Evidence",
                through_fields=("entry", "claim"),
                to="swot.claim",
                verbose_name="claims",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="events",
            field=models.ManyToManyField(
                related_name="entries",
                through="swot.Evidence",
                through_fields=("entry", "event"),
                to="swot.event",
                verbose_name="events",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="figures",
            field=models.ManyToManyField(
                related_name="entries",
                through="swot.Evidence",
                through_fields=("entry", "figure"),
                to="datasets.figure",
                verbose_name="figures",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="observations",
            field=models.ManyToManyField(
                related_name="entries",
                through="swot.Evidence",
                through_fields=("entry", "observation"),
                to="datasets.observation",
                verbose_name="observations",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="policies",
            field=models.ManyToManyField(
                related_name="entries",
                through="swot.Evidence",
                through_fields=("entry", "policy"),
                to="policies.policy",
                verbose_name="policies",
            ),
        ),
        migrations.AddField(
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
        migrations.AddField(
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
        migrations.AddField(
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
        migrations.AddField(
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
        migrations.AddField(
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
    ]
