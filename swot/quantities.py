"""Finds the quantities in a sentence: 13亿元, 近九成, 33 个, 1.3 billion, 0.5%, five.

Years, dates, document numbers, ordinals, references and list numbers are not
quantities. What is found is proposed to editors and never decides a verdict by itself.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

# Same length, so that positions stay those of the text.
_WIDTH = str.maketrans("０１２３４５６７８９．，％－：［］（）", "0123456789.,%-:[]()")

_DIGITS = dict(
    zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, *range(3, 10)), strict=True)
)
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES_ZH = {"万亿": 12, "亿": 8, "万": 4, "千": 3, "百": 2}
_SCALES_EN = {"trillion": 12, "billion": 9, "million": 6, "thousand": 3, "hundred": 2}
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
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|"
    "December"
)

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = r"[零〇一二两三四五六七八九十百千]+"
# Words that make a Chinese numeral a quantity, not part of a word such as 统一.
_MEASURES = (
    "个月|小时|个|家|项|份|条|座|天|批|票|元|吨|处|种|类|件|国|地|人|名|次|省|市|区|座|"
    "步|点|面|方|年"
)

# Everything here is blanked before numbers are looked for.
_NOT_QUANTITIES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"https?://\S+",
        r"\b10\.\d{4,}/\S+",
        # years and dates
        r"\d{4}\s*(?:年)?\s*[至到—–~-]\s*\d{4}\s*年?(?![\d.]*\s*[万亿个%])",
        r"(?:\d{4}\s*[、和与及/]\s*)*\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*[日号])?",
        r"[〇零一二三四五六七八九]{2,4}年(?:[一二三四五六七八九十]+月)?",
        r"\d{1,2}\s*[至到—–~-]\s*\d{1,2}\s*月(?!份?数)",
        r"双\s*11|\b618(?=期间|大促|购物)",
        r"\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?(?!份?数)",
        r"\b\d{4}-\d{1,2}(?:-\d{1,2})?\b",
        rf"\b\d{{1,2}}\s+(?:{_MONTHS})\b(?:\s+\d{{4}})?",
        rf"\b(?:{_MONTHS})\s+(?:\d{{1,2}},?\s+)?\d{{4}}\b",
        rf"\b(?:{_MONTHS})\s+\d{{1,2}}\b",
        r"\b(?:1[89]|20)\d\d\s*[–—-]\s*(?:(?:1[89]|20)\d\d|\d\d)\b",
        # document numbers, references, ordinals
        r"[\[〔]\s*\d{4}\s*[\]〕]\s*(?:第?\s*\d+\s*号|No\.\s*\d+)?",
        r"第?\s*\d+\s*号",
        r"\bNos?\.\s*\d+",
        r"\[\d+\]",
        r"(?:图|表|附件|章|节|文献)\s*\d+(?:\.\d+)*",
        r"\d+(?:\.\d+)+\s*节",
        r"\b(?:Figures?|Figs?\.|Tables?|Sections?|Sec\.|Chapters?|Articles?|References?)"
        r"\s*\d+(?:\.\d+)*(?:(?:,| and| to|–)\s*\d+(?:\.\d+)*)*",
        r"第\s*(?:\d+|[一二三四五六七八九十百]+)(?:[至到、]第?[一二三四五六七八九十]+)?"
        r"\s*(?:批|次|个|条|章|节|步|位|轮|届|名|年|季度)?",
        r"[三四五六七八九十二一](?:、[三四五六七八九十二])*位",
        r"\b\d+(?:st|nd|rd|th)\b",
        # numbers that are part of a name: G7, B2B, P01, COVID-19
        r"(?<![A-Za-z])(?!CNY|USD|RMB|EUR)[A-Za-z]+-?\d[A-Za-z0-9]*",
        r"(?<![\d.])(?<!\d,)\d+(?!bn\b)[A-Za-z]+[A-Za-z0-9]*",
        # list numbers at the start of a line
        r"(?m)^\s*(?:\(?\d{1,2}[.)、]|[(（]?[一二三四五六七八九十]+[)）、])\s",
    )
]
_YEAR_EN = re.compile(
    r"(?<![\d.,])(?<!CNY )(?<!than )(?<!over )(?<!about )(?<!some )(?<!least )"
    r"(?:18|19|20)\d\d(?![\d,]*\d)(?!\.\d)"
    r"(?!\s*(?:%|per|times|trillion|billion|million|thousand))"
)
_FIND_ZH = re.compile(
    r"百分之(?P<percent>[零〇一二两三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?)"
    r"|(?P<whole>[二三四五六七八九十百]+)分之(?P<part>[一二两三四五六七八九十百]+)"
    rf"|(?P<number>{_ARABIC})(?:\s*(?P<scale>万亿|亿|万|千|百))?"
    r"(?:\s*(?P<unit>%|‰|个?百分点|倍|成|个月))?"
    rf"|(?P<chinese>{_CHINESE})(?P<cscale>万亿|亿|万)?"
    rf"(?P<cunit>个?百分点|倍|成(?!为|了|本|立|功|长|员|效|果|品|交|都|绩|熟)|{_MEASURES})"
    r"|(?<![上下前后])(?P<half>半)年"
)
_FIND_EN = re.compile(
    rf"(?P<number>(?<![\w.])(?:{_ARABIC})|\b(?:{'|'.join(_WORDS)})"
    r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?\b)"
    r"(?:\s*(?P<scale>trillion|billion|million|thousand|hundred|bn\b))?"
    r"(?:\s*(?P<unit>%|‰|per ?cent\b|percentage points?|times\b|-?fold\b|tenths\b|"
    r"months?\b))?"
    r"|\b(?:a|one) (?P<tenth>tenth|fifth|quarter)\b",
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
    plain = _blanked(text.translate(_WIDTH), is_chinese)
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


def _blanked(text, is_chinese):
    """The text with everything that looks like a number and is none as blanks."""
    for pattern in _NOT_QUANTITIES if is_chinese else (*_NOT_QUANTITIES, _YEAR_EN):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _read_zh(match, text):
    start, end = match.span()
    part = match.groupdict()
    if part["half"]:
        return Quantity(start, end, text[start:end], Decimal(6), "months")
    if part["percent"]:
        whole, _, fraction = part["percent"].partition("点")
        digits = "".join(str(_DIGITS[sign]) for sign in fraction)
        value = f"{chinese_number(whole)}.{digits or 0}"
        return Quantity(start, end, text[start:end], Decimal(value), "percent")
    if part["whole"]:
        value = Decimal(100 * chinese_number(part["part"]))
        value /= chinese_number(part["whole"])
        return Quantity(start, end, text[start:end], value, "percent")
    if part["chinese"]:
        number = chinese_number(part["chinese"])
        unit = part["cunit"]
        # 一个 is an article more often than a count.
        if number is None or (number == 1 and unit not in ("成", "倍")):
            return None
        value = Decimal(number).scaleb(_SCALES_ZH.get(part["cscale"], 0))
        return _quantity(start, end, text, value, unit, None)
    return _arabic(match, text, _SCALES_ZH)


def _read_en(match, text):
    start, end = match.span()
    if match["tenth"]:
        share = {"tenth": 10, "fifth": 20, "quarter": 25}[match["tenth"].lower()]
        return Quantity(start, end, text[start:end], Decimal(share), "percent")
    word = match["number"].lower()
    if word[0].isdigit():
        return _arabic(match, text, _SCALES_EN | {"bn": 9})
    first, _, second = word.partition("-")
    ones = {"one": 1} | _WORDS
    number = Decimal(_WORDS[first] + (ones[second] if second else 0))
    value = number.scaleb(_SCALES_EN.get((match["scale"] or "").lower(), 0))
    return _quantity(start, end, text, value, match["unit"], None)


def _arabic(match, text, scales):
    start, end = match.span()
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
