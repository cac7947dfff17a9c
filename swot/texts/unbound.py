"""The unbound numbers of a text, and what each could be bound to."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass

from datasets.models import Indicator, Region
from swot.checking.quantities import Quantity
from swot.checking.quantities.ranks import find_places
from swot.models.texts import Code
from swot.prose import DISMISSED, Prose, coverage, covers, read

from .bindings import candidates, propose
from .computed import Expression, expressions
from .contexts import contexts
from .prefilled import TextContext, claim_url, observation_url
from .proposals import Proposal

# 贵州 stands for 贵州省.
_SUFFIX = re.compile(r"(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)\Z")
_OTHER_NAMES = {"中国": ("全国", "我国"), "China": ("nationwide", "the country")}
# How many characters are shown on either side of an unbound number.
CONTEXT = 24


@dataclass(frozen=True)
class UnboundNumber:
    """An unbound number, the text around it, and what it could be bound to.

    `phrase` is what a binding encloses: the number with its unit and comparison word.
    `nth` counts how often the same characters appear unbound before it.
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
        """The sure proposal, and how to write it."""
        first = next(iter(self.proposals), None)
        return first if first and first[0].is_sure else None

    @property
    def dismissal(self) -> str:
        """How to mark it as no statistic."""
        return f"[{self.phrase}]({DISMISSED})"


def unbound_numbers(
    texts: Mapping[str, str], expected: Set[Code]
) -> dict[str, tuple[UnboundNumber, ...]]:
    """The unbound numbers of each language, ranks included.

    A fixed number of queries, and two more for every hundred numbers.
    """
    numbers = {language: _unbound(text, language) for language, text in texts.items()}
    if not any(numbers.values()):
        return dict.fromkeys(texts, ())
    regions, indicators = regions_named(), list(Indicator.objects.order_by("pk"))
    names = {name: code for name, (code, _pk) in regions.items()}
    around = {
        language: contexts(read(texts[language]).plain, unbound, names)
        for language, unbound in numbers.items()
    }
    everything = {
        number: c for unbound in around.values() for number, c in unbound.items()
    }
    known = candidates(everything, everything.values())
    return {
        language: _described(
            read(texts[language]),
            texts[language],
            propose(unbound, expected, known, around[language], language),
            expressions(around[language], indicators, language),
            TextContext(
                language,
                around[language],
                _sentences(around, language),
                dict(regions.values()),
                indicators,
            ),
        )
        for language, unbound in numbers.items()
    }


def _unbound(text, language):
    """The unbound numbers and ranks of a text, in order."""
    prose = read(text)
    numbers = coverage(text, language)
    places = [
        place
        for place in find_places(prose.plain, language)
        if not covers((*prose.bindings, *prose.dismissed), place)
        and not any(q.start < place.end and place.start < q.end for q in numbers.found)
    ]
    return sorted((*numbers.unbound, *places), key=lambda number: number.start)


def _sentences(around, language):
    """For each number, the sentence of the other language that states the same number.

    Only where exactly one sentence has it: with two, it could be either.
    """
    sentences: dict[tuple, set[str]] = {}
    for other, contexts_there in around.items():
        if other != language:
            for number, context in contexts_there.items():
                sentences.setdefault(number.key, set()).add(context.sentence)
    return {key: min(sentences[key]) for key in sentences if len(sentences[key]) == 1}


def _described(prose: Prose, text, proposals, computed, text_context):
    without = prose.plain
    for stretch in (*prose.bindings, *prose.dismissed):
        start, end = stretch.start, stretch.end
        without = without[:start] + "\0" * (end - start) + without[end:]
    return tuple(
        _number(
            number,
            _phrase(number, prose.plain, without, text),
            prose.plain,
            without,
            proposed,
            computed.get(number, ()),
            text_context,
        )
        for number, proposed in proposals.items()
    )


def _phrase(number, plain, without, text):
    """(start, end) of what a binding encloses."""
    start, end = number.first, number.last
    # Where markup or another binding comes between, only the number is bound.
    if "\0" in without[start:end] or plain[start:end] not in text:
        return number.start, number.end
    return start, end


def _number(number, span, plain, without, proposals, computed, text_context):
    start, end = span
    phrase = plain[start:end].strip()
    only = computed[0].tree if len(computed) == 1 else None
    return UnboundNumber(
        number,
        phrase,
        plain[max(start - CONTEXT, 0) : start],
        plain[end : end + CONTEXT],
        without.count(phrase, 0, start),
        tuple((proposal, proposal.markdown(phrase)) for proposal in proposals),
        observation_url(number, text_context),
        claim_url(number, text_context, only),
        tuple((one, claim_url(number, text_context, one.tree)) for one in computed),
    )


def regions_named() -> dict[str, tuple[str, int]]:
    """Code and id of every region, by each name that a text may give it."""
    names = {}
    rows = Region.objects.values_list("code", "pk", "name_zh_hans", "name_en")
    for code, pk, name_zh, name_en in rows:
        for name in (name_zh, _SUFFIX.sub("", name_zh or ""), name_en):
            if name:
                names.setdefault(name, (code, pk))
    for name, others in _OTHER_NAMES.items():
        for other in others if name in names else ():
            names.setdefault(other, names[name])
    return names
