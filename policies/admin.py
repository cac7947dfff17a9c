from django.contrib import admin
from import_export.admin import ExportMixin
from unfold.admin import TabularInline
from unfold.contrib.import_export.forms import ExportForm

from cbec_site.admin import ContentAdmin
from cbec_site.exporting import FORMATS

from .models import Issuer, PilotZone, Policy, PolicyIssuer, Topic
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
    extra = 0
    autocomplete_fields = ("issuer",)
    fields = ("issuer", "position")
    ordering = ("position",)


@admin.register(Policy)
class PolicyAdmin(ExportMixin, ContentAdmin):
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
    export_formats = FORMATS
    export_form_class = ExportForm
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
