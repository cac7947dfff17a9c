"""The only functions that change a draft's state; each records what happened."""

import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from ..acts import announce_publication
from .checklist import NotPublishableError, check_publishable
from .mails import notify_by_mail
from .models import Draft, DraftEvent
from .overtaking import SEEN, OvertakenError, check_seen, waiting_draft
from .preview import published
from .replay import make_request, replay, save, typed

State, Act = Draft.State, DraftEvent.Act


def keep_typed(user, model, object_id, token, data) -> Draft:
    """Keep what a user is typing as their private draft of a row, or of a new row."""
    kind = ContentType.objects.get_for_model(model)
    key = {"content_type": kind, "author": user, "state": State.PRIVATE}
    key |= {"object_id": object_id, "token": "" if object_id else token[:32]}
    # The draft that the form was opened with, if any.
    seen = {SEEN: [data[SEEN]]} if data.get(SEEN) else {}
    values = {"fields": typed(data) | seen, "title": title_of(data)}
    draft, _is_new = Draft.objects.update_or_create(
        **key, defaults=values | {"updated_at": timezone.now()}
    )
    return draft


def title_of(data) -> str:
    """The draft's label in lists: its code and its first title."""
    parts = [data.get("code", "")]
    for name in ("title", "name", "statement"):
        for language in ("zh_hans", "en"):
            parts.append(data.get(f"{name}_{language}", ""))
    first = [part.strip() for part in parts if part and part.strip()]
    return " ".join(first[:2])[:200]


@transaction.atomic
def save_draft(user, model, object_id, data, *, draft=None, token="") -> Draft:
    """Save a form as the draft of its row, visible to all editors of this kind of row.

    The user's private draft is removed. Raises OvertakenError if somebody else has
    saved a draft of the row, or the draft that the form was opened with, meanwhile.
    """
    kind = ContentType.objects.get_for_model(model)
    found = draft or waiting_draft(model, object_id, data)
    if found is not None:
        if draft is None and SEEN not in data:
            raise OvertakenError(found)
        draft = Draft.objects.select_for_update().get(pk=found.pk)
        check_seen(draft, data)
    draft = draft or Draft(content_type=kind, object_id=object_id, author=user)
    draft.fields, draft.title = typed(data), title_of(data)
    if draft.state not in (State.SUBMITTED, State.RETURNED):
        draft.state = State.OPEN
    # Changing an approved draft withdraws the approval.
    draft.approved_by = draft.live_at = None
    draft.message = ""
    draft.updated_at = timezone.now()
    draft.save()
    forget_typed(user, model, object_id, token)
    record_event(draft, Act.SAVED, user)
    return draft


def forget_typed(user, model, object_id, token="") -> None:
    """Drop the private draft: it was saved, published or discarded."""
    kind = ContentType.objects.get_for_model(model)
    typed_rows = Draft.objects.private(user).filter(
        content_type=kind, object_id=object_id
    )
    if object_id is None:
        typed_rows = typed_rows.filter(token=token[:32])
    typed_rows.delete()


@transaction.atomic
def submit(draft: Draft, user, text: str = "") -> None:
    """Submit a draft to the editors who publish.

    Raises ValidationError naming what its form has to have corrected first.
    """
    request = make_request(user, draft.data)
    request.is_drafting = True
    replayed = replay(draft, request)
    if not replayed.is_valid():
        lead = _("The draft is saved but not submitted: correct what is marked first.")
        raise ValidationError([lead, *replayed.problems()])
    _change(draft, State.SUBMITTED, {State.OPEN, State.RETURNED})
    record_event(draft, Act.SUBMITTED, user, text)


@transaction.atomic
def send_back(draft: Draft, user, text: str) -> None:
    """Return a draft to its author; ValidationError without a reason."""
    if not text.strip():
        raise ValidationError(_("Say what is to be done before it can be published."))
    _change(draft, State.RETURNED, {State.SUBMITTED, State.SCHEDULED, State.OPEN})
    record_event(draft, Act.RETURNED, user, text)


def comment(draft: Draft, user, text: str) -> None:
    """Add a comment to a draft; ValidationError if it is empty."""
    if not text.strip():
        raise ValidationError(_("Write a comment."))
    record_event(draft, Act.COMMENTED, user, text)


@transaction.atomic
def discard(draft: Draft, user) -> None:
    """Discard a draft. Its text stays readable in its record."""
    _change(draft, State.DISCARDED, {*Draft.WAITING, State.PRIVATE})
    record_event(draft, Act.DISCARDED, user)


@transaction.atomic
def schedule(
    draft: Draft,
    user,
    live_at: datetime.datetime,
    expires_at: datetime.datetime | None = None,
) -> None:
    """Approve a draft for a future moment; it has to be publishable today.

    Raises ValidationError naming what stands in the way, and PermissionDenied if users
    try to approve what they wrote themselves.
    """
    check_approval(draft, user)
    if live_at <= timezone.now():
        raise ValidationError(_("The time to go live has passed; publish it now."))
    if expires_at is not None and expires_at <= live_at:
        raise ValidationError(_("It must be withdrawn after it goes live."))
    request = make_request(user, published(draft.data))
    with transaction.atomic():
        problems = _applied(draft, request)[1]
        transaction.set_rollback(True)
    if problems:
        raise ValidationError(problems)
    draft.refresh_from_db()
    draft.live_at, draft.expires_at, draft.approved_by = live_at, expires_at, user
    draft.message = ""
    _change(draft, State.SCHEDULED, {State.OPEN, State.SUBMITTED, State.RETURNED})
    record_event(draft, Act.SCHEDULED, user)


@transaction.atomic
def publish(draft: Draft, user, *, request=None):
    """Replay a draft and publish its row, with every check made now.

    Returns the row. Raises ValidationError with what stands in the way; then nothing is
    written.
    """
    stored = Draft.objects.select_for_update().get(pk=draft.pk)
    if not stored.is_open_for_work:
        raise ValidationError(_("Somebody else has dealt with this draft meanwhile."))
    check_approval(stored, user)
    if not may_publish(stored, user):
        raise PermissionDenied
    request = request or make_request(user, published(stored.data))
    was_public = getattr(stored.target, "is_published", False)
    row, problems = _applied(stored, request)
    if problems:
        raise ValidationError(problems)
    if was_public:
        # The admin announces rows that become public.
        announce_publication(row, "draft of a public row", user.get_username())
    done(stored, user, row)
    return row


def _applied(draft, request):
    """(the row written, []) or (None, what stands in the way)."""
    if draft.object_id is not None and draft.target is None:
        return None, [_("What this draft changes has been deleted.")]
    draft.fields = dict(request.POST.lists())
    replayed = replay(draft, request)
    if not replayed.is_valid():
        return None, replayed.problems()
    before = getattr(HistoricalRecords.context, "request", None)
    HistoricalRecords.context.request = request
    try:
        with transaction.atomic():
            row = save(replayed, request, draft)
            check_publishable(draft.model_admin, row)
        return row, []
    except NotPublishableError as error:
        return None, error.messages
    finally:
        if before is None:
            del HistoricalRecords.context.request
        else:
            HistoricalRecords.context.request = before


def done(draft: Draft, user, row) -> None:
    """Note that a draft is public as of now."""
    Draft.objects.filter(pk=draft.pk).update(
        state=State.PUBLISHED, object_id=row.pk, updated_at=timezone.now()
    )
    draft.refresh_from_db()
    record_event(draft, Act.PUBLISHED, user)


def may_publish(draft: Draft, user) -> bool:
    """Whether a user may save a draft's row and make it public."""
    request, target = make_request(user, draft.data), draft.target
    admin = draft.model_admin
    if target is None:
        is_allowed = admin.has_add_permission(request)
    else:
        is_allowed = admin.has_change_permission(request, target)
    return is_allowed and admin.may_publish(request, target)


def may_approve(draft: Draft | None, user) -> bool:
    """Whether a user may publish a draft, or (if None) what was just typed."""
    is_own = draft is None or draft.author_id == user.pk
    return not (settings.APPROVAL_BY_OTHERS and is_own)


def check_approval(draft: Draft | None, user) -> None:
    """Raises PermissionDenied if the setting forbids approving one's own draft."""
    if not may_approve(draft, user):
        raise PermissionDenied(_("Somebody else must approve what you wrote."))


def _change(draft: Draft, state, allowed) -> None:
    """Move a draft to a state; ValidationError if it is no longer where it was."""
    stored = Draft.objects.select_for_update().get(pk=draft.pk)
    if stored.state not in allowed:
        raise ValidationError(_("Somebody else has dealt with this draft meanwhile."))
    draft.state, draft.updated_at = state, timezone.now()
    draft.save()


def record_event(draft: Draft, act, user, text: str = "") -> DraftEvent:
    """Record what happened to the draft, and send mail to those concerned."""
    event = DraftEvent.objects.create(
        draft=draft, act=act, user=user, text=text.strip()
    )
    notify_by_mail(event)
    return event
