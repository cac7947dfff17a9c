"""What the words around a number tell about it: region, period, indicator,
neighbours."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from datasets.english_months import FULL_NAMES, month_number
from swot.checking.quantities import Quantity

_SENTENCE = re.compile(r"[。！？；\n]|[.!?;](?=\s|\Z)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_FOLLOWING = re.compile(
    r"[^,;.:\d\n]{0,12}?\b(?:in|for|by|during|of) (?:the year )?((?:19|20)\d{2})(?!\d)"
)
_NUMBERS = dict(zip("一二三四1234", (1, 2, 3, 4) * 2, strict=True))
_NUMBERS |= dict(zip("first second third fourth".split(), (1, 2, 3, 4), strict=True))
_PART = re.compile(
    r"第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年|(?<=年)(?P<month>1[0-2]|[1-9])月"
    r"|(?P<quarter_en>first|second|third|fourth) quarter"
    r"|(?P<half_en>first|second) half"
    rf"|\b(?:{FULL_NAMES})(?= (?:of )?(?:19|20)\d{{2}})",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]{3,}")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
# Found in every second title, so they identify none of them.
_COMMON = set("the and for with from plus of total".split())


@dataclass(frozen=True)
class Context:
    """The sentence of a number, and the region and years it is about ("" or () if
    none).

    `part` is the part of the year it is about: "-Q1", "-S2" (halves), "-06" or "".
    """

    sentence: str = ""
    region: str = ""
    years: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    part: str = ""

    def names(self, title: str) -> float:
        """How much of a title appears in the sentence, from 0 to 1."""
        wanted = signs_of(title)
        return len(wanted & signs_of(self.sentence)) / len(wanted) if wanted else 0


def contexts(
    text: str, numbers: Iterable[Quantity], regions: Mapping[str, str]
) -> dict[Quantity, Context]:
    """The context of each number of a plain text; `regions` are codes by name."""
    bounds = [0, *(m.end() for m in _SENTENCE.finditer(text)), len(text)]
    years = [(m.start(), m[1]) for m in _YEAR.finditer(text)]
    places = _mentions(text, regions)
    parts = [(m.start(), _named_part(m)) for m in _PART.finditer(text)]
    return {
        number: _context(text, number, bounds, years, places, parts)
        for number in numbers
    }


def part_of_year(period: str) -> str:
    """Which part of a year a period is: "-Q1" of 2024-Q1; "" for a year or a span."""
    return period[4:] if len(period) == 7 else ""


def _named_part(match):
    text = match[0].lower()
    if match["quarter"] or match["quarter_en"]:
        word = match["quarter"] or match["quarter_en"].lower()
        return f"-Q{_NUMBERS[word]}"
    if match["half"] or match["half_en"]:
        is_first = match["half"] == "上" or (match["half_en"] or "").lower() == "first"
        return "-S1" if is_first else "-S2"
    if match["month"]:
        return f"-{int(match['month']):02}"
    return f"-{month_number(text):02}"


@lru_cache(maxsize=16_384)
def signs_of(text: str) -> frozenset[str]:
    """English words and pairs of Chinese characters, by which texts are compared."""
    words = {w for w in _WORD.findall(text.lower()) if w not in _COMMON}
    for run in _HAN.findall(text):
        words |= {a + b for a, b in pairwise(run)}
    return frozenset(words)


def _context(text, number, bounds, years, places, parts):
    at = bisect_right(bounds, number.start) - 1
    start, end = bounds[at], bounds[min(at + 1, len(bounds) - 1)]
    paragraph = text.rfind("\n", 0, number.start) + 1
    near_years = _nearest(years, number.start, start, end, paragraph)
    # "CNY 82 billion in 2023": in English the year follows the number.
    if follows := _FOLLOWING.match(text, number.end):
        near_years = list(dict.fromkeys([follows[1], *near_years]))
    near_places = _nearest(places, number.start, start, end, paragraph)
    others = tuple(dict.fromkeys(code for pos, code in places if start <= pos < end))
    named = (part for pos, part in reversed(parts) if start <= pos < number.start)
    return Context(
        text[start:end],
        near_places[0] if near_places else "",
        tuple(near_years),
        others,
        next(named, ""),
    )


def _nearest(mentions, position, start, end, paragraph):
    """What is named nearest: earlier in the sentence, then later in it, then earlier in
    the text."""
    inside = [(pos, what) for pos, what in mentions if start <= pos < end]
    before = [what for pos, what in reversed(inside) if pos <= position]
    after = [what for pos, what in inside if pos > position]
    if neighbours := before + after:
        return list(dict.fromkeys(neighbours))
    earlier = [what for pos, what in mentions if paragraph <= pos < start]
    return earlier[-1:]


def _mentions(text, regions):
    """(position, code) of every region named; the longest name counts at each
    position."""
    mentions = {}
    for name, code in sorted(regions.items(), key=lambda pair: len(pair[0])):
        if len(name) < 2:
            continue
        start = text.find(name)
        while start >= 0:
            mentions[start] = code
            start = text.find(name, start + 1)
    return sorted(mentions.items())
