"""Apply a plan, take a batch back: whole or not at all.

Everything that writes observations from a file comes through here: the command, the
admin's import and `load_study`.
"""

import os
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from datasets.models import ImportBatch, Indicator, Observation, Revision
from datasets.signals import announce

from .plan import Options, Plan, make_plan, make_token
from .problems import Problem, Refused

CHUNK = 2000


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
            "new": len(plan.new) if accepted else 0,
            "changed": len(plan.changed) if accepted else 0,
            "unchanged": plan.unchanged if accepted else 0,
            "errors": [problem.as_json() for problem in plan.errors],
            "warnings": [
                problem.as_json() for problem in [*plan.warnings, *plan.suspicious]
            ],
        }
        return found | ({"batch": self.batch.pk} if self.batch else {})


class Moved(Exception):
    """The series changed between preview and confirmation; nothing was written."""


def import_file(
    content: bytes,
    *,
    file_name: str = "",
    options: Options | None = None,
    user=None,
    reason: str = "",
    dry_run: bool = False,
    keep_file: bool = True,
) -> Outcome:
    """Read, compare and write one file, whole or not at all.

    A file with any error writes nothing; a file that changes nothing leaves no batch.
    """
    try:
        plan = make_plan(content, file_name=file_name, options=options)
    except Refused as refusal:
        plan = Plan(file_name, "")
        plan.errors.append(Problem(0, "", "", refusal.message, kind="refused"))
        return Outcome(plan)
    if dry_run or not plan.is_clean or not (plan.new or plan.changed):
        return Outcome(plan)
    try:
        batch = apply_plan(
            plan, content=content if keep_file else None, user=user, reason=reason
        )
    except ValidationError as error:
        plan.errors += [Problem(0, "", "", text) for text in error.messages]
        return Outcome(plan)
    return Outcome(plan, batch)


@transaction.atomic
def apply_plan(
    plan: Plan, *, token: str = "", batch=None, content=None, user=None, reason=""
) -> ImportBatch:
    """Write a clean plan as one batch in one transaction.

    `token` is the one of the preview, `batch` one that waits with its file. Raises
    Moved when file or series are no longer those of the preview.
    """
    # Two imports of one series wait for each other here (PostgreSQL); SQLite has one
    # writer anyway.
    series = Indicator.objects.filter(pk__in=plan.indicators)
    list(series.select_for_update().order_by("pk"))
    if make_token(plan) != plan.token or (token and token != plan.token):
        raise Moved
    if not plan.is_clean:
        raise ValueError("a plan with errors is not applied")
    batch = batch or ImportBatch(
        file_name=os.path.basename(plan.file_name)[:255], sha256=plan.sha256, user=user
    )
    batch.state = ImportBatch.State.APPLIED
    batch.layout = batch.layout | plan.layout
    batch.reason = reason
    batch.new_count = len(plan.new)
    batch.changed_count = len(plan.changed)
    batch.unchanged_count = plan.unchanged
    if content is not None:
        batch.file.save(f"{plan.sha256[:16]}.dat", ContentFile(content), save=False)
    batch.save()
    written = _create(plan, batch) + _change(plan, batch)
    announce(observations=written, batch=batch, reason=reason)
    return batch


def _create(plan, batch):
    now = timezone.now()
    written = []
    for start in range(0, len(plan.new), CHUNK):
        made = [change.after for change in plan.new[start : start + CHUNK]]
        for observation in made:
            observation.valid_from, observation.batch = now, batch
            observation.set_bounds()
            observation.stamp_publication()
        written += [row.pk for row in Observation.objects.bulk_create(made)]
    return written


def _change(plan, batch):
    now = timezone.now()
    written = []
    for start in range(0, len(plan.changed), CHUNK):
        part = plan.changed[start : start + CHUNK]
        Revision.objects.bulk_create(
            Revision.of(change.before, ended_at=now, replaced_by=batch)
            for change in part
        )
        rows = [change.after for change in part]
        for observation in rows:
            observation.valid_from, observation.batch = now, batch
        _update(rows)
        written += [row.pk for row in rows]
    return written


def _update(rows):
    fields = [*Revision.KEPT, "code", "valid_from", "batch"]
    Observation.objects.bulk_update(rows, fields, batch_size=200)


@transaction.atomic
def undo(batch: ImportBatch, *, user=None, reason: str = "") -> ImportBatch:
    """Restore exactly what `batch` wrote over, as a batch of its own.

    Raises ValidationError naming the rows that were changed since, or that a text, a
    figure or a claim rests on.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportBatch.State.APPLIED:
        raise ValidationError(_("This batch was already taken back."))
    _refuse_changed_since(batch)
    now = timezone.now()
    taking_back = ImportBatch.objects.create(
        file_name=batch.file_name,
        sha256=batch.sha256,
        layout=batch.layout,
        user=user,
        reason=reason,
        undoes=batch,
        changed_count=batch.changed_count,
    )
    former = {
        version.observation_id: version
        for version in Revision.objects.filter(replaced_by=batch)
    }
    rows = list(Observation.objects.filter(batch=batch))
    restored = [row for row in rows if row.pk in former]
    added = [row for row in rows if row.pk not in former]
    Revision.objects.bulk_create(
        [Revision.of(row, ended_at=now, replaced_by=taking_back) for row in restored],
        batch_size=CHUNK,
    )
    for row in restored:
        for name in Revision.KEPT:
            setattr(row, name, getattr(former[row.pk], name))
        row.valid_from, row.batch = now, taking_back
    _update(restored)
    _delete(added)
    batch.state = ImportBatch.State.UNDONE
    batch.save(update_fields=["state"])
    announce(
        observations=[row.pk for row in restored],
        deleted=added,
        batch=taking_back,
        reason=reason,
    )
    return taking_back


def _refuse_changed_since(batch):
    later = list(
        Revision.objects.filter(batch=batch)
        .exclude(replaced_by=batch)
        .select_related("observation__indicator", "observation__region")[:20]
    )
    kept = Observation.objects.filter(batch=batch).count()
    lost = batch.new_count + batch.changed_count - kept - len(later)
    messages = [
        _("%(row)s was changed since.") % {"row": row_name(version.observation)}
        for version in later
    ]
    if lost > 0 and len(later) < 20:
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


def _delete(rows):
    keys = [row.pk for row in rows]
    try:
        for start in range(0, len(keys), 500):
            Observation.objects.filter(pk__in=keys[start : start + 500]).delete()
    except ProtectedError as error:
        named = sorted({str(item) for item in error.protected_objects})[:20]
        raise ValidationError(
            _("Still in use, take it out there first: %s") % ", ".join(named)
        ) from None
