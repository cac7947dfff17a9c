from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0008_codes_in_addresses"),
        ("policies", "0004_codes_in_addresses"),
        ("swot", "0015_publish_permission"),
    ]

    operations = [
        migrations.AlterField(
            model_name="analysis",
            name="slug",
            field=models.CharField(max_length=50, unique=True, verbose_name="slug"),
        ),
        migrations.AlterField(
            model_name="historicalanalysis",
            name="slug",
            field=models.CharField(db_index=True, max_length=50, verbose_name="slug"),
        ),
        migrations.AddConstraint(
            model_name="analysis",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")),
                name="swot_analysis_slug_in_addresses",
                violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")),
                name="swot_claim_code_in_addresses",
                violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__in", ("feed",)), _negated=True),
                name="swot_claim_code_not_reserved",
                violation_error_message="This word is the address of another page.",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")),
                name="swot_entry_code_in_addresses",
                violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")),
                name="swot_event_code_in_addresses",
                violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")),
                name="swot_recommendation_code_in_addresses",
                violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
            ),
        ),
    ]
