from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0007_publish_permission"),
    ]

    operations = [
        migrations.AlterField(
            model_name="figure",
            name="slug",
            field=models.CharField(max_length=50, unique=True, verbose_name="slug"),
        ),
        migrations.AlterField(
            model_name="historicalfigure",
            name="slug",
            field=models.CharField(db_index=True, max_length=50, verbose_name="slug"),
        ),
        migrations.AlterField(
            model_name="historicalindicator",
            name="code",
            field=models.CharField(db_index=True, max_length=64, verbose_name="code"),
        ),
        migrations.AlterField(
            model_name="historicalobservation",
            name="code",
            field=models.CharField(
                blank=True,
                help_text="Only where a text or formula names this value.",
                max_length=64,
                verbose_name="code",
            ),
        ),
        migrations.AlterField(
            model_name="historicalsource",
            name="code",
            field=models.CharField(db_index=True, max_length=64, verbose_name="code"),
        ),
        migrations.AlterField(
            model_name="indicator",
            name="code",
            field=models.CharField(max_length=64, unique=True, verbose_name="code"),
        ),
        migrations.AlterField(
            model_name="observation",
            name="code",
            field=models.CharField(
                blank=True,
                help_text="Only where a text or formula names this value.",
                max_length=64,
                verbose_name="code",
            ),
        ),
        migrations.AlterField(
            model_name="source",
            name="code",
            field=models.CharField(max_length=64, unique=True, verbose_name="code"),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")
                ),
                name="datasets_figure_number_in_addresses",
                violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")),
                name="datasets_figure_slug_in_addresses",
                violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")),
                name="datasets_indicator_code_in_addresses",
                violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("code", ""),
                    ("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z"),
                    _connector="OR",
                ),
                name="datasets_observation_code_in_addresses",
                violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "\\A[0-9]+\\Z"), _negated=True),
                name="datasets_observation_code_is_no_number",
                violation_error_message="A code of digits alone could be taken for a number: add a letter.",
            ),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")),
                name="datasets_region_code_in_addresses",
                violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")),
                name="datasets_source_code_in_addresses",
                violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
            ),
        ),
    ]
