"""The forms of data: nothing is saved before its consequences were seen."""

from cbec_site.base.forms import ForeseeingForm

from .dependents import Proposal, ask_consequences, ask_series_consequences


class ObservationForm(ForeseeingForm):
    """Foresees which claims would change their verdict."""

    def lock(self):
        """An import of these series comes first, or waits."""
        given = self.cleaned_data.get("indicator")
        self.instance.lock(*([given.pk] if given else []))

    def foresee(self):
        return ask_consequences([Proposal.of(self.instance)])


class SeriesForm(ForeseeingForm):
    """The same for what values belong to: an indicator, region or source."""

    def foresee(self):
        if not {"code", "is_published"} & set(self.changed_data):
            return []
        return ask_series_consequences([self.instance])
