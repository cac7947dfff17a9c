from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cbec_site", "0004_check_codes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicalpage",
            name="slug",
            field=models.CharField(db_index=True, max_length=50, verbose_name="slug"),
        ),
        migrations.AlterField(
            model_name="page",
            name="slug",
            field=models.CharField(max_length=50, unique=True, verbose_name="slug"),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__regex", "\\A[A-Za-z0-9][A-Za-z0-9_-]*\\Z")),
                name="cbec_site_page_slug_in_addresses",
                violation_error_message="Use only letters from A to Z, digits, hyphens and underscores, and begin with a letter or a digit.",
            ),
        ),
    ]
