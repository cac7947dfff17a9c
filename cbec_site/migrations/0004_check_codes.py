"""Before any code gets its constraint: refuse all of it while one breaks the rule.

This stands before the constraints of every app, so that a database in which something
is to be mended is left as it was. It writes nothing.
"""

import re

from django.core.management.base import CommandError
from django.db import migrations

RULE = re.compile(r"\A[A-Za-z0-9][A-Za-z0-9_-]*\Z")
FIELDS = (
    ("cbec_site", "Page", "slug"),
    ("datasets", "Source", "code"),
    ("datasets", "Region", "code"),
    ("datasets", "Indicator", "code"),
    ("datasets", "Observation", "code"),
    ("datasets", "Figure", "number"),
    ("datasets", "Figure", "slug"),
    ("policies", "Issuer", "code"),
    ("policies", "Topic", "code"),
    ("policies", "Policy", "code"),
    ("policies", "PilotZone", "code"),
    ("swot", "Analysis", "slug"),
    ("swot", "Claim", "code"),
    ("swot", "Entry", "code"),
    ("swot", "Event", "code"),
    ("swot", "Recommendation", "code"),
)
# Words of addresses that stand beside the things themselves.
RESERVED = {"Policy": {"feed", "pilot-zones"}, "Claim": {"feed"}}
LISTED = 100


def fault(model, value):
    """What is wrong with a code, or ""."""
    if model == "Observation" and not value:
        return ""
    if not RULE.match(value):
        return (
            "only letters from A to Z, digits, hyphens and underscores, beginning with "
            "a letter or a digit"
        )
    if value in RESERVED.get(model, ()):
        return "this word is the address of another page"
    if model == "Observation" and value.isdigit():
        return "not digits alone: add a letter"
    return ""


def check_codes(apps, schema_editor):
    """CommandError with every row to mend and what its code may look like."""
    lines = []
    for app, model, field in FIELDS:
        rows = apps.get_model(app, model).objects
        rows = rows.using(schema_editor.connection.alias)
        found = rows.order_by("pk").values_list("pk", field)
        for pk, value in found.iterator(chunk_size=2000):
            if text := fault(model, value):
                lines.append(f"{app}.{model} {pk}: {field} “{value}”: {text}")
    if lines:
        more = len(lines) - LISTED
        if more > 0:
            lines[LISTED:] = [f"… and {more} more."]
        raise CommandError(
            (
                "Nothing was changed: these codes cannot stand in an address. Change "
                "them in the admin of the version that ran until now, first taking "
                "them out of the texts and formulas that name them, then migrate again."
            )
            + "\n"
            + "\n".join(lines)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("cbec_site", "0003_content_version"),
        ("datasets", "0007_publish_permission"),
        ("policies", "0003_publish_permission"),
        ("swot", "0015_publish_permission"),
    ]

    operations = [migrations.RunPython(check_codes, migrations.RunPython.noop)]
