"""A date and its precision as one field of a form: 2021, 2021-03 or 2021-03-19."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextInputWidget

from .dates import partial_date_text


class PartialDateField(forms.CharField):
    """A text input that yields the first day of what is known; `precision` says how
    much.

    `read` turns a text in any spelling into 2021, 2021-03 or 2021-03-19, or raises
    ValueError with words for the editor.
    """

    widget = UnfoldAdminTextInputWidget
    # Whether it may be left empty.
    precision = ""

    def __init__(self, *, read, **kwargs):
        self.read = read
        help_text = gettext_lazy("2021, 2021-03 or 2021-03-19: as far as it is known.")
        super().__init__(**({"help_text": help_text} | kwargs))

    def to_python(self, value):
        if isinstance(value, datetime.date):
            return value
        text = super().to_python(value)
        self.precision = ""
        if not text:
            return None
        try:
            known = self.read(text)
            parts = [int(part) for part in known.split("-")]
            day = datetime.date(*[*parts, 1, 1][:3])
        except ValueError as error:
            message = str(error) or _("Write 2021, 2021-03 or 2021-03-19.")
            raise ValidationError(message) from None
        self.precision = {1: "year", 2: "month", 3: "day"}[len(parts)]
        return day

    def has_changed(self, initial, data):
        return (initial or "") != (data or "").strip()


class PartialDatesForm(forms.ModelForm):
    """A form whose model keeps dates with their precision.

    `partial_dates` names for each date the field of its precision, which the form does
    not show; `read_date` reads a text.
    """

    partial_dates: dict[str, str] = {}

    @staticmethod
    def read_date(text):
        raise NotImplementedError

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, precision in self.partial_dates.items():
            if name not in self.fields:
                continue
            old = self.fields[name]
            self.fields[name] = PartialDateField(
                read=self.read_date, label=old.label, required=old.required
            )
            known = getattr(self.instance, precision, "")
            day = self.initial.get(name)
            if isinstance(day, datetime.date):
                self.initial[name] = partial_date_text(day, known)

    def clean(self):
        cleaned = super().clean()
        for name, precision in self.partial_dates.items():
            if name in self.fields and name not in self.errors:
                setattr(self.instance, precision, self.fields[name].precision)
        return cleaned
