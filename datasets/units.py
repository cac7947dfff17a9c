"""Units of observations: what they measure, and how large they are."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from .choices import LabelledChoices


class Unit(LabelledChoices):
    """Codes of the shipped study; UNIT_MEASURE and UNIT_MULT of SDMX in one word."""

    CNY_TRILLION = "CNY_TRILLION", _("trillion yuan")
    CNY_BILLION = "CNY_BILLION", _("billion yuan")
    CNY_100M = "CNY_100M", _("100 million yuan")
    CNY_MILLION = "CNY_MILLION", _("million yuan")
    CNY_10K = "CNY_10K", _("10 thousand yuan")
    CNY = "CNY", _("yuan")
    USD_TRILLION = "USD_TRILLION", _("trillion US dollars")
    USD_BILLION = "USD_BILLION", _("billion US dollars")
    USD_100M = "USD_100M", _("100 million US dollars")
    USD_MILLION = "USD_MILLION", _("million US dollars")
    USD_10K = "USD_10K", _("10 thousand US dollars")
    USD = "USD", _("US dollars")
    EUR_TRILLION = "EUR_TRILLION", _("trillion euros")
    EUR_BILLION = "EUR_BILLION", _("billion euros")
    EUR_100M = "EUR_100M", _("100 million euros")
    EUR_MILLION = "EUR_MILLION", _("million euros")
    EUR_10K = "EUR_10K", _("10 thousand euros")
    EUR = "EUR", _("euros")
    HKD_TRILLION = "HKD_TRILLION", _("trillion Hong Kong dollars")
    HKD_BILLION = "HKD_BILLION", _("billion Hong Kong dollars")
    HKD_100M = "HKD_100M", _("100 million Hong Kong dollars")
    HKD_MILLION = "HKD_MILLION", _("million Hong Kong dollars")
    HKD_10K = "HKD_10K", _("10 thousand Hong Kong dollars")
    HKD = "HKD", _("Hong Kong dollars")
    JPY_TRILLION = "JPY_TRILLION", _("trillion Japanese yen")
    JPY_BILLION = "JPY_BILLION", _("billion Japanese yen")
    JPY_100M = "JPY_100M", _("100 million Japanese yen")
    JPY_MILLION = "JPY_MILLION", _("million Japanese yen")
    JPY_10K = "JPY_10K", _("10 thousand Japanese yen")
    JPY = "JPY", _("Japanese yen")
    GBP_TRILLION = "GBP_TRILLION", _("trillion pounds sterling")
    GBP_BILLION = "GBP_BILLION", _("billion pounds sterling")
    GBP_100M = "GBP_100M", _("100 million pounds sterling")
    GBP_MILLION = "GBP_MILLION", _("million pounds sterling")
    GBP_10K = "GBP_10K", _("10 thousand pounds sterling")
    GBP = "GBP", _("pounds sterling")
    PERCENT = "PERCENT", _("%")
    PP = "PP", _("percentage points")
    COUNT = "COUNT", _("count")
    COUNT_100M = "COUNT_100M", _("100 million (count)")
    SQM = "SQM", _("square metres")
    HOURS = "HOURS", _("hours")
    MONTHS = "MONTHS", _("months")
    YEARS = "YEARS", _("years")
    ORDINAL = "ORDINAL", _("ordinal")
    RANK = "RANK", _("rank from the bottom")
    TONNE_10K = "TONNE_10K", _("10 thousand tonnes")


@dataclass(frozen=True)
class Measure:
    """What a unit measures (`dimension`) and its power of ten (`exponent`)."""

    dimension: str
    exponent: int
    zh: str
    en: str

    @property
    def factor(self) -> Decimal:
        return Decimal(10) ** self.exponent


# Each currency in every printed scale. Amounts in two currencies are never compared:
# there is no rate to convert them.
CURRENCIES = {
    "CNY": "元",
    "USD": "美元",
    "EUR": "欧元",
    "HKD": "港元",
    "JPY": "日元",
    "GBP": "英镑",
}
_SCALES = {
    "TRILLION": (12, "万亿"),
    "BILLION": (9, "十亿"),
    "100M": (8, "亿"),
    "MILLION": (6, "百万"),
    "10K": (4, "万"),
}


def _amounts():
    for currency, noun in CURRENCIES.items():
        for scale, (exponent, word) in _SCALES.items():
            unit = Unit(f"{currency}_{scale}")
            yield unit, Measure(currency, exponent, f"{word}{noun}", currency)
        yield Unit(currency), Measure(currency, 0, noun, currency)


# Percentage points (code PP in SDMX) measure the difference of two percentages.
MEASURES = {
    **dict(_amounts()),
    Unit.PERCENT: Measure("PERCENT", 0, "%", "%"),
    Unit.PP: Measure("PP", 0, "个百分点", "percentage points"),
    Unit.COUNT: Measure("COUNT", 0, "个", ""),
    Unit.COUNT_100M: Measure("COUNT", 8, "亿", ""),
    Unit.SQM: Measure("SQM", 0, "平方米", "m²"),
    Unit.HOURS: Measure("HOURS", 0, "小时", "hours"),
    Unit.MONTHS: Measure("MONTHS", 0, "个月", "months"),
    Unit.YEARS: Measure("YEARS", 0, "年", "years"),
    Unit.ORDINAL: Measure("ORDINAL", 0, "批", "(ordinal)"),
    Unit.RANK: Measure("RANK", 0, "位（倒数）", "from the bottom"),
    Unit.TONNE_10K: Measure("TONNE", 4, "万吨", "tonnes"),
}

_ENGLISH_STEPS = ((12, "trillion"), (9, "billion"), (6, "million"))


def larger_units(unit: str) -> list[Unit]:
    """Larger units of the same amount that both languages print, in order.

    Only amounts of money have them: 亿 of a currency, and trillions.
    """
    measure = MEASURES[unit]
    if measure.dimension not in CURRENCIES:
        return []
    scales = (Unit(f"{measure.dimension}_{scale}") for scale in ("100M", "TRILLION"))
    return [one for one in scales if MEASURES[one].exponent > measure.exponent]


def convert(value: Decimal, source: str, target: str) -> Decimal:
    """Express `value` of unit `source` in unit `target`, exactly.

    Raises ValueError when the two measure different things.
    """
    old, new = MEASURES[source], MEASURES[target]
    if old.dimension != new.dimension:
        raise ValueError(f"{source} and {target} measure different things")
    return value.scaleb(old.exponent - new.exponent)


def format_value(value: Decimal | None, unit: str, decimals: int, language: str) -> str:
    """A value with its unit as readers of `language` expect it; "—" for none.

    Chinese keeps the unit as printed (322,215.12亿元); English steps to million,
    billion or trillion without gaining or losing a digit (CNY 32.221512 trillion).
    """
    if value is None:
        return "—"
    measure = MEASURES[unit]
    if language.startswith("zh"):
        if measure.dimension == "ORDINAL":
            return f"第{value:,.{decimals}f}{measure.zh}"
        return f"{value:,.{decimals}f}{measure.zh}"
    if measure.dimension == "PERCENT":
        return f"{value:,.{decimals}f}%"
    if measure.dimension == "ORDINAL":
        return f"no. {value:,.{decimals}f}"
    exponent, word = 0, ""
    base = value.scaleb(measure.exponent)
    if measure.exponent >= 4:
        exponent, word = next(
            (step for step in _ENGLISH_STEPS if abs(base) >= Decimal(10) ** step[0]),
            (0, ""),
        )
    shown = base.scaleb(-exponent)
    places = max(decimals - measure.exponent + exponent, 0)
    text = f"{shown:,.{places}f}"
    if places > 3 and "." in text:
        text = text.rstrip("0").rstrip(".")
    number = f"{text} {word}".strip()
    if measure.dimension in CURRENCIES:
        return f"{measure.en} {number}"
    return f"{number} {measure.en}".strip()


@dataclass(frozen=True)
class AxisUnit:
    """The text of an axis or column heading, and the power of ten it stands for."""

    label: str
    exponent: int


def axis_unit(unit: str, language: str) -> AxisUnit:
    """The unit of a column or axis: as printed in Chinese, to the billion in English.

    1亿 is 0.1 billion, so a Chinese 亿元 column becomes "CNY billion" in English.
    """
    measure = MEASURES[unit]
    if language.startswith("zh"):
        return AxisUnit(measure.zh, measure.exponent)
    if measure.exponent < 4:
        return AxisUnit(measure.en, measure.exponent)
    exponent = {4: 6, 8: 9}.get(measure.exponent, measure.exponent)
    word = dict(_ENGLISH_STEPS)[exponent]
    return AxisUnit(f"{measure.en} {word}".strip(), exponent)
