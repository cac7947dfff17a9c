"""The whole phrase around a number: sign, currency, comparison word and direction."""

import re
from dataclasses import replace

from swot.checking.intervals import NEARLY_SHARE
from swot.checking.verdicts import Comparison

from .joining import is_list
from .levels import names_level
from .model import NO_UNIT, Quantity
from .parts import Part, next_after
from .qualifiers import (
    bound_of_change,
    comparison_after,
    comparison_before,
    direction,
    is_negative_growth,
)
from .rates import per_unit
from .senses import sense_of
from .units import UNKNOWN_MONEY, currency_before, noun_after, unit_after

# A minus has a space before it; otherwise it is a hyphen or part of a range.
_SIGNED = re.compile(
    r"(?:(?<![A-Za-z0-9_.)%年月日号亿万千百元个家倍点吨人次成￥€£¥$])[-−](?!\s)"
    r"|(?<![\w.)%])–(?!\s)"
    r"|(?:(?<=has )|(?<=have )|(?<=was )|(?<=is )|(?<=of )|(?<=to )|(?<=共有)|(?<=为)|"
    r"(?<=是)|(?<=达)|(?<=至))[-−]\s{1,2}"
    r"|(?<![A-Za-z])(?:minus|negative) |(?<![正担背])负\s*)\Z",
    re.IGNORECASE,
)

_BRACKET = re.compile(r"[ \t]?\(\s?(?:[按以用]|in )?")
_CLOSING = re.compile(r"\s?(?:计价?|计算|口径|terms)?\s?\)")
_ANYTHING = re.compile("")
# 1.05 billion in dollars
_IN_MONEY = re.compile(r",? in (?=[a-z])", re.IGNORECASE)
# 46亿元多 and 30-odd are a little more; over 46 may be any more.
_LITTLE_MORE = re.compile(r"[多余]|出头|-odd", re.IGNORECASE)


def qualified(part: Part, text: str, plain: str, is_chinese: bool) -> Quantity:
    """The quantity with all that the words around it say."""
    quantity = part.quantity
    first = quantity.start
    if money := currency_before(plain, first):
        first = money[1]
        if not quantity.kind:
            quantity = replace(quantity, unit=money[0])
    quantity = _in_brackets(quantity, plain, is_chinese, bool(money))
    quantity = _counted(quantity, plain, is_chinese)
    if sign := _SIGNED.search(plain, max(first - 12, 0), first):
        first = sign.start()
        quantity = _negative(quantity, first)
        if not money and (money := currency_before(plain, first)):
            first = money[1]
            quantity = replace(quantity, unit=money[0])
    quantity = per_unit(quantity, plain, first, is_chinese)
    quantity = _compared(quantity, first, plain, is_chinese)
    # 300 or more firms, 1,200-odd firms
    quantity = _counted(quantity, plain, is_chinese)
    is_multiple = quantity.kind == "times" and part.numeral.unit is not None
    if is_multiple:
        if quantity.comparison == Comparison.EXACTLY:
            quantity = replace(quantity, comparison=Comparison.DOUBLED)
        elif quantity.value < 1:
            quantity = _halved(quantity)
    else:
        quantity = _directed(quantity, plain, is_chinese)
    sense = sense_of(quantity, plain, is_chinese)
    ends = tuple(replace(end, sense=sense) for end in quantity.ends)
    text = text[quantity.start : quantity.end].strip()
    return replace(quantity, text=text, sense=sense, ends=ends)


def share_direction(
    quantities: list[Quantity], plain: str, is_chinese: bool
) -> list[Quantity]:
    """The direction before a list is that of every number in it."""
    shared: list[Quantity] = []
    for quantity in quantities:
        before = shared[-1] if shared else None
        if (
            before is not None
            and (before.direction or before.sense)
            and not quantity.direction
            and quantity.kind
            and quantity.kind == before.kind
            and is_list(plain[before.last : quantity.first], is_chinese)
        ):
            quantity = replace(
                quantity,
                direction=before.direction,
                is_increment=before.is_increment,
                sense=before.sense,
            )
        shared.append(quantity)
    return shared


def _counted(quantity: Quantity, plain: str, is_chinese: bool) -> Quantity:
    """With the English noun after it that says what is counted."""
    if quantity.unit != NO_UNIT or is_chinese:
        return quantity
    noun = noun_after(plain, quantity.last)
    return quantity if noun is None else replace(quantity, unit=noun[0], last=noun[1])


def _in_brackets(
    quantity: Quantity, plain: str, is_chinese: bool, is_named: bool
) -> Quantity:
    """10.5亿元(美元) are dollars; money with two names (`is_named`) has none."""
    named = _BRACKET.match(plain, quantity.last)
    if named is None and quantity.unit == NO_UNIT and not is_chinese:
        named = _IN_MONEY.match(plain, quantity.last)
    bracketed = named and unit_after(plain, named.end(), is_chinese)
    if not named or not bracketed or not bracketed[0].currency or quantity.kind:
        return quantity
    closing = (_CLOSING if "(" in named[0] else _ANYTHING).match(plain, bracketed[1])
    if closing is None or quantity.unit == bracketed[0]:
        return quantity
    # 元 and dollars name several currencies, until a bracket says which.
    is_general = quantity.currency == ("CNY" if is_chinese else "USD")
    is_plain = quantity.unit == NO_UNIT or (is_general and not is_named)
    unit = bracketed[0] if is_plain else UNKNOWN_MONEY
    ends = tuple(replace(end, unit=unit) for end in quantity.ends)
    return replace(quantity, unit=unit, last=closing.end(), ends=ends)


def _compared(quantity: Quantity, first: int, plain: str, is_chinese: bool) -> Quantity:
    last, comparison = quantity.last, quantity.comparison
    is_open = comparison in (Comparison.EXACTLY, Comparison.BETWEEN)
    if after := comparison_after(plain, last, is_chinese):
        comparison = after[0] if is_open else comparison
        if is_open and _LITTLE_MORE.search(plain, last, after[1]):
            quantity = replace(quantity, below=next_after(quantity.value))
        last = after[1]
    elif before := comparison_before(plain, first, is_chinese):
        comparison = before[0] if is_open else comparison
        first = before[1]
    if quantity.upper is not None and comparison == Comparison.EXACTLY:
        comparison = Comparison.BETWEEN
    return replace(quantity, comparison=comparison, first=first, last=last)


# More than halved is less than half of what it was.
_TURNED = {
    Comparison.MORE_THAN: Comparison.LESS_THAN,
    Comparison.AT_LEAST: Comparison.AT_MOST,
    Comparison.LESS_THAN: Comparison.MORE_THAN,
    Comparison.AT_MOST: Comparison.AT_LEAST,
}


def _halved(quantity: Quantity) -> Quantity:
    if quantity.comparison == Comparison.NEARLY:
        upper = quantity.value * (2 - NEARLY_SHARE)
        return replace(quantity, upper=upper, comparison=Comparison.BETWEEN)
    comparison = Comparison(quantity.comparison)
    return replace(quantity, comparison=_TURNED.get(comparison, comparison))


def _directed(quantity: Quantity, plain: str, is_chinese: bool) -> Quantity:
    way = direction(plain, quantity.first, quantity.last, is_chinese)
    if not way and quantity.kind == "percent":
        is_level = names_level(plain, quantity.first, quantity.last)
        quantity = replace(quantity, is_level=is_level)
    if is_negative_growth(plain, quantity.first):
        way, quantity = 1, replace(quantity, value=-quantity.value)
    is_increment = is_chinese and quantity.kind == "times" and way > 0
    if way and is_chinese and quantity.comparison == Comparison.EXACTLY:
        if bound := bound_of_change(plain, quantity.first):
            quantity = replace(quantity, comparison=bound)
    return replace(quantity, direction=way, is_increment=is_increment)


def _negative(quantity: Quantity, start: int) -> Quantity:
    ends = quantity.ends
    if ends:
        # -10000与20000间: the sign belongs to the first end.
        ends = (replace(ends[0], value=-ends[0].value, start=start), ends[1])
    return replace(quantity, start=start, value=-quantity.value, ends=ends)
