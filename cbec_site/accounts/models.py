"""What the site keeps about accounts beside Django's own tables."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ShippedRole(models.Model):
    """A role that has been created once and is never created again.

    An administrator may rename it, change what it allows or delete it.
    """

    name = models.CharField(max_length=150, unique=True)
    group = models.OneToOneField(
        Group, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    def __str__(self):
        return self.name


class AccountState(models.Model):
    """From when sessions of an account are valid: those begun earlier have ended."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="state"
    )
    sessions_since = models.DateTimeField()

    def __str__(self):
        return f"{self.user} {self.sessions_since:%Y-%m-%d %H:%M}"


class SignInAttempt(models.Model):
    """That somebody has just tried to sign in; rows go after a day.

    `digest` is a keyed digest of an account, of a network, or of both together.
    """

    digest = models.CharField(max_length=64)
    tried_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["digest", "tried_at"])]

    def __str__(self):
        return f"{self.digest[:8]} {self.tried_at:%H:%M}"


class AppendOnlyError(TypeError):
    """An attempt to change or delete an entry of the audit log."""


class AppendOnlyQuerySet(models.QuerySet):
    """Rows can only be added and read."""

    def _refuse(self, *args, **kwargs):
        raise AppendOnlyError("What is recorded is neither changed nor deleted.")

    update = delete = bulk_update = update_or_create = _refuse
    # Django hides these methods from templates; so do we.
    delete.alters_data = True


class AuditEntry(models.Model):
    """An action worth recording; rows are only ever added and read.

    After `AUDIT_ADDRESS_DAYS` the address is shortened to its network (audit.py).
    """

    class Act(models.TextChoices):
        SIGNED_IN = "signed_in", _("Signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
        THROTTLED = "throttled", _("Sign-in refused: too many attempts")
        CODE_FAILED = "code_failed", _("Wrong second factor")
        SIGNED_OUT = "signed_out", _("Signed out")
        SIGNED_OUT_EVERYWHERE = "signed_out_all", _("Signed out everywhere")
        PASSWORD_CHANGED = "password", _("Password changed")
        FACTOR_CHANGED = "second_factor", _("Second factor changed")
        RIGHTS_CHANGED = "rights", _("Rights changed")
        PUBLISHED = "published", pgettext_lazy("state", "Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        IMPORTED = "imported", _("Imported")
        EXPORTED = "exported", _("Exported")

    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    act = models.CharField(_("act"), max_length=16, choices=Act, db_index=True)
    account = models.CharField(_("account"), max_length=150, blank=True)
    address = models.CharField(_("address"), max_length=45, blank=True)
    is_shortened = models.BooleanField(default=False, editable=False)
    subject = models.CharField(
        pgettext_lazy("subject", "about"), max_length=200, blank=True
    )
    detail = models.CharField(_("detail"), max_length=500, blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["is_shortened", "at"])]

    def __str__(self):
        return f"{self.get_act_display()} {self.account} {self.subject}".strip()

    def save(self, *args, **kwargs):
        if not self._state.adding:
            AuditEntry.objects.update()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        AuditEntry.objects.delete()
