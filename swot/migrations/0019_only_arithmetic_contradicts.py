from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("swot", "0018_findings_are_no_contradictions")]

    operations = [
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "no"), _negated=True),
                    ("finding__in", ["", "date"]),
                    _connector="OR",
                ),
                name="swot_claim_arithmetic_contradicts",
                violation_error_message="Only arithmetic contradicts: call this imprecise wording, or a label that does not fit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict__in", ("imprecise", "label")), _negated=True),
                    models.Q(("finding", ""), _negated=True),
                    _connector="OR",
                ),
                name="swot_claim_finding_of_an_editor",
                violation_error_message="Say what kind of finding this is.",
            ),
        ),
    ]
