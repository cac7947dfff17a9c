"""Reasons that the history gives for what the shipped files brought."""

from django.utils.translation import gettext_lazy as _

from .base.reasons import reason

# Also the name of the file in the record of the import.
UPDATED = reason(
    "update of the shipped policies.csv", _("update of the shipped policies.csv")
)
TAKEN_BACK = reason(f"taken back: {UPDATED}", _("shipped policies.csv taken back"))
# Why a number that the data contradict is published nevertheless.
STATED_SO = reason(
    "The study states this number; readers see that the data contradict it.",
    _("The study states this number; readers see that the data contradict it."),
)
