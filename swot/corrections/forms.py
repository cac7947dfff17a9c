"""What a reader fills in to report an error."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from swot.models.corrections import Report


class TrapField(forms.CharField):
    """A field that people do not see, so only programs fill it in."""

    is_trap = True


class ReportForm(forms.ModelForm):
    """A report; `fax_line` is hidden, so only programs fill it in."""

    source_url = forms.URLField(
        label=gettext_lazy("Where can we check it?"),
        help_text=gettext_lazy("The address of a page or file. Optional."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    fax_line = TrapField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    class Meta:
        model = Report
        fields = ("text", "proposed_value", "source_url", "contact")
        labels = {
            "text": gettext_lazy("What is wrong?"),
            "proposed_value": gettext_lazy("What should it say?"),
            "contact": gettext_lazy("Your e-mail address"),
        }
        help_texts = {
            "text": gettext_lazy("Say which number or word; at most 2,000 characters."),
            "proposed_value": gettext_lazy("The right value with its unit. Optional."),
            "contact": gettext_lazy(
                "Optional. Only to answer you; it is never published or passed on."
            ),
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "contact": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def clean_fax_line(self):
        if self.cleaned_data["fax_line"]:
            raise ValidationError(
                _("The field “Leave this empty” was filled in; please empty it.")
            )
        return ""
