"""What an editor is told about the numbers of a text: bound to what, or to nothing."""

import re
from dataclasses import dataclass
from functools import partial

from cbec_site.base.languages import bcp47
from datasets.models import Region
from swot.checking.labels import Mark, language_of, quantity_at
from swot.checking.quantities import Quantity
from swot.checking.verdicts import Verdict
from swot.models.texts import BoundText, Code, Item, bound_items, texts_of
from swot.prose import Coverage, bound_codes, coverage, read

from .bindings import candidates, propose
from .computed import Expression, expressions
from .contexts import contexts
from .marks import mark_of
from .prefilled import claim_url, observation_url
from .proposals import Proposal, admin_url, describe

# 贵州 stands for 贵州省.
_SUFFIX = re.compile(r"(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)\Z")
# Signs shown on either side of a number that is bound to nothing.
CONTEXT = 24


@dataclass(frozen=True)
class BoundNumber:
    """A number that is bound; `item` is None where nothing has the code."""

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
        """What readers see beside it; None where nothing has the code."""
        return None if self.item is None else mark_of(self.item, self.quantity)

    @property
    def verdict(self) -> Verdict | None:
        """What the data say about it, where they say anything."""
        return None if self.item is None else self.mark.verdict


@dataclass(frozen=True)
class UnboundNumber:
    """A number bound to nothing, where it stands, and what it could be bound to.

    `phrase` is what a binding encloses: the number with its unit and comparison word.
    `nth` counts how often its very signs stand unbound before it.
    """

    quantity: Quantity
    phrase: str
    before: str
    after: str
    nth: int
    proposals: tuple[tuple[Proposal, str], ...]
    observation_url: str = ""
    claim_url: str = ""
    computed: tuple[tuple[Expression, str], ...] = ()

    @property
    def sure(self) -> tuple[Proposal, str] | None:
        """What it surely is, and how to write it."""
        first = next(iter(self.proposals), None)
        return first if first and first[0].is_sure else None


@dataclass(frozen=True)
class TextReport:
    """The numbers of a text in one language."""

    language: str
    coverage: Coverage
    bound: tuple[BoundNumber, ...]
    unbound: tuple[UnboundNumber, ...]

    @property
    def lang(self) -> str:
        """The language as HTML names it."""
        return bcp47(self.language)

    @property
    def sure(self) -> list[UnboundNumber]:
        """The numbers of which it is sure what they are."""
        return [number for number in self.unbound if number.sure]

    @property
    def unknown(self) -> list[BoundNumber]:
        return [number for number in self.bound if number.item is None]

    @property
    def drafts(self) -> list[BoundNumber]:
        return [number for number in self.bound if number.is_draft]


def report(item: BoundText) -> dict[str, TextReport]:
    """Both languages of an entry, recommendation or analysis.

    A fixed number of queries, and two more for every hundred numbers.
    """
    texts = texts_of(item)
    codes = {language: bound_codes(text) for language, text in texts.items()}
    found = bound_items({code for these in codes.values() for code in these})
    covered = {language: coverage(text, language) for language, text in texts.items()}
    expected = {code for these in codes.values() for code in these} | _evidence(item)
    numbers = [number for part in covered.values() for number in part.unbound]
    known, regions = candidates(numbers), regions_named() if numbers else {}
    names = {name: code for name, (code, _pk) in regions.items()}
    around = {
        language: contexts(read(texts[language]).plain, part.unbound, names)
        for language, part in covered.items()
    }
    proposals = {
        language: propose(part.unbound, expected, known, around[language], language)
        for language, part in covered.items()
    }
    keys = dict(regions.values())
    computed = _computed(around)
    others = {language: _sentences(around, language) for language in texts}
    return {
        language: TextReport(
            language,
            covered[language],
            _bound(text, covered[language], found),
            _unbound(
                text,
                covered[language],
                proposals[language],
                around[language],
                keys,
                computed[language],
                others[language],
            ),
        )
        for language, text in texts.items()
    }


def _evidence(item) -> set[Code]:
    """What the entry or recommendation rests on: its numbers come from there."""
    if not item.pk or not hasattr(item, "claims"):
        return set()
    claims = item.claims.values_list("code", flat=True)
    observations = item.observations.values_list("code", flat=True)
    return {("claim", code) for code in claims} | {("obs", o) for o in observations}


def _bound(text, covered, found):
    prose = read(text)
    return tuple(
        BoundNumber(
            prose.plain[b.start : b.end],
            b.kind,
            b.code,
            found.get((b.kind, b.code)),
            quantity_at(covered.found, prose.plain, b.start, b.end),
        )
        for b in prose.bindings
    )


def _computed(around):
    """What gives the numbers of each language."""
    return {
        language: expressions(found, language) for language, found in around.items()
    }


def _sentences(around, language):
    """The sentence of the other language that has a number, by what the number says.

    Only where one sentence has it: a number that stands twice could be either.
    """
    found = {}
    for other, contexts_there in around.items():
        if other != language:
            for number, context in contexts_there.items():
                found.setdefault(number.key, set()).add(context.sentence)
    return {key: min(found[key]) for key in found if len(found[key]) == 1}


def _unbound(text, covered, proposals, around, regions, computed, others):
    prose = read(text)
    plain = without = prose.plain
    for b in prose.bindings:
        without = without[: b.start] + "\0" * (b.end - b.start) + without[b.end :]
    return tuple(
        _unbound_number(
            number,
            text,
            plain,
            without,
            proposals[number],
            around[number],
            regions,
            computed.get(number, ()),
            others.get(number.key, ""),
        )
        for number in covered.unbound
    )


def _unbound_number(
    number, text, plain, without, proposals, context, regions, computed, other
):
    claim = partial(claim_url, number, context, regions, language_of(plain), other)
    start, end = number.first, number.last
    # What markup or another binding parts is bound as the number alone.
    if "\0" in without[start:end] or plain[start:end] not in text:
        start, end = number.start, number.end
    phrase = plain[start:end].strip()
    return UnboundNumber(
        number,
        phrase,
        plain[max(start - CONTEXT, 0) : start],
        plain[end : end + CONTEXT],
        without.count(phrase, 0, start),
        tuple((proposal, proposal.markdown(phrase)) for proposal in proposals),
        observation_url(number, context, regions),
        claim(computed[0].tree if len(computed) == 1 else None),
        tuple((found, claim(found.tree)) for found in computed),
    )


def regions_named() -> dict[str, tuple[str, int]]:
    """Code and id of all regions by every name a text may give them."""
    names = {}
    rows = Region.objects.values_list("code", "pk", "name_zh_hans", "name_en")
    for code, pk, name_zh, name_en in rows:
        for name in (name_zh, _SUFFIX.sub("", name_zh or ""), name_en):
            if name:
                names.setdefault(name, (code, pk))
    if "中国" in names:
        names.setdefault("全国", names["中国"])
    return names
