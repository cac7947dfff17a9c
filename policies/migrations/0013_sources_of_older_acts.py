"""Every published act leads to an official source, or somebody said why it cannot.

What older sites hold stays: addresses of other hosts go into the editors' note, and acts
that were public without a source get the reason that nobody asked for one then.
"""

import re

from django.db import migrations

OFFICIAL = re.compile(
    r"^https?://([a-z0-9-]+\.)*gov\.cn(:[0-9]+)?([/?#].*)?$", re.IGNORECASE
)
REASON = "Published before a reason was asked for."


def keep_what_is_there(apps, schema_editor):
    policies = apps.get_model("policies", "Policy")._base_manager
    for policy in policies.exclude(source_url=""):
        if not OFFICIAL.match(policy.source_url):
            note = f"{policy.verification}\nAddress: {policy.source_url}".strip()
            policies.filter(pk=policy.pk).update(verification=note, source_url="")
    bare = policies.filter(is_published=True, source_url="", no_source_reason="")
    bare.update(no_source_reason=REASON)


class Migration(migrations.Migration):
    dependencies = [("policies", "0012_text_and_source")]

    operations = [
        migrations.RunPython(
            keep_what_is_there, migrations.RunPython.noop, elidable=True
        ),
    ]
