"""The history in the admin: what each version changed, and how to restore one as a
draft."""

from itertools import pairwise

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from .drafts import acts
from .drafts.conflicts import data_of
from .forms import version_of
from .history import changes_between, note_parts
from .reasons import shown_reason

# Form fields that do not change the row.
_ASIDE = {"change_reason", "seen_version", "seen_consequences"}


class HistoryAdmin(SimpleHistoryAdmin):
    """Shows what each version changed; restoring one makes a draft and publishes
    nothing.

    Saving without a change records nothing; a row's parts are recorded with it.
    """

    object_history_template = "admin/drafts/history.html"
    object_history_form_template = "admin/drafts/version.html"
    history_list_per_page = 50

    def set_history_delta_changes(self, request, historical_records, **kwargs):
        records = list(historical_records)
        acts_of = {"+": _("created"), "-": _("deleted"), "~": _("changed")}
        for record in records:
            record.act = acts_of[record.history_type]
            record.reason = shown_reason(record.history_change_reason)
        for newer, older in pairwise(records):
            newer.changes = changes_between(older, newer)
        if records:
            first = records[-1]
            first.changes = changes_between(first.prev_record or first, first)

    def history_view(self, request, object_id, extra_context=None):
        try:
            self.model._meta.pk.to_python(unquote(object_id))
        except ValidationError as error:
            raise Http404 from error
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """The page of one version; its "restore" button makes a draft of it."""
        # Before the version is read, which asks for its row too.
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if not version_id.isdecimal():
            raise Http404
        if request.method != "POST":
            return super().history_form_view(
                request, object_id, version_id, extra_context
            )
        current = self.get_object(request, unquote(object_id))
        if not self.has_revert_permission(request, current):
            raise PermissionDenied
        versions = self.model.history.filter(id=unquote(object_id))
        version = versions.filter(history_id=version_id).first()
        if version is None:
            raise Http404
        return self._restore(request, version, current)

    def _restore(self, request, version, current):
        data = data_of(self, request, version.instance, current)
        data["seen_version"] = version_of(current) if current else ""
        for name, parts in (version.parts or {}).items():
            if name in data:
                data.setlist(name, [str(key) for key, _text in parts])
        object_id = current.pk if current else None
        try:
            draft = acts.save_draft(request.user, self.model, object_id, data)
        except ValidationError as error:
            for text in error.messages:
                messages.error(request, text)
            return redirect(request.path)
        messages.success(
            request,
            _("The older version is a draft now; publish it to have readers see it."),
        )
        return redirect(draft.get_edit_url())

    def save_model(self, request, obj, form, change):
        if change and _ASIDE.issuperset(form.changed_data):
            obj.skip_history_when_saving = True
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        row = form.instance
        if hasattr(row, "skip_history_when_saving"):
            del row.skip_history_when_saving
            if any(formset.has_changed() for formset in formsets):
                # A version of its own if only the parts changed.
                row.save()
        note_parts(self.model, [row.pk])
