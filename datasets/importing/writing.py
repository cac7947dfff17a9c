"""Write the steps of a plan: new observations, and former versions of changed ones."""

from django.db import IntegrityError
from django.utils import timezone

from cbec_site.base.bulk_writes import insert, update
from cbec_site.base.limits import FOLLOWED_ONE_BY_ONE
from datasets.imports.batch_record import PreviewOutdatedError
from datasets.models import ImportBatch, Observation, Revision
from datasets.models.totals import touched_by
from datasets.periods import period_bounds
from datasets.signals import announce

from .comparison import StoredObservation
from .plan import ObservationPlan, new_fields
from .undo import CHANGED


def write(plan: ObservationPlan, batch: ImportBatch, track) -> dict[str, int]:
    """Write every step of a plan as part of `batch`, and announce it.

    Returns how many values it published and withdrew. Raises PreviewOutdatedError if
    somebody has added one of these rows meanwhile.
    """
    moment = plan.options.moment or timezone.now()
    became = {"published": 0, "withdrawn": plan.withdrawn_count}
    new_rows = track(_new_rows(plan, batch, moment, became), plan.new_count, "writing")
    try:
        _change(plan, batch, moment)
        insert(Observation, new_rows)
    except IntegrityError:
        raise PreviewOutdatedError from None
    _announce(plan, batch)
    return became


def _new_rows(plan, batch, moment, became):
    bounds = {"": (None, None)}
    for step in plan.steps:
        if step.kind != "new":
            continue
        period = step.row.period
        if period not in bounds:
            bounds[period] = period_bounds(period)
        start, end = bounds[period]
        row = new_fields(step.row)
        row["published_at"] = moment if row["is_published"] else None
        became["published"] += row["is_published"]
        row["period_start"], row["period_end"] = start, end
        row["valid_from"], row["batch_id"] = moment, batch.pk
        yield row


def _change(plan, batch, moment):
    """Keep the versions that end, then write those that begin."""
    if not plan.changed_count + plan.withdrawn_count:
        return
    insert(
        Revision,
        (
            version(step.stored, ended_at=moment, replaced_by=batch.pk)
            for step in plan.steps
            if step.stored is not None
        ),
    )
    update(
        Observation,
        CHANGED,
        (
            _changed_row(step, batch, moment)
            for step in plan.steps
            if step.stored is not None
        ),
    )


def version(stored: StoredObservation, *, ended_at, replaced_by) -> dict:
    """A stored observation as the former version that it becomes."""
    return {name: getattr(stored, name) for name in Revision.WHOLE} | {
        "note_zh_hans": stored.note_zh_hans or "",
        "note_en": stored.note_en or "",
        "observation_id": stored.pk,
        "valid_from": min(stored.valid_from, ended_at),
        "valid_to": ended_at,
        "batch_id": stored.batch,
        "replaced_by_id": replaced_by,
    }


def _changed_row(step, batch, moment):
    kept = {name: getattr(step.stored, name) for name in Revision.WHOLE} | step.fields
    return kept | {
        "pk": step.stored.pk,
        # A value that was entered by hand may have neither of them.
        "note": kept["note_zh_hans"] or kept["note_en"] or "",
        "valid_from": moment,
        "batch_id": batch.pk,
    }


def _announce(plan, batch):
    rows, written, touched = Observation.objects.filter(batch=batch), None, None
    if plan.write_count <= FOLLOWED_ONE_BY_ONE:
        written = rows.values_list("pk", flat=True)
    else:
        touched = touched_by(rows)
    announce(observations=written, touched=touched, batch=batch, reason=batch.reason)
