"""Deleting what an entry rests on is refused; in the database nothing changes."""

from django.db import migrations, models

import swot.models.protection


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0004_kept_previews"),
        ("policies", "0002_policy_imports"),
        ("swot", "0010_reports_and_corrections"),
    ]

    operations = [
        migrations.AlterField(
            model_name="evidence",
            name="claim",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=swot.models.protection.protect_linked,
                related_name="evidence",
                to="swot.claim",
                verbose_name="claim",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="event",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=swot.models.protection.protect_linked,
                related_name="evidence",
                to="swot.event",
                verbose_name="event",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="figure",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=swot.models.protection.protect_linked,
                related_name="evidence",
                to="datasets.figure",
                verbose_name="figure",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="observation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=swot.models.protection.protect_linked,
                related_name="evidence",
                to="datasets.observation",
                verbose_name="observation",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="policy",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=swot.models.protection.protect_linked,
                related_name="evidence",
                to="policies.policy",
                verbose_name="policy",
            ),
        ),
    ]
