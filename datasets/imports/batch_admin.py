"""The pages of past imports: what each did, and its undo."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin

from datasets.models.batches import Batch

from . import tasks
from .admin import ImportPages


class BatchAdmin(ModelAdmin):
    """Past imports; nothing here is edited, but a batch can be undone."""

    pages: ImportPages
    list_display = (
        "created_at",
        "file_name",
        "user",
        "state",
        "new_count",
        "changed_count",
        "unchanged_count",
    )
    list_filter = ("state",)
    list_select_related = ("user",)
    search_fields = ("file_name", "reason")
    # Its page shows `what_happened` instead, in the reader's language.
    exclude = ("message",)
    date_hierarchy = "created_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Batch | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Batch | None = None
    ) -> bool:
        return False

    def get_urls(self) -> list:
        return [*self.pages.batch_urls(self.admin_site.admin_view), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        self.check_permission(request)
        tasks.mark_dead_jobs(self.model)
        return super().changelist_view(request, extra_context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        self.check_permission(request)
        batch = self.get_object(request, unquote(object_id))
        if batch is None:
            return super().change_view(request, object_id, form_url, extra_context)
        tasks.mark_dead_jobs(self.model)
        context = self.batch_context(batch.pk) | {
            "may_import": self.pages.allows(request),
            "undo_url": f"admin:{self.pages.batches}_undo",
            "preview_url": f"admin:{self.pages.rows}_preview",
        }
        return super().change_view(
            request, object_id, form_url, (extra_context or {}) | context
        )

    def check_permission(self, request: HttpRequest) -> None:
        """Check the permission before anything is read or written."""
        if not self.has_view_permission(request):
            raise PermissionDenied

    def batch_context(self, pk: int) -> dict:
        """What the batch's page shows of each row before and after."""
        raise NotImplementedError
