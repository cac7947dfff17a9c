from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0001_initial"),
        ("policies", "0001_initial"),
        ("swot", "0004_move_evidence"),
    ]

    operations = [
        migrations.RemoveField(model_name="entry", name="observations"),
        migrations.RemoveField(model_name="entry", name="policies"),
        migrations.RemoveField(model_name="entry", name="claims"),
        migrations.RemoveField(model_name="entry", name="events"),
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
    ]
