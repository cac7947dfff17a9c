"""Notes for editors on the numbers of a text: what each is bound to, if anything."""

from dataclasses import dataclass

from django.db.models import Value

from cbec_site.base.languages import bcp47
from swot.checking.labels import Mark, quantity_at
from swot.checking.quantities import Quantity
from swot.checking.verdicts import Verdict
from swot.models.texts import BoundText, Code, Item, bound_items, texts_of
from swot.prose import Coverage, Stretch, bound_codes, coverage, read

from .marks import mark_of
from .proposals import admin_url, describe
from .unbound import UnboundNumber, unbound_numbers


@dataclass(frozen=True)
class BoundNumber:
    """A bound number; `item` is None where the code does not exist."""

    label: str
    kind: str
    code: str
    item: Item | None
    quantity: Quantity | None = None

    @property
    def is_draft(self) -> bool:
        return self.item is not None and not self.item.is_public

    @property
    def url(self) -> str:
        return "" if self.item is None else admin_url(self.item)

    @property
    def about(self) -> str:
        return "" if self.item is None else describe(self.item)

    @property
    def mark(self) -> Mark | None:
        """What readers see beside it; None where the code does not exist."""
        return None if self.item is None else mark_of(self.item, self.quantity)

    @property
    def verdict(self) -> Verdict | None:
        """What the data say about it, where they say anything."""
        return None if self.item is None else self.mark.verdict


@dataclass(frozen=True)
class TextReport:
    """The numbers of a text in one language."""

    language: str
    coverage: Coverage
    bound: tuple[BoundNumber, ...]
    unbound: tuple[UnboundNumber, ...]
    dismissed: tuple[Stretch, ...] = ()

    @property
    def lang(self) -> str:
        """The language as HTML names it."""
        return bcp47(self.language)

    @property
    def sure(self) -> list[UnboundNumber]:
        """The unbound numbers for which one proposal is certain."""
        return [number for number in self.unbound if number.sure]

    @property
    def unknown(self) -> list[BoundNumber]:
        return [number for number in self.bound if number.item is None]

    @property
    def drafts(self) -> list[BoundNumber]:
        return [number for number in self.bound if number.is_draft]


def report(row: BoundText) -> dict[str, TextReport]:
    """Both languages of an entry, recommendation or analysis.

    A fixed number of queries, and two more for every hundred numbers.
    """
    texts = texts_of(row)
    codes = {language: bound_codes(text) for language, text in texts.items()}
    items = bound_items({code for these in codes.values() for code in these})
    expected = {code for these in codes.values() for code in these} | _evidence(row)
    unbound = unbound_numbers(texts, expected)
    return {
        language: TextReport(
            language,
            coverage(text, language),
            _bound(text, coverage(text, language), items),
            unbound[language],
            read(text).dismissed,
        )
        for language, text in texts.items()
    }


def _evidence(row) -> set[Code]:
    """What the entry or recommendation rests on; its numbers most likely come from
    there."""
    if not row.pk or not hasattr(row, "claims"):
        return set()
    claims = row.claims.order_by().annotate(named_as=Value("claim"))
    values = row.observations.order_by().annotate(named_as=Value("obs"))
    pairs = claims.values_list("named_as", "code")
    return set(pairs.union(values.values_list("named_as", "code")))


def _bound(text, covered, items):
    prose = read(text)
    return tuple(
        BoundNumber(
            prose.plain[b.start : b.end],
            b.kind,
            b.code,
            items.get((b.kind, b.code)),
            quantity_at(covered.found, prose.plain, b.start, b.end),
        )
        for b in prose.bindings
    )
