"""What results measure: yuan, yuan per item, percent, percentage points."""

from datasets.units import CURRENCIES, MEASURES

from .errors import NoResultError
from .measures import measure_of

# Powers of what is measured: yuan per item is (("CNY", 1), ("COUNT", -1)).
# None is a bare number, which takes the unit of what it is added to.
Dimension = tuple[tuple[str, int], ...] | None

PURE: Dimension = ()
POINTS: Dimension = (("PP", 1),)
COUNTED: Dimension = (("COUNT", 1),)
RANKED: Dimension = (("RANK", 1),)
# A bare 2 beside yuan could mean 2 yuan or 2 亿元: such numbers must name their unit.
_SCALED = {m.dimension for m in MEASURES.values() if m.exponent} - {"COUNT"}


def dimension_of(unit: str) -> Dimension:
    """What a unit code measures; percentages are pure numbers.

    Raises NoResultError of kind unknown_unit for an unknown code.
    """
    name = measure_of(unit).dimension
    return PURE if name == "PERCENT" else ((name, 1),)


def fits(dimension: Dimension, unit: str) -> bool:
    """Whether a result of this dimension can be stated in a unit ("" for none)."""
    if dimension is None:
        return True
    if not unit:
        return dimension in (PURE, POINTS, RANKED, COUNTED)
    return dimension_of(unit) == dimension


def combine(left: Dimension, right: Dimension, sign: int) -> Dimension:
    """The dimension of a product (sign 1) or quotient (sign -1)."""
    if left is None and right is None:
        return None
    powers = dict(left or ())
    for name, power in right or ():
        powers[name] = powers.get(name, 0) + sign * power
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def common(dimensions: list[Dimension]) -> Dimension:
    """The one dimension of terms that are added or compared; NoResultError if mixed."""
    known = {dimension for dimension in dimensions if dimension is not None}
    if len(known) > 1:
        money = {name for dimension in known for name, _ in dimension}
        raise NoResultError("currencies" if money <= set(CURRENCIES) else "units")
    dimension = known.pop() if known else None
    if None in dimensions and any(name in _SCALED for name, _ in dimension or ()):
        raise NoResultError("bare_number")
    return dimension


def of_sum(dimensions: list[Dimension]) -> Dimension:
    """The dimension of a sum: percent plus percentage points are percent."""
    if {PURE, POINTS} == set(dimensions):
        return PURE
    return common(dimensions)


def of_difference(first: Dimension, second: Dimension, is_rest: bool) -> Dimension:
    """The dimension of a difference: two percentages differ by percentage points.

    `is_rest` says that it is 100% minus a share, which is a share again.
    """
    if (first, second) == (PURE, POINTS):
        return PURE
    dimension = common([first, second])
    return POINTS if first == second == PURE and not is_rest else dimension
