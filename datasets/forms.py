"""The form of an observation: nothing is saved before its consequences were seen."""

import hashlib

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cbec_site.forms import GuardedForm

from .signals import Consequence, Proposal, ask_consequences


def seal(consequences: list[Consequence]) -> str:
    """What an editor has seen, short enough for a hidden field; "" for nothing."""
    if not consequences:
        return ""
    shown = "\n".join(
        f"{item.code} {item.before} {item.after} {item.detail}" for item in consequences
    )
    return hashlib.sha256(shown.encode()).hexdigest()[:32]


class ObservationForm(GuardedForm):
    """Shows the published claims that would read differently, and asks for a reason.

    The first attempt lists them (`consequences`) and writes nothing; the second, with
    a reason, saves. Should the list have changed meanwhile, it is shown once more.
    """

    seen_consequences = forms.CharField(required=False, widget=forms.HiddenInput)

    consequences: list[Consequence] = []

    def _post_clean(self):
        super()._post_clean()
        if not self.errors and self.changed_data:
            self.consequences = ask_consequences([Proposal.of(self.instance)])
            self._ask()

    def _ask(self):
        sealed = seal(self.consequences)
        if not sealed:
            return
        if self.cleaned_data.get("seen_consequences") != sealed:
            count = len(self.consequences)
            self.add_error(
                None,
                ngettext(
                    "Nothing is saved yet: %d published claim would read differently. "
                    "Look at it above, give a reason and save again.",
                    "Nothing is saved yet: %d published claims would read differently. "
                    "Look at them above, give a reason and save again.",
                    count,
                )
                % count,
            )
            self.data = self.data.copy()
            self.data[self.add_prefix("seen_consequences")] = sealed
        elif not self.cleaned_data.get("change_reason"):
            self.add_error(
                "change_reason", _("Give the reason: published claims change with it.")
            )
