from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.forms import Script
from django.http import Http404, JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action

from cbec_site.base.admin import ContentAdmin
from cbec_site.base.drafts.checklist import Finding
from cbec_site.base.exporting import RecordedExport
from cbec_site.base.forms import ConstraintsForm

from . import admin_import
from .admin_consequences import ObservationConsequences, SeriesConsequences
from .admin_search import with_words
from .admin_versions import VersionsInHistory
from .charts import figure_table, indicator_series
from .dependents import is_figure_used
from .imports.batch_admin import BatchAdmin
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
)
from .resources import ObservationExport
from .units import MEASURES


@admin.register(Source)
class SourceAdmin(SeriesConsequences, ContentAdmin):
    list_display = ("code", "title", "publisher", "url")
    search_fields = ("code",)
    facts = ("code", "url", "published_on", "accessed_on")


@admin.register(Region)
class RegionAdmin(SeriesConsequences, ContentAdmin):
    list_display = ("code", "name", "kind", "parent")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("code",)
    autocomplete_fields = ("parent",)
    facts = ("code", "kind", "parent")


class ChartPreviewMixin:
    """Shows below the form the chart of the saved object."""

    change_form_after_template = "admin/datasets/chart_preview.html"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        preview = {"preview": self.draw(row)} if row else {}
        return super().change_view(
            request, object_id, form_url, (extra_context or {}) | preview
        )


@admin.register(Indicator)
class IndicatorAdmin(ChartPreviewMixin, SeriesConsequences, ContentAdmin):
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


class EditionFilter(admin.SimpleListFilter):
    """A filter for values with or without a named edition; reads no table."""

    title = _("vintage")
    parameter_name = "edition"

    def lookups(self, request, model_admin):
        return [("none", gettext("without")), ("some", gettext("with"))]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.filter(vintage="")
        if self.value() == "some":
            return queryset.exclude(vintage="")
        return queryset


@admin.register(Observation)
class ObservationAdmin(
    VersionsInHistory, ObservationConsequences, RecordedExport, ContentAdmin
):
    list_display = (
        "indicator",
        "region",
        "period",
        "shown_breakdown",
        "display_value",
        "status",
        "source",
        "is_published",
    )
    list_filter = ("status", "unit", EditionFilter)
    # With a join, a large table would be read in the wrong order; see
    # `get_changelist_instance`.
    list_select_related = ()
    # Only says that there is a search; `with_words` defines where it looks.
    search_fields = ("code",)
    autocomplete_fields = named = ("indicator", "region", "source")
    ordering = ("-pk",)
    resource_classes = [ObservationExport]
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

    class Media:
        js = (Script("js/units.js", defer=True),)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "unit":
            address = reverse("admin:datasets_observation_units")
            field.widget.attrs["data-units"] = address
        return field

    def units(self, request):
        """The unit of `?indicator=` and the units that fit it, as JSON."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        asked = request.GET.get("indicator", "")
        key = int(asked[:18]) if asked.isascii() and asked.isdecimal() else 0
        unit = Indicator.objects.filter(pk=key).values_list("unit", flat=True).first()
        if unit is None:
            raise Http404
        fitting = [
            str(other)
            for other, measure in MEASURES.items()
            if measure.dimension == MEASURES[unit].dimension
        ]
        return JsonResponse({"unit": unit, "units": fitting})

    def get_changelist_instance(self, request):
        """One query each for related rows and for the labels of breakdowns."""
        changelist = super().get_changelist_instance(request)
        prefetch_related_objects(changelist.result_list, *self.named)
        codes = {row.breakdown for row in changelist.result_list} - {""}
        breakdowns = Breakdown.objects.filter(code__in=codes) if codes else ()
        titles = {breakdown.code: breakdown.title for breakdown in breakdowns}
        for row in changelist.result_list:
            row.breakdown_title = titles.get(row.breakdown, row.breakdown)
        return changelist

    @admin.display(description=_("breakdown"), ordering="breakdown")
    def shown_breakdown(self, observation):
        return observation.breakdown_title or "—"

    @admin.display(description=_("value"), ordering="value")
    def display_value(self, observation):
        return observation.qualified_value

    def get_search_fields(self, request):
        return self.search_fields

    def get_search_results(self, request, queryset, search_term):
        """Values with every word; fields are completed with codes that begin with the
        term.

        Few values have a code: if any codes begin with the term, they are meant.
        """
        term = search_term.strip()
        if term and "field_name" in request.GET:
            coded = queryset.with_code().filter(code__istartswith=term)
            if coded.exists():
                return coded.order_by("code"), False
        return with_words(queryset, term), False

    def get_deleted_objects(self, objs, request):
        """Former values are deleted along with their value, never alone."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking - {Revision._meta.verbose_name}, protected

    def get_export_queryset(self, request):
        return super().get_export_queryset(request).with_labels()

    def get_urls(self):
        wrap = self.admin_site.admin_view
        units = path("units/", wrap(self.units), name="datasets_observation_units")
        return [units, *admin_import.pages.row_urls(wrap), *super().get_urls()]

    @action(
        description=_("Import a file"),
        url_path="import-file",
        permissions=["import_file"],
    )
    def import_file(self, request):
        return admin_import.pages.upload(request)

    def has_import_file_permission(self, request):
        return admin_import.pages.allows(request)


class PointInline(TabularInline):
    model = FigureObservation
    form = ConstraintsForm
    extra = 0
    autocomplete_fields = ("observation",)
    fields = ("observation", "role", "position")
    ordering = ("position",)

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        links = ("figure", "observation__indicator", "observation__region")
        return rows.select_related(*links)


@admin.register(Figure)
class FigureAdmin(ChartPreviewMixin, ContentAdmin):
    list_display = ("number", "title", "chart_type", "is_published")
    list_filter = ("chart_type",)
    search_fields = ("number", "slug")
    inlines = (PointInline,)
    facts = ("number", "slug", "chart_type")

    def findings(self, row):
        yield from super().findings(row)
        if not row.source_line_zh_hans and not row.points.exists():
            text = gettext("Give the source of its data.")
            yield Finding(text, True, "#id_source_line_zh_hans")
        if not is_figure_used(row):
            yield Finding(gettext("No published text uses this figure."))

    def draw(self, figure):
        return figure_table(figure)


@admin.register(ImportBatch)
class ImportBatchAdmin(BatchAdmin):
    pages = admin_import.pages
    change_form_template = "admin/datasets/importbatch/change_form.html"

    def batch_context(self, pk):
        return admin_import.batch_context(pk)


@admin.register(Revision)
class RevisionAdmin(ModelAdmin):
    """Former versions, for reference; they are never edited."""

    list_display = ("observation", "printed", "status", "valid_from", "valid_to")
    list_select_related = ("observation",)
    search_fields = ("observation__code",)
    date_hierarchy = "valid_to"

    @admin.display(description=_("value"), ordering="value")
    def printed(self, revision):
        return revision.plain_value

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
