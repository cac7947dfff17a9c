"""Upload, preview, confirm, take back: the editors' way through an import."""

import hashlib

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from .importing import jobs
from .importing.batch import Moved, undo
from .importing.preview import Preview, read_preview
from .models import ImportBatch, Indicator, Observation, Revision, Source
from .units import Unit

SHOWN = 200
State = ImportBatch.State
may_import = permission_required("datasets.import_observation", raise_exception=True)


class OptionsForm(forms.Form):
    """How to read a file, and what no column of it says."""

    source = forms.ModelChoiceField(
        Source.objects.all(),
        label=gettext_lazy("Source of rows that name none"),
        required=False,
        to_field_name="code",
        widget=UnfoldAdminSelectWidget,
    )
    indicator = forms.ModelChoiceField(
        Indicator.objects.all(),
        label=gettext_lazy("Indicator of rows that name none"),
        required=False,
        to_field_name="code",
        widget=UnfoldAdminSelectWidget,
    )
    region = forms.CharField(
        label=gettext_lazy("Region of rows that name none"),
        required=False,
        max_length=120,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("A code or a name, such as 520000 or 贵州."),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Unit of rows that name none"),
        required=False,
        choices=[("", "—"), *Unit.choices],
        widget=UnfoldAdminSelectWidget,
    )

    def options(self) -> dict:
        """What the editor said, as it is kept with the batch."""
        found = dict(self.cleaned_data)
        for name in ("source", "indicator"):
            found[name] = found[name].code if found[name] else ""
        found.pop("file", None)
        return found


class UploadForm(OptionsForm):
    """The file itself comes first."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=UnfoldAdminFileFieldWidget,
        help_text=gettext_lazy("CSV, TSV, text or XLSX, as the office sends it."),
    )
    field_order = ["file"]


class AgainForm(OptionsForm):
    """To read a waiting file in another way."""

    sheet = forms.ChoiceField(
        label=gettext_lazy("Sheet"), required=False, widget=UnfoldAdminSelectWidget
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding"),
        required=False,
        choices=[
            ("", gettext_lazy("as found")),
            *((name, name.upper()) for name in ("utf-8", "gb18030", "big5", "utf-16")),
        ],
        widget=UnfoldAdminSelectWidget,
    )
    withdraw_absent = forms.BooleanField(
        label=gettext_lazy(
            "Withdraw the published values of these series that are not in the file"
        ),
        required=False,
    )

    def __init__(self, *args, sheets=(), **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", _("all visible sheets")), *((name, name) for name in sheets)]
        self.fields["sheet"].choices = choices
        if len(sheets) < 2:
            del self.fields["sheet"]


class ConfirmForm(forms.Form):
    """What has to be said before anything is written."""

    token = forms.CharField(widget=forms.HiddenInput)
    accept = forms.MultipleChoiceField(
        label=gettext_lazy("Suspicious values: tick each one that is right"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    accept_more = forms.BooleanField(required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason for this import"),
        required=False,
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
    )

    def __init__(self, *args, preview: Preview, **kwargs):
        super().__init__(*args, initial={"token": preview.token}, **kwargs)
        self.fields["reason"].required = bool(preview.consequences)
        choices = [
            (f"{place}", f"{problem} [{problem.column}]")
            for place, problem in enumerate(preview.suspicious)
        ]
        self.fields["accept"].choices = choices
        more = preview.suspicious_count - len(choices)
        self.fields["accept_more"].label = _(
            "The %s further suspicious values are right too."
        ) % (more,)
        self.fields["accept_more"].required = more > 0
        if more <= 0:
            del self.fields["accept_more"]
        if not choices:
            del self.fields["accept"]

    def clean_accept(self):
        ticked = self.cleaned_data["accept"]
        missing = len(self.fields["accept"].choices) - len(set(ticked))
        if missing:
            raise ValidationError(
                _("%s suspicious values are not ticked; correct the file or tick them.")
                % missing
            )
        return ticked


@may_import
def upload(request):
    """Take a file and keep it waiting; the preview follows."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        batch = ImportBatch(
            file_name=file.name[:255],
            sha256=digest.hexdigest(),
            user=request.user,
            state=State.WAITING,
            layout={"options": form.options()},
        )
        file.seek(0)
        batch.file.save(f"{batch.sha256[:16]}.dat", file, save=False)
        batch.save()
        return redirect("admin:datasets_observation_preview", batch.pk)
    return _page(
        request,
        "admin/datasets/import_upload.html",
        _("Import observations"),
        form=form,
    )


@may_import
def preview(request, pk):
    """Show what a waiting file would do; write it when the editor confirms."""
    batch = jobs.settle(get_object_or_404(ImportBatch, pk=pk))
    if batch.user_id != request.user.pk and not request.user.is_superuser:
        messages.error(request, _("Another editor uploaded this file."))
        return redirect("admin:datasets_importbatch_changelist")
    if request.method == "POST" and batch.state == State.FAILED:
        jobs.retry(batch)
        return redirect("admin:datasets_observation_preview", pk)
    if batch.state == State.WAITING:
        if request.method == "POST" and "again" in request.POST:
            return _read_again(request, batch)
        found = jobs.look(batch)
        if found:
            return _show(request, batch, read_preview(found))
    if batch.state == State.RUNNING:
        return _page(
            request,
            "admin/datasets/import_running.html",
            batch.file_name,
            batch=batch,
            progress=jobs.read_progress(pk),
        )
    return redirect("admin:datasets_importbatch_change", pk)


def _read_again(request, batch):
    """Keep how the file is to be read; the preview is made anew."""
    options = dict(batch.layout.get("options", {}))
    if "ignore" in request.POST:
        options["ignore"] = request.POST.getlist("ignore")[:400]
    else:
        sheets = batch.layout.get("sheets", [])
        form = AgainForm(request.POST, sheets=sheets)
        if not form.is_valid():
            for errors in form.errors.values():
                messages.error(request, " ".join(errors))
            return redirect("admin:datasets_observation_preview", batch.pk)
        options |= form.options()
    batch.layout = batch.layout | {"options": options}
    batch.preview = {}
    batch.save(update_fields=["layout", "preview"])
    return redirect("admin:datasets_observation_preview", batch.pk)


def _show(request, batch, found: Preview):
    if batch.layout.get("sheets") != found.sheets:
        batch.layout = batch.layout | {"sheets": found.sheets}
        batch.save(update_fields=["layout"])
    form = ConfirmForm(request.POST or None, preview=found)
    if request.method == "POST" and found.is_clean and form.is_valid():
        if _confirm(request, batch, found, form.cleaned_data):
            return redirect("admin:datasets_importbatch_change", batch.pk)
        return redirect("admin:datasets_observation_preview", batch.pk)
    if batch.message:
        messages.warning(request, batch.message)
    return _page(
        request,
        "admin/datasets/import_preview.html",
        _("Preview: %s") % batch.file_name,
        batch=batch,
        plan=found,
        form=form,
        again=AgainForm(initial=batch.layout.get("options", {}), sheets=found.sheets),
        charts=found.charts(),
    )


def _confirm(request, batch, found, answers):
    """Write the file or have it written; says so, or why not. True when written."""
    try:
        is_done = jobs.confirm(batch, answers["token"], answers["reason"])
    except Moved:
        messages.warning(
            request,
            _("The series changed since this preview; nothing was written."),
        )
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
                "new": found.new_count,
                "changed": found.changed_count + found.withdrawn_count,
                "unchanged": found.unchanged,
            },
        )
    return is_done


def batch_context(request, pk):
    """What the page of a batch shows: each value before and after."""
    versions = Revision.objects.filter(replaced_by=pk).select_related(
        "observation__indicator", "observation__region"
    )
    added = (
        Observation.objects.filter(batch=pk)
        .exclude(revisions__replaced_by=pk)
        .with_labels()
    )
    return {
        "versions": versions[:SHOWN],
        "added": added[:SHOWN],
        "may_undo": request.user.has_perm("datasets.import_observation"),
    }


@require_POST
@may_import
def take_back(request, pk):
    """Undo a batch, or name the rows that stand in the way."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    try:
        done = undo(
            batch, user=request.user, reason=request.POST.get("reason", "")[:300]
        )
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
        return redirect("admin:datasets_importbatch_change", pk)
    messages.success(request, _("Taken back: the former values stand again."))
    return redirect("admin:datasets_importbatch_change", done.pk)


def _page(request, template, title, **context):
    return TemplateResponse(
        request,
        template,
        admin.site.each_context(request) | {"title": title, **context},
    )
