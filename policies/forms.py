"""The editors' forms of acts: one screen, each date in one field, and a form to paste a
text from which the rest is filled."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cbec_site.base.forms import ConstraintsForm, GuardedForm
from cbec_site.base.partial_dates import PartialDatesForm
from datasets.importing.dates import read_date
from datasets.importing.times import PeriodError

from .document_numbers import official_form

LONGEST_PASTE = 100_000


class DatesOfActs(PartialDatesForm):
    """Reads dates as authorities print them: 2024年3月19日, 19 March 2024."""

    @staticmethod
    def read_date(text):
        """A date in any spelling; raises ValueError with a message for editors."""
        try:
            return read_date(text)
        except PeriodError as error:
            raise ValueError(str(error)) from None


class OfficialNumberForm(GuardedForm):
    """Stores a document number as authorities print it, however it was typed."""

    def clean_document_number(self):
        return official_form(self.cleaned_data["document_number"])


class PolicyForm(DatesOfActs, OfficialNumberForm):
    partial_dates = {
        "written_on": "written_precision",
        "published_on": "published_precision",
    }


class EventForm(DatesOfActs, ConstraintsForm):
    partial_dates = {"happened_on": "happened_precision"}


class PilotZoneForm(DatesOfActs, OfficialNumberForm):
    partial_dates = {
        "approved_on": "approved_precision",
        "ended_on": "ended_precision",
    }


class PasteForm(forms.Form):
    """What an editor pastes to fill the form of an act."""

    paste = forms.CharField(
        label=_("Title, number, official address or text of the act"),
        max_length=LONGEST_PASTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
