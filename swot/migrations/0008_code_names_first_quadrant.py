from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("swot", "0007_fill_first_quadrant")]

    operations = [
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("code__startswith", models.F("first_quadrant")),
                    ("first_quadrant__in", ["S", "W", "O", "T"]),
                ),
                name="swot_entry_code_names_quadrant",
                violation_error_message="The code starts with the quadrant the entry was first filed under.",
            ),
        ),
    ]
