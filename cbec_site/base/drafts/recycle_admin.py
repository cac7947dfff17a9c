"""The recycle bin in the admin: what was deleted, by whom, and the way back."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import (
    ObjectDoesNotExist,
    PermissionDenied,
    ValidationError,
)
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin

from cbec_site.base.dates import partial_date_text
from cbec_site.base.read_only import ReadOnlyAdmin

from .listing import KindFilter, kind
from .models import DeletedRow
from .recycle_bin import bring_back, keep, rows_of

# How many of the rows deleted along with it are shown; all of them come back.
SHOWN = 50
# A name may need a query.
NAMED = 8
# Not shown here: a row always comes back unpublished.
ASIDE = ("is_published", "published_at")


class RecyclingAdmin:
    """For a ModelAdmin: deleted rows go to the recycle bin."""

    def delete_view(self, request, object_id, extra_context=None):
        context = {"goes_to_bin": True} | (extra_context or {})
        return super().delete_view(request, object_id, context)

    def delete_model(self, request, obj):
        kept = keep(obj, request.user, getattr(obj, "_change_reason", None) or "")
        super().delete_model(request, obj)
        self._tell_of_bin(request, [kept])

    def delete_queryset(self, request, queryset):
        kept = [keep(row, request.user) for row in queryset]
        super().delete_queryset(request, queryset)
        self._tell_of_bin(request, kept)

    def _tell_of_bin(self, request, kept):
        text = ngettext(
            "It is in the recycle bin and can be brought back.",
            "They are in the recycle bin and can be brought back.",
            len(kept),
        )
        name, args = "admin:drafts_deletedrow_changelist", []
        if len(kept) == 1:
            name, args = "admin:drafts_deletedrow_change", [kept[0].pk]
        link = reverse(name, args=args)
        label = _("Open the recycle bin")
        messages.info(request, format_html('{} <a href="{}">{}</a>', text, link, label))


class Restored(admin.SimpleListFilter):
    """What is still in the bin, and what was brought back."""

    title = gettext_lazy("brought back")
    parameter_name = "restored"

    def lookups(self, request, model_admin):
        return [("no", _("in the bin")), ("yes", _("brought back"))]

    def queryset(self, request, queryset):
        if self.value() in ("no", "yes"):
            return queryset.filter(restored_at__isnull=self.value() == "no")
        return queryset


@admin.register(DeletedRow)
class DeletedRowAdmin(ReadOnlyAdmin, ModelAdmin):
    """Shows deleted rows to users who may see rows of that kind."""

    list_display = ("title", kind, "deleted_by", "deleted_at", "restored_at")
    list_filter = (Restored, KindFilter)
    list_select_related = ("content_type", "deleted_by")
    search_fields = ("title",)
    show_full_result_count = False
    change_form_template = "admin/drafts/deleted_row.html"

    def get_queryset(self, request):
        kinds = Q(pk__in=[])
        for model, model_admin in self._kinds().items():
            if model_admin.has_view_or_change_permission(request):
                app, name = model._meta.label_lower.split(".")
                kinds |= Q(content_type__app_label=app, content_type__model=name)
        return super().get_queryset(request).filter(kinds)

    def _kinds(self):
        return {
            model: model_admin
            for model, model_admin in self.admin_site._registry.items()
            if isinstance(model_admin, RecyclingAdmin)
        }

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        kept = self.get_object(request, unquote(object_id)) if object_id else None
        if kept is None or not self.has_view_permission(request, kept):
            return super().changeform_view(request, object_id, form_url, extra_context)
        may_restore = self._may_restore(request, kept)
        if request.method == "POST":
            if not may_restore:
                raise PermissionDenied
            return self._bring_back(request, kept)
        context = {
            "kept": kept,
            "can_restore": may_restore and kept.restored_at is None,
            "texts": list(_filled_fields(kept)),
            "others": list(_named(kept)),
            "more": max(0, len(kept.rows) - 1 - SHOWN),
        }
        return super().changeform_view(
            request, object_id, form_url, (extra_context or {}) | context
        )

    def _may_restore(self, request, kept):
        model_admin = self._kinds().get(kept.content_type.model_class())
        return model_admin is not None and model_admin.has_add_permission(request)

    def _bring_back(self, request, kept):
        try:
            row = bring_back(kept, request.user)
        except ValidationError as error:
            for text in error.messages:
                messages.error(request, text)
            return redirect(request.path)
        messages.success(request, _("“%s” is back, unpublished.") % row)
        meta = row._meta
        return redirect(f"admin:{meta.app_label}_{meta.model_name}_change", row.pk)

    def has_module_permission(self, request):
        return request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return request.user.is_staff


def _filled_fields(kept):
    """(label, value in words) of the fields of a deleted row that are not empty.

    Empty if the model had other fields when the row was deleted.
    """
    try:
        row = next(rows_of(kept))
    except (StopIteration, ValidationError):
        return
    for name in kept.rows[0]["fields"]:
        field = row._meta.get_field(name)
        value = getattr(row, field.attname)
        precision = getattr(row, f"{name.removesuffix('_on')}_precision", None)
        if value and precision:
            # As much of the day as is known.
            value = partial_date_text(value, precision)
        if name.endswith("_precision") or name in ASIDE or value in (None, "", [], {}):
            continue
        if field.choices:
            value = getattr(row, f"get_{name}_display")()
        elif isinstance(value, bool):
            value = _("Yes") if value else _("No")
        elif field.is_relation:
            value = field.related_model._base_manager.filter(pk=value).first() or value
        yield capfirst(field.verbose_name), value


def _named(kept):
    """(kind, name) of the rows that were deleted with a row; most have only a key."""
    try:
        rows = list(rows_of(kept))
    except ValidationError:
        rows = [None] * len(kept.rows)
    for number, (stored, row) in enumerate(zip(kept.rows, rows, strict=True)):
        if 0 < number <= SHOWN:
            kind = capfirst(DeletedRow.model_of(stored)._meta.verbose_name)
            yield kind, _name_of(row) if number <= NAMED else stored["pk"]


def _name_of(row):
    """The name of a row that is not stored, or its key if the name is not known."""
    try:
        return str(row) if row is not None else ""
    except ObjectDoesNotExist:
        return row.pk
