"""The record of an import, made when it is written, for any kind of rows."""

from pathlib import Path

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from datasets.models.batches import Batch
from datasets.spreadsheets.documents import Content
from datasets.spreadsheets.problems import Problem

from .plans import Plan


class PreviewOutdatedError(Exception):
    """What the preview showed has changed before it was confirmed; nothing was
    written."""


def outdated_problem() -> Problem:
    """The same for imports without a preview."""
    message = _(
        "Data that the file affects changed while it was read; import it again."
    )
    return Problem(0, "", "", message, kind="moved")


def record(
    model: type[Batch],
    plan: Plan,
    *,
    batch: Batch | None = None,
    content: Content | None = None,
    user: User | None = None,
    reason: str = "",
) -> Batch:
    """Save a plan's batch as applied: the waiting `batch`, or a new `model`.

    `content` is the file to keep. Raises PreviewOutdatedError if somebody else has
    written the waiting batch meanwhile. Runs inside the caller's transaction.
    """
    if batch is not None:
        # The second request finds it already written.
        open_states = (Batch.State.WAITING, Batch.State.RUNNING)
        waiting = model.objects.select_for_update().filter(pk=batch.pk)
        if waiting.get().state not in open_states:
            raise PreviewOutdatedError
    batch = batch or model(
        file_name=Path(plan.file_name).name[:255], sha256=plan.sha256, user=user
    )
    batch.state = Batch.State.APPLIED
    batch.layout = batch.layout | plan.layout
    batch.preview = {}
    batch.reason = reason
    batch.new_count = plan.new_count
    batch.changed_count = plan.changed_count + plan.withdrawn_count
    batch.unchanged_count = plan.unchanged
    if content is not None:
        with content.open() as file:
            batch.file.save(
                f"{plan.sha256[:16]}.dat", ContentFile(file.read()), save=False
            )
    batch.save()
    return batch
