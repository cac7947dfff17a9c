"""The form of a text: it shows editors contradicted numbers before readers see them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cbec_site.base.forms import ForeseeingForm

from .flagged import as_consequence, newly_flagged


class TextForm(ForeseeingForm):
    """Asks for a reason before a text with a contradicted number is published."""

    def foresee(self):
        return [as_consequence(number) for number in newly_flagged(self.instance)]

    def ask(self, count):
        return ngettext(
            "Nothing is saved yet: %d number of this text is contradicted or "
            "cannot be read. Correct it, or give a reason and save again.",
            "Nothing is saved yet: %d numbers of this text are contradicted or "
            "cannot be read. Correct them, or give a reason and save again.",
            count,
        ) % (count,)

    def ask_reason(self):
        return _("Give a reason: readers will see numbers that do not hold.")
