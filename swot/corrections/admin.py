"""The editors' inbox of reports, and the corrections that come of them."""

from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from unfold.admin import ModelAdmin

from cbec_site.base.admin import ContentAdmin
from swot.models import Claim
from swot.models.corrections import SUBJECTS, Report

from .subjects import find_subject

# What a reader wrote, which editors only read.
REPORTED = (
    "subject",
    "text",
    "proposed_value",
    "source_url",
    "language",
    "created_at",
    "corrections",
)


def subject_of(report):
    """The public thing that a report is about, or None."""
    return find_subject(f"{report.about_kind}:{report.about_code}")


class ReportAdmin(ModelAdmin):
    """Readers write reports; editors answer them."""

    list_display = ("created_at", "__str__", "beginning", "language", "state")
    list_filter = ("state", "about_kind", "language")
    list_filter_submit = True
    search_fields = ("about_code", "text", "proposed_value", "contact")
    date_hierarchy = "created_at"
    show_full_result_count = False
    list_per_page = 50
    fieldsets = (
        (
            gettext_lazy("Report"),
            {"fields": REPORTED},
        ),
        (
            gettext_lazy("Answer"),
            {
                "fields": (
                    "state",
                    "answer_zh_hans",
                    "answer_en",
                    "contact",
                    "answered_at",
                    "answered_by",
                )
            },
        ),
    )
    readonly_fields = (*REPORTED, "answered_at", "answered_by")

    def has_add_permission(self, request):
        return False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.TextField):
            field.widget.attrs["rows"] = 3
        return field

    def get_fieldsets(self, request, obj=None):
        """Those who may not answer do not need the address either."""
        sets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            return sets
        return [
            (label, {"fields": [name for name in s["fields"] if name != "contact"]})
            for label, s in sets
        ]

    def get_search_fields(self, request):
        fields = super().get_search_fields(request)
        if self.has_change_permission(request):
            return fields
        return [name for name in fields if name != "contact"]

    @admin.display(description=gettext_lazy("report"))
    def beginning(self, report):
        return report.text[:80]

    @admin.display(description=gettext_lazy("about"))
    def subject(self, report):
        thing = subject_of(report)
        if thing is None:
            return str(report)
        return format_html(
            '{}: <a class="text-primary-600 underline" href="{}">{}</a>',
            report.get_about_kind_display(),
            thing.page.get_absolute_url(),
            thing.title,
        )

    @admin.display(description=gettext_lazy("corrections"))
    def corrections(self, report):
        """What came of the report, and the link that starts a correction from it."""
        made = format_html_join(
            " ",
            '<div><a class="text-primary-600 underline" href="{}">{}</a></div>',
            (
                (reverse("admin:swot_correction_change", args=[row.pk]), row.title)
                for row in report.corrections.all()
            ),
        )
        query = urlencode({"report": report.pk})
        url = f"{reverse('admin:swot_correction_add')}?{query}"
        link = format_html(
            '<a class="text-primary-600 underline" href="{}">{}</a>',
            url,
            _("Make a correction of it"),
        )
        return made + link

    def save_model(self, request, obj, form, change):
        if "state" in form.changed_data:
            obj.answered_by = request.user
        super().save_model(request, obj, form, change)


class CorrectionAdmin(ContentAdmin):
    list_display = ("corrected_on", "title", "kind", "is_published")
    list_select_related = SUBJECTS
    date_hierarchy = "corrected_on"
    autocomplete_fields = (*SUBJECTS, "claims", "report")
    facts = ("corrected_on", *SUBJECTS, "claims", "report")

    @admin.display(description=gettext_lazy("kind"))
    def kind(self, correction):
        return correction.what

    def get_changeform_initial_data(self, request):
        """The form is filled in from the report named in ?report=."""
        number = request.GET.get("report", "")
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            return {}
        report = Report.objects.filter(pk=number).first()
        return from_report(report) if report else {}

    def save_model(self, request, obj, form, change):
        report = obj.report
        if obj.is_published and report and report.state == Report.State.NEW:
            report.answered_by = request.user
        super().save_model(request, obj, form, change)


def both(text):
    """What `text()` gives in Chinese and in English, cut to the length of the field."""
    links = []
    for language in ("zh-hans", "en"):
        with override(language):
            links.append(str(text())[:200])
    return links


def from_report(report):
    """What a new correction takes over from a report, as initial data of its form."""
    initial = {"report": report.pk, "new_value_zh_hans": report.proposed_value}
    initial["new_value_en"] = report.proposed_value
    thing = subject_of(report)
    if thing is None:
        return initial
    if report.about_kind in SUBJECTS:
        initial[report.about_kind] = thing.item.pk
    initial["title_zh_hans"], initial["title_en"] = both(lambda: thing.name)
    if report.about_kind == Report.Kind.OBSERVATION:
        old = both(lambda: str(thing.item.qualified_value))
        affected = Claim.objects.filter(observations=thing.item)
        initial["claims"] = list(affected.values_list("pk", flat=True))
    elif report.about_kind == Report.Kind.CLAIM:
        old = both(lambda: thing.item.stated_phrase)
        initial["claims"] = [thing.item.pk]
    else:
        old = "", ""
    initial["old_value_zh_hans"], initial["old_value_en"] = old
    return initial
