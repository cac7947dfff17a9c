"""Which numerals are quantities and which belong to words: 百家争鸣, one of them."""

import re

from swot.checking.verdicts import Comparison

from .model import NO_UNIT, Quantity
from .not_quantities import is_year
from .numerals import UnreadableError
from .parts import Part
from .qualifiers import comparison_before

# "One" is a number before these; before anything else it is an article.
_MEASURES = {"TONNE", "SQM", "METRE", "TEU"}
_VAGUE_BEFORE = "上成数几近"
_COMPARED_BEFORE = re.compile(r"(?:[比第]|等于)\Z")
_COMPARED_AFTER = re.compile(r"大|小|多|少|高|低|和第|之间")
_STATED_BEFORE = re.compile(r"(?:[共有达为第]|历时|含|增至|等)\s?\Z")
# 两 before these is more often a number than part of a word.
_PLACES = "国地省市区县门位"


def is_quantity(part: Part, plain: str, is_chinese: bool) -> bool:
    """Whether the number states something; UnreadableError for 近百 and 上亿."""
    quantity, numeral = part.quantity, part.numeral
    is_bare = quantity.unit == NO_UNIT
    if is_bare and not numeral.is_word and not numeral.has_scale:
        return is_chinese or not is_year(plain, quantity)
    if not is_chinese:
        is_one = numeral.is_word and numeral.value == 1 and not numeral.has_scale
        return not is_one or bool(quantity.ends) or _is_measured(quantity)
    if numeral.is_vague:
        return _is_round(part, plain)
    return not numeral.needs_unit or _is_counted(part, plain)


def _is_measured(quantity: Quantity) -> bool:
    if quantity.unit.dimension in _MEASURES or quantity.currency:
        return True
    return quantity.kind not in ("", "months")


def _is_round(part: Part, plain: str) -> bool:
    """百亿 and 千家 without a digit: 逾百亿 is a bound, 近百 and 上百 have no value."""
    quantity, numeral = part.quantity, part.numeral
    before = comparison_before(plain, quantity.start, True)
    sign = plain[max(quantity.start - 1, 0) : quantity.start]
    if (before and before[0] == Comparison.NEARLY) or (sign and sign in _VAGUE_BEFORE):
        raise UnreadableError(quantity.last, is_vague=True)
    if before:
        return quantity.unit != NO_UNIT or numeral.has_scale
    # 每百元 names the unit that something is counted by.
    if sign == "每":
        return False
    if plain[numeral.start : numeral.end] in ("万", "亿"):
        return False
    return quantity.unit != NO_UNIT and not part.is_weak


def _is_counted(part: Part, plain: str) -> bool:
    """A numeral in Chinese characters with a unit, or large, or after "more than"."""
    quantity, numeral = part.quantity, part.numeral
    if quantity.kind or quantity.currency:
        is_one = quantity.kind == "months" and quantity.value == 1
        return not is_one or quantity.comparison != Comparison.EXACTLY
    is_large = numeral.value >= 100 or numeral.has_scale
    before = comparison_before(plain, quantity.start, True)
    ahead = plain[max(quantity.start - 4, 0) : quantity.start]
    if quantity.unit == NO_UNIT:
        is_compared = _COMPARED_BEFORE.search(ahead) and _COMPARED_AFTER.match(
            plain, quantity.last
        )
        is_stated = before and (numeral.value >= 10 or quantity.ends)
        return bool(is_large or is_stated or is_compared)
    if quantity.value == 1 and quantity.upper is None:
        return quantity.unit.dimension in _MEASURES
    if not part.is_weak or is_large or before or numeral.is_more or quantity.ends:
        return True
    end = plain[quantity.last - 1]
    return end == "半" or end in _PLACES or bool(_STATED_BEFORE.search(ahead))
