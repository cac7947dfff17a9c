"""The forms of an import, whatever kind of rows its file has."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from .previews import Preview

# The file name for pasted text.
PASTED = "pasted.txt"


class LabelledFileInput(forms.FileInput):
    """A file field with our own labels, since a browser's are in its own language.

    It has a text field of its own: the theme writes the name of a chosen file into the
    first one that it finds three levels up, which would be another field of the form.
    """

    def render(self, *arguments: Any, **named: Any) -> SafeString:
        field = super().render(*arguments, **named)
        wrapped = "<div><div><div>{}</div></div><input type=text disabled hidden></div>"
        return format_html(wrapped, field)

    def get_context(
        self, name: str, value: Any, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        words = {
            "class": "admin-input",
            "data-button": _("Choose a file"),
            "data-none": _("none chosen"),
        }
        return super().get_context(name, value, words | (attrs or {}))


class OptionsForm(forms.Form):
    """Options for what no column of the file says; each kind of file adds its
    fields."""

    def options(self) -> dict:
        """The editor's choices as stored with the batch: objects by their codes."""
        return {
            name: _stored(value)
            for name, value in self.cleaned_data.items()
            if name not in ("file", "pasted")
        }


def _stored(value: Any) -> Any:
    if isinstance(value, Model):
        return value.code
    return "" if value is None else value


class UploadMixin(forms.Form):
    """A file, or cells pasted instead of one; both stand before the options."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=LabelledFileInput,
        help_text=gettext_lazy("CSV, TSV, text or XLSX, as the office sends it."),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Or cells pasted from a sheet"),
        required=False,
        strip=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy("Copy the cells with their headings and paste them."),
    )
    field_order = ["file", "pasted"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        pasted = cleaned.get("pasted", "")
        if cleaned.get("file") and pasted.strip():
            message = _("Choose a file or paste cells, not both.")
            raise ValidationError({"pasted": message})
        if not cleaned.get("file") and "file" not in self.errors:
            if not pasted.strip():
                message = _("Choose a file, or paste cells from a sheet.")
                raise ValidationError({"file": message})
            content = ContentFile(pasted.encode("utf-8"), name=PASTED)
            cleaned["file"] = content
        return cleaned


class AgainMixin(forms.Form):
    """Options for reading a waiting file again; `sheets` are all its sheets, `hidden`
    those that its program does not show."""

    sheet = forms.ChoiceField(
        label=gettext_lazy("Sheet"), required=False, widget=UnfoldAdminSelectWidget
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding"),
        required=False,
        choices=[
            ("", gettext_lazy("as found")),
            *((name, name.upper()) for name in ("utf-8", "gb18030", "big5", "utf-16")),
        ],
        widget=UnfoldAdminSelectWidget,
    )

    def __init__(
        self,
        *args: Any,
        sheets: Sequence[str] = (),
        hidden: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        labels = {name: _("%s (hidden)") % name for name in hidden}
        choices = [(name, labels.get(name, name)) for name in sheets]
        self.fields["sheet"].choices = [("", _("all visible sheets")), *choices]
        if len(sheets) < 2:
            del self.fields["sheet"]


class ConfirmForm(forms.Form):
    """What has to be answered before anything is written."""

    token = forms.CharField(widget=forms.HiddenInput)
    accept = forms.MultipleChoiceField(
        label=gettext_lazy("Suspicious values: tick each one that is right"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for this import"),
        required=False,
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
    )

    def __init__(self, *args: Any, preview: Preview, **kwargs: Any) -> None:
        super().__init__(*args, initial={"token": preview.token}, **kwargs)
        self.fields["reason"].required = preview.needs_reason
        choices = [
            (f"{number}", str(problem))
            for number, problem in enumerate(preview.suspicious)
        ]
        self.fields["accept"].choices = choices
        self.has_more = preview.suspicious_count > len(choices)
        if not choices:
            del self.fields["accept"]

    def clean(self) -> dict[str, Any]:
        """Refuse a file with more doubts than could be shown."""
        if self.has_more:
            raise ValidationError(self.too_many)
        return super().clean()

    @property
    def too_many(self) -> str:
        """What to do about a file with more doubts than can be ticked one by one."""
        message = _("More than %s suspicious values: correct the file, or divide it.")
        return message % len(self.fields["accept"].choices)

    def clean_accept(self) -> list[str]:
        ticked = self.cleaned_data["accept"]
        missing = len(self.fields["accept"].choices) - len(set(ticked))
        if missing:
            raise ValidationError(
                _("%s suspicious values are not ticked; correct the file or tick them.")
                % missing
            )
        return ticked
