from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

# What each shipped role may do with the models of an app; accounts stay with
# administrators. Nobody but an administrator deletes data.
ROLES = {
    "Editors 编辑": {
        "datasets": ("add", "change", "view", "import"),
        "policies": ("add", "change", "view", "import"),
        "swot": ("add", "change", "view"),
        "cbec_site": ("change", "view"),
    },
    "Readers of the desk 查阅": {
        "datasets": ("view",),
        "policies": ("view",),
        "swot": ("view",),
        "cbec_site": ("view",),
    },
}


class CbecSiteConfig(AppConfig):
    name = "cbec_site"
    verbose_name = _("Site")

    def ready(self):
        post_migrate.connect(make_roles, sender=self)


def make_roles(using, **kwargs):
    """Make the shipped groups where they are missing; changed ones are left alone."""
    from django.apps import apps
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    groups = Group.objects.using(using)
    missing = [name for name in ROLES if not groups.filter(name=name).exists()]
    if not missing:
        return
    for app in next(iter(ROLES.values())):
        create_permissions(apps.get_app_config(app), verbosity=0, using=using)
    for name in missing:
        wanted = [
            permission
            for app, actions in ROLES[name].items()
            for permission in Permission.objects.using(using).filter(
                content_type__app_label=app
            )
            if permission.codename.startswith(tuple(f"{word}_" for word in actions))
        ]
        groups.create(name=name).permissions.set(wanted)
