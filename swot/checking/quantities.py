"""Finds the quantities in a sentence: 13亿元, 近九成, 33 个, 1.3 billion, 0.5%, five.

What only looks like a number is in `no_quantities`. A share in words is a percentage in
both languages: 三分之一 and a third are 33.3…, 半数 and half are 50. What is found is
proposed to editors and never decides a verdict by itself.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .not_quantities import blanked
from .shares import AFTER_TENTHS, HALF, PARTS, PLURAL, SINGLE, is_share

# Same length, so that positions stay those of the text.
_WIDTH = str.maketrans("０１２３４５６７８９．，％－：［］（）", "0123456789.,%-:[]()")

_DIGITS = dict(
    zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, *range(3, 10)), strict=True)
)
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES_ZH = {"万亿": 12, "亿": 8, "万": 4, "千": 3, "百": 2}
_SCALES_EN = {
    "trillion": 12,
    "tn": 12,
    "billion": 9,
    "bn": 9,
    "million": 6,
    "mn": 6,
    "m": 6,
    "thousand": 3,
    "k": 3,
    "hundred": 2,
}
_HALF = Decimal("0.5")
_WORDS = {
    word: number
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split(),
        start=2,
    )
} | {
    word: 10 * number
    for number, word in enumerate(
        "thirty forty fifty sixty seventy eighty ninety".split(), start=3
    )
}
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = r"[零〇一二两三四五六七八九十百千]+"
# Words that make a Chinese numeral a quantity, not part of a word such as 统一.
_MEASURES = (
    "个月|小时|个|家|项|份|条|座|天|批|票|元|吨|处|种|类|件|国|地|人|名|次|省|市|区|座|"
    "步|点|面|方|年"
)
_FIND_ZH = re.compile(
    r"百分之(?P<percent>[零〇一二两三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?)"
    r"|(?P<whole>[二三四五六七八九十百千]+)分之(?P<part>[一二两三四五六七八九十百]+)"
    rf"|(?P<number>{_ARABIC})(?:\s*(?P<scale>万亿|亿|万|千|百))?"
    r"(?:\s*(?P<unit>%|‰|个?百分点|倍|成|个月))?"
    rf"|(?P<chinese>{_CHINESE})(?P<cscale>万亿|亿|万)?"
    rf"(?P<cunit>个?百分点|倍|成(?!为|了|本|立|功|长|员|效|果|品|交|都|绩|熟)|{_MEASURES})"
    rf"(?:(?<=成)(?P<tail>[一二三四五六七八九半]){AFTER_TENTHS}|(?P<more>(?<=[倍年])半(?!载)))?"
    r"|(?<![上下前后])半(?P<half>年(?![报度刊])|个?百分点)"
    r"|(?P<even>半数|过半(?![年百个天小])数?|(?<![前后上下])一半)"
)
_FIND_EN = re.compile(
    rf"\b(?:an?|one)[ -](?P<single>{SINGLE})\b(?!-)"
    rf"|\b(?P<count>two|three|four|five|six|seven|eight|nine)[ -](?:{PLURAL})\b"
    r"|\bhalf an? (?P<half>trillion|billion|million|thousand|dozen|year|"
    r"percentage point|per ?cent)\b"
    rf"|\b(?P<even>{HALF})\b"
    r"|\b(?P<dozens>a|two|three|four|five) dozen\b"
    r"|(?:(?P<money>[$€£¥]|\b(?:CNY|RMB|USD|EUR)\s?)|(?<![\w.]))"
    rf"(?P<number>{_ARABIC}|\b(?:one(?= and a half)|{'|'.join(_WORDS)})"
    r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?\b)"
    r"(?P<more> and a half\b)?"
    r"(?:\s*(?P<scale>trillion|billion|million|thousand|hundred|bn\b|"
    r"(?(money)(?:tn|mn|m|k)\b|(?!))))?"
    r"(?:\s*(?P<unit>%|‰|per ?cent\b|percentage points?|times\b|-?fold\b|"
    r"months?\b))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Quantity:
    """A number in a text: where it stands, its value at full scale, its kind.

    `kind` is "" for amounts and counts, else percent, points, times or months.
    `decimals` are those of the full value, negative for rounded large numbers; None
    for words and counts that are exact as they stand.
    """

    start: int
    end: int
    text: str
    value: Decimal
    kind: str = ""
    decimals: int | None = None

    @property
    def key(self) -> tuple[str, Decimal]:
        """What has to agree between languages."""
        return self.kind, self.value.normalize()


@dataclass(frozen=True)
class Parity:
    """What one text has and the other has not; all empty when they agree."""

    codes_zh: tuple[str, ...]
    codes_en: tuple[str, ...]
    numbers_zh: tuple[Quantity, ...]
    numbers_en: tuple[Quantity, ...]

    @property
    def is_equal(self) -> bool:
        return not (
            self.codes_zh or self.codes_en or self.numbers_zh or self.numbers_en
        )


def find(text: str, language: str) -> list[Quantity]:
    """The quantities of a plain text in "zh-hans" or "en", in order."""
    is_chinese = language.startswith("zh")
    plain = blanked(text.translate(_WIDTH), is_chinese)
    pattern, read = (_FIND_ZH, _read_zh) if is_chinese else (_FIND_EN, _read_en)
    found = []
    for match in pattern.finditer(plain):
        quantity = read(match, text)
        if quantity is not None:
            found.append(quantity)
    return found


def chinese_number(text: str) -> int | None:
    """The value of a Chinese numeral: 二十四 is 24, 一百零四 104, 二〇 20."""
    if not any(sign in _TENS for sign in text):
        digits = [_DIGITS.get(sign) for sign in text]
        return None if None in digits else int("".join(map(str, digits)))
    total, digit = 0, 0
    for sign in text:
        if sign in _TENS:
            total += (digit or 1) * _TENS[sign]
            digit = 0
        elif sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            return None
    return total + digit


def compare(
    codes_zh: Iterable[str],
    unbound_zh: Iterable[Quantity],
    codes_en: Iterable[str],
    unbound_en: Iterable[Quantity],
) -> Parity:
    """Which bound codes and unbound numbers the two languages do not share."""
    zh, en = set(codes_zh), set(codes_en)
    return Parity(
        tuple(sorted(zh - en)),
        tuple(sorted(en - zh)),
        *_differences(list(unbound_zh), list(unbound_en)),
    )


def _differences(zh, en):
    def rest(quantities, others):
        counts = Counter(quantity.key for quantity in others)
        left = []
        for quantity in quantities:
            if counts[quantity.key]:
                counts[quantity.key] -= 1
            else:
                left.append(quantity)
        return tuple(left)

    return rest(zh, en), rest(en, zh)


def _read_zh(match, text):
    part = match.groupdict()
    if part["half"]:
        return _half(match, text, part["half"])
    if part["even"]:
        return _share(match, text, 1, 2)
    if part["percent"]:
        whole, _, fraction = part["percent"].partition("点")
        digits = "".join(str(_DIGITS[sign]) for sign in fraction)
        value = Decimal(f"{chinese_number(whole)}.{digits or 0}")
        return _quantity(*match.span(), text, value, "%", None)
    if part["whole"]:
        return _share(
            match, text, chinese_number(part["part"]), chinese_number(part["whole"])
        )
    if part["chinese"]:
        return _chinese(match, text, part)
    return _arabic(match, text, _SCALES_ZH)


def _chinese(match, text, part):
    number = chinese_number(part["chinese"])
    unit = part["cunit"]
    # 一个 is an article more often than a count.
    if number is None or (number == 1 and unit not in ("成", "倍")):
        return None
    # 七八成 is seven or eight tenths, no number of 78.
    if unit == "成" and number > 10:
        return None
    value = Decimal(number).scaleb(_SCALES_ZH.get(part["cscale"], 0))
    if part["tail"]:
        value += Decimal(_DIGITS.get(part["tail"], 5)) / 10
    if part["more"]:
        value += _HALF
    return _quantity(*match.span(), text, value, unit, None)


def _read_en(match, text):
    part = {name: (found or "").lower() for name, found in match.groupdict().items()}
    if part["single"]:
        if not is_share(part["single"], match.string, *match.span()):
            return None
        return _share(match, text, 1, PARTS[part["single"]])
    if part["count"]:
        name = re.split("[ -]", match[0].lower())[1].removesuffix("s")
        return _share(match, text, _WORDS[part["count"]], PARTS[name])
    if part["half"]:
        return _half(match, text, part["half"])
    if part["even"]:
        return _share(match, text, 1, 2)
    if part["dozens"]:
        value = Decimal(12) * (_WORDS | {"a": 1})[part["dozens"]]
        return _quantity(*match.span(), text, value, "", None)
    word = part["number"]
    if word[0].isdigit() and not part["more"]:
        return _arabic(match, text, _SCALES_EN)
    first, _, second = word.partition("-")
    ones = {"one": 1} | _WORDS
    if word[0].isdigit():
        number = Decimal(word.replace(",", "")) + _HALF
    else:
        number = Decimal(ones[first] + (ones[second] if second else 0))
        number += _HALF if part["more"] else 0
    value = number.scaleb(_SCALES_EN.get(part["scale"], 0))
    return _quantity(
        match.start("number"), match.end(), text, value, part["unit"], None
    )


def _share(match, text, part, whole):
    """A part of a whole as a percentage, the same digits in every language."""
    value = Decimal(100 * part) / whole
    return _quantity(*match.span(), text, value, "%", None)


def _half(match, text, of):
    """Half a year is six months; half a million, half a dozen, half a point."""
    unit = of if of in _KINDS else ""
    if of in ("year", "年"):
        value, unit = Decimal(6), "months"
    elif of == "dozen":
        value = Decimal(6)
    else:
        value = _HALF.scaleb(_SCALES_EN.get(of, 0))
    return _quantity(*match.span(), text, value, unit, None)


def _arabic(match, text, scales):
    start, end = match.start("number"), match.end()
    digits = match["number"].replace(",", "")
    scale = scales.get((match["scale"] or "").lower(), 0)
    decimals = len(digits.partition(".")[2]) - scale
    value = Decimal(digits).scaleb(scale)
    return _quantity(start, end, text, value, match["unit"], decimals)


_KINDS = {
    "%": ("percent", 0),
    "percent": ("percent", 0),
    "per cent": ("percent", 0),
    "‰": ("percent", -1),
    "成": ("percent", 1),
    "tenths": ("percent", 1),
    "百分点": ("points", 0),
    "个百分点": ("points", 0),
    "percentage point": ("points", 0),
    "percentage points": ("points", 0),
    "倍": ("times", 0),
    "times": ("times", 0),
    "fold": ("times", 0),
    "-fold": ("times", 0),
    "个月": ("months", 0),
    "month": ("months", 0),
    "months": ("months", 0),
}


def _quantity(start, end, text, value, unit, decimals):
    kind, exponent = _KINDS.get((unit or "").lower(), ("", 0))
    if decimals is not None:
        decimals -= exponent
    value = value.scaleb(exponent)
    return Quantity(start, end, text[start:end].strip(), value, kind, decimals)
