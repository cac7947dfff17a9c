"""Records who signed in, failed to, published, imported, exported or changed rights."""

import datetime
import textwrap

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import models
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.utils import timezone
from simple_history.models import HistoricalRecords

from cbec_site.base.acts import acted
from cbec_site.base.clients import client_address, network_of
from datasets.models.batches import Batch

from .models import AuditEntry

Act = AuditEntry.Act
DETAIL = AuditEntry._meta.get_field("detail").max_length


def record(act, request=None, account="", subject="", detail="") -> None:
    """Add an entry; the request says who acted and from where, unless that is given.

    What does not fit into the detail of one entry, such as a long list of rights, goes
    on in the next.
    """
    request = request or getattr(HistoricalRecords.context, "request", None)
    user = getattr(request, "user", None)
    if not account and user is not None and user.is_authenticated:
        account = user.get_username()
    for part in textwrap.wrap(printable(detail), DETAIL) or [""]:
        AuditEntry.objects.create(
            act=act,
            account=printable(account)[:150],
            address=client_address(request)[:45] if request else "",
            subject=printable(subject)[:200],
            detail=part,
        )


def printable(text) -> str:
    """Without control characters, which would forge lines where a log is read."""
    return "".join(letter if letter.isprintable() else " " for letter in str(text))


def shorten_addresses(at_most=None) -> int:
    """Shorten addresses older than `AUDIT_ADDRESS_DAYS` to /24 or /48; returns how
    many.

    The worker calls it every few seconds, for `at_most` rows at a time.
    """
    limit = timezone.now() - datetime.timedelta(days=settings.AUDIT_ADDRESS_DAYS)
    old = AuditEntry.objects.filter(is_shortened=False, at__lt=limit).order_by("at")
    rows = list(old.values_list("pk", "address")[:at_most])
    # The only change ever made to the log; it bypasses the model, which forbids
    # changes.
    plain = models.QuerySet(AuditEntry)
    for pk, address in rows:
        short = network_of(address, ipv4=24, ipv6=48)
        plain.filter(pk=pk).update(address=short, is_shortened=True)
    return len(rows)


def connect():
    """Connect the receivers; called once when the site starts."""
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    acted.connect(_acted)
    post_save.connect(_imported)
    pre_save.connect(_user_about_to_be_saved, sender=get_user_model())
    for through in (
        get_user_model().groups.through,
        get_user_model().user_permissions.through,
        Group.permissions.through,
    ):
        m2m_changed.connect(_rights_changed, sender=through)


def _signed_in(request, user, **kwargs):
    record(Act.SIGNED_IN, request, user.get_username())


def _signed_out(request, user, **kwargs):
    if user is not None:
        record(Act.SIGNED_OUT, request, user.get_username())


def _acted(sender, act, subject, detail="", account="", **kwargs):
    record(act, account=account, subject=subject, detail=detail)


def _imported(sender, instance, **kwargs):
    """Record an import once, however often its batch is saved."""
    if not issubclass(sender, Batch) or instance.state != Batch.State.APPLIED:
        return
    subject = f"{sender._meta.label} {instance.pk}"
    if not AuditEntry.objects.filter(act=Act.IMPORTED, subject=subject).exists():
        user = instance.user.get_username() if instance.user else ""
        detail = instance.file_name
        if instance.undoes_id:
            detail = f"undoes {instance.undoes_id}: {detail}"
        record(Act.IMPORTED, account=user, subject=subject, detail=detail)


WATCHED = ("is_active", "is_staff", "is_superuser")


def _user_about_to_be_saved(sender, instance, update_fields=None, raw=False, **kwargs):
    """Record which of the flags of an account change."""
    if raw or (update_fields and not set(WATCHED) & set(update_fields)):
        return
    stored = sender.objects.filter(pk=instance.pk).values(*WATCHED).first()
    old = stored or dict.fromkeys(WATCHED, False)
    changed = [
        f"{name}: {old[name]} → {getattr(instance, name)}"
        for name in WATCHED
        if bool(getattr(instance, name)) != old[name]
    ]
    if changed:
        subject = f"account {instance.get_username()}"
        record(Act.RIGHTS_CHANGED, subject=subject, detail=", ".join(changed))


SIGNS = {"post_add": "+ ", "post_remove": "− ", "pre_clear": "− "}


def _rights_changed(sender, instance, action, reverse, model, pk_set, **kwargs):
    """Record groups of accounts and permissions of accounts and groups that change."""
    if action not in SIGNS:
        return
    if action == "pre_clear":
        names = "all"
    elif not pk_set:
        return
    elif model is Permission:
        permissions = Permission.objects.filter(pk__in=pk_set).order_by("codename")
        names = ", ".join(permissions.values_list("codename", flat=True))
    else:
        names = ", ".join(str(row) for row in model.objects.filter(pk__in=pk_set))
    kind = "role" if isinstance(instance, Group) else "account"
    record(
        Act.RIGHTS_CHANGED,
        subject=f"{kind} {instance}",
        detail=f"{SIGNS[action]}{names}",
    )
