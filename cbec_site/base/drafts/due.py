"""Drafts that are due to go live, and rows that are due to be withdrawn."""

import logging

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..acts import announce_publication
from ..reasons import reason
from . import acts
from .models import Draft, DraftEvent

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 100
EXPIRED = reason("expired", _("withdrawn as scheduled"))


def publish_due(moment=None) -> int:
    """Publish every scheduled draft that is due; returns how many.

    Each has a transaction of its own: a process that is killed has published a draft
    completely or not at all, and the next run does the rest. A draft that cannot be
    published is returned with the reason and not tried again.
    """
    count = 0
    keys = (
        Draft.objects.due(moment).order_by("live_at", "pk").values_list("pk", flat=True)
    )
    for key in list(keys[:MOST_AT_ONCE]):
        count += _publish(key, moment or timezone.now())
    return count


def _publish(key, moment) -> bool:
    try:
        with transaction.atomic():
            rows = Draft.objects.due(moment).filter(pk=key)
            draft = rows.select_for_update(skip_locked=True).first()
            if draft is None:
                return False
            acts.publish(draft, draft.approved_by)
            return True
    except (ValidationError, PermissionDenied) as error:
        words = "\n".join(getattr(error, "messages", [str(error)]))
        _give_back(key, words)
        logger.warning(
            "A scheduled draft could not be published.", extra={"draft": key}
        )
        return False


@transaction.atomic
def _give_back(key, words):
    draft = Draft.objects.select_for_update().get(pk=key)
    if draft.state == Draft.State.SCHEDULED:
        draft.state, draft.message = Draft.State.RETURNED, words
        draft.save(update_fields=["state", "message"])
        acts.record_event(draft, DraftEvent.Act.FAILED, None, words)


def withdraw_due(moment=None) -> int:
    """Withdraw rows whose time of publication has passed; returns how many."""
    moment, count = moment or timezone.now(), 0
    expired = Draft.objects.filter(
        state=Draft.State.PUBLISHED, expires_at__lte=moment
    ).order_by("expires_at", "pk")
    for key in list(expired.values_list("pk", flat=True)[:MOST_AT_ONCE]):
        with transaction.atomic():
            draft = expired.filter(pk=key).select_for_update(skip_locked=True).first()
            if draft is None:
                continue
            row = draft.target
            if row is not None and row.is_published:
                row.is_published = False
                row._change_reason = EXPIRED
                row._history_user = draft.approved_by
                row.save()
                announce_publication(row, "expired", owner(draft).get_username())
                count += 1
            draft.expires_at = None
            draft.save(update_fields=["expires_at"])
    return count


def owner(draft: Draft) -> AbstractBaseUser:
    """The account responsible for what the draft publishes."""
    return draft.approved_by or draft.author
