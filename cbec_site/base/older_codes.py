"""Refuses to migrate a database with codes that cannot stand in an address.

Codes have had their rule since the migrations in `BEGIN`. It is asked before any
migration runs, so that a database in which something is to be mended is left as it was.
"""

import re

from django.core.exceptions import FieldDoesNotExist
from django.core.management.base import CommandError

# The rule of that day; what codes follow today is in `codes`.
RULE = re.compile(r"\A[A-Za-z0-9][A-Za-z0-9_-]*\Z")
BEGIN = {
    ("cbec_site", "0005_codes_in_addresses"),
    ("datasets", "0008_codes_in_addresses"),
    ("policies", "0004_codes_in_addresses"),
    ("swot", "0016_codes_in_addresses"),
}
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


def refuse_codes(sender, using, plan, apps, **kwargs):
    """For pre_migrate: CommandError with every row to mend and what is wrong with it.

    `apps` has the models as the migrations that ran have left them.
    """
    # The signal is sent once per app; one answer is enough.
    planned = {(migration.app_label, migration.name) for migration, _back in plan}
    if sender.label != "datasets" or planned.isdisjoint(BEGIN):
        return
    lines = []
    for label, name, field in FIELDS:
        for pk, value in values(apps, using, label, name, field):
            if text := fault(name, value):
                lines.append(f"{label}.{name} {pk}: {field} “{value}”: {text}")
    if lines:
        more = len(lines) - LISTED
        if more > 0:
            lines[LISTED:] = [f"… and {more} more."]
        first = (
            "Nothing was changed: these codes cannot stand in an address. Change "
            "them in the admin of the version that ran until now, first taking "
            "them out of the texts and formulas that name them, then migrate again."
        )
        raise CommandError("\n".join([first, *lines]))


def values(apps, using, label, name, field):
    """The key and code of every row; none of a table that is yet to be made."""
    try:
        model = apps.get_model(label, name)
        model._meta.get_field(field)
    except (LookupError, FieldDoesNotExist):
        return ()
    rows = model.objects.using(using).order_by("pk").values_list("pk", field)
    return rows.iterator()


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
