"""The admin for texts whose numbers are bound: coverage, proposals, both languages."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Script
from django.http import HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from cbec_site.base.admin import ContentAdmin
from cbec_site.base.drafts.checklist import Finding
from cbec_site.base.languages import LANGUAGES, by_code, sign
from swot.models.texts import parity_of, text_columns, texts_of, unsettled
from swot.prose import coverage

from .codes import give_codes
from .editor_notes import report
from .flagged import flagged_texts, newly_flagged
from .forms import TextForm
from .markdown import load_bound

# No text needs codes for more numbers at once.
MOST_CODES = 2000
NAMES = {"zh-hans": gettext_lazy("Chinese"), "en": gettext_lazy("English")}


HOW_TO_BIND = gettext_lazy(
    "Markdown. A number is bound to the claim or the observation it rests on by a "
    "link to its code: [109%](claim:C07), [13亿](obs:gz_cbec_2019). A number that "
    "is not a statistic is left out of the count: [2](not:statistic)."
)


class NumbersBound(admin.SimpleListFilter):
    """A filter for texts with a number that is unbound, or is in one language only."""

    title = gettext_lazy("numbers bound")
    parameter_name = "numbers"

    def lookups(self, request, model_admin):
        return [
            ("open", gettext("Not all bound, or the languages differ")),
            ("flagged", gettext("Published, and a number does not hold")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "open":
            return queryset.filter(pk__in=unsettled(queryset.model))
        if self.value() == "flagged":
            return queryset.filter(pk__in=flagged_texts(queryset.model))
        return queryset


class TextAdmin(ContentAdmin):
    """Shows beside each text which numbers are bound, and what others could be bound
    to.

    When a form is refused, the panels still describe what was typed.
    """

    form = TextForm
    change_form_before_template = "admin/datasets/observation/consequences.html"

    class Media:
        css = {"all": ("css/admin.css",)}
        js = (Script("js/texts.js", defer=True),)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in text_columns(self.model):
            field.help_text = HOW_TO_BIND
            field.widget.attrs["data-binds-numbers"] = "yes"
        return field

    def findings(self, row):
        yield from super().findings(row)
        for language, text in texts_of(row).items():
            part = coverage(text, language)
            if len(part.found) > part.bound_count:
                told = gettext("Numbers that are not bound (%(language)s): %(count)d")
                told %= {
                    "language": NAMES[language],
                    "count": len(part.found) - part.bound_count,
                }
                column = by_code(language).column
                yield Finding(told, url=f"#id_{self.model.text_field}_{column}")

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), NumbersBound]

    def get_readonly_fields(self, request, obj=None):
        panels = [f"numbers_{language.column}" for language in LANGUAGES]
        return [*super().get_readonly_fields(request, obj), *panels, "agreement"]

    def get_fieldsets(self, request, obj=None):
        *sets, (label, last) = super().get_fieldsets(request, obj)
        texts = {
            f"{self.model.text_field}_{language.column}": f"numbers_{language.column}"
            for language in LANGUAGES
        }
        with_panels = []
        for name, options in sets:
            fields = []
            for field in options["fields"]:
                fields += [field, texts[field]] if field in texts else [field]
            with_panels.append((name, options | {"fields": fields}))
        fields = ["agreement", "parity_reason", *last["fields"], "seen_consequences"]
        return [*with_panels, (label, last | {"fields": fields})]

    def get_list_display(self, request):
        names = list(super().get_list_display(request))
        names.insert(names.index("is_published"), "coverage")
        return names

    @admin.display(description=gettext_lazy("numbers bound"))
    def coverage(self, row):
        parts = [
            (NAMES[language], coverage(text, language))
            for language, text in texts_of(row).items()
            if text
        ]
        context = {"parts": parts, "is_equal": parity_of(row).is_equal}
        return render_to_string("admin/swot/_coverage.html", context)

    @admin.display(description=gettext_lazy("numbers in the Chinese text"))
    def numbers_zh_hans(self, row):
        return _panel(row, "zh-hans")

    @admin.display(description=gettext_lazy("numbers in the English text"))
    def numbers_en(self, row):
        return _panel(row, "en")

    @admin.display(description=gettext_lazy("both languages"))
    def agreement(self, row):
        return _once(row, "agreement", lambda: self._agreement(row))

    def _agreement(self, row):
        context = {
            "differences": parity_of(row),
            "is_translated": all(text.strip() for text in texts_of(row).values()),
            "preview_url": reverse(f"admin:{self._name('preview')}"),
            "numbers_url": reverse(f"admin:{self._name('numbers')}"),
            "codes_url": reverse(f"admin:{self._name('codes')}"),
            "item": row,
            "sure": [
                (f"id_{row.text_field}_{by_code(language).column}", part)
                for language, part in _reports(row).items()
                if part.sure
            ],
        }
        return render_to_string("admin/swot/_agreement.html", context)

    def set_published(self, request, queryset, wanted, reason=""):
        """A text with a number that the data contradict can be published only in its
        form, which asks for a reason."""
        held = []
        for row in queryset.exclude(is_published=True) if wanted and not reason else ():
            row.is_published = True
            if newly_flagged(row):
                held.append(row)
        for row in held:
            text = gettext(
                "%s: a bound number is contradicted or cannot be read. Open it, look, "
                "and give a reason."
            )
            self.message_user(request, text % row, level=messages.ERROR)
        rows = queryset.exclude(pk__in=[row.pk for row in held])
        return super().set_published(request, rows, wanted, reason)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        drafts = [
            f"{number.kind}:{number.code}"
            for part in report(obj).values()
            for number in part.drafts
        ]
        if drafts and obj.is_published:
            count = len(set(drafts))
            self.message_user(
                request,
                ngettext(
                    "Readers see a plain number until this is published: %s.",
                    "Readers see plain numbers until these are published: %s.",
                    count,
                )
                % sign("、").join(dict.fromkeys(drafts)),
                level=messages.WARNING,
            )

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("preview/", wrap(self.preview), name=self._name("preview")),
            path("numbers/", wrap(self.numbers), name=self._name("numbers")),
            path("codes/", wrap(self.codes), name=self._name("codes")),
            *super().get_urls(),
        ]

    def _name(self, page):
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def numbers(self, request):
        """The panels beside the texts of a form, as JSON; nothing is saved."""
        self._demand_writer(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        typed = self._typed(request)
        panels = {code: _panel(typed, code) for code in texts_of(typed)}
        return JsonResponse(panels | {"both": self.agreement(typed)})

    def codes(self, request):
        """Codes for the posted observations that have none, as JSON by id.

        The codes are saved at once, because a text names values by their codes.
        """
        self._demand_writer(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not request.user.has_perm("datasets.change_observation"):
            text = gettext("You may not give codes to values; ask a data editor.")
            return JsonResponse({"message": text}, status=403)
        wanted = request.POST.getlist("observation")[:MOST_CODES]
        try:
            return JsonResponse({"codes": give_codes(map(int, filter(_is_id, wanted)))})
        except ValidationError as error:
            return JsonResponse({"message": " ".join(error.messages)}, status=400)

    def _demand_writer(self, request):
        """Only editors may ask: drafts are looked up, too."""
        if not (
            self.has_change_permission(request) or self.has_add_permission(request)
        ):
            raise PermissionDenied

    def _typed(self, request):
        """The unsaved object that the posted form describes."""
        field = self.model.text_field
        pk = request.POST.get("item", "")
        return self.model(
            pk=int(pk) if _is_id(pk) else None,
            **{
                name: request.POST.get(name, "")
                for language in LANGUAGES
                for name in (f"title_{language.column}", f"{field}_{language.column}")
            },
        )

    def preview(self, request):
        """The texts of a form as readers would see them; nothing is saved."""
        self._demand_writer(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        typed = self._typed(request)
        reports = report(typed)
        parts = [
            (getattr(typed, f"title_{by_code(code).column}"), text, reports[code])
            for code, text in texts_of(typed).items()
            if text.strip()
        ]
        context = {
            "parts": parts,
            "numbers": load_bound(*(text for _title, text, _report in parts)),
            "differences": parity_of(typed),
            "is_translated": len(parts) > 1,
        }
        return render(request, "admin/swot/preview.html", context)


def _is_id(text):
    return text.isascii() and text.isdigit() and len(text) < 16


def _once(row, name, make):
    """What `make` returns for the texts of a row, made once.

    Unfold asks a read-only field for its contents several times in a form.
    """
    made = vars(row).setdefault("_made", {})
    key = (name, *texts_of(row).values())
    if key not in made:
        made[key] = make()
    return made[key]


def _reports(row):
    return _once(row, "reports", lambda: report(row))


def _panel(row, language):
    return _once(row, language, lambda: _render_panel(row, language))


def _render_panel(row, language):
    context = {
        "report": _reports(row)[language],
        "text_id": f"id_{row.text_field}_{by_code(language).column}",
        "is_empty": not texts_of(row)[language].strip(),
    }
    return render_to_string("admin/swot/_text_numbers.html", context)
