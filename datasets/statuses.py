"""The status of a value, as in SDMX."""

from django.utils.translation import gettext_lazy as _

from .choices import LabelledChoices


class Status(LabelledChoices):
    """SDMX CL_OBS_STATUS."""

    NORMAL = "A", _("Normal")
    BREAK = "B", _("Time series break")
    DEFINITION = "D", _("Definition differs")
    ESTIMATED = "E", _("Estimated")
    FORECAST = "F", _("Forecast")
    EXPERIMENTAL = "G", _("Experimental")
    HOLIDAY = "H", _("Missing, holiday or weekend")
    IMPUTED = "I", _("Imputed")
    DEROGATION = "J", _("Derogation")
    INCLUDED_ELSEWHERE = "K", _("Included in another category")
    NOT_COLLECTED = "L", _("Missing, exists but not collected")
    CANNOT_EXIST = "M", _("Missing, cannot exist")
    NOT_SIGNIFICANT = "N", _("Not significant")
    MISSING = "O", _("Missing")
    PROVISIONAL = "P", _("Provisional")
    SUPPRESSED = "Q", _("Missing, suppressed")
    SPECIAL_EVENT = "S", _("Special event")
    LOW_RELIABILITY = "U", _("Low reliability")
    UNVALIDATED = "V", _("Unvalidated")
    INCLUDES_OTHER = "W", _("Includes another category")

    @property
    def plain_label(self):
        """The label for readers, without a word that only statisticians use.

        Files, the API and the admin have SDMX's own.
        """
        return PLAIN_LABELS.get(self, self.label)


PLAIN_LABELS = {
    Status.DEROGATION: _("Departs from the standard"),
    Status.IMPUTED: _("Inferred"),
    Status.UNVALIDATED: _("Not verified"),
}


# Codes that say why there is no value; a value has one of the others.
WITHOUT_VALUE = ["H", "K", "L", "M", "O", "Q"]
