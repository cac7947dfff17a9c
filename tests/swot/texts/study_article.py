"""An article about the shipped study's data, written without looking at the panel.

The texts are in `tests/data/article`; where a number stands they name the value that it
was taken from, so that the test knows what each should be bound to.
"""

import re
from decimal import Decimal
from functools import partial
from pathlib import Path

from datasets.models import Observation

HERE = Path(__file__).parents[2] / "data" / "article"
_NAMED = re.compile(r"\{(\w+)\}")
_SCALES = {"CNY_TRILLION": 4, "CNY_100M": 0, "CNY_10K": -4}


def read_article() -> tuple[str, str, list[str], list[str]]:
    """(Chinese text, English text, codes in the order of each)."""
    texts, orders = [], []
    for name, write in (("zh.md", in_chinese), ("en.md", in_english)):
        draft = (HERE / name).read_text(encoding="utf-8").strip()
        orders.append(_NAMED.findall(draft))
        known = {row.code: row for row in Observation.objects.all() if row.code}
        texts.append(_NAMED.sub(partial(_value, known, write), draft))
    return (*texts, *orders)


def _value(known, write, match) -> str:
    return write(known[match[1]])


def in_chinese(row) -> str:
    """The value as a journalist writes it: 13亿元, 2.7万亿元, 1200万平方米."""
    value = abs(row.value)
    if row.unit == "CNY_TRILLION":
        return f"{plain(value)}万亿元"
    if row.unit in _SCALES:
        return f"{plain(round(value.scaleb(_SCALES[row.unit]), 2))}亿元"
    if row.unit == "SQM":
        return f"{plain(value / 10_000)}万平方米"
    return plain(value) + {"PERCENT": "%", "COUNT": "个"}[row.unit]


def in_english(row) -> str:
    """The same in English: CNY 1.3 billion, 12 million square metres."""
    value = abs(row.value)
    if row.unit in _SCALES:
        hundred_millions = round(value.scaleb(_SCALES[row.unit]), 2)
        if hundred_millions >= 10_000:
            return f"CNY {plain(hundred_millions / 10_000)} trillion"
        return f"CNY {plain(hundred_millions / 10)} billion"
    if row.unit == "SQM":
        return f"{plain(value / 1_000_000)} million square metres"
    return f"{plain(value)}%" if row.unit == "PERCENT" else f"{value:,.0f}"


def plain(number: Decimal) -> str:
    """A number without the zeros that only fill its column."""
    return f"{number.normalize():f}"
