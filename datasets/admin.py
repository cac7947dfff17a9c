from dataclasses import replace

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportMixin
from unfold.admin import ModelAdmin, TabularInline
from unfold.contrib.import_export.forms import ExportForm
from unfold.decorators import action

from cbec_site.admin import ContentAdmin
from cbec_site.exporting import FORMATS
from cbec_site.forms import seal

from . import admin_import
from .charts import figure_table, indicator_series
from .forms import ObservationForm
from .import_desk import BatchAdmin
from .models import (
    Breakdown,
    Figure,
    FigureObservation,
    ImportBatch,
    Indicator,
    Observation,
    Region,
    Revision,
    Source,
    hold_series,
)
from .resources import ObservationExport
from .signals import Proposal, ask_consequences

# Published or withdrawn in one request; more are an import's work.
MOST_AT_ONCE = 1_000


@admin.register(Source)
class SourceAdmin(ContentAdmin):
    list_display = ("code", "title", "publisher", "url")
    search_fields = ("code",)
    facts = ("code", "url", "published_on", "accessed_on")


@admin.register(Region)
class RegionAdmin(ContentAdmin):
    list_display = ("code", "name", "kind", "parent")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("code",)
    autocomplete_fields = ("parent",)
    facts = ("code", "kind", "parent")


class ConsequencesMixin:
    """Whatever makes a published claim false is shown first and needs a reason.

    A claim on a value that waits for an editor says so and does not show it; one that
    follows the newest value waits until that is published.
    """

    change_form_before_template = "admin/datasets/observation/consequences.html"

    def get_fieldsets(self, request, obj=None):
        *sets, (label, last) = super().get_fieldsets(request, obj)
        return [*sets, (label, {"fields": [*last["fields"], "seen_consequences"]})]

    def get_actions(self, request):
        # One by one, each with what follows from it.
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def delete_view(self, request, object_id, extra_context=None):
        item = self.get_object(request, unquote(object_id))
        found = ask_consequences([Proposal.of(item, is_deleted=True)]) if item else []
        if found and request.method == "POST" and not reason_of(request):
            messages.error(request, _("Give a reason: published claims change."))
            return redirect(request.get_full_path())
        return super().delete_view(
            request, object_id, (extra_context or {}) | {"consequences": found}
        )

    def delete_model(self, request, obj):
        obj._change_reason = reason_of(request) or None
        super().delete_model(request, obj)

    def set_published(self, request, queryset, wanted, reason=""):
        """As for all content, once what follows was seen and has a reason."""
        items = queryset.exclude(is_published=wanted)
        if items.count() > MOST_AT_ONCE:
            text = _("Select at most %(count)d at once.") % {"count": MOST_AT_ONCE}
            return self.message_user(request, text, level="error")
        found = ask_consequences(
            [
                replace(Proposal.of(item), is_published=wanted)
                for item in items.select_related("indicator")
            ]
        )
        reason = reason_of(request)
        is_seen = request.POST.get("seen_consequences") == seal(found)
        if found and not (is_seen and reason):
            return self.ask_before_publication(request, queryset, wanted, found)
        with transaction.atomic():
            # The rows are read again now that nobody else can change them.
            hold_series(queryset.values_list("indicator", flat=True))
            return super().set_published(request, queryset, wanted, reason)

    def ask_before_publication(self, request, queryset, wanted, found):
        """The page between: the list, the reason, and the same rows once more."""
        action = self.get_action("publish" if wanted else "withdraw")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": action[2],
            "consequences": found,
            "hidden": [
                ("action", action[1]),
                ("seen_consequences", seal(found)),
                *(("_selected_action", item.pk) for item in queryset),
            ],
        }
        return TemplateResponse(
            request, "admin/datasets/observation/publication.html", context
        )


def reason_of(request):
    """The reason an editor gave beside a list of consequences."""
    return request.POST.get("change_reason", "").strip()[:100]


class ChartPreviewMixin:
    """Shows below the form what the saved object draws."""

    change_form_after_template = "admin/datasets/chart_preview.html"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        item = self.get_object(request, unquote(object_id))
        preview = {"preview": self.draw(item)} if item else {}
        return super().change_view(
            request, object_id, form_url, (extra_context or {}) | preview
        )


@admin.register(Indicator)
class IndicatorAdmin(ChartPreviewMixin, ContentAdmin):
    list_display = ("code", "title", "unit", "kind", "is_published")
    list_filter = ("kind", "unit")
    search_fields = ("code",)
    facts = ("code", "unit", "decimals", "frequency", "kind", "direction")

    def draw(self, indicator):
        return indicator_series(indicator)


@admin.register(Breakdown)
class BreakdownAdmin(ContentAdmin):
    list_display = ("code", "title")
    search_fields = ("code",)
    facts = ("code",)


@admin.register(Observation)
class ObservationAdmin(ConsequencesMixin, ExportMixin, ContentAdmin):
    form = ObservationForm
    list_display = (
        "indicator",
        "region",
        "period",
        "breakdown",
        "display_value",
        "status",
        "source",
        "is_published",
    )
    list_filter = ("status", "unit", "vintage")
    list_select_related = ("indicator", "region", "source")
    search_fields = ("code", "indicator__code", "indicator__title_zh_hans", "period")
    search_fields += ("indicator__title_en", "region__name_zh_hans", "region__name_en")
    autocomplete_fields = ("indicator", "region", "source")
    ordering = ("-pk",)
    resource_classes = [ObservationExport]
    export_formats = FORMATS
    export_form_class = ExportForm
    actions_list = ("import_file",)
    facts = (
        "code",
        "indicator",
        "region",
        "period",
        "breakdown",
        "value",
        "unit",
        "decimals",
        "status",
        "qualifier",
        "source",
        "vintage",
        "paper_location",
        "provenance",
    )

    @admin.display(description=_("value"), ordering="value")
    def display_value(self, observation):
        return observation.qualified_value

    def get_search_fields(self, request):
        return self.search_fields

    def get_export_queryset(self, request):
        return super().get_export_queryset(request).with_labels()

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [*admin_import.desk.row_urls(wrap), *super().get_urls()]

    @action(
        description=_("Import a file"),
        url_path="import-file",
        permissions=["import_file"],
    )
    def import_file(self, request):
        return admin_import.desk.upload(request)

    def has_import_file_permission(self, request):
        return admin_import.desk.allows(request)


class PointInline(TabularInline):
    model = FigureObservation
    extra = 0
    autocomplete_fields = ("observation",)
    fields = ("observation", "role", "position")
    ordering = ("position",)


@admin.register(Figure)
class FigureAdmin(ChartPreviewMixin, ContentAdmin):
    list_display = ("number", "title", "chart_type", "is_published")
    list_filter = ("chart_type",)
    search_fields = ("number", "slug")
    inlines = (PointInline,)
    facts = ("number", "slug", "chart_type")

    def draw(self, figure):
        return figure_table(figure)


@admin.register(ImportBatch)
class ImportBatchAdmin(BatchAdmin):
    desk = admin_import.desk
    change_form_template = "admin/datasets/importbatch/change_form.html"

    def batch_context(self, pk):
        return admin_import.batch_context(pk)


@admin.register(Revision)
class RevisionAdmin(ModelAdmin):
    """Former versions, to look up; they are never edited."""

    list_display = ("observation", "plain_value", "status", "valid_from", "valid_to")
    list_select_related = ("observation",)
    search_fields = ("observation__code",)
    date_hierarchy = "valid_to"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
