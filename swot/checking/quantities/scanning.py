"""From a text to its quantities: numerals, then units, ranges, lists and qualifiers."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from . import chinese, english
from .joining import join_ranges, share_units
from .model import Quantity, Reading, Unread
from .not_quantities import blanked
from .numerals import Numeral, UnreadableError
from .parts import part_of
from .phrases import qualified, share_direction
from .selecting import is_quantity

# Same length, so that positions stay those of the text.
_WIDTH = str.maketrans(
    "０１２３４５６７８９．，％－：［］（）＋／＄ＫＭＢ萬億餘兩點個",
    "0123456789.,%-:[]()+/$KMB万亿余两点个",
)
# Numerals of cheques; 大陆 and 队伍 have none of them.
_CHEQUE = re.compile(
    r"[壹贰叁肆伍陆柒捌玖拾佰仟零万亿]*[壹贰叁肆伍陆柒捌玖][拾佰仟][壹贰叁肆伍陆柒捌玖拾佰仟零万亿]*"
)
_CHEQUE_SIGNS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
# Longer runs are neither a number that anybody reads nor a gap within one.
_ENDLESS = re.compile(r"[\d,.]{500,}|[零〇一二两三四五六七八九十百千万亿]{40,}|\s{12,}")
_TOUCHING = re.compile(r"\.?\d[\d.,]*|['’]\d{3}[\d'’]*")
_BAD_GROUP = re.compile(r",(?:\d{1,2}(?!\d)|\d{4})[\d.,]*")


# Invisible characters, and marks of emphasis left as they were typed.
_HIDDEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+"
    r"|(?<!\d)\*+|\*+(?!\d)|~~+"
    r"|(?<![A-Za-z0-9_])_+(?=\w)|(?<=\w)_+(?![A-Za-z0-9_])"
)


def scan(text: str, language: str) -> Reading:
    """The numbers of a plain text in "zh-hans" or "en" and what cannot be read."""
    if not _HIDDEN.search(text):
        return _scan(text, language)
    hidden = {i for match in _HIDDEN.finditer(text) for i in range(*match.span())}
    places = [place for place in range(len(text)) if place not in hidden]
    reading = _scan("".join(text[place] for place in places), language)
    return Reading(
        tuple(_placed(quantity, places, text) for quantity in reading.quantities),
        tuple(_placed(unread, places, text) for unread in reading.unread),
    )


_Found = TypeVar("_Found", Quantity, Unread)


def _placed(found: _Found, places: list[int], text: str) -> _Found:
    """What was found without the hidden characters, at its places in the text."""
    start, end = places[found.start], places[found.end - 1] + 1
    moved = replace(found, start=start, end=end, text=text[start:end].strip())
    if isinstance(moved, Unread):
        return moved
    return replace(
        moved,
        first=places[found.first] if found.first >= 0 else -1,
        last=places[found.last - 1] + 1 if found.last > 0 else found.last,
        ends=tuple(_placed(part, places, text) for part in found.ends),
    )


def _scan(text: str, language: str) -> Reading:
    is_chinese = language.startswith("zh")
    plain = text.translate(_WIDTH)
    plain = _CHEQUE.sub(lambda match: match[0].translate(_CHEQUE_SIGNS), plain)
    endless = [match.span() for match in _ENDLESS.finditer(plain)]
    plain = _ENDLESS.sub(lambda match: "\0" * len(match[0]), plain)
    reading = _Scan(text, blanked(plain, is_chinese), is_chinese).run()
    unread = [
        Unread(start, end, text[start:end])
        for start, end in endless
        if text[start].strip()
    ]
    return replace(reading, unread=(*reading.unread, *unread)) if unread else reading


class _Scan:
    """One text being read; `plain` has spaces where it states no quantity."""

    def __init__(self, text: str, plain: str, is_chinese: bool):
        self.text, self.plain, self.is_chinese = text, plain, is_chinese
        self.words = chinese if is_chinese else english
        self.unread: list[Unread] = []

    def run(self) -> Reading:
        plain, is_chinese = self.plain, self.is_chinese
        parts = [part_of(n, plain, is_chinese) for n in self._numerals()]
        parts = share_units(join_ranges(parts, plain, is_chinese), plain, is_chinese)
        kept = []
        for part in parts:
            try:
                if is_quantity(part, plain, is_chinese):
                    kept.append(qualified(part, self.text, plain, is_chinese))
            except UnreadableError as error:
                start = part.quantity.start - 1
                self._refuse(start, error)
        return Reading(
            tuple(share_direction(kept, plain, is_chinese)), tuple(self.unread)
        )

    def _numerals(self) -> Iterator[Numeral]:
        position, plain = 0, self.plain
        special = chinese.specials(plain) if self.is_chinese else {}
        while match := self.words.START.search(plain, position):
            start = match.start()
            try:
                numeral = self._numeral(start, special.get(start))
            except UnreadableError as error:
                self._refuse(start, error)
                position = max(error.end, start + 1)
                continue
            if numeral is None:
                position = match.end() if plain[start].isdigit() else start + 1
                continue
            yield numeral
            position = numeral.end

    def _numeral(
        self, start: int, read: Numeral | UnreadableError | None
    ) -> Numeral | None:
        if isinstance(read, UnreadableError):
            raise read
        numeral = read or self.words.numeral(self.plain, start)
        if numeral is None or numeral.is_word:
            return numeral
        # 1.2.3 is neither 1.2 nor 3, and 12,34 has no certain value.
        rest = _TOUCHING.match(self.plain, numeral.end)
        if not rest and not self.is_chinese:
            rest = _BAD_GROUP.match(self.plain, numeral.end)
        if rest:
            raise UnreadableError(rest.end())
        return numeral

    def _refuse(self, start: int, error: UnreadableError) -> None:
        text = self.text[start : error.end]
        self.unread.append(Unread(start, error.end, text, error.is_vague))
