"""Files that the import pages offer: templates, and copies with the faults marked."""

import io

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from datasets.models.batches import Batch
from datasets.spreadsheets.documents import Content
from datasets.spreadsheets.problems import UnreadableFileError

from . import tasks
from .file_templates import FileTemplate
from .importer import Importer
from .marked_copy import marked_copy
from .page_parts import PartOfPages


class DownloadPages(PartOfPages):
    """The part of the import pages that answers with a file."""

    importer: Importer

    def template(self, request: HttpRequest, kind: str) -> FileResponse:
        """An empty file to fill in, as CSV or as a workbook with the lists of codes."""
        self.check_permission(request)
        file = self.file_template()
        if kind not in ("csv", "xlsx"):
            raise Http404
        content = file.as_csv() if kind == "csv" else file.as_workbook()
        return _download(content, f"{self.rows.partition('_')[2]}-template.{kind}")

    def marked(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The waiting file as a workbook with a comment in each faulty cell."""
        self.check_permission(request)
        batch = get_object_or_404(self.model, pk=pk)
        if batch.state != Batch.State.WAITING or not self.is_shown_to(request, batch):
            return self.to(f"{self.batches}_change", pk)
        if tasks.is_large(batch):
            messages.error(request, _("The file is too large to be copied."))
            return self.to(f"{self.rows}_preview", pk)
        plan = self.importer.plan_waiting(batch)
        try:
            listed = [*plan.errors, *plan.suspicious]
            content = marked_copy(
                Content(batch.file.path),
                listed,
                plan.options.encoding,
                len(plan.errors) + len(plan.suspicious) - len(listed),
            )
        except UnreadableFileError as refusal:
            messages.error(request, refusal.message)
            return self.to(f"{self.rows}_preview", pk)
        stem = batch.file_name.rpartition(".")[0] or batch.file_name
        return _download(content, f"{stem}-marked.xlsx")

    def file_template(self) -> FileTemplate:
        """The content of an empty file of this kind."""
        raise NotImplementedError


def _download(content: bytes, name: str) -> FileResponse:
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name)
