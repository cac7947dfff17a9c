"""What unit codes measure, told without failing for codes that nobody knows."""

from datasets.units import MEASURES, Measure

from .errors import NoResultError


def measure_of(unit: str) -> Measure:
    """What a unit measures; NoResultError for a code that nobody knows."""
    try:
        return MEASURES[unit]
    except KeyError:
        raise NoResultError("unknown_unit", str(unit)) from None


def exponent(unit: str) -> int:
    """The power of ten of one `unit` in base units; percent are hundredths."""
    measure = measure_of(unit)
    return -2 if measure.dimension in ("PERCENT", "PP") else measure.exponent
