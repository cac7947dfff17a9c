"""Finds ranks: 居全国第8位, 倒数第二, ranked 8th, the second largest.

A rank is not an amount, so `scan` passes over it; it is read where it is bound, and
where a claim about it is proposed.
"""

import re
from dataclasses import replace
from decimal import Decimal

from swot.checking.verdicts import Comparison

from .chinese_numerals import chinese_number
from .model import Quantity
from .units import Unit

# Counted from the other end: the unit of such observations and claims.
FROM_BOTTOM = Unit(dimension="RANK")
# "The third batch" is numbered, but not ranked among anything.
IN_ORDER = Unit(dimension="ORDINAL")

_ZH = r"(?:\d{1,3}|[一二三四五六七八九十]{1,4})"
_GOES_ON = r"[\d一二三四五六七八九十季版期批届条章节款次轮个位名大年产]"
_CHINESE = re.compile(
    rf"第\s*(?P<a>{_ZH})\s*[位名]"
    rf"|(?P<low>倒数)第\s*(?P<e>{_ZH})(?:\s*[位名]|(?!{_GOES_ON}))"
    rf"|第\s*(?P<d>{_ZH})\s*大(?![道街会]|[一-九])"
    r"|(?:居|列|排名|排位|位次|排行|排在)[^，。；：、\n第倒]{0,8}?"
    rf"(?P<span>第\s*(?P<c>{_ZH}))(?!{_GOES_ON})"
    r"|(?:居|列|位列|排名|排在|登上|稳居|位居)[^，。；：、\n]{0,8}?(?P<first>首位|榜首)"
    r"|(?:居|列|位列|排名|排在|处于)[^，。；：、\n]{0,8}?(?P<last>末位)"
)
_UNITS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_TENS = {"twenty": 20, "thirty": 30}
_WORDS = {word: place for place, word in enumerate(_UNITS, 1)}
_WORDS |= {
    f"{ten}-{word}": tens + place
    for ten, tens in _TENS.items()
    for place, word in enumerate(_UNITS[:9], 1)
}
_WORDS |= {"twentieth": 20, "thirtieth": 30}
_EN = r"(?:\d{1,3}(?:st|nd|rd|th)|" + "|".join(sorted(_WORDS, key=len)[::-1]) + ")"
_LOW = r"lowest|smallest|least|poorest|from (?:the )?bottom|last"
_ENGLISH = re.compile(
    rf"\b(?P<a>{_EN})[- ](?:place\b|(?:rank|position)\b"
    rf"|(?P<low>{_LOW})\b|(?:largest|biggest|highest|greatest|most|top|best)\b)"
    r"|\brank(?:ed|s|ing)?(?:[^,.;:\n\d]{0,24}?)\s"
    rf"(?<!top )(?P<b>{_EN}|(?:No\.|number)\s?\d{{1,3}}|\d{{1,3}}(?![\d,.]*\d))"
    r"(?P<low2> from the bottom)?"
    rf"|\b(?:came|comes|placed|finished|stood|stands)(?:[^,.;:\n\d]{{0,12}}?)\s"
    rf"(?P<c>{_EN})\b(?P<low3> from the bottom)?",
    re.IGNORECASE,
)
_BATCH_CHINESE = re.compile(
    rf"第\s*(?P<a>{_ZH})\s*批次?|批次(?:序?号)?[为是：:]?\s*(?P<b>\d{{1,3}})"
)
_BATCH_ENGLISH = re.compile(
    rf"\b(?P<a>{_EN}) (?:[a-z]+ ){{0,2}}batch\b"
    r"|\bbatch(?: (?:no\.?|number))? (?P<b>\d{1,3})\b",
    re.IGNORECASE,
)


def find_places(text: str, language: str) -> list[Quantity]:
    """The ranks named in a plain text in "zh-hans" or "en", in order.

    Their `comparison` is RANK; those counted from the bottom have the unit RANK.
    """
    is_chinese = language.startswith("zh")
    pattern = _CHINESE if is_chinese else _ENGLISH
    places = (_place(match) for match in pattern.finditer(text))
    return [place for place in places if place is not None]


def place_at(text: str, language: str, start: int, end: int) -> Quantity | None:
    """The one rank that a bound stretch of a text names; None where it names none.

    The stretch may be shorter than the phrase, as long as it has the whole number. The
    number of a batch has the unit ORDINAL.
    """
    places = [
        place
        for place in (*find_places(text, language), *_find_batches(text, language))
        if place.first < end and start < place.last
    ]
    if len(places) != 1 or places[0].start < start or end < places[0].end:
        return None
    return places[0]


def _find_batches(text: str, language: str) -> list[Quantity]:
    pattern = _BATCH_CHINESE if language.startswith("zh") else _BATCH_ENGLISH
    batches = (_place(match) for match in pattern.finditer(text))
    return [replace(place, unit=IN_ORDER) for place in batches if place is not None]


def _place(match: re.Match[str]) -> Quantity | None:
    groups = match.groupdict()
    number = next((name for name in "abcde" if groups.get(name)), "")
    if not number:
        name = "first" if groups.get("first") else "last"
        start, end = match.span(name)
        value, is_low = 1, name == "last"
    else:
        start, end = match.span(number)
        value = _value(groups[number])
        is_low = any(groups.get(name) for name in ("low", "low2", "low3"))
    if not value:
        return None
    first, last = match.span("span") if groups.get("span") else match.span()
    # The words between "ranked" and the rank belong to the sentence.
    if not number or (number in ("b", "c") and not groups.get("span")):
        first = start
    place = Quantity(
        start,
        end,
        match.string[start:end],
        Decimal(value),
        decimals=0,
        places=0,
        comparison=Comparison.RANK,
        first=min(first, start),
        last=max(last, end),
    )
    return replace(place, unit=FROM_BOTTOM) if is_low else place


def _value(word: str) -> int:
    digits = re.search(r"\d+", word)
    if digits:
        return int(digits[0])
    return _WORDS.get(word.lower()) or chinese_number(word) or 0
