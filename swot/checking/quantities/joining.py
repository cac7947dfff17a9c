"""Numbers that belong together: 20—30亿元, "10 to 15 percent", 分别为12、15和20%."""

import re
from collections.abc import Iterable
from dataclasses import replace

from swot.checking.verdicts import Comparison

from .model import NO_UNIT, Quantity
from .not_quantities import is_year
from .parts import Part, in_kind
from .units import currency_before

_RANGE_ZH = re.compile(r"[ \t]*(?:[-–—―~～〜]{1,2}|(?:至|到)[-−]?)[ \t]*\Z")
_RANGE_EN = re.compile(r"(?:[ \t]*[-–—~]{1,2}[ \t]*| to [-−]?| or )\Z")
# The minus of both ends: -3.5 to -2.5%.
_MINUS = re.compile(r"(?:[至到]|\b(?:to|and) )[-−]\Z")
_AND_ZH = re.compile(r" ?[与和] ?\Z")
_FROM = {
    True: re.compile(r"[由从][^，。；,;]{0,8}\Z"),
    False: re.compile(
        r"\bfrom\s+(?:about |some |nearly |around |over )?\Z", re.IGNORECASE
    ),
}
_BETWEEN_EN = re.compile(r"\bbetween\s+\Z", re.IGNORECASE)
_DATED = re.compile(r"\b(?:in|since|by|until|after|before) \Z", re.IGNORECASE)
_BETWEEN_ZH = re.compile(r"[^，。；,;]{0,3}之?间")
_LIST = {
    True: re.compile(r"\s*(?:、|和|与|及|以及|,)\s*\Z"),
    False: re.compile(r"\s*(?:,|,? and|,? or|\(\s*)\s*\Z"),
}
_EACH = re.compile(r"分别|依次|各为|respectively", re.IGNORECASE)
_SHARED = ("percent", "times", "points")


def is_list(between: str, is_chinese: bool) -> bool:
    """Whether two numbers with these signs between them belong to one list."""
    return bool(_LIST[is_chinese].match(between))


def join_ranges(parts: list[Part], plain: str, is_chinese: bool) -> Iterable[Part]:
    """Makes one interval from two ends; the first takes the unit of the second.

    From 5 to 3, and "from 10 to 15", stay two numbers: they name a change.
    """
    joined: list[Part] = []
    position = 0
    while position < len(parts):
        pair = parts[position : position + 2]
        current = None
        if len(pair) == 2:
            current = _joined(pair[0], pair[1], plain, is_chinese)
        joined += pair[:1] if current is None else current
        position += 1 if current is None else 2
    return joined


def _joined(low: Part, high: Part, plain: str, is_chinese: bool) -> list[Part] | None:
    if not _is_range(low.quantity, high.quantity, plain, is_chinese):
        return None
    # "5 or 6" leaves open which; "1.2 or 1.3 billion" shares its scale.
    is_scaled = high.numeral.has_scale and not low.numeral.has_scale
    if plain[low.quantity.last : high.quantity.start] == " or " and not is_scaled:
        return None
    low, high = _with_prefix(low, high, plain)
    alike = _alike(low, high)
    if alike is None or alike.quantity.kind != high.quantity.kind:
        return None
    low = alike
    a, b = low.quantity, high.quantity
    sign = currency_before(plain, a.start)
    if sign and b.unit == NO_UNIT:
        high = high.having(unit=sign[0])
        b = high.quantity
    start = sign[1] if sign else a.start
    if _MINUS.search(plain[max(b.start - 6, 0) : b.start]):
        if plain[max(start - 1, 0) : start] not in ("-", "−"):
            return None
        high = high.having(value=-b.value, start=b.start - 1)
        b = high.quantity
    is_change = _FROM[is_chinese].search(plain[max(start - 14, 0) : start])
    least = -a.value if b.value < 0 else a.value
    if not least < b.value or is_change:
        # A score: a 5-4 vote, 50-50.
        is_score = a.unit == b.unit == NO_UNIT and plain[a.last : b.start] in "-–"
        return [] if is_score else [low, high]
    whole = replace(
        b,
        start=a.start,
        value=a.value,
        upper=b.value,
        comparison=Comparison.BETWEEN,
        is_word=a.is_word or b.is_word,
        ends=(a, b),
    )
    return [replace(high, quantity=whole)]


def _is_range(a: Quantity, b: Quantity, plain: str, is_chinese: bool) -> bool:
    between = plain[a.last : b.start]
    if a.upper is not None or b.upper is not None or len(between) > 12:
        return False
    if is_chinese:
        if _AND_ZH.match(between):
            return bool(_BETWEEN_ZH.match(plain, b.last))
        return bool(_RANGE_ZH.match(between))
    if sign := currency_before(plain, b.start):
        between = plain[a.last : sign[1]]
    if a.unit == NO_UNIT and is_year(plain, a):
        # "between 2019 and 2022", "from 3bn in 2019 to 5bn", "in 2019 to $5bn"
        is_dated = _DATED.search(plain[max(a.start - 8, 0) : a.start])
        if is_dated or sign or (b.unit == NO_UNIT and is_year(plain, b)):
            return False
    if between.strip(" -−") == "and":
        money = currency_before(plain, a.start)
        start = money[1] if money else a.start
        start -= plain[max(start - 1, 0) : start] in ("-", "−")
        return bool(_BETWEEN_EN.search(plain[max(start - 14, 0) : start]))
    # "3% - 5 firms": a dash with spaces after a unit separates sentences.
    if between.strip() == "-" and a.unit != NO_UNIT and between != "-":
        return False
    return bool(_RANGE_EN.match(between))


def _with_prefix(low: Part, high: Part, plain: str) -> tuple[Part, Part]:
    """百分之三到五: the second end has the 百分之 of the first."""
    a, unit = low.quantity, low.numeral.unit
    is_prefixed = plain.startswith("之", low.numeral.start + 2)
    if high.quantity.unit != NO_UNIT or unit is None or not is_prefixed:
        return low, high
    value = high.quantity.value * unit.factor
    high = high.having(value=value, unit=a.unit, kind=a.kind, places=a.places)
    return low, high


def _alike(low: Part, high: Part) -> Part | None:
    """The first number with scale and unit of the second where it has none itself."""
    a, b, first, second = low.quantity, high.quantity, low.numeral, high.numeral
    if a.unit != NO_UNIT:
        return low if b.unit == NO_UNIT or a.unit.kind == b.unit.kind else None
    value, places = a.value, a.places
    if second.has_scale and not first.has_scale and second.exponent > 0:
        scaled = value.scaleb(second.exponent)
        # In 8000至1.2万 only the second number is scaled.
        if scaled < b.value or value > b.value:
            value = scaled
            places = None if places is None else places - second.exponent
    value, _, places = in_kind(value, None, places, b.unit)
    return low.having(
        value=value,
        decimals=None if a.decimals is None else places,
        places=places,
        unit=b.unit,
        kind=b.kind,
    )


def share_units(parts: Iterable[Part], plain: str, is_chinese: bool) -> list[Part]:
    """12、15和20% share the percent sign, 分别为12、15亿元 scale and unit too."""
    parts, shared = list(parts), set()
    for index in range(len(parts) - 2, -1, -1):
        part, following = parts[index], parts[index + 1]
        if _shares(part, following, plain, is_chinese, index + 1 in shared):
            if (alike := _alike(part, following)) is not None:
                shared.add(index)
                parts[index] = alike
    return parts


def _shares(
    part: Part, following: Part, plain: str, is_chinese: bool, is_in_list: bool
) -> bool:
    a, b = part.quantity, following.quantity
    if a.unit != NO_UNIT or b.unit == NO_UNIT or part.numeral.has_scale:
        return False
    if part.numeral.is_word and not following.numeral.is_word:
        return False
    between = plain[a.last : b.start]
    if not is_list(between, is_chinese) or is_year(plain, a):
        return False
    if _EACH.search(plain, max(a.start - 40, 0), b.last + 40):
        return True
    # A comma alone separates sentences as often as numbers.
    return b.kind in _SHARED and (between.strip() != "," or is_in_list)
