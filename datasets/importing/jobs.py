"""Imports that wait with their file: planned and applied here, or by the worker.

A file small enough is handled within the request. A larger one is handed to the
background worker; how far it is stands in a small file beside the upload, since what a
transaction writes is seen by nobody before it ends.
"""

import json
import os
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django_tasks import task

from datasets.models.batches import Batch

from .records import Moved

BEAT = 2
# So long without a sign of life, a worker is taken for dead.
SILENCE = 30
State = Batch.State


@dataclass(frozen=True)
class Progress:
    """How far a running batch is; nothing is known (`stage` "") while it is queued."""

    stage: str = ""
    done: int = 0
    total: int = 0
    at: float = 0

    @property
    def percent(self) -> int | None:
        return min(100, self.done * 100 // self.total) if self.total else None

    @property
    def is_silent(self) -> bool:
        return bool(self.at) and time.time() - self.at > SILENCE


def is_large(batch: Batch) -> bool:
    """Whether the file is too much for one request."""
    return batch.file.size > settings.IMPORT_IN_REQUEST


def look(batch: Batch) -> dict:
    """The preview of a waiting batch: at once if small, else by the worker ({})."""
    importer = batch.importer
    if not is_large(batch):
        return importer.preview_json(importer.plan_of(batch))
    if not batch.preview and start(batch):
        plan_batch.enqueue(batch._meta.label, batch.pk, get_language())
        batch.refresh_from_db()
    return batch.preview


def confirm(batch: Batch, token: str, reason: str) -> bool:
    """Write a waiting batch; True when it is done, False when the worker does it.

    Raises Moved and ValidationError as the importer's `apply_plan` does.
    """
    importer = batch.importer
    if not is_large(batch):
        plan = importer.plan_of(batch)
        importer.apply_plan(plan, token=token, batch=batch, reason=reason)
        return True
    if start(batch):
        apply_batch.enqueue(batch._meta.label, batch.pk, token, reason, get_language())
    return False


def start(batch: Batch) -> bool:
    """Claim a waiting batch for one task; False when another has it."""
    progress_file(batch).unlink(missing_ok=True)
    waiting = type(batch).objects.filter(pk=batch.pk, state=State.WAITING)
    return bool(waiting.update(state=State.RUNNING, message=""))


@task()
def plan_batch(label: str, pk: int, language: str) -> None:
    """Look at a large file in the background; `label` names the model of its batch."""
    with override(language), running(label, pk) as (batch, tell):
        preview = batch.importer.preview_json(batch.importer.plan_of(batch, tell))
        finish(batch, state=State.WAITING, preview=preview)


@task()
def apply_batch(label: str, pk: int, token: str, reason: str, language: str) -> None:
    """Write a large file in the background; what stands in the way is its message."""
    with override(language), running(label, pk) as (batch, tell):
        importer = batch.importer
        try:
            plan = importer.plan_of(batch, tell)
            importer.apply_plan(
                plan, token=token, batch=batch, reason=reason, progress=tell
            )
        except Moved:
            message = _(
                "What it touches changed since the preview; nothing was written."
            )
            finish(batch, state=State.WAITING, preview={}, message=message)
        except ValidationError as error:
            message = " ".join(error.messages)
            finish(batch, state=State.WAITING, preview={}, message=message)


def finish(batch, **fields):
    """Leave the running state, unless somebody already did."""
    type(batch).objects.filter(pk=batch.pk, state=State.RUNNING).update(**fields)


@contextmanager
def running(label, pk):
    """(batch, progress) of a task; a heart beats meanwhile, a failure is recorded."""
    batch = apps.get_model(label).objects.get(pk=pk)
    with heartbeat(batch) as tell:
        try:
            yield batch, tell
        except Exception as error:
            message = _("It failed (%s); nothing was written.") % type(error).__name__
            finish(batch, state=State.FAILED, message=message)
            raise


@contextmanager
def heartbeat(batch):
    """A progress callback whose newest word is written down every few seconds."""
    last = {"stage": "reading", "done": 0, "total": 0}
    ended = threading.Event()

    def tell(done, total, stage):
        last.update(stage=stage, done=done, total=total)

    def beat():
        while True:
            write_progress(batch, last)
            if ended.wait(BEAT):
                return

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield tell
    finally:
        ended.set()
        thread.join()
        progress_file(batch).unlink(missing_ok=True)


def progress_file(batch: Batch) -> Path:
    name = f"progress-{batch._meta.model_name}-{batch.pk}.json"
    return Path(settings.MEDIA_ROOT) / name


def write_progress(batch, found):
    path = progress_file(batch)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(found | {"at": time.time()}))
    os.replace(part, path)


def read_progress(batch: Batch) -> Progress:
    """How far a batch is; an empty Progress when no worker has taken it up."""
    try:
        return Progress(**json.loads(progress_file(batch).read_text()))
    except (OSError, ValueError, TypeError):
        return Progress()


@transaction.atomic
def settle(batch: Batch) -> Batch:
    """Mark a batch failed whose worker died: nothing of it was written.

    A worker that is only slow holds the batch until it commits, and then it is no
    longer running: the batch is finished once or marked failed, never both.
    """
    if batch.state == State.RUNNING and read_progress(batch).is_silent:
        finish(
            batch,
            state=State.FAILED,
            message=_("The worker stopped in between; nothing was written."),
        )
        progress_file(batch).unlink(missing_ok=True)
        batch.refresh_from_db()
    return batch


def retry(batch: Batch) -> None:
    """Let a failed batch wait again, to be looked at anew."""
    failed = type(batch).objects.filter(pk=batch.pk, state=State.FAILED)
    failed.update(state=State.WAITING, preview={}, message="")
