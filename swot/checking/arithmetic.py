"""The numbers with which expressions are computed: intervals, with or without
slopes."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from .dependence import Box, Dual, extreme_of
from .dimensions import Dimension
from .facts import Fact
from .intervals import Estimate

ONE = Estimate.exact(Decimal(1))

# The operands: intervals, or intervals with their slopes.
Number = TypeVar("Number", Estimate, Dual)
Extreme = Callable[[list[Estimate]], Estimate]


@dataclass(frozen=True)
class Quantity(Generic[Number]):
    """A number in base units and what it measures."""

    estimate: Number
    dimension: Dimension


@dataclass(frozen=True)
class Arithmetic(Generic[Number]):
    """Turns constants, facts and the greatest or least of several into numbers."""

    of: Callable[[Estimate], Number]
    of_fact: Callable[[Fact], Number]
    extreme: Callable[[list[Number], Extreme], Number]


def plain() -> Arithmetic[Estimate]:
    return Arithmetic(
        lambda estimate: estimate,
        lambda fact: fact.estimate,
        lambda estimates, extreme: extreme(estimates),
    )


def with_slopes(box: Box) -> Arithmetic[Dual]:
    """Numbers with their slope in each input of `box`."""

    def of_fact(fact: Fact) -> Dual:
        if fact.key in box:
            return Dual(box[fact.key], {fact.key: ONE})
        return Dual(fact.estimate, {})

    return Arithmetic(lambda estimate: Dual(estimate, {}), of_fact, extreme_of)
