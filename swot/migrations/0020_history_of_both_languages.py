from django.db import migrations, models

from cbec_site.base.history_columns import keep_words


class Migration(migrations.Migration):
    dependencies = [
        ("swot", "0019_only_arithmetic_contradicts"),
    ]

    operations = [
        migrations.RunPython(keep_words("swot"), migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="historicalanalysis",
            name="abstract",
        ),
        migrations.RemoveField(
            model_name="historicalanalysis",
            name="author",
        ),
        migrations.RemoveField(
            model_name="historicalanalysis",
            name="journal",
        ),
        migrations.RemoveField(
            model_name="historicalanalysis",
            name="keywords",
        ),
        migrations.RemoveField(
            model_name="historicalanalysis",
            name="references",
        ),
        migrations.RemoveField(
            model_name="historicalanalysis",
            name="title",
        ),
        migrations.RemoveField(
            model_name="historicalclaim",
            name="accepted_reason",
        ),
        migrations.RemoveField(
            model_name="historicalclaim",
            name="computation",
        ),
        migrations.RemoveField(
            model_name="historicalclaim",
            name="explanation",
        ),
        migrations.RemoveField(
            model_name="historicalclaim",
            name="remark",
        ),
        migrations.RemoveField(
            model_name="historicalclaim",
            name="statement",
        ),
        migrations.RemoveField(
            model_name="historicalcorrection",
            name="new_value",
        ),
        migrations.RemoveField(
            model_name="historicalcorrection",
            name="old_value",
        ),
        migrations.RemoveField(
            model_name="historicalcorrection",
            name="reason",
        ),
        migrations.RemoveField(
            model_name="historicalcorrection",
            name="title",
        ),
        migrations.RemoveField(
            model_name="historicalentry",
            name="body",
        ),
        migrations.RemoveField(
            model_name="historicalentry",
            name="title",
        ),
        migrations.RemoveField(
            model_name="historicalevent",
            name="title",
        ),
        migrations.RemoveField(
            model_name="historicalevidence",
            name="note",
        ),
        migrations.RemoveField(
            model_name="historicalrecommendation",
            name="body",
        ),
        migrations.RemoveField(
            model_name="historicalrecommendation",
            name="title",
        ),
        migrations.AddField(
            model_name="historicalanalysis",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalcorrection",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalentry",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalevent",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalevidence",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
    ]
