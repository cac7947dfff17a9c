"""Apply a plan: whole or not at all. Taking back is in `undo`.

Everything that writes observations from a file comes through here: the command, the
admin's import and `load_study`.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cbec_site.base.bulk_writes import insert, update
from datasets.imports.batch_record import PreviewOutdatedError, moved_problem, record
from datasets.models import ImportBatch, Observation, Revision, hold_series
from datasets.periods import period_bounds
from datasets.signals import announce
from datasets.spreadsheets.documents import Content
from datasets.spreadsheets.problems import Problem, UnreadableFileError
from datasets.spreadsheets.tidying import told

from .comparison import StoredObservation
from .plan import Options, Plan, Progress, every_so_often, make_plan, new_fields
from .preview_token import make_token
from .undo import row_name, undo
from .validity import check_moment

__all__ = [
    "Outcome",
    "PreviewOutdatedError",
    "apply_plan",
    "import_file",
    "row_name",
    "undo",
]

# Beyond so many rows nobody is told which; whoever listens looks at everything.
MANY = 5000
CHANGED = [*Revision.WHOLE, "note", "valid_from", "batch"]


@dataclass
class Outcome:
    """What happened: counts, problems, and the batch when something was written."""

    plan: Plan
    batch: ImportBatch | None = None

    @property
    def is_accepted(self) -> bool:
        return self.plan.is_clean

    def as_json(self) -> dict:
        """One object for programs: status, counts, errors and warnings."""
        plan = self.plan
        accepted = self.is_accepted
        found = {
            "status": "ok" if accepted else "rejected",
            "new": plan.new_count if accepted else 0,
            "changed": plan.changed_count if accepted else 0,
            "unchanged": plan.unchanged if accepted else 0,
            "errors": [problem.as_json() for problem in plan.errors],
            "warnings": [item.as_json() for item in told(plan)],
        }
        if plan.withdrawn_count:
            found["withdrawn"] = plan.withdrawn_count if accepted else 0
        return found | ({"batch": self.batch.pk} if self.batch else {})


def import_file(
    source,
    *,
    file_name: str = "",
    options: Options | None = None,
    user=None,
    reason: str = "",
    dry_run: bool = False,
    keep_file: bool = True,
    moment=None,
    progress: Progress | None = None,
) -> Outcome:
    """Read, compare and write one file (bytes or a path), whole or not at all.

    A file with any error writes nothing; a file that changes nothing leaves no batch.
    `moment` is since when the values hold here, now if not given: not in the future,
    and not before the newest version of a value that the file changes.
    """
    content = Content(source)
    try:
        plan = make_plan(
            content, file_name=file_name, options=options, progress=progress
        )
    except UnreadableFileError as refusal:
        plan = Plan(file_name, "")
        plan.errors.append(Problem(0, "", "", refusal.message, kind="refused"))
        return Outcome(plan)
    if moment is not None:
        check_moment(plan, moment)
    if dry_run or not plan.is_clean or not plan.write_count:
        return Outcome(plan)
    try:
        batch = apply_plan(
            plan,
            content=content if keep_file else None,
            user=user,
            reason=reason,
            moment=moment,
            progress=progress,
        )
    except ValidationError as error:
        plan.errors.extend(Problem(0, "", "", text) for text in error.messages)
        return Outcome(plan)
    except PreviewOutdatedError:
        plan.errors.append(moved_problem())
        return Outcome(plan)
    return Outcome(plan, batch)


def apply_plan(plan: Plan, **more) -> ImportBatch:
    """Write a clean plan as one batch in one transaction.

    `token` is the one of the preview, `batch` one that waits with its file. Raises
    PreviewOutdatedError when file or series are no longer those of the preview.
    """
    batch = None
    try:
        with transaction.atomic():
            batch = _apply(plan, **more)
    except IntegrityError:
        if batch is None:
            raise
        # Noticed as the transaction ends: somebody deleted a region or a source.
        raise PreviewOutdatedError from None
    return batch


def _apply(
    plan,
    *,
    token="",
    batch=None,
    content=None,
    user=None,
    reason="",
    moment=None,
    progress=None,
):
    hold_series(plan.indicators)
    if make_token(plan) != plan.token or (token and token != plan.token):
        raise PreviewOutdatedError
    if not plan.is_clean:
        raise ValueError("a plan with errors is not applied")
    batch = record(
        ImportBatch, plan, batch=batch, content=content, user=user, reason=reason
    )
    tell = every_so_often(progress)
    moment = moment or timezone.now()
    try:
        _change(plan, batch, moment)
        insert(
            Observation,
            tell(_new_rows(plan, batch, moment), plan.new_count, "writing"),
        )
    except IntegrityError:
        raise PreviewOutdatedError from None
    _announce(plan, batch, reason)
    return batch


def _new_rows(plan, batch, moment):
    bounds = {"": (None, None)}
    for found in plan.steps:
        if found.kind != "new":
            continue
        period = found.row.period
        if period not in bounds:
            bounds[period] = period_bounds(period)
        start, end = bounds[period]
        row = new_fields(found.row)
        row["published_at"] = moment if row["is_published"] else None
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
            version(found.stored, ended_at=moment, replaced_by=batch.pk)
            for found in plan.steps
            if found.stored is not None
        ),
    )
    update(
        Observation,
        CHANGED,
        (
            _changed_row(found, batch, moment)
            for found in plan.steps
            if found.stored is not None
        ),
    )


def version(stored: StoredObservation, *, ended_at, replaced_by) -> dict:
    """A stored observation as the former version it becomes."""
    return {name: getattr(stored, name) for name in Revision.WHOLE} | {
        "note_zh_hans": stored.note_zh_hans or "",
        "note_en": stored.note_en or "",
        "observation_id": stored.pk,
        "valid_from": min(stored.valid_from, ended_at),
        "valid_to": ended_at,
        "batch_id": stored.batch,
        "replaced_by_id": replaced_by,
    }


def _changed_row(found, batch, moment):
    kept = {name: getattr(found.stored, name) for name in Revision.WHOLE} | found.fields
    return kept | {
        "pk": found.stored.pk,
        # A value that was entered by hand may have neither.
        "note": kept["note_zh_hans"] or kept["note_en"] or "",
        "valid_from": moment,
        "batch_id": batch.pk,
    }


def _announce(plan, batch, reason):
    if plan.write_count > MANY:
        announce(observations=None, batch=batch, reason=reason)
        return
    written = Observation.objects.filter(batch=batch).values_list("pk", flat=True)
    announce(observations=list(written), batch=batch, reason=reason)
