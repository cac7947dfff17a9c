"""Upload, preview, confirm, take back: the editors' way through an import."""

import hashlib

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
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

from .importing.batch import Moved, apply_plan, undo
from .importing.plan import Options, Plan, make_plan
from .importing.problems import Problem, Refused
from .models import ImportBatch, Indicator, Observation, Revision, Source
from .signals import ask_consequences
from .units import Unit

SHOWN = 200
may_import = permission_required("datasets.import_observation", raise_exception=True)


class UploadForm(forms.Form):
    """The file, and what no column of it says."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=UnfoldAdminFileFieldWidget,
        help_text=gettext_lazy("CSV, TSV, text or XLSX, as the office sends it."),
    )
    source = forms.ModelChoiceField(
        Source.objects.all(),
        label=gettext_lazy("Source of rows that name none"),
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    indicator = forms.ModelChoiceField(
        Indicator.objects.all(),
        label=gettext_lazy("Indicator of rows that name none"),
        required=False,
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
        found = self.cleaned_data
        code = {
            name: found[name].code if found[name] else ""
            for name in ("source", "indicator")
        }
        return code | {"region": found["region"], "unit": found["unit"]}


class ConfirmForm(forms.Form):
    """What has to be said before anything is written."""

    token = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason for this import"),
        required=False,
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
    )
    accept = forms.BooleanField(
        label=gettext_lazy("I have looked at the suspicious values; they are right."),
        required=False,
    )

    def __init__(self, *args, needs_reason=False, needs_accept=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason
        if needs_accept:
            self.fields["accept"].required = True
        else:
            del self.fields["accept"]


@may_import
def upload(request):
    """Take a file and keep it waiting; the preview follows."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        digest = hashlib.sha256(content).hexdigest()
        batch = ImportBatch(
            file_name=form.cleaned_data["file"].name[:255],
            sha256=digest,
            user=request.user,
            state=ImportBatch.State.WAITING,
            layout={"options": form.options()},
        )
        batch.file.save(f"{digest[:16]}.dat", ContentFile(content), save=False)
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
    batch = get_object_or_404(ImportBatch, pk=pk)
    if batch.state != ImportBatch.State.WAITING:
        return redirect("admin:datasets_importbatch_change", pk)
    if batch.user_id != request.user.pk and not request.user.is_superuser:
        messages.error(request, _("Another editor uploaded this file."))
        return redirect("admin:datasets_importbatch_changelist")
    plan = _plan(batch, request.GET.getlist("ignore"))
    consequences = ask_consequences(_proposals(plan)) if plan.is_clean else []
    form = ConfirmForm(
        request.POST or None,
        initial={"token": plan.token},
        needs_reason=bool(consequences),
        needs_accept=bool(plan.suspicious),
    )
    if request.method == "POST" and plan.is_clean and form.is_valid():
        if _confirm(request, batch, plan, form):
            return redirect("admin:datasets_importbatch_change", pk)
        return redirect("admin:datasets_observation_preview", pk)
    return _page(
        request,
        "admin/datasets/import_preview.html",
        _("Preview: %s") % batch.file_name,
        batch=batch,
        plan=plan,
        form=form,
        consequences=consequences,
        new=plan.new,
        changed=plan.changed,
        errors=plan.errors.items,
        warnings=plan.warnings.items,
    )


def _plan(batch, ignored) -> Plan:
    options = dict(batch.layout.get("options", {}))
    with batch.file.open("rb") as file:
        content = file.read()
    try:
        return make_plan(
            content,
            file_name=batch.file_name,
            options=Options(**options, ignore=frozenset(ignored)),
        )
    except Refused as refusal:
        plan = Plan(batch.file_name, batch.sha256)
        plan.errors.append(Problem(0, "", "", refusal.message))
        return plan


def _proposals(plan):
    return plan.proposals()


def _confirm(request, batch, plan, form):
    """Write the plan into the waiting batch; says so, or why not."""
    try:
        apply_plan(
            plan,
            token=form.cleaned_data["token"],
            batch=batch,
            reason=form.cleaned_data["reason"],
        )
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
    messages.success(
        request,
        _("Written: %(new)s new, %(changed)s changed, %(unchanged)s unchanged.")
        % {
            "new": plan.new_count,
            "changed": plan.changed_count,
            "unchanged": plan.unchanged,
        },
    )
    return True


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
