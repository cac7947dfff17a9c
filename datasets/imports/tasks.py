"""Imports that wait with their file, planned and applied here or by the worker.

A small file is handled within the request, a larger one by the background worker.
Whichever process is killed meanwhile, a batch is written once, still waits, or is
marked failed. The next worker runs a task once more whose worker died
(`requeue_lost`); where none is running, `mark_if_dead` tells the editor.
"""

import datetime
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.db.models import QuerySet
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
from .registry import importer_for, importer_of, importers

State = Batch.State
# Seconds without a sign of life after which a worker runs a task again: fewer than
# `SILENCE`, so that a page marks a batch as failed only if no worker would retry it.
LOST = 15
# Workbooks of offices expand to five or ten times their size.
USUAL_EXPANSION = 20
logger = logging.getLogger(__name__)
# Stored untranslated and translated for the reader; see `Batch.what_happened`.
MOVED = gettext_noop(
    "Data that the file affects have changed since the preview; nothing was written."
)
STOPPED = gettext_noop("The worker stopped in between; nothing was written.")
AGAIN = gettext_noop("The worker stopped in between; the import was started again.")
BROKEN = gettext_noop("The import failed; nothing was written.")
NO_ROOM = gettext_noop("The disk of the site is full; nothing was written.")


class WorkerLostError(Exception):
    """The process that ran a task ended without reporting."""


def is_large(batch: Batch) -> bool:
    """Whether the file is too large for one request, as it is or as it expands."""
    most = settings.IMPORT_IN_REQUEST
    if batch.file.size > most:
        return True
    with batch.file.open() as file:
        return expanded_size(file) > most * USUAL_EXPANSION


def preview_of(batch: Batch) -> tuple[dict, Plan | None]:
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

    `plan` is that of `preview_of`. Raises PreviewOutdatedError and ValidationError like
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
    with override(language), running(label, pk) as (batch, report):
        importer = importer_of(batch)
        plan = importer.plan_waiting(batch, report)
        preview = importer.preview(plan)
        steps = plan.steps if plan.is_clean else ()
        preview["row_pages"] = keep_rows(batch, map(importer.row_json, steps))
        finish(batch, state=State.WAITING, preview=preview, message="")


@task()
def apply_batch(label: str, pk: int, token: str, reason: str, language: str) -> None:
    """Write a large file in the background; an obstacle becomes the batch's message."""
    with override(language), running(label, pk) as (batch, report):
        importer = importer_of(batch)
        try:
            plan = importer.plan_waiting(batch, report)
            importer.apply(
                plan, token=token, batch=batch, reason=reason, progress=report
            )
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
    with heartbeat(batch) as report:
        try:
            yield batch, report
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


def requeue_lost() -> int:
    """Queue again each task whose worker died; returns how many.

    Once for each time that an editor handed it over: a file that ends its worker twice
    is marked failed, and what to do is the editor's decision.
    """
    count = 0
    for importer in importers():
        for batch in importer.model.objects.filter(state=State.RUNNING):
            count += not is_alive(batch, LOST) and _requeue(batch)
    return count


@transaction.atomic
def _requeue(batch: Batch) -> bool:
    """Queue the lost task of a batch again, unless somebody else is doing so.

    The batch stays locked until the task is queued, so that of several workers one
    queues it. A worker that is merely slow has it locked or finds it written.
    """
    rows = type(batch).objects.filter(pk=batch.pk, state=State.RUNNING)
    locked = rows.select_for_update(skip_locked=True).first()
    if locked is None or is_alive(locked, LOST):
        return False
    lost = tasks_of(batch).filter(status=TaskResultStatus.RUNNING)
    task = lost.order_by("-started_at").first()
    for each in lost:
        each.set_failed(WorkerLostError(f"No sign of life of {each.worker_ids}"))
    progress_file(batch).unlink(missing_ok=True)
    if task is None or locked.message == AGAIN:
        finish(batch, state=State.FAILED, message=STOPPED)
        return False
    rows.update(message=AGAIN)
    task.task.enqueue(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])
    return True


def is_alive(batch: Batch, silence: float = SILENCE) -> bool:
    """Whether a running batch is waiting for a worker, or a worker is on it.

    A worker without a sign of life for `silence` seconds is not.
    """
    progress = read_progress(batch)
    if progress.at:
        return not progress.is_silent(silence)
    # No sign of life yet: it is queued, or has just been started.
    tasks = tasks_of(batch)
    just_now = timezone.now() - datetime.timedelta(seconds=silence)
    begun = tasks.filter(status=TaskResultStatus.RUNNING, started_at__gt=just_now)
    return (tasks.filter(status=TaskResultStatus.READY) | begun).exists()


def tasks_of(batch: Batch) -> QuerySet[DBTaskResult]:
    """All tasks of a batch, queued, running or over."""
    return DBTaskResult.objects.filter(
        task_path__in=(plan_batch.module_path, apply_batch.module_path),
        args_kwargs__args__0=batch._meta.label,
        args_kwargs__args__1=batch.pk,
    )


def retry(batch: Batch) -> None:
    """Make a failed batch wait again, so that it is previewed anew."""
    failed = type(batch).objects.filter(pk=batch.pk, state=State.FAILED)
    failed.update(state=State.WAITING, preview={}, message="")
