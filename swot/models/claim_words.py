"""What a claim states and what the data give, worded for readers."""

from django.utils.translation import gettext as _

from cbec_site.base.dates import period
from datasets.units import CURRENCIES, MEASURES, Unit
from swot.checking.explanations import stated_phrase
from swot.checking.symbols import amount, is_chinese
from swot.checking.verdicts import Verdict


class ClaimWords:
    """The phrases of a claim, in the active language."""

    @property
    def unit_label(self):
        return Unit(self.stated_unit).label if self.stated_unit in Unit else ""

    @property
    def stated_phrase(self):
        """What the study states, in the active language: "about 37%"."""
        return stated_phrase(self.as_statement) if self.is_computed else self.stated

    @property
    def stated(self):
        """The stated value as printed, with its unit; a count has none in English, and
        a date is in words."""
        return self._in_words(self.stated_value)

    def _in_words(self, value):
        """A value of a finding, stated or found, in the active language."""
        if self.finding == self.Finding.DATE:
            return period(value)
        if self.stated_unit == Unit.COUNT and not is_chinese():
            return value
        gap = "" if self.stated_unit == Unit.PERCENT or is_chinese() else " "
        return f"{value}{gap}{self.unit_label}".strip()

    @property
    def recomputed_phrase(self):
        """What the data give, with its unit, in the active language; "—" for nothing.

        For an editor's finding, this is the other reading that the editor found.
        """
        if not self.is_computed:
            found = self.recomputed_value
            return self._in_words(found) if found else "—"
        if self.computed_value is None:
            return "—"
        digits = -self.computed_value.normalize().as_tuple().exponent
        wanted = max(self.stated_decimals + 1, 0)
        return amount(
            self.computed_value, self.stated_unit, max(min(digits, wanted + 1), 0)
        )

    @property
    def computation_unit(self):
        """The unit of the numbers in the computation if it names none; or ""."""
        units = {one.unit for one in self.observations.all()}
        if len(units) != 1 or "=" not in self.computation:
            return ""
        (unit,) = units
        measure = MEASURES[unit]
        if measure.dimension not in CURRENCIES:
            return ""
        is_named = measure.en in self.computation or measure.zh in self.computation
        return "" if is_named else Unit(unit).label

    @property
    def current_phrase(self):
        """What newer data give, with its unit, in the active language; "" for none."""
        if self.current_value is None:
            return ""
        digits = -self.current_value.normalize().as_tuple().exponent
        places = max(min(digits, max(self.stated_decimals + 1, 1)), 0)
        return amount(self.current_value, self.stated_unit, places)

    @property
    def is_superseded(self):
        """Whether it was true when written, and newer data have another value."""
        return self.verdict == Verdict.SUPERSEDED

    @property
    def now_sentence(self):
        """What a reader has to know about an overtaken statement; "" for others."""
        if not self.current_phrase:
            return ""
        words = {
            "value": self.current_phrase,
            "period": period(self.current_period),
        }
        if self.is_superseded:
            return _("True when written, now %(value)s (%(period)s).") % words
        return _("Now %(value)s (%(period)s).") % words

    @property
    def interval_phrase(self):
        """The lowest and highest value that the rounding of the data allows, or ""."""
        if self.interval_low is None:
            return ""
        width = self.interval_high - self.interval_low
        places = max(self.stated_decimals + 1, 1 - width.adjusted() if width else 0, 0)
        return _("%(low)s to %(high)s") % {
            "low": amount(self.interval_low, self.stated_unit, min(places, 6)),
            "high": amount(self.interval_high, self.stated_unit, min(places, 6)),
        }
