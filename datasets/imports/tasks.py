"""Imports that wait with their file, planned and applied here or by the worker.

A small file is handled within the request, a larger one by the background worker.
Whichever process is killed meanwhile, a batch is written once, still waits, or is
marked failed: `mark_if_dead` finds out whose worker has died.
"""

import datetime
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop, override
from django_tasks import TaskResultStatus, task
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from cbec_site.base.full_disk import is_disk_full
from datasets.models.batches import Batch
from datasets.spreadsheets.workbooks import expanded_size

from .batch_record import PreviewOutdatedError
from .kept_rows import keep_rows
from .plans import Plan
from .progress import SILENCE, heartbeat, progress_file, read_progress
from .registry import importer_for, importer_of

State = Batch.State
# Workbooks of offices expand to five or ten times their size.
USUAL_EXPANSION = 20
logger = logging.getLogger(__name__)
# Stored untranslated and translated for the reader; see `Batch.what_happened`.
MOVED = gettext_noop(
    "Data that the file affects have changed since the preview; nothing was written."
)
STOPPED = gettext_noop("The worker stopped in between; nothing was written.")
BROKEN = gettext_noop("The import failed; nothing was written.")
NO_ROOM = gettext_noop("The disk of the site is full; nothing was written.")


def is_large(batch: Batch) -> bool:
    """Whether the file is too large for one request, as it is or as it expands."""
    most = settings.IMPORT_IN_REQUEST
    if batch.file.size > most:
        return True
    with batch.file.open() as file:
        return expanded_size(file) > most * USUAL_EXPANSION


def look(batch: Batch) -> tuple[dict, Plan | None]:
    """The preview of a waiting batch and its plan: at once if the file is small.

    The worker makes the preview of a large file; until then it is {}, without a plan.
    """
    if not is_large(batch):
        importer = importer_of(batch)
        plan = importer.plan_waiting(batch)
        return importer.preview(plan), plan
    if not batch.preview and hand_over(batch, plan_batch):
        batch.refresh_from_db()
    return batch.preview, None


def confirm(batch: Batch, plan: Plan | None, token: str, reason: str) -> bool:
    """Write a waiting batch; True if it is done, False if the worker does it.

    `plan` is the result of `look`. Raises PreviewOutdatedError and ValidationError like
    the importer's `apply`.
    """
    if plan is not None:
        importer_of(batch).apply(plan, token=token, batch=batch, reason=reason)
        return True
    hand_over(batch, apply_batch, token, reason)
    return False


@transaction.atomic
def hand_over(batch: Batch, job: Task, *arguments: Any) -> bool:
    """Claim a waiting batch for one task; False if another task has it.

    Claimed and queued in one transaction, so that no claimed batch lacks a task.
    """
    waiting = type(batch).objects.filter(pk=batch.pk, state=State.WAITING)
    if not waiting.update(state=State.RUNNING, message=""):
        return False
    progress_file(batch).unlink(missing_ok=True)
    job.enqueue(batch._meta.label, batch.pk, *arguments, get_language())
    return True


@task()
def plan_batch(label: str, pk: int, language: str) -> None:
    """Preview a large file in the background; `label` names the model of its batch."""
    with override(language), running(label, pk) as (batch, tell):
        importer = importer_of(batch)
        plan = importer.plan_waiting(batch, tell)
        preview = importer.preview(plan)
        steps = plan.steps if plan.is_clean else ()
        preview["row_pages"] = keep_rows(batch, map(importer.row_json, steps))
        finish(batch, state=State.WAITING, preview=preview)


@task()
def apply_batch(label: str, pk: int, token: str, reason: str, language: str) -> None:
    """Write a large file in the background; an obstacle becomes the batch's message."""
    with override(language), running(label, pk) as (batch, tell):
        importer = importer_of(batch)
        try:
            plan = importer.plan_waiting(batch, tell)
            importer.apply(plan, token=token, batch=batch, reason=reason, progress=tell)
        except PreviewOutdatedError:
            finish(batch, state=State.WAITING, preview={}, message=MOVED)
        except ValidationError as error:
            message = " ".join(error.messages)
            finish(batch, state=State.WAITING, preview={}, message=message)


def finish(batch: Batch, **fields: Any) -> None:
    """Leave the running state, unless another process already has."""
    type(batch).objects.filter(pk=batch.pk, state=State.RUNNING).update(**fields)


@contextmanager
def running(label: str, pk: int) -> Iterator[tuple[Batch, Callable]]:
    """(batch, progress) of a task, with a heartbeat meanwhile; failures are
    recorded."""
    batch = importer_for(label).model.objects.get(pk=pk)
    with heartbeat(batch) as tell:
        try:
            yield batch, tell
        # Also if the worker is asked twice to stop, which raises SystemExit.
        except BaseException as error:
            logger.exception("Import %s of %s failed", pk, label, exc_info=error)
            message = NO_ROOM if is_disk_full(error) else BROKEN
            finish(batch, state=State.FAILED, message=message)
            raise


def mark_if_dead(batch: Batch) -> Batch:
    """Mark a batch failed whose worker died: nothing of it was written.

    A worker that is merely slow has the batch locked until it commits, and then it is
    no longer running: the batch is finished once or marked failed, never both.
    """
    if batch.state == State.RUNNING and not is_alive(batch):
        rows = type(batch).objects.filter(pk=batch.pk, state=State.RUNNING)
        try:
            with transaction.atomic():
                # A worker that has it locked is alive; do not wait for it.
                free = rows.select_for_update(skip_locked=True).values_list("pk")
                if list(free):
                    finish(batch, state=State.FAILED, message=STOPPED)
                    progress_file(batch).unlink(missing_ok=True)
        except OperationalError:
            # SQLite's one writer has been busy for long; try again next time.
            return batch
        batch.refresh_from_db()
    return batch


def mark_dead_jobs(model: type[Batch]) -> None:
    """Mark every dead batch before a page shows their state."""
    for batch in model.objects.filter(state=State.RUNNING):
        mark_if_dead(batch)


def is_alive(batch: Batch) -> bool:
    """Whether a running batch is waiting for a worker, or a worker is on it."""
    progress = read_progress(batch)
    if progress.at:
        return not progress.is_silent
    # No sign of life yet: it is queued, or has just been started.
    tasks = DBTaskResult.objects.filter(
        task_path__in=(plan_batch.module_path, apply_batch.module_path),
        args_kwargs__args__0=batch._meta.label,
        args_kwargs__args__1=batch.pk,
    )
    just_now = timezone.now() - datetime.timedelta(seconds=SILENCE)
    begun = tasks.filter(status=TaskResultStatus.RUNNING, started_at__gt=just_now)
    return (tasks.filter(status=TaskResultStatus.READY) | begun).exists()


def retry(batch: Batch) -> None:
    """Make a failed batch wait again, so that it is previewed anew."""
    failed = type(batch).objects.filter(pk=batch.pk, state=State.FAILED)
    failed.update(state=State.WAITING, preview={}, message="")
