"""Forms that prevent overwriting another editor's work and show consequences first."""

import hashlib
import re

from django import forms
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.widgets import UnfoldAdminTextInputWidget

# What can be the key of a row, on either database.
KEY = re.compile("[0-9]{1,18}")


class ConstraintsForm(forms.ModelForm):
    """Checks every constraint of the model, including fields that the form lacks.

    Related rows that were read along with a row are shown without another query.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, AutocompleteMixin):
                widget.optgroups = _with_keys_only(widget)
            if isinstance(widget, AutocompleteSelect) and self.instance.pk:
                link = self.instance._meta.get_field(name)
                if not link.many_to_many and link.is_cached(self.instance):
                    other = getattr(self.instance, name)
                    widget.optgroups = _known(widget, field, other)

    def _post_clean(self):
        super()._post_clean()
        # Django skips constraints that name a field outside the form; the
        # database does not.
        try:
            self.instance.validate_constraints(exclude=set(self.errors))
        except ValidationError as error:
            for name, messages in error.error_dict.items():
                self.add_error(name if name in self.fields else None, messages)


def _with_keys_only(widget):
    """The options of a widget, which would query the database even for a non-key."""
    ask = widget.optgroups

    def optgroups(name, value, attrs=None):
        return ask(name, [key for key in value if KEY.fullmatch(str(key))], attrs)

    return optgroups


def _known(widget, field, other):
    """The options of a widget when its row is already known, or there is none."""
    ask = widget.optgroups

    def optgroups(name, value, attrs=None):
        keys = [str(key) for key in value if key not in field.empty_values]
        if keys != ([] if other is None else [str(other.pk)]):
            return ask(name, value, attrs)
        options = []
        if not widget.is_required:
            options.append(widget.create_option(name, "", "", False, 0))
        if other is not None:
            label = field.label_from_instance(other)
            options.append(widget.create_option(name, other.pk, label, True, 1))
        return [(None, options, 0)]

    return optgroups


class GuardedForm(ConstraintsForm):
    """Remembers which version the editor saw and refuses to overwrite a newer one."""

    change_reason = forms.CharField(
        label=gettext_lazy("Reason for this change"),
        max_length=100,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("Kept in the history beside what changed."),
    )
    seen_version = forms.CharField(label="", required=False, widget=forms.HiddenInput)
    # Whether the editor saw an older version than the stored one.
    is_outdated = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "seen_version" in self.fields:
            newest = version_of(self.instance)
            self.fields["seen_version"].initial = newest
            self.initial.setdefault("seen_version", newest)

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and connection.in_atomic_block:
            self.lock()
        seen = self.cleaned_data.get("seen_version")
        if self.instance.pk and seen and seen != version_of(self.instance):
            self.is_outdated = True
            raise ValidationError(who_was_faster(self.instance))
        return cleaned

    def lock(self):
        """Make other writers of this object wait until the transaction ends.

        Without it two could find the same version unchanged and both write.
        """
        stored = type(self.instance)._base_manager.filter(pk=self.instance.pk)
        list(stored.select_for_update(no_key=True).values_list("pk"))


class ForeseeingForm(GuardedForm):
    """Shows which published texts would read differently, and asks for a reason.

    The first attempt lists it (`consequences`) and writes nothing; the second, with a
    reason, saves. Should the list have changed meanwhile, it is shown once more.
    Subclasses say in `foresee` what follows from the valid instance.
    """

    seen_consequences = forms.CharField(
        label="", required=False, widget=forms.HiddenInput
    )

    consequences = ()

    def foresee(self):
        """Objects with code, before, after, detail and is_public; writes nothing."""
        raise NotImplementedError

    def ask(self, count):
        """The message above the form when this many public things would change."""
        return ngettext(
            "Nothing is saved yet: %d published claim would read differently. "
            "Look at it above, give a reason and save again.",
            "Nothing is saved yet: %d published claims would read differently. "
            "Look at them above, give a reason and save again.",
            count,
        ) % (count,)

    def ask_reason(self):
        """The message beside the reason when it is missing."""
        return _("Give a reason: published claims change.")

    def _post_clean(self):
        super()._post_clean()
        if not self.errors and self.changed_data:
            self.consequences = self.foresee()
            self._ask()

    def _ask(self):
        sealed = seal(self.consequences)
        if not sealed:
            return
        if self.cleaned_data.get("seen_consequences") != sealed:
            count = sum(consequence.is_public for consequence in self.consequences)
            self.add_error(None, self.ask(count))
            self.data = self.data.copy()
            self.data[self.add_prefix("seen_consequences")] = sealed
        elif not self.cleaned_data.get("change_reason"):
            self.add_error("change_reason", self.ask_reason())


def seal(consequences) -> str:
    """A digest of the public consequences an editor has seen, for a hidden field.

    "" if there are none: drafts may change without a reason.
    """
    text = "\n".join(
        f"{one.code} {one.before} {one.after} {one.detail}"
        for one in consequences
        if one.is_public
    )
    if not text:
        return ""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


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
    """Who made the change in between and when, and what to do now."""
    newest = instance.history.select_related("history_user").first()
    name = newest.history_user if newest and newest.history_user else _("An import")
    moment = newest.history_date if newest else None
    return _(
        "%(name)s changed this on %(moment)s while you were editing. Choose for "
        "each field which version counts, then save again; nothing is lost."
    ) % {
        "name": name,
        "moment": date_format(localtime(moment), "DATETIME_FORMAT") if moment else "—",
    }
