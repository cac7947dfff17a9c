from django.db import migrations

IMPRECISE, LABEL = "imprecise", "label"
WORDS = {
    "wording": IMPRECISE,
    "judgement": IMPRECISE,
    "scope": LABEL,
    "source": LABEL,
}
REASON = "Only arithmetic contradicts; this is an editor's finding."


def name_findings(apps, schema_editor):
    """Call findings on wording, labels and sources by words of their own.

    Of the shipped study two more are no arithmetic: C38 counts rows to judge a
    heading, C56 tells that dates of two kinds stand side by side.
    """
    claims = apps.get_model("swot", "Claim").objects
    counted = claims.filter(code="C38", formula="cn_t1_rows-2", verdict="no")
    for claim in counted:
        claim.inputs.all().delete()
        claim.observations.clear()
    counted.update(
        finding="scope",
        expression=None,
        computed_value=None,
        computation_zh_hans="",
        computation_en="",
        explanation_zh_hans="",
        explanation_en="",
    )
    rename(apps, claims.filter(code="C56", finding="date"), IMPRECISE)
    for finding, verdict in WORDS.items():
        rename(apps, claims.filter(finding=finding), verdict)


def rename(apps, claims, verdict):
    change = apps.get_model("swot", "VerdictChange")
    for claim in claims.filter(verdict="no"):
        change.objects.create(
            claim=claim,
            old_verdict="no",
            new_verdict=verdict,
            old_value=claim.recomputed_value,
            new_value=claim.recomputed_value,
            reason=REASON,
        )
        claim.verdict = verdict
        claim.save(update_fields=["verdict"])


def call_contradicted(apps, schema_editor):
    claims = apps.get_model("swot", "Claim").objects
    claims.filter(verdict__in=[IMPRECISE, LABEL]).update(verdict="no")


class Migration(migrations.Migration):
    dependencies = [("swot", "0017_findings_and_consequences")]

    operations = [migrations.RunPython(name_findings, call_contradicted)]
