"""Publishing and exporting ask for permissions of their own from now on.

Whoever could do them before, by changing or by looking at the rows, still can.
"""

from django.db import migrations
from django.db.models import Q

PUBLISHED = {
    "cbec_site": ["page"],
    "datasets": ["indicator", "observation", "figure"],
    "policies": ["policy", "pilotzone"],
    "swot": ["analysis", "entry", "recommendation", "claim", "event", "correction"],
}
EXPORTED = {"datasets": ["observation"], "policies": ["policy"]}


def keep_rights(apps, schema_editor):
    using = schema_editor.connection.alias
    for act, models, before in (
        ("publish", PUBLISHED, ["change"]),
        ("export", EXPORTED, ["change", "view"]),
    ):
        for app, names in models.items():
            for name in names:
                grant(apps, using, app, name, act, before)


def grant(apps, using, app, name, act, before):
    """Give the permission to whoever has one of those `before`, should there be any."""
    held = Q(
        permissions__content_type__app_label=app,
        permissions__codename__in=[f"{word}_{name}" for word in before],
    )
    direct = Q(
        user_permissions__content_type__app_label=app,
        user_permissions__codename__in=[f"{word}_{name}" for word in before],
    )
    groups = apps.get_model("auth", "Group").objects.using(using).filter(held)
    users = apps.get_model("auth", "User").objects.using(using).filter(direct)
    if not (groups.exists() or users.exists()):
        return
    kinds = apps.get_model("contenttypes", "ContentType").objects.using(using)
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    permission, _is_new = permissions.get_or_create(
        content_type=kinds.get(app_label=app, model=name),
        codename=f"{act}_{name}",
        defaults={"name": f"Can {act} {name}"},
    )
    for group in groups.distinct():
        group.permissions.add(permission)
    for user in users.distinct():
        user.user_permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_roles"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("cbec_site", "0002_publish_permission"),
        ("datasets", "0007_publish_permission"),
        ("policies", "0003_publish_permission"),
        ("swot", "0015_publish_permission"),
    ]

    operations = [migrations.RunPython(keep_rights, migrations.RunPython.noop)]
