"""What the readers of both languages return: a number as written, without its unit."""

import re
from dataclasses import dataclass
from decimal import Decimal

from .units import Unit

# Digits with commas or spaces in groups of three; others are cut or refused whole.
DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?!,?\d)|"
    r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d|[,.]\d{3}[,.])"
    r"|\d+)(?:\.\d+)?(?![\d])|(?<![\d.])\.\d+"
)
# What may follow the stroke of a fraction; 1/2000 may be a month.
WHOLE = r"(?P<whole>\d{1,3}|1000|5000|10000)"
SIGNS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5)}


@dataclass(frozen=True)
class Numeral:
    """A number read from `start` to `end`; `unit` where the words name it themselves.

    `has_scale` tells 20亿 from 20: the first end of 20—30亿 has none. `needs_unit`
    marks words that are a number only before a unit (百家 but not 百姓). `is_more` is
    the 多 of 500多亿, `is_about` the 来 of 30来家.
    """

    start: int
    end: int
    value: Decimal
    decimals: int | None = 0
    upper: Decimal | None = None
    unit: Unit | None = None
    is_word: bool = False
    has_scale: bool = False
    needs_unit: bool = False
    is_more: bool = False
    is_about: bool = False
    is_vague: bool = False
    is_negative: bool = False
    exponent: int = 0


class UnreadableError(Exception):
    """A run of digits or number words that is not a number, and where it ends."""

    def __init__(self, end: int, is_vague: bool = False):
        super().__init__(end)
        self.end = end
        self.is_vague = is_vague


def plain_digits(text: str) -> Decimal:
    """Digits without the signs between their groups."""
    return Decimal("".join(sign for sign in text if sign.isdigit() or sign == "."))


def fraction(start: int, part: str, match: re.Match[str]) -> Numeral:
    """The share that a fraction is; `match` is its stroke and `WHOLE`.

    UnreadableError where it may be something else: 5/3, 12/365.
    """
    whole = int(match["whole"])
    # With large denominators, only 1/200 and the like are fractions.
    is_small = whole <= 100 and part.isdecimal() and 0 < int(part) < whole
    if not is_small and (part != "1" or whole % 50):
        raise UnreadableError(match.end())
    share = Decimal(100 * int(part)) / whole
    return Numeral(start, match.end(), share, None, unit=Unit(kind="percent"))


def places(text: str) -> int:
    """How many digits follow the point."""
    return len(text.partition(".")[2])
