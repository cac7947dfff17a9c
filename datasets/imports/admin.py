"""The steps of an import for editors: upload, preview, confirm, undo.

Each kind of file has pages of its own, which say what its rows and words are.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from datasets.models.batches import Batch

from . import tasks
from .batch_record import PreviewOutdatedError
from .downloads import DownloadPages
from .forms import ConfirmForm
from .importer import Importer
from .kept_rows import kept_page, page_count, read_page_number
from .mapping_pages import MappingPages
from .plans import Plan
from .previews import Preview
from .progress import read_progress

State = Batch.State
# The admin site's own wrapper, which makes a view require staff permission.
Wrapper = Callable[[Callable[..., Any]], Callable[..., Any]]


class ImportPages(MappingPages, DownloadPages):
    """The pages of one kind of import.

    `rows` and `batches` are prefixes of route names: the rows' admin adds `_import` and
    `_preview`, the batches' admin has Django's own routes and `_undo`.
    """

    importer: Importer
    permission = ""
    rows = ""
    batches = ""
    title = ""
    columns = ""
    columns_help = ""
    outdated = gettext_lazy(
        "Data that the file affects have changed since this preview; nothing was "
        "written."
    )
    upload_form: type[Any]
    again_form: type[Any]
    preview_template = ""
    rows_template = ""

    @property
    def model(self) -> type[Batch]:
        return self.importer.model

    def allows(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)

    def row_urls(self, wrap: Wrapper) -> list[URLPattern]:
        """The addresses below the rows' own."""
        return [
            path("import/", wrap(self.upload), name=f"{self.rows}_import"),
            path(
                "import/template.<str:kind>",
                wrap(self.template),
                name=f"{self.rows}_template",
            ),
            path("import/<int:pk>/", wrap(self.preview), name=f"{self.rows}_preview"),
            path(
                "import/<int:pk>/rows/", wrap(self.all_rows), name=f"{self.rows}_rows"
            ),
            path(
                "import/<int:pk>/marked/",
                wrap(self.marked),
                name=f"{self.rows}_marked",
            ),
            path(
                "import/<int:pk>/add/<slug:role>/",
                wrap(self.add),
                name=f"{self.rows}_add",
            ),
        ]

    def batch_urls(self, wrap: Wrapper) -> list[URLPattern]:
        """The address below the batches' own."""
        return [path("<int:pk>/undo/", wrap(self.undo), name=f"{self.batches}_undo")]

    def to(self, name: str, *arguments: Any) -> HttpResponse:
        return redirect(f"admin:{name}", *arguments)

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Take a file and keep it as a waiting batch; the preview follows."""
        self.check_permission(request)
        form = self.upload_form(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            batch = self._keep(request, form)
            return self.to(f"{self.rows}_preview", batch.pk)
        return self.page(request, "admin/imports/upload.html", self.title, form=form)

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what a waiting file would do; write it once the editor confirms."""
        self.check_permission(request)
        batch = tasks.mark_if_dead(get_object_or_404(self.model, pk=pk))
        if not self.is_shown_to(request, batch):
            messages.error(request, _("Another editor uploaded this file."))
            return self.to(f"{self.batches}_changelist")
        if request.method == "POST" and batch.state == State.FAILED:
            tasks.retry(batch)
            return self.to(f"{self.rows}_preview", pk)
        if batch.state == State.WAITING:
            if request.method == "POST" and "again" in request.POST:
                return self._read_again(request, batch)
            stored, plan = tasks.preview_of(batch)
            if stored:
                preview = self.importer.read_preview(stored)
                return self._show(request, batch, preview, plan)
        if batch.state == State.RUNNING:
            return self.page(
                request,
                "admin/imports/running.html",
                batch.file_name,
                batch=batch,
                progress=read_progress(batch),
            )
        return self.to(f"{self.batches}_change", pk)

    def all_rows(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One page of all rows that a waiting file would write."""
        self.check_permission(request)
        batch = get_object_or_404(self.model, pk=pk)
        if batch.state != State.WAITING or not self.is_shown_to(request, batch):
            return self.to(f"{self.batches}_change", pk)
        stored, plan = tasks.preview_of(batch)
        preview = self.importer.read_preview(stored) if stored else None
        if preview is None or not preview.is_clean:
            return self.to(f"{self.rows}_preview", pk)
        pages = page_count(preview.write_count)
        number = read_page_number(request.GET.get("page", ""), pages)
        if plan is not None:
            rows = self.importer.rows_page(plan, number)
        else:
            rows = kept_page(batch, preview.row_pages, number)
        return self.page(
            request,
            self.rows_template,
            _("All rows: %s") % batch.file_name,
            batch=batch,
            plan=preview,
            number=number,
            last=pages,
            **self.rows_context(self.importer.read_rows(rows)),
        )

    def is_shown_to(self, request: HttpRequest, batch: Batch) -> bool:
        """A waiting file belongs to its editor."""
        return batch.user_id == request.user.pk or request.user.is_superuser

    def undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Undo a batch, or name the rows that stand in the way."""
        self.check_permission(request)
        batch = get_object_or_404(self.model, pk=pk)
        if request.method != "POST":
            return self.to(f"{self.batches}_change", pk)
        try:
            done = self.importer.undo(
                batch, user=request.user, reason=request.POST.get("reason", "")[:300]
            )
        except ValidationError as error:
            for text in error.messages:
                messages.error(request, text)
            return self.to(f"{self.batches}_change", pk)
        messages.success(request, _("Undone: what was there before has been restored."))
        return self.to(f"{self.batches}_change", done.pk)

    def preview_context(self, preview: Any) -> dict:
        """The context of the preview's template besides the preview."""
        return {}

    def rows_context(self, rows: list) -> dict:
        """The context of the template of all rows for one page of them."""
        return {"rows": rows}

    def page(
        self,
        request: HttpRequest,
        template: str,
        title: str | Promise,
        **context: Any,
    ) -> TemplateResponse:
        return TemplateResponse(
            request,
            template,
            admin.site.each_context(request)
            | {
                "title": title,
                "pages": self,
                "upload_url": f"admin:{self.rows}_import",
                "marked_url": f"admin:{self.rows}_marked",
                "preview_url": f"admin:{self.rows}_preview",
                "rows_url": f"admin:{self.rows}_rows",
                "template_url": f"admin:{self.rows}_template",
            }
            | context,
        )

    def check_permission(self, request: HttpRequest) -> None:
        if not self.allows(request):
            raise PermissionDenied

    def _keep(self, request: HttpRequest, form: Any) -> Batch:
        file = form.cleaned_data["file"]
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        batch = self.model(
            file_name=file.name[:255],
            sha256=digest.hexdigest(),
            user=request.user,
            state=State.WAITING,
            layout={"options": form.options()},
        )
        file.seek(0)
        batch.file.save(f"{batch.sha256[:16]}.dat", file, save=False)
        batch.save()
        return batch

    def _read_again(self, request: HttpRequest, batch: Batch) -> HttpResponse:
        """Keep how the file is to be read; the preview is made anew."""
        options = dict(batch.layout.get("options", {}))
        if "mapping" in request.POST:
            self.take_mapping(request, batch)
            return self.to(f"{self.rows}_preview", batch.pk)
        if "ignore" in request.POST:
            options["ignore"] = request.POST.getlist("ignore")[:400]
        else:
            sheets = batch.layout.get("sheets", [])
            form = self.again_form(request.POST, sheets=sheets)
            if not form.is_valid():
                for errors in form.errors.values():
                    messages.error(request, " ".join(errors))
                return self.to(f"{self.rows}_preview", batch.pk)
            options |= form.options()
        layout = batch.layout | {"options": options}
        # Not if it has been confirmed in another window.
        waiting = self.model.objects.filter(pk=batch.pk, state=State.WAITING)
        waiting.update(layout=layout, preview={})
        return self.to(f"{self.rows}_preview", batch.pk)

    def _show(
        self, request: HttpRequest, batch: Batch, preview: Any, plan: Plan | None
    ) -> HttpResponse:
        if batch.layout.get("sheets") != preview.sheets:
            batch.layout = batch.layout | {"sheets": preview.sheets}
            waiting = self.model.objects.filter(pk=batch.pk, state=State.WAITING)
            waiting.update(layout=batch.layout)
        if request.method == "POST" and request.POST.get("token") != preview.token:
            # Before checking answers, which may have been given to another preview.
            messages.warning(request, self.outdated)
            return self.to(f"{self.rows}_preview", batch.pk)
        form = ConfirmForm(request.POST or None, preview=preview)
        if request.method == "POST" and preview.is_clean and form.is_valid():
            if self._confirm(request, batch, preview, plan, form.cleaned_data):
                return self.to(f"{self.batches}_change", batch.pk)
            return self.to(f"{self.rows}_preview", batch.pk)
        if batch.what_happened:
            messages.warning(request, batch.what_happened)
        options = batch.layout.get("options", {})
        proposed = {n: v for n, v in preview.proposed.items() if not options.get(n)}
        return self.page(
            request,
            self.preview_template,
            _("Preview: %s") % batch.file_name,
            batch=batch,
            plan=preview,
            form=form,
            again=self.again_form(
                initial=options | proposed,
                sheets=preview.sheets,
                hidden=preview.hidden_sheets,
            ),
            **self.mapping_context(request, batch, preview),
            **self.preview_context(preview),
        )

    def _confirm(
        self,
        request: HttpRequest,
        batch: Batch,
        preview: Preview,
        plan: Plan | None,
        answers: dict[str, Any],
    ) -> bool:
        """Write the file or have it written, and report that, or why not. True
        if written."""
        try:
            is_done = tasks.confirm(batch, plan, answers["token"], answers["reason"])
        except PreviewOutdatedError:
            batch.refresh_from_db()
            if batch.state == State.APPLIED:
                # A second click, or a second window.
                messages.info(request, _("This file was already written, once."))
                return True
            messages.warning(request, self.outdated)
            return False
        except ValidationError as error:
            for text in error.messages:
                messages.error(request, text)
            return False
        if is_done:
            messages.success(
                request,
                _("Written: %(new)s new, %(changed)s changed, %(unchanged)s unchanged.")
                % {
                    "new": preview.new_count,
                    "changed": preview.changed_count + preview.withdrawn_count,
                    "unchanged": preview.unchanged,
                },
            )
        return is_done
