"""Accounts and roles in the admin: nobody gives more than they have themselves."""

import re

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from cbec_site.base.admin import without_unnamed_links
from cbec_site.base.read_only import ReadOnlyAdmin

from . import second_factor, sessions
from .audit import WATCHED, record
from .models import AuditEntry

MARK = re.compile(rf"\b({'|'.join(WATCHED)}|True|False)\b")

# They show the keys of second factors to anyone who may view them.
admin.site.unregister(TOTPDevice)
admin.site.unregister(StaticDevice)
admin.site.unregister(User)
admin.site.unregister(Group)


def may_manage(manager, user) -> bool:
    """Whether `user` has no right that `manager` lacks."""
    if manager.is_superuser:
        return True
    more = permissions_held(user) - manager.get_all_permissions()
    return not user.is_superuser and not more


def permissions_held(user) -> set[str]:
    """The permissions of an account, even a closed one, as Django writes them."""
    rows = Permission.objects.filter(user=user) | Permission.objects.filter(
        group__user=user
    )
    return names_of(rows)


ACTS = {
    "add": _("add"),
    "change": _("change"),
    "delete": _("delete"),
    "view": _("view"),
    "publish": _("publish and withdraw"),
    "import": _("import"),
    "export": _("export"),
    "review": _("review"),
}


class PermissionsField(forms.ModelMultipleChoiceField):
    """Permissions in the reader's language: app, kind of rows, act."""

    def label_from_instance(self, permission):
        model = permission.content_type.model_class()
        kind = model._meta.verbose_name_plural if model else permission.content_type
        app = apps.get_app_config(permission.content_type.app_label).verbose_name
        act = permission.codename.partition("_")[0]
        return f"{app} · {kind} · {ACTS.get(act, act)}"


class PermissionsAdmin:
    """For the admins of accounts and roles: only permissions that the site checks.

    Nothing checks the permissions of history versions, so they are left out.
    """

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name in ("permissions", "user_permissions"):
            permissions = Permission.objects.select_related("content_type")
            kinds = [
                kind.pk
                for kind in ContentType.objects.get_for_models(
                    *admin.site._registry
                ).values()
            ]
            kwargs["queryset"] = permissions.filter(content_type__in=kinds)
            kwargs["form_class"] = PermissionsField
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_deleted_objects(self, objs, request):
        shown, counts, *others = super().get_deleted_objects(objs, request)
        return *without_unnamed_links(self.opts, shown, counts), *others


def names_of(permissions) -> set[str]:
    pairs = permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in pairs}


def grantable_groups(manager):
    """The groups that allow nothing `manager` may not do."""
    groups = Group.objects.all()
    if manager.is_superuser:
        return groups
    held = manager.get_all_permissions()
    more = [
        group.pk
        for group in groups.prefetch_related("permissions__content_type")
        if {
            f"{permission.content_type.app_label}.{permission.codename}"
            for permission in group.permissions.all()
        }
        - held
    ]
    return groups.exclude(pk__in=more)


@admin.register(User)
class UserAdmin(PermissionsAdmin, DjangoUserAdmin, ModelAdmin):
    """Accounts are closed, not deleted, so that what a person did keeps their name."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = (
        "username",
        "email",
        "first_name",
        "last_name",
        "is_staff",
        "is_active",
        "last_login",
    )
    actions = ("close_accounts", "end_sessions", "remove_second_factor")

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (
            obj is None or may_manage(request.user, obj)
        )

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if request.user.is_superuser:
            return fields
        return [*fields, "is_superuser", "user_permissions"]

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "groups":
            kwargs["queryset"] = grantable_groups(request.user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def user_change_password(self, request, id, form_url=""):
        response = super().user_change_password(request, id, form_url)
        if response.status_code == 302:
            subject = f"account {self.get_object(request, unquote(id))}"
            record(AuditEntry.Act.PASSWORD_CHANGED, request, subject=subject)
        return response

    @admin.action(description=_("Close the selected accounts"), permissions=["change"])
    def close_accounts(self, request, queryset):
        """Nobody can sign in with a closed account; its record of actions stays."""
        for user in self.within_reach(request, queryset.filter(is_active=True)):
            user.is_active = False
            user.save(update_fields=["is_active"])
            sessions.end_all(user)

    @admin.action(
        description=_("Sign the selected accounts out everywhere"),
        permissions=["change"],
    )
    def end_sessions(self, request, queryset):
        for user in self.within_reach(request, queryset):
            sessions.end_all(user)
            subject = f"account {user.get_username()}"
            record(AuditEntry.Act.SIGNED_OUT_EVERYWHERE, request, subject=subject)

    @admin.action(
        description=_("Remove the second factor of the selected accounts"),
        permissions=["change"],
    )
    def remove_second_factor(self, request, queryset):
        """For a person who has lost both their app and their recovery codes."""
        for user in self.within_reach(request, queryset):
            second_factor.remove(user, request)
            sessions.end_all(user)

    def within_reach(self, request, queryset):
        """Yields the accounts that the user may manage; reports how many, and which
        not.

        Users' own accounts are left out.
        """
        done = 0
        for user in queryset:
            if user == request.user or not may_manage(request.user, user):
                text = _(
                    "%s was not changed: it is your own account, or has more "
                    "rights than yours."
                )
                self.message_user(request, text % user, level="error")
                continue
            yield user
            done += 1
        text = ngettext("Done for %d account.", "Done for %d accounts.", done)
        self.message_user(request, text % done, level="success" if done else "warning")


@admin.register(Group)
class GroupAdmin(PermissionsAdmin, DjangoGroupAdmin, ModelAdmin):
    """Roles are groups, made in `roles.py`; only superusers decide what they allow.

    Otherwise a role could give itself every right.
    """

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin, ModelAdmin):
    """The audit log, to read and search; nobody changes or deletes it here."""

    list_display = ("at", "act", "account", "address", "subject", "details")
    list_filter = ("act",)
    search_fields = ("account", "subject", "detail", "address")
    date_hierarchy = "at"
    list_per_page = 100
    show_full_result_count = False
    actions = None

    @admin.display(description=_("detail"))
    def details(self, entry):
        """The recorded flags of an account, in the reader's language."""
        names = {name: str(User._meta.get_field(name).verbose_name) for name in WATCHED}
        names |= {"True": gettext("yes"), "False": gettext("no")}
        return MARK.sub(lambda match: names[match[0]], entry.detail)
