"""Bound numbers that the data contradict or that cannot be read, and how many are
checked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cbec_site.base.languages import sign
from datasets.dependents import Consequence
from swot.checking.labels import Mark, language_of, quantity_at
from swot.checking.verdicts import Verdict
from swot.models.texts import BoundText, Code, Item, bound_items, codes_of, texts_of
from swot.prose import coverage, read

from .marks import mark_of, verdict_words
from .proposals import admin_url

# The marks that mean a number was compared with its data.
DECIDED = (
    Verdict.HOLDS,
    Verdict.ROUNDING,
    Verdict.CONTRADICTED,
    Verdict.SUPERSEDED,
)


@dataclass(frozen=True)
class FlaggedNumber:
    """A number bound to something public that does not bear it out."""

    language: str
    label: str
    kind: str
    code: str
    item: Item
    mark: Mark

    @property
    def key(self) -> tuple[str, ...]:
        return self.language, self.label, self.kind, self.code, self.mark.name


@dataclass(frozen=True)
class Checked:
    """How many numbers of a page's texts are checked against data, and which are
    not."""

    found: int
    outside: tuple[str, ...]

    @property
    def count(self) -> int:
        return self.found - len(self.outside)

    @property
    def listed(self) -> str:
        """The numbers that are not checked, each once."""
        return sign("、").join(dict.fromkeys(self.outside))


def flagged_numbers(
    row: BoundText, items: dict[Code, Item] | None = None
) -> list[FlaggedNumber]:
    """The flagged numbers of both languages; `items` are claims and observations by
    code."""
    texts = texts_of(row)
    if items is None:
        items = bound_items(code for text in texts.values() for code in codes_of(text))
    return [
        number
        for language, text in texts.items()
        for number in _flagged(language, text, items)
    ]


def flagged_texts(model: type[BoundText]) -> list[int]:
    """The ids of the published texts with a flagged number; three queries."""
    rows = list(model.objects.filter(is_published=True).order_by("pk"))
    bound = bound_items(
        {
            code
            for row in rows
            for text in texts_of(row).values()
            for code in codes_of(text)
        }
    )
    return [row.pk for row in rows if flagged_numbers(row, bound)]


def newly_flagged(row: BoundText) -> list[FlaggedNumber]:
    """The numbers that would newly be flagged to readers if the published text were
    saved."""
    if not row.is_published:
        return []
    live = type(row).objects.filter(pk=row.pk, is_published=True).first()
    known = {number.key for number in flagged_numbers(live)} if live else set()
    return [number for number in flagged_numbers(row) if number.key not in known]


def as_consequence(number: FlaggedNumber) -> Consequence:
    """A flagged number as editors see it before they save."""
    return Consequence(
        kind="number",
        code=f"{number.kind}:{number.code}",
        title=number.label,
        url=admin_url(number.item),
        before="—",
        after=str(verdict_words(number.mark)),
        detail=_("The number as written in the text does not agree with its data."),
    )


@dataclass(frozen=True)
class MarkedNumber:
    """A number bound to something public, as printed in a text, and its mark."""

    text: str
    kind: str
    code: str
    mark: Mark


def marked_numbers(
    numbers: dict[str, dict], text: str, language: str
) -> list[MarkedNumber]:
    """The bound numbers of a text with the marks that readers see beside them."""
    prose, public = read(text), _public(numbers)
    quantities = coverage(text, language).found
    marked = []
    for b in prose.bindings:
        if item := public.get((b.kind, b.code)):
            quantity = quantity_at(quantities, prose.plain, b.start, b.end)
            label = prose.plain[b.start : b.end]
            marked.append(MarkedNumber(label, b.kind, b.code, mark_of(item, quantity)))
    return marked


def checked(numbers: dict[str, dict], *texts: str) -> Checked:
    """The coverage of a page, from its texts and the public things they bind.

    A bound number that cannot be read or tested counts as unchecked, like an unbound
    one.
    """
    public = _public(numbers)
    count, outside = 0, []
    for text in texts:
        prose = read(text)
        quantities = coverage(text, language_of(prose.plain)).found
        count += len(quantities)
        outside += [q.text for q in quantities if not _is_checked(q, prose, public)]
    return Checked(count, tuple(outside))


def _public(numbers):
    """What `load_bound` found, by kind and code."""
    public = {("claim", code): item for code, item in numbers["claims"].items()}
    observations = numbers["observations"].items()
    return public | {("obs", code): item for code, item in observations}


def _is_checked(quantity, prose, public):
    for b in prose.bindings:
        if b.start < quantity.end and quantity.start < b.end:
            item = public.get((b.kind, b.code))
            return item is not None and mark_of(item, quantity).verdict in DECIDED
    return False


def _flagged(language, text, items) -> Iterable[FlaggedNumber]:
    prose = read(text)
    quantities = coverage(text, language).found
    for b in prose.bindings:
        item = items.get((b.kind, b.code))
        if item is None or not item.is_public:
            continue
        quantity = quantity_at(quantities, prose.plain, b.start, b.end)
        mark = mark_of(item, quantity)
        if mark.is_flagged:
            label = prose.plain[b.start : b.end]
            yield FlaggedNumber(language, label, b.kind, b.code, item, mark)
