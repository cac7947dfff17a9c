"""A number with what directly follows it: percent sign, yuan, 个, 成五."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from swot.checking.verdicts import Comparison

from .chinese import tail_of_tenths
from .model import NO_UNIT, Quantity
from .numerals import Numeral
from .units import Unit, is_weak, unit_after

_POINT = re.compile(r"点|point|\d")
_AND_HALF = re.compile(
    r"(?:(?<=[倍年])半(?!载)|(?<=个)[半多](?P<of>小时|月|百分点)|(?<=小时)半)"
)
_HALVED = {
    "小时": Unit(dimension="HOURS"),
    "月": Unit(kind="months"),
    "百分点": Unit(kind="points"),
}


@dataclass(frozen=True)
class Part:
    """A quantity that is not complete yet, and the numeral it comes from.

    `is_weak` says that its Chinese unit is also an ordinary part of words: 五年.
    """

    quantity: Quantity
    numeral: Numeral
    is_weak: bool = False

    def having(self, **changes: Any) -> "Part":
        """The same with other values in its quantity."""
        return replace(self, quantity=replace(self.quantity, **changes))


def part_of(numeral: Numeral, plain: str, is_chinese: bool) -> Part:
    """The numeral with its unit, at full scale."""
    value, upper, places = numeral.value, numeral.upper, numeral.decimals
    unit, last, weak = numeral.unit, numeral.end, False
    # 1/2 is a share, 1½ times a multiple.
    is_share = unit is not None and unit.kind == "percent" and places is None
    if unit is None or is_share:
        # 5.0 (2022: 7.7) per cent
        behind = last + 1 if plain.startswith(") per", last) else last
        unit_read = unit_after(plain, behind, is_chinese)
        if unit_read and (unit is None or unit_read[0].kind == "times"):
            value = value if unit is None else value / 100
            weak = is_chinese and is_weak(plain, last, unit_read[1])
            unit, last = unit_read
            value, upper, places = in_kind(value, upper, places, unit)
    has_digits = not numeral.is_word or _POINT.search(plain, numeral.start, numeral.end)
    is_inside = (unit is not None and unit.kind) or (numeral.is_word and is_chinese)
    quantity = Quantity(
        numeral.start,
        last if is_inside else numeral.end,
        "",
        value,
        unit.kind if unit else "",
        decimals=places if has_digits else None,
        places=places,
        upper=upper,
        unit=unit or NO_UNIT,
        comparison=_comparison(numeral),
        below=_below(plain[numeral.start : numeral.end], value)
        if numeral.is_more
        else None,
        is_word=numeral.is_word or places is None,
        last=last,
    )
    part = Part(quantity, numeral, weak)
    return _with_tail(part, plain) if is_chinese else part


def _comparison(numeral: Numeral) -> Comparison:
    if numeral.is_about:
        return Comparison.ABOUT
    return Comparison.MORE_THAN if numeral.is_more else Comparison.EXACTLY


def _below(text: str, value: Decimal) -> Decimal:
    """What 500多亿 and 10亿多 stay under: 600亿 and 11亿."""
    scale = {"万": 4, "亿": 8}.get(text[-2:-1])
    return next_after(value, scale)


def next_after(value: Decimal, scale: int | None = None) -> Decimal:
    """The value with its last digit one higher, or one more of 10 to the `scale`."""
    exponent = int(value.normalize().as_tuple().exponent)
    return value + Decimal(1).scaleb(
        exponent if scale is None else min(exponent, scale)
    )


def in_kind(
    value: Decimal, upper: Decimal | None, places: int | None, unit: Unit
) -> tuple[Decimal, Decimal | None, int | None]:
    """‰ and 成 in percent, basis points in percentage points."""
    if not unit.kind or unit.factor == 1:
        return value, upper, places
    return (
        value * unit.factor,
        None if upper is None else upper * unit.factor,
        None if places is None else places - unit.factor.adjusted(),
    )


def _with_tail(part: Part, plain: str) -> Part:
    """The five of 六成五 and the half of 两倍半 and 两年半."""
    quantity = part.quantity
    if plain.endswith("成", 0, quantity.last):
        if tail := tail_of_tenths(plain, quantity.last):
            value = quantity.value + 10 * tail[0]
            return part.having(value=value, places=0, end=tail[1], last=tail[1])
    if match := _AND_HALF.match(plain, quantity.last):
        end, unit = match.end(), quantity.unit
        # 两个半小时 and 12个多月: what is counted follows.
        if match["of"]:
            unit = _HALVED[match["of"]]
        if match[0].startswith("多"):
            return part.having(
                kind=unit.kind,
                unit=unit,
                end=end,
                last=end,
                comparison=Comparison.MORE_THAN,
            )
        return part.having(
            value=quantity.value + Decimal("0.5"),
            kind=unit.kind,
            unit=unit,
            decimals=None,
            places=None,
            end=end,
            last=end,
            is_word=True,
        )
    return part
