from django.db import migrations, models

from cbec_site.base.history_columns import keep_words


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0010_name_mappings"),
    ]

    operations = [
        migrations.RunPython(keep_words("datasets"), migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="historicalbreakdown",
            name="title",
        ),
        migrations.RemoveField(
            model_name="historicalfigure",
            name="note",
        ),
        migrations.RemoveField(
            model_name="historicalfigure",
            name="source_line",
        ),
        migrations.RemoveField(
            model_name="historicalfigure",
            name="subtitle",
        ),
        migrations.RemoveField(
            model_name="historicalfigure",
            name="title",
        ),
        migrations.RemoveField(
            model_name="historicalindicator",
            name="definition",
        ),
        migrations.RemoveField(
            model_name="historicalindicator",
            name="title",
        ),
        migrations.RemoveField(
            model_name="historicalobservation",
            name="note",
        ),
        migrations.RemoveField(
            model_name="historicalregion",
            name="name",
        ),
        migrations.RemoveField(
            model_name="historicalsource",
            name="citation",
        ),
        migrations.RemoveField(
            model_name="historicalsource",
            name="licence",
        ),
        migrations.RemoveField(
            model_name="historicalsource",
            name="publisher",
        ),
        migrations.RemoveField(
            model_name="historicalsource",
            name="title",
        ),
        migrations.AddField(
            model_name="historicalbreakdown",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalfigure",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalindicator",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalobservation",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalregion",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalsource",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
    ]
