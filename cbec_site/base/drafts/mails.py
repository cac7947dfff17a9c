"""Mail to those for whom a draft waits; sent after the transaction commits."""

from django.conf import settings
from django.contrib.auth import get_permission_codename, get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from .models import Draft, DraftEvent

Act = DraftEvent.Act


def notify_by_mail(event: DraftEvent) -> None:
    """Notify reviewers of a submitted draft, and authors of its outcome.

    Nobody gets mail about their own act.
    """
    draft = event.draft
    if event.act == Act.SUBMITTED:
        receivers = reviewers(draft)
    elif event.act in (Act.RETURNED, Act.SCHEDULED, Act.PUBLISHED, Act.FAILED):
        receivers = [draft.author]
        if event.act == Act.FAILED and draft.approved_by:
            receivers.append(draft.approved_by)
    else:
        return
    actor = event.user_id
    addresses = {user.email for user in receivers if user.email and user.pk != actor}
    if addresses:
        transaction.on_commit(lambda: _send(event, sorted(addresses)), robust=True)


def reviewers(draft: Draft):
    """The accounts that may publish rows of a draft's kind."""
    model = draft.content_type.model_class()
    codename = get_permission_codename("publish", model._meta)
    permission = f"{model._meta.app_label}.{codename}"
    backend = settings.AUTHENTICATION_BACKENDS[0]
    users = get_user_model().objects
    return users.with_perm(permission, backend=backend).filter(is_active=True)


def _send(event: DraftEvent, addresses: list[str]) -> None:
    draft = event.draft
    with override(settings.LANGUAGE_CODE):
        words = {"title": str(draft), "act": event.get_act_display()}
        words["user"] = event.user or _("The schedule")
        subject = _("Draft “%(title)s”: %(act)s") % words
        lines = [_("By %(user)s.") % words, event.text]
        lines.append(f"{settings.SITE_URL}{draft.get_edit_url()}")
    # A title may hold line breaks; a subject may not.
    subject = " ".join(subject.split())
    for address in addresses:
        send_mail(subject, "\n\n".join(filter(None, lines)), None, [address])
