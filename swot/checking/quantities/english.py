"""Reads English numbers: 1.3 billion, twenty-one thousand, $20m, two and a half, 1/3.

Digits may carry a scale word or letter; words are added up as they are said: "four
hundred fifty million". Shares ("two thirds", "nine in ten") come as percentages and
"doubled", "twice", "threefold" as multiples.
"""

import re
from decimal import Decimal

from .english_words import ONES, SCALES, SMALL, TENS, Words
from .numerals import (
    DIGITS,
    SIGNS,
    WHOLE,
    Numeral,
    UnreadableError,
    fraction,
    places,
    plain_digits,
)
from .shares import HALF, PARTS, PLURAL, SINGLE, is_share
from .units import Unit

_SHORT = {
    "trn": 12,
    "tn": 12,
    "bln": 9,
    "bn": 9,
    "mln": 6,
    "mn": 6,
    "mio": 6,
    "t": 12,
    "b": 9,
    "m": 6,
    "k": 3,
}
START = re.compile(
    rf"(?:{DIGITS})|[½⅓⅔¼¾⅕]|\b(?:{SMALL}|hundreds?|thousands|millions|billions|"
    r"trillions|dozens|tens(?= of)|scores(?= of)|several|many|half|an?|twice|thrice|"
    r"doubl(?:ed|es|ing)|tripl(?:ed|es|ing)|"
    r"(?:double|triple|treble)(?= (?:the|that|its|their|what)\b)|"
    r"trebl(?:ed|ing)|quadrupl(?:ed|es|ing)|quintupl(?:ed|es|ing)|halved|halving|"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|hundred)fold)\b",
    re.IGNORECASE,
)
_SCALE = re.compile(
    r"[ \t\u00a0-]{0,2}(?P<word>lakh crore|lakhs?|crores?|hundred thousand|"
    r"hundred million|hundred billion|hundred|thousand million|thousand billion|"
    r"thousand|million|billion|trillion|"
    r"dozen|trn|bln|mln|mio|tn|bn|mn)\b|"
    r"(?P<glued>[KkMmBT])(?![A-Za-z])|"
    r"[ \t\u00a0]{1,2}(?P<apart>[KMBTk])(?![A-Za-z'’.])",
    re.IGNORECASE,
)
_DIGITS = re.compile(DIGITS)
_MILLION_APART = re.compile(r"[ \t\u00a0]m(?![A-Za-z²³])")
_METRES = re.compile(
    r"m(?:[²³]| (?:wide|long|high|deep|tall|above|below|from|of road)\b)"
)
_MIXED = re.compile(r" (\d)/([2-9])(?![\d/])")
_FRACTION = re.compile(rf"[/⁄]{WHOLE}(?![\d/])")
_SHARES = re.compile(
    rf"(?P<lone>(?:an?|one)[ -](?P<single>{SINGLE}))\b(?!-)"
    r"|(?P<count>two|three|four|five|six|seven|eight|nine)[ -]"
    rf"(?P<plural>{PLURAL})\b"
    r"|half an? (?P<half>trillion|billion|million|thousand|dozen|year|"
    r"percentage point|per ?cent)\b"
    rf"|(?P<even>{HALF})\b",
    re.IGNORECASE,
)
_OF_A = re.compile(
    r" of (?:an? |one |1 ?)(?P<of>(?:percentage point|per ?cent(?!age)|thousand|"
    r"million|billion|trillion)\b|(?<=1)%|(?<=1 )%)",
    re.IGNORECASE,
)
_IN = re.compile(
    rf"(?: in (?:every )?| out of (?:every )?)(?P<whole>\d{{1,4}}|{SMALL}|hundred)\b"
    r"(?! ?(?:%|per|years?|months?|days?|places?|countries|provinces|cities|regions|"
    r"of |million|billion|thousand|hundred))",
    re.IGNORECASE,
)
_MULTIPLES: dict[str, Decimal | int] = {
    "twice": 2,
    "thrice": 3,
    "doubl": 2,
    "tripl": 3,
    "trebl": 3,
    "quadrupl": 4,
    "quintupl": 5,
    "halv": Decimal("0.5"),
}
_MULTIPLE = re.compile(
    rf"(?:(?P<word>{'|'.join(_MULTIPLES)})(?:e|ed|es|ing)?"
    r"|(?P<fold>two|three|four|five|six|seven|eight|nine|ten|hundred)fold)\b",
    re.IGNORECASE,
)
_CUT = re.compile(r"\b(?:cut|cuts|cutting|slashed)(?: \w+){0,4} in \Z", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:by|up|down|than|of|about|nearly|almost|over|under|gained|lost|rose|fell)\s\Z",
    re.IGNORECASE,
)
_AND_HALF = re.compile(r"[ -]and[ -]a[ -]half\b", re.IGNORECASE)
_SHARE, _TIMES = Unit(kind="percent"), Unit(kind="times")
_VAGUE = re.compile(
    r"(?:tens|dozens|scores|hundreds|thousands|millions|billions|trillions)\b"
    r"(?: of (?:tens|hundreds|thousands|millions|billions|trillions)\b)*"
    r"|(?:several|a few|many|a couple of|a handful of)(?: dozen| hundred| thousand| "
    r"million| billion| trillion)+\b|a (?:couple|handful) of\b"
    r"|\d+-something\b",
    re.IGNORECASE,
)


def numeral(text: str, position: int) -> Numeral | None:
    """The number that starts here; UnreadableError where it has no value."""
    if match := _VAGUE.match(text, position):
        raise UnreadableError(match.end(), is_vague=True)
    if text[position].isdigit() or text[position] == ".":
        return _from_digits(text, position)
    if text[position] in SIGNS:
        part, whole = SIGNS[text[position]]
        share = Decimal(100 * part) / whole
        return Numeral(position, position + 1, share, None, unit=_SHARE)
    return (
        _one_point(text, position)
        or _multiple(text, position)
        or _share(text, position)
        or _from_words(text, position)
    )


def _one_point(text: str, position: int) -> Numeral | None:
    """A percentage point, where the words before it make it a number."""
    match = re.compile(
        r"an? (?:(?P<points>percentage[ -]point)|per ?cent)\b", re.IGNORECASE
    ).match(text, position)
    if match is None or not _BY.search(text[max(position - 12, 0) : position]):
        return None
    unit = Unit(kind="points") if match["points"] else _SHARE
    return Numeral(*match.span(), Decimal(1), 0, unit=unit, is_word=True)


def _from_digits(text: str, position: int) -> Numeral | None:
    match = _DIGITS.match(text, position)
    if match is None:
        return None
    value, end = plain_digits(match[0]), match.end()
    if (mixed := _MIXED.match(text, end)) and int(mixed[1]) < int(mixed[2]):
        value += Decimal(mixed[1]) / int(mixed[2])
        return _scaled(text, position, mixed.end(), value, None)
    if parts := _FRACTION.match(text, end):
        return fraction(position, match[0], parts)
    if text[end : end + 1] and text[end : end + 1] in SIGNS:
        part, whole = SIGNS[text[end]]
        return _scaled(text, position, end + 1, value + Decimal(part) / whole, None)
    if half := _AND_HALF.match(text, end):
        return _scaled(text, position, half.end(), value + Decimal("0.5"), None)
    if (share := _in(text, position, end, value)) is not None:
        return share
    if (of_a := _OF_A.match(text, end)) and of_a["of"].lower() not in SCALES:
        unit = Unit(kind="points" if "point" in of_a["of"].lower() else "percent")
        return Numeral(position, of_a.end(), value, places(match[0]), unit=unit)
    return _scaled(text, position, end, value, places(match[0]))


def _scaled(
    text: str,
    start: int,
    end: int,
    value: Decimal,
    decimals: int | None,
    is_word: bool = False,
) -> Numeral:
    """The number with the scale after it: bn, million, K; "3 m" only for money."""
    match = _SCALE.match(text, end)
    power = 0
    if match and match["word"]:
        words = re.sub(r"s\Z", "", match["word"].lower()).split()
        if words == ["dozen"]:
            return Numeral(start, match.end(), 12 * value, None, is_word=is_word)
        power = sum(SCALES.get(w, _SHORT.get(w, 2)) for w in words)
    elif match and match["glued"]:
        if match["glued"] != "m" or not _METRES.match(text, end):
            power = _SHORT[match["glued"].lower()]
    elif match and match["apart"] != "m":
        power = _SHORT[match["apart"].lower()] if match["apart"] in "KMBTk" else 0
    if not power and _is_money(text, start):
        match = _MILLION_APART.match(text, end)
        power = 6 if match else 0
    if match is None or not power:
        return Numeral(start, end, value, decimals, is_word=is_word)
    return Numeral(
        start,
        match.end(),
        value.scaleb(power),
        None if decimals is None else decimals - power,
        is_word=is_word,
        has_scale=True,
        exponent=power,
    )


def _is_money(text: str, start: int) -> bool:
    return bool(re.search(r"[$€£¥₩₹]\s?\Z", text[max(start - 2, 0) : start]))


def _in(text: str, start: int, end: int, part: Decimal) -> Numeral | None:
    """Nine in ten, 1 in 4, two out of three: a share."""
    match = _IN.match(text, end)
    if match is None:
        return None
    word = match["whole"].lower()
    whole = int(word) if word.isdigit() else (ONES | TENS | {"hundred": 100})[word]
    if not 0 < part < whole or (not match[0].startswith(" out") and whole > 100):
        return None
    if whole > 1000:
        return None
    return Numeral(start, match.end(), 100 * part / whole, None, unit=_SHARE)


def _multiple(text: str, position: int) -> Numeral | None:
    match = _MULTIPLE.match(text, position)
    if match is None:
        return None
    if match["fold"]:
        value = Decimal((ONES | {"hundred": 100})[match["fold"].lower()])
    else:
        value = Decimal(_MULTIPLES[match["word"].lower()])
    return Numeral(*match.span(), value, None, unit=_TIMES, is_word=True)


def _share(text: str, position: int) -> Numeral | None:
    match = _SHARES.match(text, position)
    if match is None:
        return None
    part = {
        name: (matched or "").lower() for name, matched in match.groupdict().items()
    }
    of_a = _OF_A.match(text, match.end())
    if part["half"]:
        return _part_of(*match.span(), Decimal("0.5"), part["half"])
    if part["even"]:
        # Costs were cut in half.
        if _CUT.search(text[max(position - 48, 0) : position]):
            half = Decimal("0.5")
            return Numeral(*match.span(), half, None, unit=_TIMES, is_word=True)
        share = Decimal(50)
    elif part["count"]:
        whole = PARTS[part["plural"].removesuffix("s")]
        share = Decimal(100 * ONES[part["count"]]) / whole
    else:
        if not of_a and not is_share(part["single"], text, *match.span()):
            return None
        share = Decimal(100) / PARTS[part["single"]]
    if of_a:
        return _part_of(position, of_a.end(), share / 100, of_a["of"].lower())
    return Numeral(*match.span(), share, None, unit=_SHARE, is_word=True)


def _part_of(start: int, end: int, share: Decimal, of: str) -> Numeral:
    """Half a year is six months; half a million, a quarter of a point."""
    value, unit = share, None
    if of in ("year", "dozen"):
        value = 12 * share
        unit = Unit(kind="months") if of == "year" else None
    elif of in SCALES:
        value = value.scaleb(SCALES[of])
    else:
        unit = Unit(kind="points" if "point" in of else "percent")
    return Numeral(start, end, value, None, unit=unit, is_word=True)


def _from_words(text: str, position: int) -> Numeral | None:
    """Words added up as they are said, as far as they make a number."""
    reader = Words(text, position)
    if not reader.read():
        return None
    end = reader.end
    if half := _AND_HALF.match(text, end):
        value = reader.value + Decimal("0.5")
        return _scaled(text, position, half.end(), value, None, is_word=True)
    if share := _mixed(text, reader):
        return share
    if (share := _in(text, position, end, reader.value)) is not None:
        return share
    return Numeral(
        position,
        end,
        reader.value,
        reader.decimals,
        is_word=True,
        has_scale=reader.power > 0,
        needs_unit=reader.value == 1,
        exponent=reader.power,
    )


def _mixed(text: str, reader: Words) -> Numeral | None:
    """One hundred and three and two thirds."""
    match = re.compile(
        rf" and (?P<count>one|two|three|four|five|six|seven|eight|nine|an?)[ -]"
        rf"(?P<part>{PLURAL}|{SINGLE})\b",
        re.IGNORECASE,
    ).match(text, reader.end)
    if match is None or reader.value < 2:
        return None
    part = ONES.get(match["count"].lower(), 1)
    whole = PARTS[match["part"].lower().removesuffix("s")]
    value = reader.value + Decimal(part) / whole
    return Numeral(reader.start, match.end(), value, None, is_word=True)
