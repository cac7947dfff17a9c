"""Compares two languages of a text: do they bind the same codes and state the same
numbers?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from .intervals import MIDDLE, round_half_up
from .quantities import Quantity
from .quantities.senses import ADDITION, DEFICIT, REMOVAL
from .verdicts import Comparison

# Words of different languages that set the same bound.
_BOUNDS = {
    Comparison.AT_LEAST: Comparison.MORE_THAN,
    Comparison.AT_MOST: Comparison.LESS_THAN,
}
_TOLERATED = Decimal("1e-9")


@dataclass(frozen=True)
class Parity:
    """What only one of two texts has; all empty if they agree."""

    codes_zh: tuple[str, ...]
    codes_en: tuple[str, ...]
    numbers_zh: tuple[Quantity, ...]
    numbers_en: tuple[Quantity, ...]

    @property
    def is_equal(self) -> bool:
        return not (
            self.codes_zh or self.codes_en or self.numbers_zh or self.numbers_en
        )


def compare(
    codes_zh: Iterable[str],
    unbound_zh: Iterable[Quantity],
    codes_en: Iterable[str],
    unbound_en: Iterable[Quantity],
) -> Parity:
    """Which bound codes and unbound numbers the two languages do not share."""
    zh, en = set(codes_zh), set(codes_en)
    return Parity(
        tuple(sorted(zh - en)),
        tuple(sorted(en - zh)),
        *_differences(list(unbound_zh), list(unbound_en)),
    )


def is_same(a: Quantity, b: Quantity) -> bool:
    """Whether two phrases state the same number with unit, direction and precision.

    A unit that only one of them names is no difference: "13亿" and "1.3 billion yuan".
    Nor is growth that the other gives as a multiple: 增长1.2倍 and "rose by 120%".
    """
    if {a.kind, b.kind} == {"percent", "times"}:
        a, b = _as_multiple(a), _as_multiple(b)
    return (
        a.kind == b.kind
        and _bound(a) == _bound(b)
        and _units_agree(a, b)
        and _senses_agree(a, b)
        and _values_agree(a, b)
    )


def _as_multiple(quantity: Quantity) -> Quantity:
    """Growth in percent as the multiple it leads to; other numbers unchanged."""
    if quantity.kind != "percent" or not quantity.direction:
        return quantity
    upper = quantity.effective_upper
    return replace(
        quantity,
        kind="times",
        value=quantity.effective / 100 + 1,
        upper=None if upper is None else upper / 100 + 1,
        direction=0,
    )


def _bound(quantity: Quantity) -> Comparison:
    comparison = Comparison(quantity.comparison)
    if comparison == Comparison.DOUBLED:
        comparison = Comparison.EXACTLY
    return _BOUNDS.get(comparison, comparison)


def _units_agree(a: Quantity, b: Quantity) -> bool:
    names = {
        part.currency or part.unit.dimension
        for part in (a, b)
        if part.currency or part.unit.dimension
    }
    return len(names) < 2


def _senses_agree(a: Quantity, b: Quantity) -> bool:
    """Closures are not additions."""
    return {a.sense, b.sense} != {ADDITION, REMOVAL}


def _values_agree(a: Quantity, b: Quantity) -> bool:
    pairs = list(zip(_ends(a), _ends(b), strict=False))
    if len(_ends(a)) != len(_ends(b)):
        return False
    return all(_same_value(x, y, a, b) for x, y in pairs)


def _ends(quantity: Quantity) -> list[Decimal]:
    """The effective values in base units, ratios for multiples."""
    if quantity.kind == "times":
        first = quantity.ratio
        upper = quantity.upper
        upper = upper and upper + (quantity.ratio - quantity.value)
        return [first] if upper is None else [first, upper]
    ends = [quantity.effective, quantity.effective_upper]
    factor = Decimal(1) if quantity.kind else quantity.unit.factor
    if quantity.sense == DEFICIT and quantity.effective > 0:
        factor = -factor
    return [end * factor for end in ends if end is not None]


def _same_value(x: Decimal, y: Decimal, a: Quantity, b: Quantity) -> bool:
    if abs(x - y) <= _TOLERATED * max(abs(x), abs(y)):
        return True
    # 三分之一 has no digits to round: 33.3% is the same at its printed precision.
    for share, printed, digits in ((x, y, b.decimals), (y, x, a.decimals)):
        other = a if digits is b.decimals and share is x else b
        if digits is not None and other.decimals is None and other.kind == "percent":
            if round_half_up(share, digits) == MIDDLE.plus(printed):
                return True
    return False


def _differences(
    zh: list[Quantity], en: list[Quantity]
) -> tuple[tuple[Quantity, ...], tuple[Quantity, ...]]:
    """What is left on both sides after pairing equals, exact equals first."""
    left_zh, left_en = list(zh), list(en)
    for rule in (lambda a, b: a.key == b.key and is_same(a, b), is_same):
        rest = []
        for quantity in left_zh:
            match = next((other for other in left_en if rule(quantity, other)), None)
            if match is None:
                rest.append(quantity)
            else:
                left_en.remove(match)
        left_zh = rest
    return tuple(left_zh), tuple(left_en)
