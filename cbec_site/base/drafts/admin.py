"""The list of drafts in the admin, and the addresses that the change forms call."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q
from django.urls import path
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from cbec_site.base.read_only import ReadOnlyAdmin

from . import recycle_admin, views
from .listing import KindFilter, kind
from .models import Draft

__all__ = ["DraftAdmin", "recycle_admin"]


class DraftList(ChangeList):
    """Each row leads to the form that it is a draft of."""

    def url_for_result(self, result):
        return result.get_edit_url()


@admin.register(Draft)
class DraftAdmin(ReadOnlyAdmin, ModelAdmin):
    """Who waits for whom: drafts are listed here and edited in their forms."""

    list_display = (
        "open_draft",
        kind,
        "state",
        "goes_live",
        "expires_at",
        "author",
        "updated_at",
    )
    list_filter = ("state", KindFilter)
    list_select_related = ("content_type", "author")
    search_fields = ("title",)
    show_full_result_count = False
    # What was typed is shown only in the form it was typed into.
    exclude = ("fields", "message")

    def get_queryset(self, request):
        """Drafts of the kinds the user may see; private ones are their author's."""
        seen = [
            model._meta.label_lower.split(".")
            for model, model_admin in admin.site._registry.items()
            if hasattr(model_admin, "has_draft_permission")
            and model_admin.has_view_or_change_permission(request)
        ]
        kinds = Q(pk__in=[])
        for app, name in seen:
            kinds |= Q(content_type__app_label=app, content_type__model=name)
        own = Q(author=request.user) | ~Q(state=Draft.State.PRIVATE)
        return super().get_queryset(request).filter(kinds, own)

    def get_changelist(self, request, **kwargs):
        return DraftList

    @admin.display(description=_("draft"), ordering="title")
    def open_draft(self, draft):
        return str(draft)

    @admin.display(description=_("goes live at"), ordering="live_at", empty_value="—")
    def goes_live(self, draft):
        """The moment of a scheduled draft, and whether it has passed."""
        if draft.state != Draft.State.SCHEDULED:
            return None
        moment = localize(localtime(draft.live_at))
        if draft.is_late:
            return _("%s has passed: is the worker running?") % moment
        return moment

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            path("keep/", wrap(views.keep), name="drafts_keep"),
            path("preview/", wrap(views.preview_row), name="drafts_preview_row"),
            path("<int:draft_id>/preview/", wrap(views.preview), name="drafts_preview"),
        ]
        return [*own, *super().get_urls()]

    def has_module_permission(self, request):
        return request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return request.user.is_staff
