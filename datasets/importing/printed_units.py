"""Units as offices print them, and the units we store: 百万元 is 100 万元.

The unit of an amount of money is split into a currency and a scale.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from datasets.units import MEASURES, Unit

# Counting words that mean nothing but a number of things.
_COUNTED = "个 家 件 种 人 单 票 项 条 座 所 次 户 类 列 班 宗 份 国 城市 国家".split()
# Printed unit → the unit we store, and the power of ten between them.
_UNITS: dict[str, tuple[str, int]] = {
    "人民币": (Unit.CNY, 0),
    "%": (Unit.PERCENT, 0),
    "百分比": (Unit.PERCENT, 0),
    "百分之": (Unit.PERCENT, 0),
    "个百分点": (Unit.PP, 0),
    "百分点": (Unit.PP, 0),
    "percentagepoints": (Unit.PP, 0),
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
    "千吨": (Unit.TONNE_10K, -1),
    "百万吨": (Unit.TONNE_10K, 2),
    "亿吨": (Unit.TONNE_10K, 4),
    "吨": (Unit.TONNE_10K, -4),
    "percent": (Unit.PERCENT, 0),
    "pt": (Unit.PERCENT, 0),
    "pc": (Unit.PERCENT, 0),
    "pct": (Unit.PERCENT, 0),
    "percentage": (Unit.PERCENT, 0),
    "squaremetres": (Unit.SQM, 0),
    "squaremeters": (Unit.SQM, 0),
    "sqm": (Unit.SQM, 0),
    "hours": (Unit.HOURS, 0),
    "months": (Unit.MONTHS, 0),
    "years": (Unit.YEARS, 0),
    "items": (Unit.COUNT, 0),
    "number": (Unit.COUNT, 0),
    "persons": (Unit.COUNT, 0),
    "enterprises": (Unit.COUNT, 0),
    "tonnes": (Unit.TONNE_10K, -4),
    "thousandtonnes": (Unit.TONNE_10K, -1),
    "10thousandtonnes": (Unit.TONNE_10K, 0),
    "milliontonnes": (Unit.TONNE_10K, 2),
}
_UNITS |= dict.fromkeys(_COUNTED, (Unit.COUNT, 0))
_UNITS |= {f"千{word}": (Unit.COUNT, 3) for word in _COUNTED}
_UNITS |= {f"万{word}": (Unit.COUNT, 4) for word in _COUNTED}
_UNITS |= {f"百万{word}": (Unit.COUNT, 6) for word in _COUNTED}
_UNITS |= {f"亿{word}": (Unit.COUNT_100M, 0) for word in _COUNTED}
_UNITS |= {str(code).lower(): (code, 0) for code in Unit}
SCALES = {"千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "千亿": 11, "万亿": 12}
_CHINESE = SCALES | {"": 0, "十万": 5, "十亿": 9, "百亿": 10, "兆": None}
_ENGLISH = {
    "": 0, "m": 6, "th": 3, "thousand": 3, "thousands": 3, "k": 3, "tenthousand": 4,
    "10thousand": 4, "10000": 4, "10,000": 4, "1000": 3, "1,000": 3,
    "hundredthousand": 5,
    "million": 6, "millions": 6, "mn": 6, "mln": 6, "mio": 6, "1,000,000": 6,
    "mil": 6, "mil.": 6, "mln.": 6, "ths": 3, "thou": 3, "1,000,000,000": 9,
    "tenmillion": 7, "10million": 7, "hundredmillion": 8, "100million": 8,
    "100mn": 8, "billion": 9, "billions": 9, "bn": 9, "bln": 9,
    "'000": 3, "'000s": 3, "’000": 3, "’000s": 3, "000s": 3,
    "hundredbillion": 11, "100billion": 11, "trillion": 12, "trillions": 12, "tn": 12,
}  # fmt: skip
_MONEY = {
    "CNY": "元 圆 人民币 元人民币 人民币元 元(人民币) cny rmb yuan rmbyuan cnyyuan "
    "yuanrmb yuan(rmb) yuanrenminbi renminbi ¥ cn¥",
    "USD": "美元 美金 usd us$ us$usd usdollar usdollars u.s.dollar u.s.dollars $ "
    "currentus$ us$current",
    "EUR": "欧元 eur euro euros €",
    "HKD": "港元 港币 港币元 hkd hk$ hongkongdollar hongkongdollars",
    "JPY": "日元 日圆 日币 jpy yen japaneseyen jp¥",
    "GBP": "英镑 gbp £ poundsterling poundssterling pounds",
}
_CURRENCIES = {word: code for code, words in _MONEY.items() for word in words.split()}
# At current prices the amount is as usual; at constant prices it is another series.
_CURRENT_PRICES = re.compile(
    r"[,(]?(?:(?:按|以)?(?:现价|现行价格?|当年价格?)(?:计算?)?|(?:at)?currentprices?)\)?\Z"
)
# Names of currencies before an amount whose unit repeats 元.
_NAMED_BEFORE = ("人民币", "rmb", "cny", "港币", "日币")
_BY_LENGTH = sorted(_CURRENCIES, key=len, reverse=True)
_SCALE = "|".join(sorted(filter(None, _CHINESE), key=len, reverse=True))
# Words in brackets that are a unit, whether or not we store it.
_LIKE_A_UNIT = re.compile(
    rf"(?:单位[:：]?)?(?:(?:{_SCALE})[^分强].{{0,4}}"
    rf"|(?:人民币)?(?:{_SCALE})?(?:.{{0,3}}元|圆)[,(、].*"
    rf"|(?:{_SCALE}|[十百])?(?:.{{0,3}}(?:元|圆|镑|盾|卢布|法郎|卢比|克朗|比索|泰铢)"
    r"|美金|[吨克升米辆台架艘套双只头箱件个家户人票单次倍点亩度]|公斤|千克|公里|公顷|标箱"
    r"|标准箱|人次|千瓦|.{0,2}(?:平方|立方|瓦|吨)(?:米|公里|时|海里)|.{1,3}/.{1,3}|[%‰°])"
    r"|.*\b(?:(?:thousand|million|billion|trillion)s?|mn|bn|usd|eur|gbp|jpy|hkd|cny|rmb"
    r"|yuan|dollars?|euros?|tons?|tonnes?|kg|teu|percent|persons?)\b.*|.*[$€£¥₩₽₹].*)\Z",
    re.IGNORECASE,
)


# What an editor decided about units of the file being read.
_NAMED: ContextVar[dict[str, str] | None] = ContextVar("units_named", default=None)


@contextmanager
def units_named(names: dict[str, str]) -> Iterator[None]:
    """Inside the context, `names` (folded, each with a unit's code) count as units."""
    token = _NAMED.set({name: code for name, code in names.items() if code})
    try:
        yield
    finally:
        _NAMED.reset(token)


def find_unit(plain: str) -> tuple[str, int] | None:
    """The stored unit and power of ten of a folded printed unit; None if unknown."""
    named = _NAMED.get()
    if named and (code := named.get(plain)):
        return code, 0
    return _find_unit(plain)


@lru_cache(1024)
def _find_unit(folded):
    plain = re.sub(r"\A\((.*)\)\Z", r"\1", folded).lower()
    whole = re.sub(r"[\s_]+", "", plain)
    key = whole.strip("()")
    return (
        _UNITS.get(plain.strip("()"))
        or _UNITS.get(key)
        or _amount(key)
        or _amount(_without_brackets(whole))
        or _in_two_languages(plain)
    )


def _without_brackets(whole):
    """USD (million) and “yuan, millions” as one word; "" for any other."""
    match = re.fullmatch(r"([^()]+)\(([^()]+)\)|([a-z$€£]+),([a-z]+)", whole)
    currency, scale = filter(None, match.groups()) if match else ("", "")
    return f"{currency}{scale}" if currency in _CURRENCIES else ""


def _in_two_languages(shown):
    """亿元 (100 million yuan): both are one unit."""
    match = re.fullmatch(
        r"(?P<one>[^()/]+?) ?(?:\((?P<other>[^()]+)\)?|/ ?(?P<more>[^()/]+))", shown
    )
    if match is None:
        return None
    one = _find_unit(match["one"].strip())
    other = _find_unit((match["other"] or match["more"]).strip())
    is_same = one and other and scale_of(one) == scale_of(other)
    return one if is_same else None


def _amount(key):
    """The unit of 万元人民币, USD million, 100 million yuan: a currency and a scale."""
    key = re.sub(r"\A(?:in|以)(?=.)|计\Z|(?<=s)of", "", key)
    # RMB in thousands
    key = re.sub(r"(?<=.)in(?=(?:thousand|million|billion|trillion)s?\Z)", "", key)
    key = _CURRENT_PRICES.sub("", key)
    key = re.sub(r"\A(人民币|rmb|cny|港币):", r"\1", key)
    key = re.sub(r"\((人民币|rmb)\)?\Z", r"\1", key)
    for word in _BY_LENGTH:
        for scale in _scales_beside(key, word):
            exponent = _CHINESE.get(scale, _ENGLISH.get(scale))
            if exponent is not None:
                return unit_of(_CURRENCIES[word], exponent)
    return None


def _scales_beside(key, word):
    """The scale words before or after a currency, or between it and 人民币."""
    if key.endswith(word):
        yield key.removesuffix(word)
    if key.startswith(word):
        rest = key.removeprefix(word)
        # 人民币亿元, but not 元亿元.
        yield rest.removesuffix("元") if word in _NAMED_BEFORE else rest
    for name in ("人民币", "rmb", "cny", "港币"):
        is_same = _CURRENCIES.get(word) == _CURRENCIES[name] and word != name
        if is_same and key.startswith(name) and key.endswith(word):
            yield key.removeprefix(name).removesuffix(word)
        elif is_same and key.endswith(f"{word}{name}"):
            yield key.removesuffix(f"{word}{name}")


def unit_of(dimension: str, scale: int) -> tuple[str, int] | None:
    """The stored unit of a dimension and scale and the power of ten between them.

    Yuan are kept in the units of the study: 元, 万元, 亿元, 万亿元.
    """
    best = None
    for unit, measure in MEASURES.items():
        is_kept = dimension != "CNY" or measure.exponent in (0, 4, 8, 12)
        if measure.dimension == dimension and measure.exponent <= scale and is_kept:
            if best is None or measure.exponent > MEASURES[best].exponent:
                best = unit
    return (best, scale - MEASURES[best].exponent) if best else None


def is_like_a_unit(plain: str) -> bool:
    """Whether folded words in brackets name a unit, stored or not."""
    return find_unit(plain) is not None or bool(_LIKE_A_UNIT.match(plain))


def scale_of(unit: tuple[str, int]) -> tuple[str, int]:
    """What a printed unit measures, and its power of ten: to compare two units."""
    measure = MEASURES[unit[0]]
    return measure.dimension, measure.exponent + unit[1]


def are_at_odds(one, other) -> bool:
    """Whether two printed units cannot both be right: 万元 and 亿元, 美元 and 元.

    Percentages beside amounts are not a contradiction: they are separate columns.
    """
    if one is None or other is None or scale_of(one) == scale_of(other):
        return False
    first, second = scale_of(one)[0], scale_of(other)[0]
    return first == second or {first, second} <= set(_MONEY)
