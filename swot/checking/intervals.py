"""Decimal arithmetic on values known only to their printed digits.

An `Estimate` is a value and the interval in which it may lie before rounding. Each
operation keeps the true result inside: low ends round down, high ends round up.
"""

from dataclasses import dataclass
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

_TRAPS = [InvalidOperation, DivisionByZero, Overflow]
MIDDLE = Context(prec=60, rounding=ROUND_HALF_UP, traps=_TRAPS)
DOWN = Context(prec=60, rounding=ROUND_FLOOR, traps=_TRAPS)
UP = Context(prec=60, rounding=ROUND_CEILING, traps=_TRAPS)

INFINITY = Decimal("Infinity")
HALF = Decimal("0.5")
# "Nearly 90" and "just under 90" mean from nine tenths of 90 up to 90, not included.
NEARLY_SHARE = Decimal("0.9")


@dataclass(frozen=True)
class Estimate:
    """A value with low <= value <= high; the ends may be infinite."""

    value: Decimal
    low: Decimal
    high: Decimal

    @classmethod
    def exact(cls, value: Decimal) -> "Estimate":
        return cls(value, value, value)

    @classmethod
    def printed(cls, value: Decimal, decimals: int) -> "Estimate":
        """A value printed with `decimals` decimals: half a unit of the last either way.

        Negative decimals mean whole tens, hundreds and so on.
        """
        half = HALF.scaleb(-decimals, MIDDLE)
        return cls(value, DOWN.subtract(value, half), UP.add(value, half))

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def is_bounded(self) -> bool:
        return self.low.is_finite() and self.high.is_finite()

    def scaleb(self, exponent: int) -> "Estimate":
        """The same quantity in a unit smaller by `exponent` powers of ten."""
        return Estimate(
            *(
                end.scaleb(exponent, MIDDLE) if end.is_finite() else end
                for end in (self.value, self.low, self.high)
            )
        )

    def __add__(self, other: "Estimate") -> "Estimate":
        return Estimate(
            MIDDLE.add(self.value, other.value),
            DOWN.add(self.low, other.low),
            UP.add(self.high, other.high),
        )

    def __neg__(self) -> "Estimate":
        # copy_negate keeps every digit; unary minus would round to 28 of them.
        return Estimate(
            self.value.copy_negate(), self.high.copy_negate(), self.low.copy_negate()
        )

    def __sub__(self, other: "Estimate") -> "Estimate":
        return self + -other

    def __mul__(self, other: "Estimate") -> "Estimate":
        pairs = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Estimate(
            MIDDLE.multiply(self.value, other.value),
            min(_product(DOWN, a, b) for a, b in pairs),
            max(_product(UP, a, b) for a, b in pairs),
        )

    def __truediv__(self, other: "Estimate") -> "Estimate":
        """Raises ZeroDivisionError for a zero divisor.

        If the divisor may be zero, the interval is unbounded on both sides.
        """
        if other.value == 0:
            raise ZeroDivisionError
        value = MIDDLE.divide(self.value, other.value)
        if other.low <= 0 <= other.high:
            return Estimate(value, -INFINITY, INFINITY)
        if not (self.is_bounded and other.is_bounded):
            part = self * other._inverse()
            return Estimate(value, part.low, part.high)
        pairs = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Estimate(
            value,
            min(DOWN.divide(a, b) for a, b in pairs),
            max(UP.divide(a, b) for a, b in pairs),
        )

    def _inverse(self) -> "Estimate":
        """1 ÷ this, for an interval without zero; an open end gives zero."""
        return Estimate(
            MIDDLE.divide(Decimal(1), self.value),
            DOWN.divide(Decimal(1), self.high),
            UP.divide(Decimal(1), self.low),
        )

    def root(self, degree: int) -> "Estimate":
        """The degree-th root of a positive quantity; ValueError when it is not."""
        if self.value <= 0 or degree < 1:
            raise ValueError(degree)
        exponent = MIDDLE.divide(Decimal(1), Decimal(degree))
        value = MIDDLE.power(self.value, exponent)
        low, high = Decimal(0), INFINITY
        if self.low > 0:
            low = _outward(DOWN.power(self.low, exponent), -1)
        if self.high.is_finite():
            high = _outward(UP.power(self.high, exponent), 1)
        return Estimate(value, low, high)


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """Round as publications do: 0.165 to two decimals is 0.17, -0.165 is -0.17.

    Negative decimals round to tens, hundreds and so on.
    """
    return value.quantize(Decimal(1).scaleb(-decimals, MIDDLE), ROUND_HALF_UP, MIDDLE)


def highest(estimates: list[Estimate]) -> Estimate:
    """The greatest of several quantities."""
    return Estimate(
        max(e.value for e in estimates),
        max(e.low for e in estimates),
        max(e.high for e in estimates),
    )


def lowest(estimates: list[Estimate]) -> Estimate:
    """The least of several quantities."""
    return -highest([-estimate for estimate in estimates])


def _product(context: Context, a: Decimal, b: Decimal) -> Decimal:
    """a times b where an infinite end times a certain zero is zero."""
    if a == 0 or b == 0:
        return Decimal(0)
    return context.multiply(a, b)


def _outward(value: Decimal, sign: int) -> Decimal:
    """Widen by one part in 10^50, because roots and their exponents are inexact."""
    step = Decimal(1).scaleb(value.adjusted() - 50, MIDDLE)
    return (UP if sign > 0 else DOWN).add(value, step * sign)
