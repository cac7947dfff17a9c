"""How far a batch in the background is, kept in a small file beside the upload.

Nobody sees what a transaction writes before it ends, so the worker reports there.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext

from datasets.models.batches import Batch

from .plans import ProgressCallback

BEAT = 2
# After this long without a sign of life, a worker counts as dead.
SILENCE = 30


@dataclass(frozen=True)
class Progress:
    """How far a running batch is; unknown (`stage` "") while it is queued."""

    stage: str = ""
    done: int = 0
    total: int = 0
    at: float = 0

    @property
    def percent(self) -> int | None:
        return min(100, self.done * 100 // self.total) if self.total else None

    @property
    def stage_label(self) -> str:
        """What is being done, in the reader's language."""
        labels = {
            "": gettext("Waiting for the worker"),
            "comparing": gettext("Comparing with the database"),
            "writing": gettext("Writing"),
        }
        return labels.get(self.stage, gettext("Reading the file"))

    def is_silent(self, silence: float) -> bool:
        """Whether the last sign of life is more than `silence` seconds old."""
        return bool(self.at) and time.time() - self.at > silence


@contextmanager
def heartbeat(batch: Batch) -> Iterator[ProgressCallback]:
    """A progress callback whose latest report is saved every few seconds."""
    last = {"stage": "reading", "done": 0, "total": 0}
    ended = threading.Event()

    def report(done: int, total: int, stage: str) -> None:
        last.update(stage=stage, done=done, total=total)

    def beat() -> None:
        while True:
            write_progress(batch, last)
            if ended.wait(BEAT):
                return

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield report
    finally:
        ended.set()
        thread.join()
        progress_file(batch).unlink(missing_ok=True)


def progress_file(batch: Batch) -> Path:
    name = f"progress-{batch._meta.model_name}-{batch.pk}.json"
    return Path(settings.MEDIA_ROOT) / name


def write_progress(batch: Batch, progress: dict) -> None:
    path = progress_file(batch)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(progress | {"at": time.time()}))
    part.replace(path)


def read_progress(batch: Batch) -> Progress:
    """How far a batch is; an empty Progress if no worker has started on it."""
    try:
        return Progress(**json.loads(progress_file(batch).read_text()))
    except (OSError, ValueError, TypeError):
        return Progress()
