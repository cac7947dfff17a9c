from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("policies", "0013_sources_of_older_acts")]

    operations = [
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_published", False),
                    models.Q(("source_url", ""), _negated=True),
                    models.Q(
                        ("text_zh_hans__isnull", False),
                        models.Q(("text_zh_hans", ""), _negated=True),
                    ),
                    models.Q(
                        ("text_en__isnull", False),
                        models.Q(("text_en", ""), _negated=True),
                    ),
                    models.Q(("no_source_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="policies_policy_has_source",
                violation_error_message="Give the official page or the text, or say why there is neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("source_url", ""),
                    (
                        "source_url__iregex",
                        "^https?://([a-z0-9-]+\\.)*gov\\.cn(:[0-9]+)?([/?#].*)?$",
                    ),
                    _connector="OR",
                ),
                name="policies_policy_official_address",
                violation_error_message="This is no page of an authority (gov.cn): put it in the note.",
            ),
        ),
    ]
