"""Intervals of results in which an input occurs more than once.

Plain interval arithmetic treats every occurrence as a separate number, so 13 ÷ (13 +
14) looks less certain than it is. A `Dual` carries, beside a value, the slope in each
such input. If a slope has one sign, the result is greatest and least at the ends of the
input. Otherwise all ends are tried, provided that the result is a quotient in which the
input occurs at most once in the numerator and once in the denominator: such a quotient
is monotonic between them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from .intervals import INFINITY, Estimate, highest, lowest

# How many inputs are tried together at their ends: at most 2 ** 6 combinations.
MOST_TRIED = 6
# The open end of "at least 2000": far beyond any value, far within 60 digits.
_FAR = Decimal("1E+45")
_ENDLESS = Decimal("1E+40")
_ZERO = Estimate.exact(Decimal(0))

Slopes = Mapping[object, Estimate]


@dataclass(frozen=True)
class Dual:
    """An estimate and its slope in each input that occurs more than once."""

    estimate: Estimate
    slopes: Slopes

    @property
    def value(self) -> Decimal:
        return self.estimate.value

    def __add__(self, other: "Dual") -> "Dual":
        return Dual(
            self.estimate + other.estimate,
            _merged(self.slopes, other.slopes, lambda a, b: a + b),
        )

    def __neg__(self) -> "Dual":
        return Dual(-self.estimate, {key: -s for key, s in self.slopes.items()})

    def __sub__(self, other: "Dual") -> "Dual":
        return self + -other

    def __mul__(self, other: "Dual") -> "Dual":
        return Dual(
            self.estimate * other.estimate,
            _merged(
                self.slopes,
                other.slopes,
                lambda a, b: a * other.estimate + self.estimate * b,
            ),
        )

    def __truediv__(self, other: "Dual") -> "Dual":
        below = other.estimate * other.estimate
        return Dual(
            self.estimate / other.estimate,
            _merged(
                self.slopes,
                other.slopes,
                lambda a, b: (a * other.estimate - self.estimate * b) / below,
            ),
        )

    def root(self, degree: int) -> "Dual":
        """A root rises with its radicand: only the signs of slopes are kept."""
        slopes = {key: _steep(slope) for key, slope in self.slopes.items()}
        return Dual(self.estimate.root(degree), slopes)


Box = Mapping[object, Estimate]
Compute = Callable[[Box], Dual]


def extreme_of(
    duals: list[Dual], extreme: Callable[[list[Estimate]], Estimate]
) -> Dual:
    """`highest` or `lowest` of several; its slope is one of theirs."""
    slopes = {}
    for key in {key for dual in duals for key in dual.slopes}:
        candidates = [dual.slopes.get(key, _ZERO) for dual in duals]
        slopes[key] = Estimate(
            candidates[0].value, lowest(candidates).low, highest(candidates).high
        )
    return Dual(extreme([dual.estimate for dual in duals]), slopes)


def tightened(
    plain: Estimate,
    box: Box,
    compute: Compute,
    has_turns: Callable[[object], bool],
) -> Estimate:
    """The interval of a result whose inputs `box` occur more than once.

    `compute` returns the result for narrower inputs, `plain` is that for the whole box;
    `has_turns` says whether the result may be non-monotonic in an input.
    """
    low = _least(box, compute, has_turns, 1)
    high = _least(box, compute, has_turns, -1)
    low, high = max(low, plain.low), min(high.copy_negate(), plain.high)
    return Estimate(plain.value, min(low, plain.value), max(high, plain.value))


def _least(
    box: Box, compute: Compute, has_turns: Callable[[object], bool], sign: int
) -> Decimal:
    """The least of the result (sign 1), or of its negative (sign -1)."""
    pinned, left = dict(box), set(box)
    while left:
        slopes = compute(pinned).slopes
        settled = {
            key: end
            for key in left
            if (end := _end(box[key], slopes.get(key, _ZERO), sign)) is not None
        }
        pinned |= settled
        left -= settled.keys()
        if not settled:
            break
    keys = [key for key in left if not has_turns(key)]
    if not keys or len(keys) > MOST_TRIED:
        return _low(compute(pinned).estimate, sign)
    tries = product(*((_fixed(box[key].low), _fixed(box[key].high)) for key in keys))
    return min(
        _low(compute(pinned | dict(zip(keys, ends, strict=True))).estimate, sign)
        for ends in tries
    )


def _end(estimate: Estimate, slope: Estimate, sign: int) -> Estimate | None:
    """The end of an input at which the result is least, None when the slope changes."""
    slope = slope if sign > 0 else -slope
    if slope.low >= 0:
        return _fixed(estimate.low)
    return _fixed(estimate.high) if slope.high <= 0 else None


def _fixed(end: Decimal) -> Estimate:
    return Estimate.exact(end if end.is_finite() else _FAR.copy_sign(end))


def _low(estimate: Estimate, sign: int) -> Decimal:
    low = estimate.low if sign > 0 else estimate.high.copy_negate()
    return -INFINITY if low < -_ENDLESS else low


def _steep(slope: Estimate) -> Estimate:
    """Any slope of the same sign."""
    low = Decimal(0) if slope.low >= 0 else -INFINITY
    high = Decimal(0) if slope.high <= 0 else INFINITY
    return Estimate(Decimal(0), low, high)


def _merged(
    left: Slopes, right: Slopes, join: Callable[[Estimate, Estimate], Estimate]
) -> Slopes:
    keys = left.keys() | right.keys()
    return {key: join(left.get(key, _ZERO), right.get(key, _ZERO)) for key in keys}
