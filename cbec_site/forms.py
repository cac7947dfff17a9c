"""A form in which two editors cannot overwrite each other's work."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextInputWidget


class GuardedForm(forms.ModelForm):
    """Remembers which version the editor saw and refuses to write over a newer one."""

    change_reason = forms.CharField(
        label=gettext_lazy("Reason for this change"),
        max_length=100,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("Kept in the history beside what changed."),
    )
    seen_version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "seen_version" in self.fields:
            self.fields["seen_version"].initial = version_of(self.instance)
            self.initial.setdefault("seen_version", version_of(self.instance))

    def clean(self):
        cleaned = super().clean()
        seen = self.cleaned_data.get("seen_version")
        if self.instance.pk and seen and seen != version_of(self.instance):
            raise ValidationError(who_was_faster(self.instance))
        return cleaned


def version_of(instance) -> str:
    """The number of the newest version of an object; "" for a new one."""
    if not instance.pk or not hasattr(instance, "history"):
        return ""
    newest = instance.history.order_by("-history_id").values_list(
        "history_id", flat=True
    )
    moment = getattr(instance, "valid_from", None)
    if moment is not None:
        stored = type(instance).objects.filter(pk=instance.pk)
        moment = stored.values_list("valid_from", flat=True).first()
    return f"{newest.first() or 0}/{moment.isoformat() if moment else ''}"


def who_was_faster(instance) -> str:
    """Whose change came in between and when, and what to do now."""
    newest = instance.history.select_related("history_user").first()
    name = newest.history_user if newest and newest.history_user else _("An import")
    moment = newest.history_date if newest else None
    return _(
        "%(name)s changed this on %(moment)s while you were editing. What you typed is "
        "still below: copy it, open the page anew and put it in again."
    ) % {
        "name": name,
        "moment": date_format(localtime(moment), "DATETIME_FORMAT") if moment else "—",
    }
