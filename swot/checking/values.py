"""The values that numbers in texts are bound to, as their sources print them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from datasets.periods import has_base
from datasets.units import CURRENCIES, MEASURES

from .facts import AT_LEAST, EXACT_DIMENSIONS, JUST_UNDER
from .intervals import Estimate

# Growth is not a level: a rise of 5% does not prove a share of 5%.
_LEVELS = {"level", "share"}
# Nor is a flow: exports that rose by 8亿 are not 8亿. A count of new firms may be.
_FLOW, _COUNT = "flow", "count"


@dataclass(frozen=True)
class Value:
    """A value as its source prints it, with which a number is compared.

    `qualifier` is at_least or just_under where the source gives only a bound.
    `is_change` distinguishes growth from a level or share; None if unknown.
    """

    value: Decimal | None
    unit: str
    decimals: int
    qualifier: str = ""
    is_change: bool | None = None


class PrintedValue(Protocol):
    """A value as its source prints it: an observation, for instance."""

    value: Decimal | None
    unit: str
    decimals: int


def value_of(observation: PrintedValue) -> Value:
    """The value of an observation with which a number is compared."""
    indicator = getattr(observation, "indicator", None)
    kind = getattr(indicator, "kind", "")
    qualifier = getattr(observation, "qualifier", "")
    measure = MEASURES.get(observation.unit)
    is_money = measure is not None and is_currency(measure.dimension)
    is_level = (
        kind in _LEVELS
        or (kind == _FLOW and is_money)
        or (kind == _COUNT and not getattr(indicator, "counts_changes", False))
    )
    # A value counted from a base year is an addition to it.
    is_added = has_base(getattr(observation, "breakdown", ""))
    return Value(
        observation.value,
        observation.unit,
        observation.decimals,
        qualifier if qualifier in (AT_LEAST, JUST_UNDER) else "",
        False if is_level and not is_added else None,
    )


def is_currency(dimension: str) -> bool:
    """Whether a dimension is an amount of money."""
    return dimension in CURRENCIES


def printed(value: Decimal, decimals: int, unit: str) -> Estimate:
    """Counts are exact; everything else is known to its printed digits."""
    measure = MEASURES.get(unit)
    if measure and measure.dimension in EXACT_DIMENSIONS and decimals <= 0:
        if not measure.exponent:
            return Estimate.exact(value)
    return Estimate.printed(value, decimals)
