"""Brings a file into the database, in the same way for every kind of rows.

Everything that writes rows from a file uses it: the commands, the import pages, the
background worker and `load_study`.
"""

from collections.abc import Callable, Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cbec_site.base.acts import acted
from cbec_site.base.garbage import only_new_garbage
from cbec_site.base.query_statistics import refresh_after
from datasets.models.batches import Batch
from datasets.spreadsheets.documents import Content, Document, read_document
from datasets.spreadsheets.problems import Problem, UnreadableFileError

from .batch_record import PreviewOutdatedError, outdated_problem, record
from .kept_rows import forget_rows
from .mappings import combined, remember, remembered
from .options import Options
from .outcome import Outcome
from .plans import Plan, ProgressCallback, refuse_doubts, tracker
from .previews import Preview, preview_json, read_preview

State = Batch.State


class Importer:
    """Plans, previews, applies and undoes files of one kind of rows.

    Subclasses name their classes and define the methods of the last part; the public
    methods are the same for all.
    """

    model: type[Batch]
    options_class: type[Options] = Options
    plan_class: type[Plan] = Plan
    preview_class: type[Preview] = Preview

    @only_new_garbage()
    def plan(
        self,
        source: bytes | str | Path | Content,
        *,
        file_name: str = "",
        options: Options | None = None,
        progress: ProgressCallback | None = None,
    ) -> Plan:
        """Read a file (bytes or a path) and compare it with the database.

        Raises UnreadableFileError if it cannot be read at all; every other fault is
        listed in the plan's `errors`.
        """
        options = options or self.options_class()
        content = source if isinstance(source, Content) else Content(source)
        document = read_document(content, encoding=options.encoding)
        plan = self.plan_class(file_name, content.sha256, document.layout, options)
        plan.sheets, plan.hidden_sheets = document.names
        self.compare(plan, document, content.size, tracker(progress))
        for listed in (plan.errors, plan.warnings, plan.suspicious):
            listed.in_order()
        return plan

    def plan_waiting(
        self, batch: Batch, progress: ProgressCallback | None = None
    ) -> Plan:
        """The plan of a waiting batch's file; an unreadable file is an error in the
        plan."""
        said = batch.layout.get("options", {})
        known = remembered(batch._meta.label, said.get("source", ""))
        mapping = combined(known, said.get("mapping", {}))
        return self._plan_or_refusal(
            Content(batch.file.path),
            file_name=batch.file_name,
            options=self.options_class.from_json(said | {"mapping": mapping}),
            progress=progress,
        )

    def preview(self, plan: Plan) -> dict:
        """What the preview page shows of a plan, as JSON to be stored with its
        batch."""
        return preview_json(plan) | self.preview_details(plan)

    def rows_page(self, plan: Plan, number: int) -> list:
        """One page of the rows that a plan would write, as JSON."""
        size = settings.IMPORT_SHOWN
        steps = islice(plan.steps, (number - 1) * size, number * size)
        return [self.row_json(step) for step in steps]

    def read_preview(self, stored: dict) -> Preview:
        """A preview from its stored JSON."""
        return self.preview_class(**read_preview(stored) | self.read_details(stored))

    @only_new_garbage()
    def apply(
        self,
        plan: Plan,
        *,
        token: str = "",
        batch: Batch | None = None,
        content: Content | None = None,
        user: User | None = None,
        reason: str = "",
        progress: ProgressCallback | None = None,
    ) -> Batch:
        """Write a clean plan as one batch in one transaction.

        `token` is that of the preview, `batch` the waiting batch with its file. Raises
        PreviewOutdatedError if the file, or what it touches, is no longer as the
        preview showed it; ValueError if the plan has errors.
        """
        if not plan.is_clean:
            raise ValueError("a plan with errors is not applied")
        is_written = False
        try:
            with transaction.atomic():
                self.lock(plan)
                if (token and token != plan.token) or self.has_changed(plan):
                    raise PreviewOutdatedError
                batch = record(
                    self.model,
                    plan,
                    batch=batch,
                    content=content,
                    user=user,
                    reason=reason,
                )
                became = self.write(plan, batch, tracker(progress))
                self._announce_publications(batch, became)
                said = batch.layout.get("options", {})
                remember(batch, said.get("mapping", {}), said.get("source", ""))
                refresh_after(plan.write_count)
                is_written = True
        except IntegrityError:
            if not is_written:
                raise
            # Detected at the end of the transaction: somebody deleted what a row refers
            # to.
            raise PreviewOutdatedError from None
        forget_rows(batch)
        return batch

    def undo(
        self, batch: Batch, *, user: User | None = None, reason: str = ""
    ) -> Batch:
        """Restore exactly what `batch` overwrote, as a batch of its own.

        Raises ValidationError naming the rows that have been changed since, or that
        something else needs.
        """
        with transaction.atomic():
            self.lock_batch(batch)
            batch = self.model.objects.select_for_update().get(pk=batch.pk)
            if batch.state != State.APPLIED:
                message = _("Only a batch that was written can be undone.")
                raise ValidationError(message)
            self.check_undo(batch)
            undoing = self.model.objects.create(
                file_name=batch.file_name,
                sha256=batch.sha256,
                layout=batch.layout,
                user=user,
                reason=reason,
                undoes=batch,
            )
            undoing.changed_count = self.restore(batch, undoing)
            undoing.save(update_fields=["changed_count"])
            batch.state = State.UNDONE
            batch.save(update_fields=["state"])
        return undoing

    def import_file(
        self,
        source: bytes | str | Path,
        *,
        file_name: str = "",
        options: Options | None = None,
        user: User | None = None,
        reason: str = "",
        dry_run: bool = False,
        keep_file: bool = True,
        accept: Collection[str] | None = None,
        progress: ProgressCallback | None = None,
    ) -> Outcome:
        """Read, compare and write one file without a preview, completely or not at all.

        A file with any error writes nothing; a file that changes nothing leaves no
        batch. `accept` are the kinds of doubts that somebody has checked; with a doubt
        of any other kind nothing is written. None accepts all kinds.
        """
        content = Content(source)
        plan = self._plan_or_refusal(
            content, file_name=file_name, options=options, progress=progress
        )
        if accept is not None:
            refuse_doubts(plan, accept)
        if dry_run or not plan.is_clean or not plan.write_count:
            return Outcome(plan)
        try:
            batch = self.apply(
                plan,
                content=content if keep_file else None,
                user=user,
                reason=reason,
                progress=progress,
            )
        except ValidationError as error:
            for message in error.messages:
                plan.refuse(Problem(0, "", "", message))
            return Outcome(plan)
        except PreviewOutdatedError:
            plan.refuse(outdated_problem())
            return Outcome(plan)
        return Outcome(plan, batch)

    def _announce_publications(self, batch: Batch, became: dict[str, int]) -> None:
        """Record in the audit log how many rows a batch published and withdrew."""
        account = batch.user.get_username() if batch.user else ""
        for act, count in became.items():
            if count:
                subject = f"{self.model._meta.label} {batch.pk}"
                detail = f"rows: {count}"
                acted.send(
                    self.model, act=act, subject=subject, detail=detail, account=account
                )

    def _plan_or_refusal(self, content: Content, **how: Any) -> Plan:
        try:
            return self.plan(content, **how)
        except UnreadableFileError as refusal:
            plan = self.plan_class(how["file_name"], "")
            plan.refuse(Problem(0, "", "", refusal.message, kind="refused"))
            return plan

    # What is specific to a kind of rows.

    def compare(
        self,
        plan: Plan,
        document: Document,
        size: int,
        track: Callable[..., Iterator],
    ) -> None:
        """Fill a plan with the steps, problems and token of a document.

        `size` is in bytes; `track` wraps iterables in order to report progress.
        """
        raise NotImplementedError

    def preview_details(self, plan: Plan) -> dict:
        """What the preview shows for this kind of rows, as JSON."""
        return {}

    def read_details(self, stored: dict) -> dict:
        """The same as the fields of `preview_class`."""
        return {}

    def row_json(self, step: Any) -> Any:
        """One row that would be written, as JSON."""
        raise NotImplementedError

    def read_rows(self, rows: list) -> list:
        """Such rows as a page shows them."""
        raise NotImplementedError

    def lock(self, plan: Plan) -> None:
        """Make other writers of the same rows wait until the transaction ends."""
        raise NotImplementedError

    def lock_batch(self, batch: Batch) -> None:
        """The same for the rows that a batch wrote."""
        raise NotImplementedError

    def has_changed(self, plan: Plan) -> bool:
        """Whether the database has changed since the plan was made."""
        return False

    def write(
        self, plan: Plan, batch: Batch, track: Callable[..., Iterator]
    ) -> dict[str, int]:
        """Write the steps of a plan; PreviewOutdatedError if they no longer apply.

        Returns how many rows it "published" and how many it "withdrew", by these keys.
        """
        raise NotImplementedError

    def check_undo(self, batch: Batch) -> None:
        """Raise ValidationError if a batch cannot be undone."""

    def restore(self, batch: Batch, undoing: Batch) -> int:
        """Restore what was there before a batch; returns how many rows change."""
        raise NotImplementedError
