"""Take a batch back: exactly what it wrote over stands again, or nothing changes."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from datasets.models import ImportBatch, Observation, Revision, hold_series
from datasets.signals import announce

CHUNK = 2000
MANY = 5000
NAMED = 20


@transaction.atomic
def undo(batch: ImportBatch, *, user=None, reason: str = "") -> ImportBatch:
    """Restore exactly what `batch` wrote over, as a batch of its own.

    Raises ValidationError naming the rows that were changed since, or that a text, a
    figure or a claim rests on.
    """
    hold_series(_series(batch))
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportBatch.State.APPLIED:
        raise ValidationError(_("Only a batch that was written can be taken back."))
    _refuse_changed_since(batch)
    taking_back = ImportBatch.objects.create(
        file_name=batch.file_name,
        sha256=batch.sha256,
        layout=batch.layout,
        user=user,
        reason=reason,
        undoes=batch,
        changed_count=batch.changed_count,
    )
    restored, deleted = _restore(batch, taking_back), _delete(batch, taking_back)
    batch.state = ImportBatch.State.UNDONE
    batch.save(update_fields=["state"])
    if len(restored) + len(deleted) > MANY:
        announce(observations=None, batch=taking_back, reason=reason)
    else:
        announce(
            observations=restored, deleted=deleted, batch=taking_back, reason=reason
        )
    return taking_back


def _series(batch):
    """The series that a batch wrote to."""
    current = Observation.objects.filter(batch=batch)
    former = Observation.objects.filter(revisions__replaced_by=batch)
    return {
        key
        for rows in (current, former)
        for key in rows.values_list("indicator", flat=True).distinct()
    }


def _refuse_changed_since(batch):
    later = list(
        Revision.objects.filter(batch=batch)
        .exclude(replaced_by=batch)
        .select_related("observation__indicator", "observation__region")[:NAMED]
    )
    kept = Observation.objects.filter(batch=batch).count()
    lost = batch.new_count + batch.changed_count - kept - len(later)
    messages = [
        _("%(row)s was changed since.") % {"row": row_name(version.observation)}
        for version in later
    ]
    if lost > 0 and len(later) < NAMED:
        messages.append(_("%s rows were deleted since.") % lost)
    if messages:
        raise ValidationError(messages)


def row_name(observation) -> str:
    """How messages name an observation: indicator, region, period."""
    return " · ".join(
        [
            observation.indicator.title,
            observation.region.name,
            observation.period,
        ]
    )


def _restore(batch, taking_back):
    """Put the former versions in place again; gives the ids (all beyond MANY alike)."""
    now, done = timezone.now(), []
    fields = [*Revision.KEPT, "note", "valid_from", "batch"]
    while True:
        # What is restored leaves the batch, so the next chunk is always the first.
        former = list(
            Revision.objects.filter(replaced_by=batch, observation__batch=batch)
            .select_related("observation")
            .order_by("pk")[:CHUNK]
        )
        if not former:
            return done
        rows = [version.observation for version in former]
        Revision.objects.bulk_create(
            Revision.of(row, ended_at=now, replaced_by=taking_back) for row in rows
        )
        for row, version in zip(rows, former, strict=True):
            for name in Revision.KEPT:
                setattr(row, name, getattr(version, name))
            row.note = row.note_zh_hans or row.note_en
            row.valid_from, row.batch = now, taking_back
        Observation.objects.bulk_update(rows, fields, batch_size=200)
        done += [row.pk for row in rows]


def _delete(batch, taking_back):
    """Remove what the batch added; gives the first of them, and that there are more."""
    added, gone = Observation.objects.filter(batch=batch).with_labels(), []
    try:
        while rows := list(added.order_by("pk")[:CHUNK]):
            for start in range(0, len(rows), 500):
                keys = [row.pk for row in rows[start : start + 500]]
                Observation.objects.filter(pk__in=keys).delete()
            gone += rows if len(gone) <= MANY else [None] * len(rows)
    except ProtectedError as error:
        named = sorted({str(item) for item in error.protected_objects})[:NAMED]
        raise ValidationError(
            _("Still in use, take it out there first: %s") % ", ".join(named)
        ) from None
    return gone
