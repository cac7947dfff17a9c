"""The roles that a site starts with. Each is a group that administrators may change."""

from django.apps import apps
from django.contrib.auth.management import create_permissions

from cbec_site.catalogues import PACKAGES

CONTRIBUTOR = "Contributor 撰稿"
EDITOR = "Editor 编辑"
DATA_EDITOR = "Data editor 数据编辑"
ADMINISTRATOR = "Administrator 管理员"
READER = "Readers of the desk 查阅"

_READ = dict.fromkeys(PACKAGES, ("view",))
_WRITE = ("add", "change", "view")
# Their names are public as soon as they are saved, so they have no drafts.
_NAMES = ("issuer", "topic")

# What each role may do, by app: prefixes of permission codenames.
ROLES = {
    CONTRIBUTOR: _READ | dict.fromkeys(("cbec_site", "policies", "swot"), _WRITE),
    EDITOR: {
        "cbec_site": (*_WRITE, "publish"),
        "datasets": ("view", "export"),
        "policies": (*_WRITE, "publish", "import", "export"),
        "swot": (*_WRITE, "publish"),
    },
    DATA_EDITOR: _READ
    | {
        "datasets": (*_WRITE, "publish", "import", "export"),
        "policies": ("view", "export"),
    },
    ADMINISTRATOR: dict.fromkeys(
        PACKAGES, (*_WRITE, "delete", "publish", "import", "export")
    )
    | {"auth": ("add_user", "change_user", "view"), "accounts": ("view",)},
    READER: _READ,
}
# What else a role may or may not do, by full codename.
_NOT = {
    CONTRIBUTOR: {
        *(f"{act}_{name}" for act in ("add", "change") for name in _NAMES),
        "add_report",
        "change_report",
        "add_correction",
        "change_correction",
    }
}


# Parts of policies that were added after sites already had their own groups.
PARTS = dict.fromkeys(
    ("policyevent", "policyrelation", "policyattachment", "proposedfact", "savedview"),
    "policy",
)
PART_MARK = "rights on "


def make_roles(using, **kwargs):
    """Create each role that was never created here; existing roles are left alone.

    To be called after `migrate`.
    """
    from django.contrib.auth.models import Group

    from .models import ShippedRole

    made = set(ShippedRole.objects.using(using).values_list("name", flat=True))
    missing = [name for name in ROLES if name not in made]
    new_parts = [name for name in PARTS if PART_MARK + name not in made]
    if not missing and not new_parts:
        return
    # They may be created after this app has had its turn.
    for app in (*PACKAGES, "auth", "accounts"):
        create_permissions(apps.get_app_config(app), verbosity=0, using=using)
    for name in new_parts:
        _share_rights(name, PARTS[name], using)
        ShippedRole.objects.using(using).create(name=PART_MARK + name)
    for name in missing:
        group, is_new = Group.objects.using(using).get_or_create(name=name)
        if is_new:
            group.permissions.set(permissions_of(name, using))
        ShippedRole.objects.using(using).create(name=name, group=group)


def _share_rights(part, whole, using):
    """Let those who may do something with a policy do the same with its parts.

    Done once for each kind of part, so that what an administrator revokes stays
    revoked.
    """
    from django.contrib.auth.models import Group, Permission

    rights = Permission.objects.using(using).filter(content_type__app_label="policies")
    for act in (*_WRITE, "delete"):
        right = rights.filter(codename=f"{act}_{part}").first()
        groups = Group.objects.using(using).filter(
            permissions__content_type__app_label="policies",
            permissions__codename=f"{act}_{whole}",
        )
        for group in groups.distinct() if right else ():
            group.permissions.add(right)


def permissions_of(role, using="default"):
    """The permissions that a role is made with."""
    from django.contrib.auth.models import Permission

    return [
        permission
        for app, acts in ROLES[role].items()
        for permission in Permission.objects.using(using).filter(
            content_type__app_label=app
        )
        if permission.codename.startswith(acts)
        and permission.codename not in _NOT.get(role, ())
    ]
