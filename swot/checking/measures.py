"""What unit codes measure, with unknown codes handled."""

from datasets.units import MEASURES, Measure

from .errors import NoResultError


def measure_of(unit: str) -> Measure:
    """What a unit measures; NoResultError for an unknown code."""
    try:
        return MEASURES[unit]
    except KeyError:
        raise NoResultError("unknown_unit", str(unit)) from None


def exponent(unit: str) -> int:
    """The power of ten of one `unit` in base units; percent are hundredths."""
    measure = measure_of(unit)
    return -2 if measure.dimension in ("PERCENT", "PP") else measure.exponent
