from django.db import migrations, models

from cbec_site.base.history_columns import keep_words


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0008_relations_and_ends"),
    ]

    operations = [
        migrations.RunPython(keep_words("policies"), migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="historicalissuer",
            name="name",
        ),
        migrations.RemoveField(
            model_name="historicalpolicy",
            name="summary",
        ),
        migrations.RemoveField(
            model_name="historicalpolicy",
            name="title",
        ),
        migrations.RemoveField(
            model_name="historicaltopic",
            name="name",
        ),
        migrations.AddField(
            model_name="historicalissuer",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalpilotzone",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalpolicy",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalpolicyevent",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalpolicyrelation",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicaltopic",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
    ]
