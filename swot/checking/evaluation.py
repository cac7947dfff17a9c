"""Computes a validated expression from facts: decimal intervals and units, no code."""

from dataclasses import dataclass, field
from decimal import Decimal, DecimalException

from datasets.units import MEASURES

from .expressions import LISTS, OVER_VALUES, REFERENCES, Reference, constant
from .facts import MAX_VALUES, Fact, Facts, NoResultError, exponent, shape
from .intervals import MIDDLE, Estimate, highest, lowest, total

# Powers of what is measured: yuan per item is (("CNY", 1), ("COUNT", -1)).
# None is a bare number, which takes the unit of whatever it is added to.
Dimension = tuple[tuple[str, int], ...] | None

PURE: Dimension = ()
COUNTED: Dimension = (("COUNT", 1),)
RANKED: Dimension = (("RANK", 1),)
_ONE = Estimate.exact(Decimal(1))
# A bare 2 beside yuan could mean 2 yuan or 2 亿元: such numbers name their unit.
_SCALED = {m.dimension for m in MEASURES.values() if m.exponent} - {"COUNT"}


@dataclass(frozen=True)
class Quantity:
    """A number in base units and what it measures."""

    estimate: Estimate
    dimension: Dimension


@dataclass(frozen=True)
class Result:
    """What an expression gives, the facts it read in order, and whether values tie."""

    quantity: Quantity
    inputs: tuple[Fact, ...]
    is_tied: bool = False

    def in_unit(self, unit: str) -> Estimate:
        """The result in a unit code ("" for a bare number).

        NoResultError of kind units when the result measures something else.
        """
        if not fits(self.quantity.dimension, unit):
            raise NoResultError("units", unit)
        if self.quantity.dimension is None or not unit:
            return self.quantity.estimate
        return self.quantity.estimate.scaleb(-exponent(unit))


def evaluate(tree: dict, facts: Facts) -> Result:
    """Compute a validated tree; NoResultError says why there is no result."""
    evaluator = _Evaluator(facts)
    try:
        quantity = evaluator.quantity(tree)
    except ZeroDivisionError:
        raise NoResultError("zero_division") from None
    except DecimalException:
        raise NoResultError("too_large") from None
    return Result(quantity, tuple(evaluator.inputs.values()), evaluator.is_tied)


def dimension_of(unit: str) -> Dimension:
    """What a unit code measures; percentages are pure numbers."""
    name = MEASURES[unit].dimension
    return PURE if name == "PERCENT" else ((name, 1),)


def fits(dimension: Dimension, unit: str) -> bool:
    """Whether a result of this dimension can be stated in a unit ("" for none)."""
    if dimension is None:
        return True
    if not unit:
        return dimension in (PURE, RANKED, COUNTED)
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
    found = {dimension for dimension in dimensions if dimension is not None}
    if len(found) > 1:
        raise NoResultError("units")
    dimension = found.pop() if found else None
    if None in dimensions and any(name in _SCALED for name, _ in dimension or ()):
        raise NoResultError("bare_number")
    return dimension


@dataclass
class _Evaluator:
    facts: Facts
    inputs: dict = field(default_factory=dict)
    is_tied: bool = False

    def quantity(self, node):
        op = node["op"]
        if op in REFERENCES:
            return self._of(self._read(node)[0])
        if op == "const":
            return _constant(node)
        if op in OVER_VALUES:
            return getattr(self, f"_{op}")(self._facts(node), node)
        return getattr(self, f"_{op}")(self._terms(node), node)

    def _read(self, node):
        found = self.facts.resolve(Reference.of(node))
        for fact in found:
            self.inputs[fact.pk if fact.pk is not None else fact] = fact
            if fact.value is None:
                raise NoResultError("missing", fact.code or fact.label("en"))
        if len(self.inputs) > MAX_VALUES:
            raise NoResultError("too_many", str(MAX_VALUES))
        return found

    def _of(self, fact):
        return Quantity(fact.estimate, dimension_of(fact.unit))

    def _terms(self, node):
        terms = []
        for child in node["args"]:
            if child["op"] in LISTS:
                terms += map(self._of, self._read(child))
            else:
                terms.append(self.quantity(child))
        return terms

    def _facts(self, node):
        found = [fact for child in node["args"] for fact in self._read(child)]
        common([dimension_of(fact.unit) for fact in found])
        return found

    # Arithmetic

    def _add(self, terms, node):
        dimension = common([term.dimension for term in terms])
        return Quantity(total([term.estimate for term in terms]), dimension)

    _sum = _add

    def _diff(self, terms, node):
        first, second = terms
        dimension = common([first.dimension, second.dimension])
        return Quantity(first.estimate - second.estimate, dimension)

    def _mul(self, terms, node):
        estimate, dimension = _ONE, None
        for term in terms:
            estimate = estimate * term.estimate
            dimension = combine(dimension, term.dimension, 1)
        return Quantity(estimate, dimension)

    def _ratio(self, terms, node):
        first, second = terms
        dimension = combine(first.dimension, second.dimension, -1)
        return Quantity(first.estimate / second.estimate, dimension)

    def _share(self, terms, node):
        part, whole = terms
        common([part.dimension, whole.dimension])
        return Quantity(part.estimate / whole.estimate, PURE)

    def _pct_change(self, terms, node):
        """new ÷ old − 1, in which each value stands once: the interval is exact."""
        if terms[1].estimate.value < 0:
            raise NoResultError("negative_base")
        growth = self._share(terms, node).estimate - _ONE
        return Quantity(growth, PURE)

    def _pp_change(self, terms, node):
        if common([term.dimension for term in terms]) not in (PURE, None):
            raise NoResultError("units")
        return self._diff(terms, node)

    def _cagr(self, terms, node):
        growth = self._share(terms, node).estimate
        if terms[1].estimate.value < 0 or growth.value <= 0:
            raise NoResultError("negative_base")
        years = node.get("years") or self._years_between(node["args"])
        return Quantity(growth.root(years) - _ONE, PURE)

    def _years_between(self, args):
        years = []
        for node in args:
            if node["op"] not in ("value", "latest"):
                raise NoResultError("years")
            bounds = self.facts.resolve(Reference.of(node))[0].bounds
            if bounds is None:
                raise NoResultError("years")
            years.append(bounds[0].year)
        count = years[0] - years[1]
        if not 1 <= count <= 200:
            raise NoResultError("years")
        return count

    def _mean(self, terms, node):
        count = Estimate.exact(Decimal(len(terms)))
        added = self._add(terms, node)
        return Quantity(added.estimate / count, added.dimension)

    def _max(self, terms, node):
        dimension = common([term.dimension for term in terms])
        return Quantity(highest([term.estimate for term in terms]), dimension)

    def _min(self, terms, node):
        dimension = common([term.dimension for term in terms])
        return Quantity(lowest([term.estimate for term in terms]), dimension)

    # Comparisons between observations

    def _argmax(self, found, node, sign=1):
        """The year in which the value is highest."""
        estimates = [_signed(fact, sign) for fact in found]
        best = max(estimates, key=lambda estimate: estimate.value)
        years = [_year(fact) for fact in found]
        pairs = list(zip(years, estimates, strict=True))
        first = [year for year, e in pairs if e.value == best.value]
        self.is_tied |= len(set(first)) > 1
        possible = [year for year, e in pairs if e.high >= best.low]
        ends = (first[0], min(possible), max(possible))
        return Quantity(Estimate(*map(Decimal, ends)), None)

    def _argmin(self, found, node):
        return self._argmax(found, node, sign=-1)

    def _trend(self, found, node):
        """1 when every value exceeds the one before, -1 when each is less, else 0."""
        if len(found) < 2 or len({shape(fact.period) for fact in found}) > 1:
            raise NoResultError("order")
        estimates = [f.estimate for f in sorted(found, key=lambda f: f.period)]
        steps = list(zip(estimates, estimates[1:], strict=False))
        for sign, is_step in ((1, _rises), (-1, _falls)):
            if all(is_step(a, b) for a, b in steps):
                sure = all(not _touch(a, b) for a, b in steps)
                ends = (sign,) * 3 if sure else (sign, -1, 1)
                return Quantity(Estimate(*map(Decimal, ends)), PURE)
        unsure = any(_touch(a, b) for a, b in steps)
        ends = (0, -1, 1) if unsure else (0, 0, 0)
        return Quantity(Estimate(*map(Decimal, ends)), PURE)

    def _count(self, found, node):
        """How many values there are, or pass a test against a printed number."""
        if "test" not in node:
            return Quantity(Estimate.exact(Decimal(len(found))), COUNTED)
        results = []
        for fact in found:
            than = Decimal(node["than"]).scaleb(exponent(found[0].unit), MIDDLE)
            results.append(_passes(fact.estimate, node["test"], than))
        ends = (sum(column) for column in zip(*results, strict=True))
        return Quantity(Estimate(*map(Decimal, ends)), COUNTED)

    def _rank(self, found, node):
        """The place of the first value among all, 1 for the highest (asc: lowest)."""
        sign = -1 if node.get("order") == "asc" else 1
        subject, *rest = found
        own = _signed(subject, sign)
        others = [
            _signed(fact, sign) for fact in dict.fromkeys(rest) if fact != subject
        ]
        self.is_tied |= any(other.value == own.value for other in others)
        ends = (
            1 + sum(other.value > own.value for other in others),
            1 + sum(other.low > own.high for other in others),
            1 + sum(other.high > own.low for other in others),
        )
        return Quantity(Estimate(*map(Decimal, ends)), RANKED)


def _constant(node):
    value, unit = constant(node), node.get("unit", "")
    if not unit:
        return Quantity(Estimate.exact(value), None)
    return Quantity(Estimate.exact(value).scaleb(exponent(unit)), dimension_of(unit))


def _signed(fact, sign):
    return fact.estimate if sign > 0 else -fact.estimate


def _year(fact):
    if fact.bounds is None:
        raise NoResultError("order")
    return fact.bounds[0].year


def _rises(a, b):
    return b.value > a.value


def _falls(a, b):
    return b.value < a.value


def _touch(a, b):
    return a.low <= b.high and b.low <= a.high


def _passes(estimate, test, than):
    """(passes, surely passes, may pass) as numbers."""
    if test == "more":
        return estimate.value > than, estimate.low > than, estimate.high > than
    if test == "less":
        return estimate.value < than, estimate.high < than, estimate.low < than
    is_sure = estimate.is_exact and estimate.value == than
    return estimate.value == than, is_sure, estimate.low <= than <= estimate.high
