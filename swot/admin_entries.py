"""The editors' page of an entry: its evidence, its quadrant, and what needs review."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import StackedInline, TabularInline
from unfold.widgets import (
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldBooleanSwitchWidget,
)

from cbec_site.base.drafts.checklist import Finding
from cbec_site.base.forms import ConstraintsForm

from .freshness import needing_review
from .models import Evidence, QuadrantMove
from .quadrants import move_entry, planned_move
from .texts.admin import TextAdmin
from .texts.forms import TextForm

# The fields of QuadrantMove that the form asks for, with the form's names for them.
MOVE_FIELD_OF = {
    "moved_on": "moved_on",
    "reason": "move_reason_zh_hans",
    "reason_zh_hans": "move_reason_zh_hans",
    "reason_en": "move_reason_en",
}
MOVE_FIELDS = tuple(dict.fromkeys(MOVE_FIELD_OF.values()))


def reason_field(label):
    return forms.CharField(
        label=label,
        max_length=2000,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )


class EntryForm(TextForm):
    """Asks for a day and a reason when the quadrant changes."""

    moved_on = forms.DateField(
        label=gettext_lazy("Moved on"),
        required=False,
        widget=UnfoldAdminSingleDateWidget,
        help_text=gettext_lazy(
            "Only when the quadrant changes; the code stays, and readers are told."
        ),
    )
    move_reason_zh_hans = reason_field(gettext_lazy("Reason in Chinese"))
    move_reason_en = reason_field(gettext_lazy("Reason in English"))
    is_checked_today = forms.BooleanField(
        label=gettext_lazy("I have checked all the evidence today"),
        required=False,
        widget=UnfoldBooleanSwitchWidget,
        help_text=gettext_lazy("Sets today as the day checked of every row below."),
    )

    def clean(self):
        cleaned = super().clean()
        if not self.instance.pk or "quadrant" not in self.fields:
            return cleaned
        if "quadrant" in self.changed_data:
            self.check_move()
        elif any(cleaned.get(name) for name in MOVE_FIELDS):
            self.add_error("quadrant", _("Choose the quadrant that it moves to."))
        return cleaned

    def check_move(self):
        """Show the errors of the move at the fields of the form."""
        try:
            planned_move(self.instance, **self.move)
        except ValidationError as error:
            for name, messages in error.error_dict.items():
                field = MOVE_FIELD_OF.get(name, "quadrant")
                if field not in self.errors:
                    self.add_error(field, messages)

    @property
    def is_move(self):
        """Whether saving moves the entry to another quadrant."""
        return bool(self.instance.pk) and "quadrant" in self.changed_data

    @property
    def move(self):
        """The arguments for `move_entry`."""
        given = self.cleaned_data.get
        return {
            "quadrant": given("quadrant", ""),
            "moved_on": given("moved_on"),
            "reason_zh_hans": given("move_reason_zh_hans", ""),
            "reason_en": given("move_reason_en", ""),
        }


class EvidenceInline(StackedInline):
    model = Evidence
    form = ConstraintsForm
    extra = 0
    # One line per row, which opens.
    collapsible = True
    targets = ("observation", "figure", "policy", "claim", "event")
    autocomplete_fields = targets
    fields = (
        ("observation", "claim"),
        ("policy", "figure"),
        "event",
        ("role", "checked_on"),
        ("note_zh_hans", "note_en"),
        "passage",
    )

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.TextField):
            field.widget.attrs["rows"] = 2
        if db_field.name == "checked_on":
            # For new rows: an editor who links something has just checked it.
            field.initial = timezone.localdate
        if db_field.name in self.targets:
            # Chosen here, not created: each thing has its own page, with its own
            # checks.
            field.widget = field.widget.widget
        return field

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("entry", *self.targets)


class QuadrantMoveInline(TabularInline):
    """The earlier quadrants of the entry; written when its quadrant changes."""

    model = QuadrantMove
    extra = 0
    fields = readonly_fields = ("moved_on", "old_quadrant", "new_quadrant", "reason")

    def has_add_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class NeedsReview(admin.SimpleListFilter):
    title = gettext_lazy("freshness")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("needed", _("Needs review"))]

    def queryset(self, request, queryset):
        if self.value() == "needed":
            return queryset.filter(pk__in=needing_review())
        return queryset


class EntryAdmin(TextAdmin):
    form = EntryForm
    list_display = ("code", "title", "quadrant", "analysis", "review", "is_published")
    list_filter = ("quadrant", NeedsReview)
    list_select_related = ("analysis",)
    search_fields = ("code",)
    autocomplete_fields = ("analysis",)
    readonly_fields = ("review",)
    inlines = (EvidenceInline, QuadrantMoveInline)
    actions = ("mark_checked",)
    facts = ("analysis", "code", "quadrant")

    def get_fieldsets(self, request, obj=None):
        sets = super().get_fieldsets(request, obj)
        if obj is None:
            return sets
        move = (gettext_lazy("Move to another quadrant"), {"fields": MOVE_FIELDS})
        evidence = (
            gettext_lazy("Freshness"),
            {"fields": ("review", "is_checked_today")},
        )
        return [sets[0], move, *sets[1:-1], evidence, sets[-1]]

    def findings(self, row):
        yield from super().findings(row)
        if not row.evidence.exists():
            yield Finding(_("Give the evidence it rests on."), True, "#evidence-group")

    def get_changelist_instance(self, request):
        """One query finds all rows of the page that need review."""
        changelist = super().get_changelist_instance(request)
        rows = list(changelist.result_list)
        reasons = needing_review([row.pk for row in rows])
        for row in rows:
            row.review_reasons = reasons.get(row.pk, [])
        changelist.result_list = rows
        return changelist

    @admin.display(description=gettext_lazy("needs review"))
    def review(self, entry):
        if not hasattr(entry, "review_reasons"):
            reasons = needing_review([entry.pk]) if entry.pk else {}
            entry.review_reasons = reasons.get(entry.pk, [])
        lines = format_html_join(
            "", "<div>↻ {}</div>", ((reason.text,) for reason in entry.review_reasons)
        )
        return lines or "—"

    @admin.action(
        description=gettext_lazy("Mark all evidence as checked today"),
        permissions=["publish"],
    )
    def mark_checked(self, request, queryset):
        done = check_today(Evidence.objects.filter(entry__in=queryset))
        text = ngettext(
            "%d piece of evidence checked.", "%d pieces of evidence checked.", done
        )
        self.message_user(request, text % done, level="success")

    def save_model(self, request, obj, form, change):
        if not form.is_move:
            return super().save_model(request, obj, form, change)
        self.keep_reason(obj, form)
        obj.quadrant = form.initial["quadrant"]
        move_entry(obj, **form.move)
        return None

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.cleaned_data.get("is_checked_today"):
            check_today(form.instance.evidence.all())


@transaction.atomic
def check_today(evidence):
    """Record today as the day checked, with history for each row; return their
    number."""
    today, done = timezone.localdate(), 0
    for link in evidence.select_related("entry"):
        done += 1
        if link.checked_on != today:
            link.checked_on = today
            link.save()
    return done
