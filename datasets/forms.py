"""The forms for data: nothing is saved before its consequences have been seen."""

from cbec_site.base.forms import ForeseeingForm

from .dependents import Proposal, ask_consequences, ask_series_consequences


class ObservationForm(ForeseeingForm):
    """Shows which claims would change their verdict."""

    def lock(self):
        """Waits for an import of these series, or makes it wait."""
        given = self.cleaned_data.get("indicator")
        self.instance.lock(*([given.pk] if given else []))

    def foresee(self):
        return ask_consequences([Proposal.of(self.instance)])


class SeriesForm(ForeseeingForm):
    """The same for an indicator, region or source that values belong to."""

    def foresee(self):
        if not {"code", "is_published"} & set(self.changed_data):
            return []
        return ask_series_consequences([self.instance])
