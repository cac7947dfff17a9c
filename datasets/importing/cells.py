"""One cell as a value: numbers, missing marks, qualifiers, units and footnotes.

Nothing is guessed: what does not fit the patterns here raises `NotANumber`.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, getcontext

from django.utils.translation import gettext as _

from datasets.units import MEASURES, Unit

MAX_DIGITS, MAX_DECIMALS = 24, 6

MISSING = frozenset(
    ["", "-", "--", "---", "—", "——", "–", "−", "…", "……", "...", "/", "n/a", "na"]
    + [
        "null",
        "none",
        "空",
        "无",
        "缺",
        "暂无",
        "无数据",
        "未公布",
        "not available",
        "..",
    ]
)
# Counting words that say no more than "so many".
_COUNTED = "个 家 件 种 人 单 票 项 条 座 所 次 户 类 列 班 宗 份 国 城市 国家".split()
# Printed unit → unit we store and the power of ten between them.
_UNITS: dict[str, tuple[str, int]] = {
    "元": (Unit.CNY, 0),
    "万元": (Unit.CNY_10K, 0),
    "百万元": (Unit.CNY_10K, 2),
    "千万元": (Unit.CNY_10K, 3),
    "亿元": (Unit.CNY_100M, 0),
    "十亿元": (Unit.CNY_100M, 1),
    "百亿元": (Unit.CNY_100M, 2),
    "千亿元": (Unit.CNY_100M, 3),
    "万亿元": (Unit.CNY_TRILLION, 0),
    "人民币": (Unit.CNY, 0),
    "%": (Unit.PERCENT, 0),
    "百分比": (Unit.PERCENT, 0),
    "百分之": (Unit.PERCENT, 0),
    "平方米": (Unit.SQM, 0),
    "m2": (Unit.SQM, 0),
    "万平方米": (Unit.SQM, 4),
    "亿平方米": (Unit.SQM, 8),
    "小时": (Unit.HOURS, 0),
    "个月": (Unit.MONTHS, 0),
    "月": (Unit.MONTHS, 0),
    "年": (Unit.YEARS, 0),
    "批": (Unit.ORDINAL, 0),
    "万吨": (Unit.TONNE_10K, 0),
    "亿吨": (Unit.TONNE_10K, 4),
    "吨": (Unit.TONNE_10K, -4),
    "cny": (Unit.CNY, 0),
    "yuan": (Unit.CNY, 0),
    "rmb": (Unit.CNY, 0),
    "10thousandyuan": (Unit.CNY_10K, 0),
    "millionyuan": (Unit.CNY_10K, 2),
    "cnymillion": (Unit.CNY_10K, 2),
    "100millionyuan": (Unit.CNY_100M, 0),
    "billionyuan": (Unit.CNY_100M, 1),
    "cnybillion": (Unit.CNY_100M, 1),
    "trillionyuan": (Unit.CNY_TRILLION, 0),
    "cnytrillion": (Unit.CNY_TRILLION, 0),
    "percent": (Unit.PERCENT, 0),
    "percentage": (Unit.PERCENT, 0),
    "squaremetres": (Unit.SQM, 0),
    "squaremeters": (Unit.SQM, 0),
    "sqm": (Unit.SQM, 0),
    "hours": (Unit.HOURS, 0),
    "months": (Unit.MONTHS, 0),
    "years": (Unit.YEARS, 0),
    "items": (Unit.COUNT, 0),
    "number": (Unit.COUNT, 0),
    "tonnes": (Unit.TONNE_10K, -4),
    "10thousandtonnes": (Unit.TONNE_10K, 0),
}
_UNITS |= {word: (Unit.COUNT, 0) for word in _COUNTED}
_UNITS |= {f"万{word}": (Unit.COUNT, 4) for word in _COUNTED}
_UNITS |= {f"亿{word}": (Unit.COUNT_100M, 0) for word in _COUNTED}
_UNITS |= {str(code).lower(): (code, 0) for code in Unit}
_SCALES = {"千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "千亿": 11, "万亿": 12}

_BEFORE = (
    (
        re.compile(r"(?:大约|约为|约|≈|~|about|approximately|approx\.?|ca\.)\s*"),
        "about",
    ),
    (
        re.compile(r"(?:超过|逾|超|≥|>=|>|more than|over|at least|不低于|至少)\s*"),
        "at_least",
    ),
    (re.compile(r"(?:将近|接近|不足|近|<|nearly|almost|just under)\s*"), "just_under"),
)
_AFTER = (
    ("左右", "about"),
    ("以上", "at_least"),
    ("余", "at_least"),
    ("多", "at_least"),
)
_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?"
    r"(?:e[+-]?\d{1,2})?)(?P<rest>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_MARK = re.compile(r"(?:[①-⑳㊀-㊉*†‡]|\[\d{1,2}\]|［\d{1,2}］)+\s*\Z")


class NotANumber(ValueError):
    """A cell that is neither a number nor a missing mark; says why."""


@dataclass(frozen=True)
class Number:
    """A cell's value in `unit` (None when the cell names none); None is missing.

    `scale` is a bare 万 or 亿 whose thing the column has to name.
    """

    value: Decimal | None
    unit: str | None = None
    decimals: int = 0
    qualifier: str = ""
    scale: int = 0
    tidied: tuple[str, ...] = ()

    @property
    def is_missing(self) -> bool:
        return self.value is None


def fold(text: str) -> str:
    """Half-width, one kind of blank, no invisible characters, no outer blanks."""
    shown = "".join(
        char
        for char in text
        if unicodedata.category(char) not in ("Cf", "Cc", "Cn") or char in "\t\n\r"
    )
    shown = unicodedata.normalize("NFKC", shown).replace("−", "-").replace("﹣", "-")
    return re.sub(r"\s+", " ", shown).strip()


def has_invisible(text: str) -> bool:
    """Whether a name has characters nobody sees, which `tidy_name` takes out."""
    return not text.isprintable() and any(
        unicodedata.category(char) in ("Cf", "Cn") for char in text
    )


def tidy_name(text: str) -> str:
    """A name with half-width letters and digits, its punctuation as written."""
    shown = "".join(
        unicodedata.normalize("NFKC", char)
        if "Ａ" <= char <= "ｚ" or "０" <= char <= "９"
        else char
        for char in text
        if unicodedata.category(char) not in ("Cf", "Cn")
    )
    return re.sub(r"\s+", " ", shown).strip()


def split_marks(text: str) -> tuple[str, list[str]]:
    """A cell without its trailing footnote marks, and the marks: 203[2], 全国①."""
    match = _MARK.search(text)
    if match is None or not text[: match.start()].strip():
        return text, []
    marks = re.findall(
        r"[①-⑳㊀-㊉*†‡]|\[\d{1,2}\]", match[0].replace("［", "[").replace("］", "]")
    )
    return text[: match.start()].rstrip(), marks


def find_unit(text: str) -> tuple[str, int] | None:
    """The stored unit and power of ten of a printed unit; None when not known."""
    key = re.sub(r"[\s_]+", "", fold(text)).lower().strip("()")
    upper = fold(text).strip("()").lower()
    return _UNITS.get(upper) or _UNITS.get(key)


def read_number(text: str, *, is_percent: bool = False) -> Number:
    """Read one cell; `is_percent` tells that the sheet shows 0.995 as 99.5%.

    Raises NotANumber for anything that would have to be guessed.
    """
    shown = fold(text)
    if shown.lower() in MISSING:
        return Number(None)
    _refuse_figures_of_another_size(text)
    rest, qualifier = shown, ""
    for pattern, meaning in _BEFORE:
        if match := pattern.match(rest):
            rest, qualifier = rest[match.end() :], meaning
            break
    rest = re.sub(r"\A(?:CNY|RMB|¥|￥)\s*", "", rest, flags=re.IGNORECASE) or rest
    match = _NUMBER.match(rest)
    if match is None:
        raise NotANumber(_why_not(shown))
    value, tail = _decimal(match["number"]), match["rest"].strip()
    if match["number"].endswith(" 100") and tail.lower().startswith("million"):
        # 5 100 million is five thousand one hundred million, or five of 100 million.
        raise NotANumber(
            _("100 million could be part of the number: give the unit its own column.")
        )
    for word, meaning in _AFTER:
        if word in (tail[: len(word)], tail[-len(word) :]):
            tail = tail.replace(word, "", 1).strip()
            qualifier = qualifier or meaning
    if tail == "+":
        tail, qualifier = "", qualifier or "at_least"
    unit, shift, scale = _tail_unit(tail, shown)
    if is_percent and not tail:
        unit, value = Unit.PERCENT, value.scaleb(2)
    value, decimals = fit(value.scaleb(shift))
    tidied = () if shown == text and "," not in shown else (text,)
    return Number(value, unit, decimals, qualifier, scale, tidied)


def _tail_unit(tail, shown):
    if not tail:
        return None, 0, 0
    if found := find_unit(tail):
        return found[0], found[1], 0
    if tail in _SCALES:
        return None, 0, _SCALES[tail]
    if tail.startswith(",") or re.match(r"[\d.,]", tail):
        raise NotANumber(_("Thousands marks stand between groups of three digits."))
    raise NotANumber(_("Unknown unit or words after the number: %s") % tail)


def _decimal(text):
    try:
        value = Decimal(text.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        raise NotANumber(_("This is not a number.")) from None
    # Arithmetic would round what is longer than this to the context's precision.
    if len(value.as_tuple().digits) > getcontext().prec:
        raise NotANumber(_too_long())
    return value


def _too_long():
    return _("More digits than can be stored without rounding.")


def fit(value: Decimal) -> tuple[Decimal, int]:
    """A value as the column can hold it, and its decimals.

    Zeros beyond the last stored place are dropped. Raises NotANumber where anything
    else would be.
    """
    decimals = max(-value.as_tuple().exponent, 0)
    if decimals > MAX_DECIMALS:
        value = value.normalize()
        decimals = max(-value.as_tuple().exponent, 0)
    if decimals > MAX_DECIMALS or value.adjusted() >= MAX_DIGITS - MAX_DECIMALS:
        raise NotANumber(_too_long())
    if value.as_tuple().exponent > 0:
        value = value.quantize(Decimal(1))
    return value, decimals


def _refuse_figures_of_another_size(text):
    """A raised or ringed figure is a mark: folding would make 203² into 2032."""
    before = ""
    for char in text:
        is_figure = not char.isascii() and re.search(
            "[0-9]", unicodedata.normalize("NFKC", char)
        )
        kind = unicodedata.decomposition(char).split(" ")[0] if is_figure else ""
        # Full-width and typeset figures are figures; m² and ㎡ are a unit.
        if kind not in ("", "<wide>", "<font>", "<square>") and before.lower() != "m":
            raise NotANumber(
                _("Write a footnote mark as [1]; %s could be taken for a figure.")
                % char
            )
        before = char


def _why_not(shown):
    low = shown.lower()
    if low in ("nan", "inf", "-inf", "infinity", "+inf") or low.startswith("#"):
        return _("Not a finite number; leave the cell empty if there is no value.")
    if re.match(r"\(.*\d.*\)\Z", shown):
        return _("Write a negative number with a minus sign, not in brackets.")
    return _("This is not a number.")


def unit_for_scale(scale: int, dimension: str) -> tuple[str, int] | None:
    """The unit that a bare 万 or 亿 means in a column of money, counts and so on."""
    best = None
    for unit, measure in MEASURES.items():
        if measure.dimension == dimension and measure.exponent <= scale:
            if best is None or measure.exponent > MEASURES[best].exponent:
                best = unit
    return (best, scale - MEASURES[best].exponent) if best else None
