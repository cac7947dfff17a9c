"""Writes the steps of a plan of policies, or restores what was there before a batch."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.db.models import F
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from cbec_site.base.history import note_parts
from cbec_site.base.limits import OBJECTS_AT_ONCE, REASON_LENGTH, REFUSALS_NAMED
from datasets.imports.batch_record import PreviewOutdatedError
from policies.dependents import links_elsewhere
from policies.force import Kind
from policies.models import (
    PilotZone,
    Policy,
    PolicyAttachment,
    PolicyBatch,
    PolicyChange,
    PolicyEvent,
    PolicyRelation,
)

from .events import events_text, set_events, stated_in, with_stated
from .plan import PolicyPlan, Step
from .relations import set_relations
from .snapshots import FIELDS, fill, set_lists, snapshot, stored_policies


def lock_policies() -> None:
    """Make other writers of policies wait until the transaction ends.

    Otherwise two files that name the same policies in different orders, or a file and a
    form that locks one of them, would wait for each other for ever. Readers do not
    wait. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(Policy._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")


def write(plan: PolicyPlan, batch: PolicyBatch, track) -> dict[str, int]:
    """Write every step of a plan as part of `batch`.

    Returns how many policies it published and withdrew. Raises PreviewOutdatedError
    when a policy is no longer as its step says.
    """
    became = {"published": 0, "withdrawn": 0}
    steps = track(plan.steps, plan.write_count, "writing")
    while chunk := list(islice(steps, OBJECTS_AT_ONCE)):
        _write(chunk, batch)
        for step in chunk:
            was, is_now = _is_public(step.before), _is_public(step.after)
            became["published"] += is_now and not was
            became["withdrawn"] += was and not is_now
    # Only now does every act exist that an event may name.
    with_parts = (
        step for step in plan.steps if _parts(step.after) != _parts(step.before)
    )
    while chunk := list(islice(with_parts, OBJECTS_AT_ONCE)):
        stored = stored_policies(step.code for step in chunk)
        changed = [(stored[step.code], step.after) for step in chunk]
        set_events(changed, _words(batch))
        set_relations(changed, _words(batch))
        note_parts(Policy, [policy.pk for policy, _state in changed])
    return became


def _is_public(state: dict | None) -> bool:
    """Whether a snapshot, or none, is of a public act."""
    return bool(state and state["is_published"])


def _parts(state: dict | None) -> tuple[str, str]:
    """The events and relations of a snapshot, which may name other acts."""
    state = state or {}
    return state.get("events", ""), state.get("relations", "")


def _words(batch: PolicyBatch) -> dict:
    """Author and reason, for the history."""
    return {
        "default_user": batch.user,
        "default_change_reason": _reason(batch),
    }


def _reason(batch: PolicyBatch) -> str:
    """Why, and from which file, as the history keeps it; a long name loses its end."""
    if not (batch.reason and batch.file_name):
        return (batch.reason or batch.file_name)[:REASON_LENGTH]
    room = max(REASON_LENGTH - len(f"{batch.reason} ()"), 1)
    name = batch.file_name
    if len(name) > room:
        name = f"{name[: room - 1]}…"
    return f"{batch.reason} ({name})"[:REASON_LENGTH]


def _write(steps: list[Step], batch: PolicyBatch) -> None:
    """Write some steps and keep what was there.

    Raises PreviewOutdatedError if that differs from the steps.
    """
    stored = stored_policies((step.code for step in steps), lock=True)
    for step in steps:
        policy = stored.get(step.code)
        if (snapshot(policy) if policy else None) != step.before:
            raise PreviewOutdatedError
    written = [
        (fill(stored.get(step.code) or Policy(), step.after), step.after)
        for step in steps
    ]
    _save([policy for policy, _state in written], batch)
    set_lists(written)
    note_parts(Policy, [policy.pk for policy, _state in written])
    PolicyChange.objects.bulk_create(
        PolicyChange(
            batch=batch,
            code=step.code,
            line=step.line,
            before=step.before,
            after=step.after,
        )
        for step in steps
    )


def _save(policies: list[Policy], batch: PolicyBatch) -> None:
    """Insert new policies and update the others, each with a line in its history."""
    words = _words(batch)
    new = [policy for policy in policies if policy.pk is None]
    old = [policy for policy in policies if policy.pk is not None]
    try:
        if new:
            bulk_create_with_history(new, Policy, **words)
    except IntegrityError:
        # Somebody else added one of these codes since the comparison.
        raise PreviewOutdatedError from None
    if old:
        bulk_update_with_history(old, Policy, FIELDS, **words)


def restore(batch: PolicyBatch, undoing: PolicyBatch) -> int:
    """Restore what was there before; returns how many policies it changes.

    Raises ValidationError with the policies that were changed since or that something
    rests on.
    """
    refused: list[str] = []
    for chunk in _chunks(batch):
        _restore(chunk, undoing, refused)
        if len(refused) >= REFUSALS_NAMED:
            break
    if refused:
        raise ValidationError(refused[:REFUSALS_NAMED])
    return batch.new_count + batch.changed_count


def _chunks(batch) -> Iterator[list[PolicyChange]]:
    changes = batch.changes.order_by("pk").iterator(chunk_size=OBJECTS_AT_ONCE)
    while chunk := list(islice(changes, OBJECTS_AT_ONCE)):
        yield chunk


def _restore(changes, undoing, refused):
    """Put some policies back, unless one of them was changed or is in use."""
    stored = stored_policies((change.code for change in changes), lock=True)
    moved = [
        change.code
        for change in changes
        if not _is_as_left(stored.get(change.code), change.after)
    ]
    refused += [_("%(row)s has been changed since.") % {"row": code} for code in moved]
    if refused:
        return
    restored = [
        (fill(stored.get(change.code) or Policy(), before), before)
        for change in changes
        if (before := _whole(change.before, stored.get(change.code)))
    ]
    _save([policy for policy, _state in restored], undoing)
    set_lists(restored)
    set_events(restored, _words(undoing))
    set_relations(restored, _words(undoing))
    note_parts(Policy, [policy.pk for policy, _state in restored])
    _delete([stored[c.code] for c in changes if not c.before], undoing, refused)
    PolicyChange.objects.bulk_create(
        PolicyChange(
            batch=undoing,
            code=change.code,
            line=change.line,
            before=change.after,
            after=change.before,
        )
        for change in changes
    )


def _is_as_left(policy: Policy | None, after: dict | None) -> bool:
    """Whether a policy is still as a batch left it.

    Batches from before acts had events kept a status alone.
    """
    if policy is None or after is None:
        return policy is None and after is None
    now = snapshot(policy)
    if "events" not in after and all(
        e.kind == Kind.STATED for e in policy.events.all()
    ):
        del now["events"], now["relations"]
    return now == after


def _whole(before: dict | None, policy: Policy | None) -> dict | None:
    """The state before a batch, with the events that older batches did not store."""
    if before is None or "events" in before:
        return before
    events = events_text(policy.events.all()) if policy else ""
    if before["status"] != stated_in(events):
        today = timezone.localdate().isoformat()
        events = with_stated(events, before["status"], day=today, source="")
    return before | {"events": events, "relations": ""}


def _delete(policies, undoing, refused):
    """Delete what the batch added, unless something rests on it."""
    for code, names in _users(policies).items():
        refused.append(
            _("%(row)s is still used. Remove it from these first: %(names)s")
            % {"row": code, "names": ", ".join(sorted(names)[:REFUSALS_NAMED])}
        )
    if refused or not policies:
        return
    for policy in policies:
        policy._change_reason = _reason(undoing)
        policy._history_user = undoing.user
    # Delete these objects themselves, so that their history says who and why.
    collector = Collector(using=connection.alias)
    collector.collect(policies)
    collector.delete()


def _users(policies) -> dict[str, set[str]]:
    """What names policies and would not be deleted with them, by code; one query per
    link."""
    links = [
        (PolicyAttachment.objects.all(), "policy"),
        (PolicyEvent.objects.exclude(policy__in=policies), "act"),
        (PolicyRelation.objects.exclude(policy__in=policies), "other"),
        (PilotZone.objects.all(), "approved_by"),
        (PilotZone.objects.all(), "ended_by"),
        *links_elsewhere(),
    ]
    users_of = defaultdict(set)
    for rows, name in links:
        users = rows.filter(**{f"{name}__in": policies})
        users = users.annotate(used_code=F(f"{name}__code"))
        for user in users.filter(used_code__in=[policy.code for policy in policies]):
            users_of[user.used_code].add(str(user))
    return users_of
