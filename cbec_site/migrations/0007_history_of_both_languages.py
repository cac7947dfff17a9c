from django.db import migrations, models

from cbec_site.base.history_columns import keep_words


class Migration(migrations.Migration):
    dependencies = [
        ("cbec_site", "0006_worker_heartbeat"),
    ]

    operations = [
        migrations.RunPython(keep_words("cbec_site"), migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="historicalpage",
            name="body",
        ),
        migrations.RemoveField(
            model_name="historicalpage",
            name="title",
        ),
        migrations.AddField(
            model_name="historicalpage",
            name="parts",
            field=models.JSONField(editable=False, null=True),
        ),
    ]
