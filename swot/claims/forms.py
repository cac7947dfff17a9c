"""The form of a claim: an expression without JSON, its verdict before it is saved."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from cbec_site.base.forms import ForeseeingForm
from datasets.dependents import Consequence
from datasets.units import Unit
from swot.checking.explanations import explanation
from swot.checking.expressions import MAX_BYTES
from swot.checking.vocabulary import vocabulary
from swot.models.claims import Claim

from .live_check import outcome_of

# What decides the verdict of a claim, hence what a look before saving needs.
DECIDING = (
    "comparison",
    "stated_low",
    "stated_high",
    "stated_decimals",
    "stated_unit",
    "finding",
    "formula",
    "expression",
    "period_policy",
    "subject_period",
    "subject_region",
    "subject_vintage",
    "as_of",
    "successor",
)


# Missing while one writes, and no reason to keep silent.
HALF_WRITTEN = ("comparison", "period_policy", "stated_decimals")


class ExpressionWidget(UnfoldAdminTextareaWidget):
    """A text of JSON that a script replaces by a tree of choices.

    Without scripts the text stays, and the formula is the way to write.
    """

    template_name = "admin/swot/claim/expression.html"
    stored = ""

    class Media:
        css = {"all": ["css/admin.css", "css/expression.css"]}
        js = [forms.Script("js/expression.js", defer=True)]

    def _render(self, template_name, context, renderer=None):
        """By the site's templates; those of forms know only what apps bring."""
        return render_to_string(template_name, context)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        return context | {
            "vocabulary": vocabulary(),
            "check_url": reverse("admin:swot_claim_check"),
            "lookup_url": reverse("admin:swot_claim_lookup"),
            "stored": self.stored,
            "deciding": " ".join(DECIDING),
        }


class ExpressionField(forms.JSONField):
    """JSON of bounded size; whatever its text, it is refused in words at worst."""

    widget = ExpressionWidget

    def to_python(self, value):
        if isinstance(value, str) and len(value) > MAX_BYTES:
            raise ValidationError(_("The expression is too long."))
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            # Numbers of thousands of digits, brackets nested by the thousand.
            raise ValidationError(_("The expression cannot be read.")) from None

    def bound_data(self, data, initial):
        try:
            return super().bound_data(data, initial)
        except (ValueError, RecursionError):
            return forms.fields.InvalidJSONInput(data)

    def has_changed(self, initial, data):
        try:
            return super().has_changed(initial, data)
        except (ValueError, RecursionError):
            return True

    def prepare_value(self, value):
        if value is None:
            return ""
        # A form filled in by its address has text here, and no tree is ever text.
        if isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False, indent=1)


def stated_units():
    """What a number can be stated in; findings compare dates and words too."""
    return [
        ("", _("no unit")),
        *Unit.choices,
        ("DATE", pgettext("unit", "date")),
        ("TEXT", pgettext("unit", "words")),
    ]


class LookForm(forms.ModelForm):
    """A claim as far as its verdict depends on it, read to look and never to save."""

    expression = ExpressionField(required=False)
    stated_decimals = forms.IntegerField(min_value=-12, max_value=6)

    class Meta:
        model = Claim
        fields = DECIDING

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in HALF_WRITTEN:
            self.fields[name].required = False

    def clean(self):
        """What is not chosen yet counts as the model's default."""
        cleaned = super().clean()
        for name in HALF_WRITTEN:
            if cleaned.get(name) in (None, ""):
                cleaned[name] = Claim._meta.get_field(name).default
        return cleaned


class ClaimForm(ForeseeingForm):
    """Shows the new verdict of a published claim first, and asks why it changes."""

    expression = ExpressionField(
        label=gettext_lazy("Expression"),
        required=False,
        help_text=gettext_lazy(
            "What is computed, part by part; a formula above replaces it."
        ),
    )
    stated_unit = forms.ChoiceField(
        label=gettext_lazy("Stated unit"),
        choices=stated_units,
        required=False,
        widget=UnfoldAdminSelectWidget,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "expression" in self.fields and self.instance.pk:
            label = self.instance.get_verdict_display()
            self.fields["expression"].widget.stored = str(label)

    def foresee(self):
        stored = Claim.objects.published().filter(pk=self.instance.pk).first()
        if stored is None:
            return []
        after, why = self._verdict()
        if after == stored.verdict:
            return []
        return [
            Consequence(
                kind="claim",
                code=stored.code,
                title=self.instance.statement,
                url=stored.get_absolute_url(),
                before=str(stored.get_verdict_display()),
                after=str(Claim.Verdict(after).label),
                detail=why,
            )
        ]

    def _verdict(self):
        claim = self.instance
        if not claim.is_computed:
            return claim.verdict, str(claim.get_finding_display())
        outcome = outcome_of(claim.as_statement)
        return outcome.verdict, explanation(outcome)
