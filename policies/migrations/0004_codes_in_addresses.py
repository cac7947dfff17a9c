from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0008_codes_in_addresses"),
        ("policies", "0003_publish_permission"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicalissuer",
            name="code",
            field=models.CharField(db_index=True, max_length=50, verbose_name="code"),
        ),
        migrations.AlterField(
            model_name="historicalpilotzone",
            name="code",
            field=models.CharField(db_index=True, max_length=50, verbose_name="code"),
        ),
        migrations.AlterField(
            model_name="historicaltopic",
            name="code",
            field=models.CharField(db_index=True, max_length=50, verbose_name="code"),
        ),
        migrations.AlterField(
            model_name="issuer",
            name="code",
            field=models.CharField(max_length=50, unique=True, verbose_name="code"),
        ),
        migrations.AlterField(
            model_name="pilotzone",
            name="code",
            field=models.CharField(max_length=50, unique=True, verbose_name="code"),
        ),
        migrations.AlterField(
            model_name="topic",
            name="code",
            field=models.CharField(max_length=50, unique=True, verbose_name="code"),
        ),
        migrations.AddConstraint(
            model_name="issuer",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")),
                name="policies_issuer_code_in_addresses",
                violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pilotzone",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")),
                name="policies_pilotzone_code_in_addresses",
                violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")),
                name="policies_policy_code_in_addresses",
                violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("code__in", ("feed", "pilot-zones")), _negated=True
                ),
                name="policies_policy_code_not_reserved",
                violation_error_message="This word is the address of another page.",
            ),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")),
                name="policies_topic_code_in_addresses",
                violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
            ),
        ),
    ]
