"""What a reader can report on, by a short text such as claim:C07 or entry:study/S1."""

from dataclasses import dataclass

from cbec_site.base.dates import period
from cbec_site.base.languages import sign
from datasets.models import Figure, Indicator, Observation
from policies.models import Policy
from swot.models import Claim, Entry, Recommendation
from swot.models.corrections import Report

MAX_LENGTH = 140


@dataclass(frozen=True)
class Subject:
    """Something public: its kind, its code within that kind, and the object."""

    kind: Report.Kind
    code: str
    item: object

    @property
    def title(self):
        """A line that names it with its value, in the active language."""
        if self.kind == Report.Kind.OBSERVATION:
            return f"{self.name}{sign(': ')}{self.item.qualified_value}"
        return self.name

    @property
    def name(self):
        """The same without the value, which a correction may change."""
        if self.kind == Report.Kind.OBSERVATION:
            row = self.item
            names = row.indicator.title, row.region.name, str(period(row.period))
            return sign(", ").join(names)
        if self.kind == Report.Kind.CLAIM:
            return f"{self.item.code} {self.item.statement}"
        if self.kind in (Report.Kind.ENTRY, Report.Kind.RECOMMENDATION):
            return str(self.item)
        return self.item.title

    @property
    def page(self):
        is_value = self.kind == Report.Kind.OBSERVATION
        return self.item.indicator if is_value else self.item


def find_subject(about: str) -> Subject | None:
    """The public thing that `about` names; None if there is none."""
    kind, _colon, code = about.partition(":")
    if not code or len(about) > MAX_LENGTH or "\0" in about:
        return None
    find = _FINDERS.get(kind)
    thing = find(code) if find else None
    return Subject(Report.Kind(kind), code, thing) if thing is not None else None


def _by_code(model):
    return lambda code: model.objects.published().filter(code=code).first()


def _figure(code):
    return Figure.objects.published().filter(slug=code).first()


def _observation(code):
    """By its code, or by its number where it has none."""
    rows = Observation.objects.published().with_labels()
    if code.isascii() and code.isdigit() and len(code) < 19:
        return rows.filter(pk=int(code)).first()
    return rows.filter(code=code).first()


def _part(model):
    def find(code):
        slug, _slash, code = code.partition("/")
        rows = model.objects.published().select_related("analysis")
        return rows.filter(analysis__slug=slug, code=code).first()

    return find


_FINDERS = {
    "claim": _by_code(Claim),
    "observation": _observation,
    "indicator": _by_code(Indicator),
    "figure": _figure,
    "policy": _by_code(Policy),
    "entry": _part(Entry),
    "recommendation": _part(Recommendation),
}
