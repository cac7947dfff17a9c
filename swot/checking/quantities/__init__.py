"""Finds the quantities in a sentence: 13亿元, 近九成, 33 个, 1.3 billion, 0.5%, five.

`not_quantities` has what only looks like a quantity. A share in words is a
percentage in both languages: 三分之一 and a third are 33.3…, 半数 and half are 50.
"""

from dataclasses import replace

from .chinese_numerals import chinese_number
from .model import Quantity, Reading, Unread
from .scanning import scan

__all__ = ["Quantity", "Reading", "Unread", "chinese_number", "find", "scan"]


def find(text: str, language: str) -> list[Quantity]:
    """The numbers of a plain text in "zh-hans" or "en", in order.

    An interval is given as its two ends; `scan` keeps it whole and also returns what
    could not be read.
    """
    quantities = []
    for quantity in scan(text, language).quantities:
        quantities += ends_of(quantity, text)
    return quantities


def ends_of(quantity: Quantity, text: str) -> list[Quantity]:
    """The two numbers of an interval, or the one number."""
    if quantity.upper is None:
        return [quantity]
    low, high = quantity.ends or (
        replace(quantity, upper=None),
        replace(quantity, value=quantity.upper, upper=None),
    )
    return [
        replace(
            end,
            text=text[end.start : end.end].strip(),
            direction=quantity.direction,
            comparison=quantity.comparison,
            first=quantity.first,
            last=quantity.last,
            upper=None,
        )
        for end in (low, high)
    ]
