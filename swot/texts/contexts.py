"""What the words around a number say of it: region, period, indicator, neighbours."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from swot.checking.quantities import Quantity

_SENTENCE = re.compile(r"[。！？；\n]|[.!?;](?=\s|\Z)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_WORD = re.compile(r"[a-z]{3,}")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
# In every second title, hence no sign of any one of them.
_COMMON = set("the and for with from plus of total".split())


@dataclass(frozen=True)
class Context:
    """The sentence of a number and the region and years it is about, "" or () if none.

    `is_near` tells that the sentence itself names the region; else a former one does.
    """

    sentence: str = ""
    region: str = ""
    years: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def names(self, title: str) -> float:
        """How much of a title the sentence has, from 0 to 1."""
        wanted = signs_of(title)
        return len(wanted & signs_of(self.sentence)) / len(wanted) if wanted else 0


def contexts(
    text: str, numbers: Iterable[Quantity], regions: Mapping[str, str]
) -> dict[Quantity, Context]:
    """The context of each number of a plain text; `regions` are codes by name."""
    bounds = [0, *(m.end() for m in _SENTENCE.finditer(text)), len(text)]
    years = [(m.start(), m[1]) for m in _YEAR.finditer(text)]
    places = _mentions(text, regions)
    return {number: _context(text, number, bounds, years, places) for number in numbers}


@lru_cache(maxsize=16_384)
def signs_of(text: str) -> frozenset[str]:
    """Words of English, pairs of characters of Chinese: what two texts may share."""
    words = {w for w in _WORD.findall(text.lower()) if w not in _COMMON}
    for run in _HAN.findall(text):
        words |= {a + b for a, b in pairwise(run)}
    return frozenset(words)


def _context(text, number, bounds, years, places):
    at = bisect_right(bounds, number.start) - 1
    start, end = bounds[at], bounds[min(at + 1, len(bounds) - 1)]
    paragraph = text.rfind("\n", 0, number.start) + 1
    near_years = _nearest(years, number.start, start, end, paragraph)
    near_places = _nearest(places, number.start, start, end, paragraph)
    others = tuple(dict.fromkeys(code for pos, code in places if start <= pos < end))
    return Context(
        text[start:end],
        near_places[0] if near_places else "",
        tuple(near_years),
        others,
    )


def _nearest(mentions, position, start, end, paragraph):
    """What is named nearest: before in the sentence, after it, before in the text."""
    inside = [(pos, what) for pos, what in mentions if start <= pos < end]
    before = [what for pos, what in reversed(inside) if pos <= position]
    after = [what for pos, what in inside if pos > position]
    if found := before + after:
        return list(dict.fromkeys(found))
    earlier = [what for pos, what in mentions if paragraph <= pos < start]
    return earlier[-1:]


def _mentions(text, regions):
    """(position, code) of every region named, the longest name at each place."""
    found = {}
    for name, code in sorted(regions.items(), key=lambda pair: len(pair[0])):
        if len(name) < 2:
            continue
        start = text.find(name)
        while start >= 0:
            found[start] = code
            start = text.find(name, start + 1)
    return sorted(found.items())
