from django.contrib import admin
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from cbec_site.base.admin import ContentAdmin, known_date
from cbec_site.base.drafts.checklist import Finding
from cbec_site.base.forms import ConstraintsForm

from .admin_entries import EntryAdmin
from .claims import editor_views
from .claims.forms import COMPUTED, STATED, ClaimForm
from .corrections.admin import CorrectionAdmin, ReportAdmin
from .models import (
    Analysis,
    AnalysisFigure,
    Claim,
    Correction,
    Entry,
    Event,
    Recommendation,
    Report,
    VerdictChange,
)
from .texts.admin import TextAdmin


class FigureInline(TabularInline):
    """The figures of an analysis; permission to change the analysis includes choosing
    them."""

    model = AnalysisFigure
    form = ConstraintsForm
    extra = 0
    autocomplete_fields = ("figure",)
    fields = ("figure", "position")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("analysis", "figure")

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("swot.view_analysis")

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm("swot.change_analysis")

    def has_add_permission(self, request, obj=None):
        return self.has_change_permission(request)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request)


@admin.register(Analysis)
class AnalysisAdmin(TextAdmin):
    inlines = (FigureInline,)
    list_display = ("title", "region", "year", "is_published")
    list_select_related = ("region",)
    search_fields = ("slug",)
    autocomplete_fields = ("region",)
    facts = ("slug", "region", "year", "volume", "issue", "pages", "doi")


class VerdictChangeInline(TabularInline):
    """The history of the verdict; only the checker writes it."""

    model = VerdictChange
    extra = 0
    fields = readonly_fields = (
        "changed_at",
        "old_verdict",
        "new_verdict",
        "old_value",
        "new_value",
        "reason",
    )

    def has_add_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class WithoutReason(admin.SimpleListFilter):
    """A filter for contradicted claims that no editor has accepted with a reason."""

    title = _("why the contradiction stays")
    parameter_name = "reason"

    def lookups(self, request, model_admin):
        return [("missing", gettext("Reason missing"))]

    def queryset(self, request, queryset):
        if self.value() == "missing":
            return queryset.filter(pk__in=Claim.objects.unaccepted().values("pk"))
        return queryset


@admin.register(Claim)
class ClaimAdmin(ContentAdmin):
    list_display = (
        "code",
        "statement",
        "stated_value",
        "recomputed_value",
        "verdict",
        "is_published",
    )
    list_filter = (
        "verdict",
        "consequence",
        WithoutReason,
        "kind",
        "finding",
        "comparison",
    )
    search_fields = ("code", "stated_value")
    autocomplete_fields = ("subject_region",)
    inlines = (VerdictChangeInline,)
    form = ClaimForm
    change_form_before_template = "admin/datasets/observation/consequences.html"
    checked = (
        "shown_verdict",
        "consequence",
        "computation",
        "explanation",
        "checked_at",
    )
    readonly_fields = checked
    facts = (
        "code",
        "kind",
        "location",
        "stated_value",
        *STATED,
    )
    found = ("finding", "verdict", "recomputed_value")

    def findings(self, row):
        yield from super().findings(row)
        if Claim.objects.unaccepted().filter(pk=row.pk).exists():
            text = gettext("The data contradict it: say why that stays.")
            yield Finding(text, True, "#id_accepted_reason_zh_hans")

    def get_fieldsets(self, request, obj=None):
        first, *languages, (label, last) = super().get_fieldsets(request, obj)
        # One way of writing is open at a time; the other is collapsed.
        is_found = obj is not None and bool(obj.finding)
        computed = {"fields": COMPUTED, "classes": ["collapse"] * is_found}
        finding = {"fields": self.found, "classes": ["collapse"] * (not is_found)}
        return [
            first,
            (_("What is computed"), computed),
            (_("Or an editor's finding"), finding),
            (_("What is stored now"), {"fields": self.checked}),
            *languages,
            (label, {"fields": [*last["fields"], "seen_consequences"]}),
        ]

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("look/", wrap(editor_views.look), name="swot_claim_check"),
            path("lookup/", wrap(editor_views.lookup), name="swot_claim_lookup"),
            *super().get_urls(),
        ]

    @admin.display(description=_("current verdict"))
    def shown_verdict(self, claim):
        return f"{claim.get_verdict_display()} ({claim.recomputed_value or '—'})"


admin.site.register(Entry, EntryAdmin)
admin.site.register(Report, ReportAdmin)
admin.site.register(Correction, CorrectionAdmin)


@admin.register(Recommendation)
class RecommendationAdmin(TextAdmin):
    list_display = ("code", "title", "analysis", "is_published")
    list_select_related = ("analysis",)
    search_fields = ("code",)
    autocomplete_fields = ("analysis", "answers", "observations", "policies", "claims")
    facts = (*autocomplete_fields[:1], "code", *autocomplete_fields[1:])


@admin.register(Event)
class EventAdmin(ContentAdmin):
    list_display = ("code", "title", "happened_day", "region", "is_published")
    happened_day = known_date("happened", _("date"))
    list_select_related = ("region",)
    search_fields = ("code",)
    autocomplete_fields = ("region",)
    facts = (
        "code",
        "happened_on",
        "happened_precision",
        "region",
        "paper_location",
        "verification",
    )
