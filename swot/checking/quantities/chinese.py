"""Reads Chinese numbers: 二十七亿一千七百万, 12万5千, 500多亿, 十三点五, 七八百, 1/3.

A run of digits and numerals becomes tokens; `_Reader` adds them up section by section
as one reads them aloud. 二百五 is 250 and 一万三 is 13,000, as they are spoken.
"""

import re
from dataclasses import replace
from decimal import Decimal

from .chinese_numerals import GAP, NUMBERS, Reader
from .numerals import DIGITS, SIGNS, WHOLE, Numeral, UnreadableError, fraction
from .shares import AFTER_TENTHS
from .units import Unit

START = re.compile(
    rf"(?:{DIGITS})|[½⅓⅔¼¾⅕]|[零〇一二两三四五六七八九十百千万亿几半]|"
    r"(?<![人倍次户件总指分个函基])数(?=[十百千万亿]|以[十百千万亿]+计)|成(?=[百千万]上)|过半|大半|倍增|减半|腰斩|减少了?一半|下降了?一半|"
    r"翻(?=[了上]?(?:近|将近|约|超过)?[一二两三四五1-5]?[番倍]|了一倍|一倍)"
)
_VAGUE = re.compile(
    r"[几数][十百千万亿]+(?:多|余)?|成[百千万]上[千万亿]|数以[十百千万亿]+计|"
    r"[百千万]把(?=[个人家块元名户])"
)
# Between digits and the unit, as in 1.2bn and 15K.
_LATIN = re.compile(
    r" ?(?:(?P<m>million|mn|mln)|(?P<b>billion|bn|bln)|(?P<t>trillion|tn|trn)|"
    r"(?P<letter>[KkMBT]))(?![A-Za-z0-9])"
)
_LATIN_POWERS = {"m": 6, "b": 9, "t": 12, "K": 3, "k": 3, "M": 6, "B": 9, "T": 12}
_FRACTION = re.compile(rf"[ \t]?[/／⁄][ \t]?{WHOLE}(?![\d/年月])")
_MIXED = re.compile(r" (\d)/([2-9])(?![\d/年月])")
_OF_PARTS = re.compile(rf"{GAP}分之{GAP}")
_HUNDRED = re.compile(r"百分(?:之百|百)")
_HALVES = re.compile(
    r"(?P<even>半数|过半(?![年百个天小])数?|(?<![前后上下])一半|大半)"
    r"|(?<![上下前后大多])半(?P<of>年(?![报度刊]|一次)|个?百分点|个月|成|百)"
)
_TAIL = re.compile(rf"[ \t]?(?P<digit>[一二三四五六七八九半]){AFTER_TENTHS}")
_MULTIPLIED = re.compile(
    r"翻(?:了|上)?(?P<soft>近|将近|约|超过)?(?P<turns>[一二两三四五1-5])番|翻(?P<one>了?一倍|了?倍|番)|倍增(?!器)|"
    r"(?<!不)(?P<half>减半|腰斩|(?:减少|下降)了?一半)|"
    r"(?:增长|增加|增|扩大|提高|上升|多|高|快|高出|多出)了?(?:近|约|超过)?(?P<double>[一1]\s*倍)"
)
_SHARE = Unit(kind="percent")
_TIMES = Unit(kind="times")


def special(text: str, position: int) -> Numeral | None:
    """Words that are a number by themselves: 一半, 半年, 百分百, 翻两番, 增长一倍."""
    if match := _HUNDRED.match(text, position):
        return _word(match, Decimal(100), _SHARE)
    if match := _HALVES.match(text, position):
        return _half(match)
    match = _MULTIPLIED.match(text, position)
    if match is None:
        return None
    if match["soft"]:
        raise UnreadableError(match.end())
    if match["half"]:
        return _word(match, Decimal("0.5"), _TIMES)
    turns = match["turns"] or "1"
    power = NUMBERS.get(turns) or int(turns)
    start = match.start("double") if match["double"] else match.start()
    return Numeral(
        start, match.end(), Decimal(2) ** power, None, unit=_TIMES, is_word=True
    )


SPECIAL = re.compile(
    "|".join(pattern.pattern for pattern in (_HUNDRED, _HALVES)).replace("?P<", "?P<s_")
    + "|"
    + _MULTIPLIED.pattern
)


def specials(text: str) -> dict[int, Numeral | UnreadableError]:
    """Where words are numbers by themselves: 一半, 翻两番; vague ones as errors."""
    numerals: dict[int, Numeral | UnreadableError] = {}
    for match in SPECIAL.finditer(text):
        try:
            if numeral := special(text, match.start()):
                numerals[numeral.start] = numeral
        except UnreadableError as error:
            numerals[match.start()] = error
    return numerals


def _word(
    match: re.Match[str], value: Decimal, unit: Unit | None, decimals: int | None = None
) -> Numeral:
    return Numeral(*match.span(), value, decimals, unit=unit, is_word=True)


def _half(match: re.Match[str]) -> Numeral:
    if match["even"]:
        if match["even"] == "大半":
            raise UnreadableError(match.end(), is_vague=True)
        more = match["even"].startswith("过")
        return Numeral(
            *match.span(), Decimal(50), None, unit=_SHARE, is_word=True, is_more=more
        )
    of = match["of"]
    value, unit = {
        "年": (Decimal(6), Unit(kind="months")),
        "个月": (Decimal("0.5"), Unit(kind="months")),
        "成": (Decimal(5), _SHARE),
        "百": (Decimal(50), None),
    }.get(of, (Decimal("0.5"), Unit(kind="points")))
    return _word(match, value, unit)


def numeral(text: str, position: int) -> Numeral | None:
    """The number that starts here; UnreadableError where it has no value."""
    if text[position] in SIGNS:
        part, whole = SIGNS[text[position]]
        return Numeral(
            position, position + 1, Decimal(100 * part) / whole, None, unit=_SHARE
        )
    if vague := _VAGUE.match(text, position):
        raise UnreadableError(vague.end(), is_vague=True)
    read = Reader(text, position).read()
    if read is None:
        return None
    if latin := not read.is_word and _LATIN.match(text, read.end):
        return _with_latin(read, latin)
    if text.startswith("又", read.end):
        return _mixed(text, read)
    if mixed := _MIXED.match(text, read.end):
        value = read.value + Decimal(mixed[1]) / int(mixed[2])
        return Numeral(position, mixed.end(), value, None)
    if parts := _OF_PARTS.match(text, read.end):
        return _parts(text, read, parts.end())
    if match := _FRACTION.match(text, read.end):
        return fraction(read.start, text[read.start : read.end], match)
    if text[read.end : read.end + 1] in SIGNS and text[read.end : read.end + 1]:
        part, whole = SIGNS[text[read.end]]
        value = read.value + Decimal(part) / whole
        return Numeral(position, read.end + 1, value, None)
    return read


def _mixed(text: str, whole: Numeral) -> Numeral | None:
    """一又二分之一 is 1.5."""
    part = numeral(text, whole.end + 1) if START.match(text, whole.end + 1) else None
    if part is None or part.unit is None:
        return whole
    value = whole.value + part.value / 100
    return Numeral(whole.start, part.end, value, None, is_word=whole.is_word)


def _with_latin(numeral_read: Numeral, match: re.Match[str]) -> Numeral:
    power = _LATIN_POWERS[match["letter"] or match.lastgroup or ""]
    return replace(
        numeral_read,
        end=match.end(),
        value=numeral_read.value.scaleb(power),
        decimals=(numeral_read.decimals or 0) - power,
        has_scale=True,
        exponent=power,
    )


def _parts(text: str, whole: Numeral, start: int) -> Numeral | None:
    """百分之二十五点五, 万分之五, 三分之二, 百分之15.6: the second is the share."""
    if whole.value <= 0:
        return None
    if text.startswith("负", start):
        below = _parts(text, whole, start + 1)
        return below and replace(below, value=-below.value)
    if not START.match(text, start):
        return None
    if text.startswith("百", start) and whole.value == 100:
        return Numeral(
            whole.start, start + 1, Decimal(100), None, unit=_SHARE, is_word=True
        )
    share = Reader(text, start).read()
    if share is None:
        return None
    if latin := not share.is_word and _LATIN.match(text, share.end):
        share = _with_latin(share, latin)
    factor = Decimal(100) / whole.value
    power = whole.value.adjusted()
    decimals = None
    if whole.value == Decimal(10) ** power and share.decimals is not None:
        decimals = share.decimals + power - 2
    return Numeral(
        whole.start,
        share.end,
        100 * share.value / whole.value,
        decimals,
        None if share.upper is None else share.upper * factor,
        Unit(kind="percent", factor=factor),
        is_word=True,
        is_more=share.is_more,
    )


def tail_of_tenths(text: str, position: int) -> tuple[Decimal, int] | None:
    """The five of 六成五, in tenths, and where it ends; 六成三线城市 has none."""
    match = _TAIL.match(text, position)
    if match is None:
        return None
    digit = match["digit"]
    return Decimal(NUMBERS.get(digit, 5)) / 10, match.end()
