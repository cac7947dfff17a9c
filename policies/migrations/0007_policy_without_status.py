from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("policies", "0006_status_to_events")]

    operations = [
        migrations.RemoveField(
            model_name="historicalpolicy",
            name="status",
        ),
        migrations.RemoveField(
            model_name="policy",
            name="status",
        ),
    ]
