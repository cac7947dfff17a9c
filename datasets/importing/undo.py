"""Undo a batch: exactly what it overwrote is restored, or nothing changes."""

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from cbec_site.base.bulk_writes import delete, insert, update
from cbec_site.base.limits import (
    FOLLOWED_ONE_BY_ONE,
    OBJECTS_AT_ONCE,
    REFUSALS_NAMED,
    ROWS_AT_ONCE,
)
from cbec_site.base.permanent_codes import texts_naming
from datasets.dependents import links_to_observations
from datasets.models import ImportBatch, Observation, Revision
from datasets.models.totals import touched_by
from datasets.signals import announce

CURRENT = (*Revision.WHOLE, "valid_from", "batch_id")
# The fields of a value that an import writes, and restores when it is undone.
CHANGED = [*Revision.WHOLE, "note", "valid_from", "batch"]
FORMER = ("pk", "observation_id", *Revision.WHOLE)
FORMER += tuple(f"observation__{name}" for name in CURRENT)


def check_undo(batch: ImportBatch) -> None:
    """Raise ValidationError naming what stands in the way of undoing a batch."""
    if batch.undoes and batch.undoes.new_count:
        # The values that it removed are not stored anywhere else.
        message = _(
            "It removed values that now exist only in their file; import "
            "that file again."
        )
        raise ValidationError(message)
    _refuse_changed_since(batch)


def restore(batch: ImportBatch, undoing: ImportBatch) -> int:
    """Restore what was there before and announce it; returns how many values change.

    Raises ValidationError when something rests on a value that the batch added.
    """
    touched = touched_by(Observation.objects.filter(batch=batch))
    restored, deleted = _restore(batch, undoing), _delete(batch)
    if len(restored) + len(deleted) > FOLLOWED_ONE_BY_ONE:
        restored, deleted = None, ()
    announce(
        observations=restored,
        former=deleted,
        touched=touched,
        batch=undoing,
        reason=undoing.reason,
    )
    return batch.changed_count


def series_of(batch: ImportBatch):
    """The series that a batch wrote to."""
    current = Observation.objects.filter(batch=batch)
    former = Observation.objects.filter(revisions__replaced_by=batch)
    return {
        key
        for rows in (current, former)
        for key in rows.values_list("indicator", flat=True).distinct()
    }


def _refuse_changed_since(batch):
    versions = Revision.objects.filter(batch=batch).exclude(replaced_by=batch)
    related = versions.select_related("observation__indicator", "observation__region")
    later = list(related[:REFUSALS_NAMED])
    kept = Observation.objects.filter(batch=batch).count()
    lost = batch.new_count + batch.changed_count - kept - len(later)
    messages = [
        _("%(row)s has been changed since.") % {"row": row_name(version.observation)}
        for version in later
    ]
    if lost > 0 and len(later) < REFUSALS_NAMED:
        messages.append(_("%s rows were deleted since.") % lost)
    if messages:
        raise ValidationError(messages)


def row_name(observation) -> str:
    """How messages name an observation: indicator, region, period."""
    series = f"{observation.indicator.title} · {observation.region.name}"
    return f"{series} · {observation.period}"


def _restore(batch, undoing) -> list[int]:
    """Restore the former versions; returns the ids, only the first if there are too
    many."""
    former = Revision.objects.filter(replaced_by=batch, observation__batch=batch)
    now, last, done = timezone.now(), 0, []
    while rows := list(
        former.filter(pk__gt=last).order_by("pk").values(*FORMER)[:ROWS_AT_ONCE]
    ):
        insert(Revision, (_ended(row, now, undoing.pk) for row in rows))
        update(Observation, CHANGED, (_former(row, now, undoing.pk) for row in rows))
        last = rows[-1]["pk"]
        done += (
            [row["observation_id"] for row in rows]
            if len(done) <= FOLLOWED_ONE_BY_ONE
            else []
        )
    return done


def _ended(row, now, batch) -> dict:
    """The current values, as the version that ends."""
    stored = {name: row[f"observation__{name}"] for name in CURRENT}
    return {name: stored[name] for name in Revision.WHOLE} | {
        "note_zh_hans": stored["note_zh_hans"] or "",
        "note_en": stored["note_en"] or "",
        "observation_id": row["observation_id"],
        "valid_from": min(stored["valid_from"], now),
        "valid_to": now,
        "batch_id": stored["batch_id"],
        "replaced_by_id": batch,
    }


def _former(row, now, batch) -> dict:
    """The observation as in its former version."""
    return {name: row[name] for name in Revision.WHOLE} | {
        "pk": row["observation_id"],
        "note": row["note_zh_hans"] or row["note_en"],
        "valid_from": now,
        "batch_id": batch,
    }


def _delete(batch) -> list[Observation]:
    """Remove what the batch added; returns it with labels, only the first if too
    much."""
    added = Observation.objects.filter(batch=batch)
    gone = list(added.with_labels().order_by("pk")[: FOLLOWED_ONE_BY_ONE + 1])
    _refuse_used(added)
    # Bypasses the models: nothing links to these rows except their own versions, and
    # receivers get one signal for the whole batch.
    delete(Revision, "observation_id", added)
    delete(Observation, "id", added)
    return gone


def _refuse_used(added):
    """Rows that something links to are deleted through the models, which refuse."""
    used = set()
    for links in links_to_observations():
        named = links.filter(observation__in=added).order_by()
        used.update(named.values_list("observation", flat=True))
    # Texts that name a row by its code have no link to it.
    keys = dict(added.exclude(code="").values_list("code", "pk"))
    used.update(keys[code] for code in texts_naming(Observation, keys))
    used = sorted(used)
    try:
        for start in range(0, len(used), OBJECTS_AT_ONCE):
            some = used[start : start + OBJECTS_AT_ONCE]
            Observation.objects.filter(pk__in=some).delete()
    except ProtectedError as error:
        named = sorted({str(row) for row in error.protected_objects})[:REFUSALS_NAMED]
        raise ValidationError(
            _("Still used. Remove it from these first: %s") % ", ".join(named)
        ) from None
