from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display

from cbec_site.base.admin import (
    URL_FIELDS,
    AskedChoices,
    BoundedList,
    ContentAdmin,
    known_date,
)
from cbec_site.base.drafts.checklist import Finding
from cbec_site.base.exporting import RecordedExport
from cbec_site.base.forms import ConstraintsForm
from datasets.imports.batch_admin import BatchAdmin

from .admin_import import batch_context, pages
from .confirming import confirm_facts
from .filling import FilledByPasting
from .filters import PolicyFilter
from .force import Force
from .forms import EventForm, PilotZoneForm, PolicyForm
from .models import (
    Issuer,
    PilotZone,
    Policy,
    PolicyAttachment,
    PolicyBatch,
    PolicyEvent,
    PolicyIssuer,
    PolicyRelation,
    ProposedFact,
    SavedView,
    Topic,
)
from .models.policies import SOON
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

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("issuer")


class PolicyAttachmentInline(TabularInline):
    model = PolicyAttachment
    form = ConstraintsForm
    formfield_overrides = URL_FIELDS
    extra = 0
    fields = ("role", "title_zh_hans", "title_en", "url", "position")


class PolicyEventInline(AskedChoices, TabularInline):
    model = PolicyEvent
    fk_name = "policy"
    form = EventForm
    extra = 0
    autocomplete_fields = ("act",)
    fields = (
        "kind",
        "happened_on",
        "stated",
        "act",
        "act_name",
        "evidence",
        "confidence",
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("act")


class PolicyRelationInline(AskedChoices, TabularInline):
    model = PolicyRelation
    fk_name = "policy"
    form = ConstraintsForm
    extra = 0
    autocomplete_fields = ("other",)
    fields = ("kind", "other", "other_name", "confidence")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("other")


class ForceFilter(admin.SimpleListFilter):
    """A filter for policies by their force today."""

    title = _("status")
    parameter_name = "force"

    def lookups(self, request, model_admin):
        return Force.choices

    def queryset(self, request, queryset):
        if self.value() in Force.values:
            return queryset.in_force_state(self.value())
        return queryset


class YearFilter(admin.SimpleListFilter):
    """A filter for policies by year of publication; Django's own reads every date."""

    title = _("year of publication")
    parameter_name = "year"

    def lookups(self, request, model_admin):
        # If one query asks for both ends, the database reads every date.
        known = Policy.objects.filter(published_on__isnull=False)
        days = known.order_by("published_on").values_list("published_on", flat=True)
        first, last = days.first(), days.last()
        years = range(last.year, first.year - 1, -1) if first else ()
        return [(str(year), str(year)) for year in years]

    def queryset(self, request, queryset):
        year = self.value() or ""
        if year.isascii() and year.isdecimal() and 0 < int(year[:5]) < 10_000:
            return queryset.filter(published_on__year=int(year[:5]))
        return queryset


class EventsToConfirm(admin.SimpleListFilter):
    """A filter for policies that expire soon, or have an event or relation to
    confirm."""

    title = _("events and relations")
    parameter_name = "events"

    def lookups(self, request, model_admin):
        return [
            ("to-confirm", _("to confirm")),
            ("expiring", _("expiring soon")),
            ("dead-link", _("official page cannot be reached")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "to-confirm":
            return queryset.with_parts_to_confirm()
        if self.value() == "dead-link":
            return queryset.filter(is_link_dead=True)
        if self.value() == "expiring":
            return queryset.expiring(within=SOON)
        return queryset


class PolicyList(BoundedList):
    """The list and the file made from it need more columns than a single policy
    does."""

    def get_queryset(self, request, exclude_parameters=None):
        return super().get_queryset(request, exclude_parameters).with_labels()


@admin.register(Policy)
class PolicyAdmin(FilledByPasting, RecordedExport, ContentAdmin):
    form = PolicyForm
    change_form_before_template = "admin/policies/policy/paste.html"
    # Readers do not see it; it lets editors preview a policy without a source.
    preview_defaults = {"no_source_reason": "—"}
    list_display = ("code", "title", "level", "published_day", "force", "is_published")
    list_filter = (
        "level",
        YearFilter,
        ForceFilter,
        EventsToConfirm,
        "in_table_1",
        "is_number_confirmed",
        "is_written_confirmed",
        "topics",
    )
    search_fields = ("code", "document_number")
    autocomplete_fields = ("topics",)
    inlines = (
        PolicyIssuerInline,
        PolicyEventInline,
        PolicyRelationInline,
        PolicyAttachmentInline,
    )
    resource_classes = [PolicyExport]
    actions_list = ("import_file",)
    facts = (
        "code",
        "document_number",
        "is_number_confirmed",
        "level",
        "kind",
        "written_on",
        "is_written_confirmed",
        "published_on",
        "topics",
        "in_table_1",
        "source_url",
        "text_scope",
        "no_source_reason",
        "paper_location",
        "verification",
    )

    published_day = known_date("published", _("date published"))

    def get_changelist(self, request, **kwargs):
        return PolicyList

    @display(description=_("status"))
    def force(self, policy):
        return policy.force().label

    def findings(self, row):
        yield from super().findings(row)
        if not row.has_source and not row.no_source_reason:
            text = _("Give the official page or the text, or say why there is neither.")
            yield Finding(str(text), True, "#id_no_source_reason")

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
    form = PilotZoneForm
    list_display = ("code", "region", "batch", "approved_day", "is_published")
    list_filter = ("batch", "is_number_confirmed")
    list_select_related = ("region",)
    search_fields = ("code", "region__name_zh_hans", "region__name_en")
    autocomplete_fields = ("region", "approved_by", "ended_by")
    facts = (
        "code",
        "region",
        "batch",
        "approved_on",
        "document_number",
        "is_number_confirmed",
        "approved_by",
        "ended_on",
        "ended_by",
        "source_url",
    )
    approved_day = known_date("approved", _("approved on"))


class SavedViewForm(ContentAdmin.form):
    """Refuses filters that the list does not know or cannot use."""

    def clean_query(self):
        query = self.cleaned_data["query"].lstrip("?")
        asked = QueryDict(query)
        unknown = set(asked) - set(PolicyFilter.base_filters) - {"sort"}
        filterset = PolicyFilter(asked, Policy.objects.published())
        if unknown or not asked or not filterset.is_valid():
            wrong = unknown or set(filterset.form.errors) or {query}
            text = gettext("The list cannot be filtered by this: %s.")
            raise ValidationError(text % ", ".join(sorted(wrong)))
        return query


@admin.register(SavedView)
class SavedViewAdmin(ContentAdmin):
    list_display = ("code", "title", "query", "position", "is_published")
    search_fields = ("code", "title_zh_hans", "title_en")
    form = SavedViewForm
    facts = ("code", "query", "position")


@admin.register(ProposedFact)
class ProposedFactAdmin(ModelAdmin):
    """Values to confirm; confirming one writes it into its policy."""

    list_display = ("policy", "field", "value", "confidence", "evidence")
    list_filter = ("field", "confidence")
    form = ConstraintsForm
    list_select_related = ("policy",)
    search_fields = ("policy__code", "value")
    autocomplete_fields = ("policy",)
    actions = ("confirm",)

    @admin.action(
        description=_("Confirm: write the values into their acts"),
        permissions=["confirm"],
    )
    def confirm(self, request, queryset):
        written = confirm_facts(queryset, user=request.user)
        message = ngettext(
            "%d value was written into its act.",
            "%d values were written into their acts.",
            written,
        )
        self.message_user(request, message % written)

    def has_confirm_permission(self, request):
        return request.user.has_perms(
            ["policies.change_policy", "policies.publish_policy"]
        )
