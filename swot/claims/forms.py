"""The form of a claim: expressions without JSON, and the verdict before saving."""

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

# What a claim states, and what says how it is recomputed.
STATED = ("comparison", "stated_low", "stated_high", "stated_decimals", "stated_unit")
COMPUTED = (
    "formula",
    "expression",
    "period_policy",
    "subject_period",
    "subject_region",
    "subject_vintage",
    "as_of",
    "successor",
)
# The fields that decide a verdict, and so what a preview of it needs.
DECIDING = (*STATED, "finding", *COMPUTED)


# May still be missing while someone writes; the verdict is shown all the same.
HALF_WRITTEN = ("comparison", "period_policy", "stated_decimals")


class ExpressionWidget(UnfoldAdminTextareaWidget):
    """A field of JSON that a script replaces with a tree of choices.

    Without scripts the JSON stays, and editors write the formula instead.
    """

    template_name = "admin/swot/claim/expression.html"
    stored = ""

    class Media:
        css = {"all": ["css/admin.css", "css/expression.css"]}
        js = [forms.Script("js/expression.js", defer=True)]

    def _render(self, template_name, context, renderer=None):
        """Uses the site's templates; the form renderer finds only those of apps."""
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


class WholeCharacters(json.JSONDecoder):
    """Refuses halves of characters (\\ud800), which no page could show."""

    def decode(self, s, *args):
        tree = super().decode(s, *args)
        json.dumps(tree, ensure_ascii=False).encode()
        return tree


class ExpressionField(forms.JSONField):
    """JSON of bounded size; any text that is not valid gives a form error."""

    widget = ExpressionWidget

    def __init__(self, **options):
        super().__init__(**{"decoder": WholeCharacters} | options)

    def to_python(self, value):
        if isinstance(value, str) and len(value) > MAX_BYTES:
            raise ValidationError(_("The expression is too long."))
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            # Numbers with thousands of digits, or thousands of nested brackets.
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
        # A form filled in from its address has text here; a tree is never text.
        if isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False, indent=1)


def stated_units():
    """The units a number can be stated in; findings also compare dates and words."""
    return [
        ("", _("no unit")),
        *Unit.choices,
        ("DATE", pgettext("unit", "date")),
        ("TEXT", pgettext("unit", "words")),
    ]


class LookForm(forms.ModelForm):
    """The parts of a claim that decide its verdict; for previews, never saved."""

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
        """A choice not made yet counts as the model's default."""
        cleaned = super().clean()
        for name in HALF_WRITTEN:
            if cleaned.get(name) in (None, ""):
                cleaned[name] = Claim._meta.get_field(name).default
        return cleaned


class ClaimForm(ForeseeingForm):
    """Shows the new verdict of a published claim before saving, and asks for a
    reason."""

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
