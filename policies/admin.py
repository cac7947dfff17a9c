from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import action

from cbec_site.base.admin import ContentAdmin
from cbec_site.base.exporting import RecordedExport
from cbec_site.base.forms import ConstraintsForm
from datasets.imports.batch_admin import BatchAdmin

from .admin_import import batch_context, pages
from .models import Issuer, PilotZone, Policy, PolicyBatch, PolicyIssuer, Topic
from .resources import PolicyExport


@admin.register(Issuer)
class IssuerAdmin(ContentAdmin):
    list_display = ("code", "name")
    search_fields = ("code",)
    facts = ("code",)


@admin.register(Topic)
class TopicAdmin(ContentAdmin):
    list_display = ("code", "name")
    search_fields = ("code",)
    facts = ("code",)


class PolicyIssuerInline(TabularInline):
    model = PolicyIssuer
    form = ConstraintsForm
    extra = 0
    autocomplete_fields = ("issuer",)
    fields = ("issuer", "position")
    ordering = ("position",)


@admin.register(Policy)
class PolicyAdmin(RecordedExport, ContentAdmin):
    list_display = ("code", "title", "level", "published_on", "status", "is_published")
    list_filter = (
        "level",
        "status",
        "in_table_1",
        "is_number_confirmed",
        "is_written_confirmed",
        "topics",
    )
    search_fields = ("code", "document_number")
    date_hierarchy = "published_on"
    autocomplete_fields = ("topics",)
    inlines = (PolicyIssuerInline,)
    resource_classes = [PolicyExport]
    actions_list = ("import_file",)
    facts = (
        "code",
        "document_number",
        "is_number_confirmed",
        "level",
        "written_on",
        "written_precision",
        "is_written_confirmed",
        "published_on",
        "published_precision",
        "status",
        "topics",
        "in_table_1",
        "source_url",
        "paper_location",
        "verification",
    )

    def get_export_queryset(self, request):
        return super().get_export_queryset(request).with_labels()

    def get_urls(self):
        return [*pages.row_urls(self.admin_site.admin_view), *super().get_urls()]

    @action(
        description=_("Import a file"),
        url_path="import-file",
        permissions=["import_file"],
    )
    def import_file(self, request):
        return pages.upload(request)

    def has_import_file_permission(self, request):
        return pages.allows(request)


@admin.register(PolicyBatch)
class PolicyBatchAdmin(BatchAdmin):
    pages = pages
    change_form_template = "admin/policies/policybatch/change_form.html"

    def batch_context(self, pk):
        return batch_context(pk)


@admin.register(PilotZone)
class PilotZoneAdmin(ContentAdmin):
    list_display = ("code", "region", "batch", "approved_on", "is_published")
    list_filter = ("batch", "is_number_confirmed")
    list_select_related = ("region",)
    search_fields = ("code", "region__name_zh_hans", "region__name_en")
    autocomplete_fields = ("region",)
    facts = (
        "code",
        "region",
        "batch",
        "approved_on",
        "approved_precision",
        "document_number",
        "is_number_confirmed",
        "source_url",
    )
