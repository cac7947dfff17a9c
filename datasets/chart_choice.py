"""What a reader can choose for a chart, and what the address says they chose."""

from dataclasses import dataclass, field

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from .chart_measures import Measure

# The most regions, or indicators, shown together: a panel has as many colours.
MOST_TOGETHER = 4
# The parameters of a chart, in the order in which addresses are written.
DATA = "data"
PARAMETERS = ("indicator", "region", "from", "to", "every", "as", DATA, "marks")
PARAMETERS += ("view",)


class Every(models.TextChoices):
    """The kinds of period, which one axis never mixes."""

    YEAR = "year", _("Years")
    HALF = "half", _("Half-years")
    QUARTER = "quarter", _("Quarters")
    MONTH = "month", _("Months")
    OTHER = "other", _("Days and other spans")


class View(models.TextChoices):
    CHART = "chart", _("Chart")
    TABLE = "table", _("Table")


class Data(models.TextChoices):
    """Which values a figure of the study shows: the study's, or values to today."""

    STUDY = "study", _("As in the study")
    TODAY = "today", _("To today")


@dataclass(frozen=True)
class Offer:
    """What there is to choose from: (code, name) pairs, years, kinds and measures.

    `here` is the indicator whose page this is: from there readers can go to another
    one, while elsewhere they choose several. `has_marks` says whether policies and
    events can be marked, `is_of_study` whether newer values can be shown beside the
    study's.
    """

    regions: list = field(default_factory=list)
    indicators: list = field(default_factory=list)
    years: list = field(default_factory=list)
    periods: list = field(default_factory=list)
    measures: list = field(default_factory=lambda: [Measure.ABSOLUTE])
    here: str = ""
    has_marks: bool = False
    is_of_study: bool = False


@dataclass(frozen=True)
class Choice:
    """A state of a chart; the empty one is what the page shows initially."""

    indicators: tuple = ()
    regions: tuple = ()
    first: int | None = None
    last: int | None = None
    every: str = ""
    measure: str = Measure.ABSOLUTE
    is_to_today: bool = False
    has_marks: bool = False
    view: str = View.CHART

    def query(self, **others) -> str:
        """The state as a query string, "" for the initial state; `others` replace parts
        of it."""
        values = {
            "indicator": self.indicators,
            "region": self.regions,
            "from": self.first,
            "to": self.last,
            "every": self.every,
            "as": "" if self.measure == Measure.ABSOLUTE else self.measure,
            DATA: Data.TODAY.value if self.is_to_today else "",
            "marks": "1" if self.has_marks else "",
            "view": "" if self.view == View.CHART else self.view,
        } | others
        pairs = [(name, values[name]) for name in PARAMETERS if values[name]]
        return f"?{urlencode(pairs, doseq=True)}" if pairs else ""


class ChartForm(forms.Form):
    """The state of a chart as the address gives it, within what is offered.

    A value that is not offered is an error at its field; `choice` is then the initial
    state, so that the page has a valid chart to show with the message.
    """

    use_required_attribute = False

    def __init__(self, data: QueryDict, offer: Offer):
        super().__init__(data, auto_id="chart-%s")
        self.offer = offer
        for name, made in self._fields(offer):
            self.fields[name] = made

    def _fields(self, offer):
        if len(offer.indicators) > 1:
            if offer.here:
                yield "indicator", _one(_("Indicator"), _here_first(offer))
            else:
                yield "indicator", _several(_("Indicators"), offer.indicators)
        if len(offer.regions) > 1:
            yield "region", _several(_("Regions"), offer.regions)
        if len(offer.years) > 1:
            years = [(str(year), str(year)) for year in offer.years]
            yield "from", _one(_("From"), [("", _("first")), *years])
            yield "to", _one(_("To"), [("", _("newest")), *years])
        if len(offer.periods) > 1:
            yield "every", _one(_("Periods"), _labelled(Every, offer.periods))
        if len(offer.measures) > 1:
            yield "as", _one(_("Shown as"), _labelled(Measure, offer.measures))
        if offer.is_of_study:
            yield DATA, _one(_("Data"), _labelled(Data, Data.values))
        if offer.has_marks:
            shown = [("", _("not shown")), ("1", _("shown"))]
            yield "marks", _one(_("Acts and events"), shown)
        yield "view", _one(_("View"), View.choices, forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and int(first) > int(last):
            self.add_error("to", _("The last year lies before the first."))
        return cleaned

    @property
    def is_refused(self):
        """Whether the address asks for something that is not offered."""
        return not self.is_valid()

    @property
    def other_page(self) -> str:
        """The code of another indicator that the reader asks for, or ""."""
        if not self.offer.here or self.is_refused:
            return ""
        return self.cleaned_data.get("indicator", "")

    @property
    def choice(self) -> Choice:
        """The requested state, or the initial state if the request is refused."""
        if self.is_refused:
            return Choice()
        asked = self.cleaned_data.get
        return Choice(
            indicators=() if self.offer.here else tuple(asked("indicator") or ()),
            regions=tuple(asked("region") or ()),
            first=int(asked("from")) if asked("from") else None,
            last=int(asked("to")) if asked("to") else None,
            every=asked("every") or "",
            measure=asked("as") or Measure.ABSOLUTE,
            is_to_today=asked(DATA) == Data.TODAY,
            has_marks=bool(asked("marks")),
            view=asked("view") or View.CHART,
        )


class SeveralField(forms.MultipleChoiceField):
    """Several of the offered values, each once and in the order of the offer."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value):
        return [code for code in super().to_python(value) if code]

    def clean(self, value):
        asked = super().clean(value)
        chosen = [code for code, _name in self.choices if code in asked]
        if len(chosen) > MOST_TOGETHER:
            raise forms.ValidationError(
                _("At most %(count)d can be shown together."),
                params={"count": MOST_TOGETHER},
            )
        return chosen


def is_to_today(data: QueryDict) -> bool:
    """Whether an address asks for newer values beside those of the study."""
    return data.get(DATA) == Data.TODAY


def _several(label, choices):
    return SeveralField(label=label, choices=choices, required=False)


def _one(label, choices, widget=forms.Select):
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=widget
    )


def _here_first(offer):
    """The indicator of the page, which is shown initially, then the others."""
    titles = dict(offer.indicators)
    own = ("", titles.pop(offer.here, offer.here))
    return [own, *titles.items()]


def _labelled(words, offered):
    """(value, label) of the offered values; the first is what the page shows
    initially."""
    first, *others = (words(value) for value in offered)
    return [("", first.label), *((one.value, one.label) for one in others)]
