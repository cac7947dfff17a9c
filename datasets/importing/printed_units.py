"""Units as offices print them, and the ones we store: 百万元 is 100 of 万元."""

import re

from datasets.spreadsheets.folding import fold
from datasets.units import MEASURES, Unit

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
SCALES = {"千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "千亿": 11, "万亿": 12}


def find_unit(text: str) -> tuple[str, int] | None:
    """The stored unit and power of ten of a printed unit; None when not known."""
    key = re.sub(r"[\s_]+", "", fold(text)).lower().strip("()")
    upper = fold(text).strip("()").lower()
    return _UNITS.get(upper) or _UNITS.get(key)


def unit_for_scale(scale: int, dimension: str) -> tuple[str, int] | None:
    """The unit that a bare 万 or 亿 means in a column of money, counts and so on."""
    best = None
    for unit, measure in MEASURES.items():
        if measure.dimension == dimension and measure.exponent <= scale:
            if best is None or measure.exponent > MEASURES[best].exponent:
                best = unit
    return (best, scale - MEASURES[best].exponent) if best else None
