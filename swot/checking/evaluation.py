"""Computes a validated expression from facts: decimal intervals and units, no code."""

from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal, DecimalException
from typing import Any, Generic

from . import orderings
from .arithmetic import ONE, Arithmetic, Extreme, Number, Quantity, plain, with_slopes
from .dependence import Box, Dual, tightened
from .dimensions import (
    COUNTED,
    PURE,
    RANKED,
    combine,
    common,
    dimension_of,
    fits,
    of_difference,
    of_sum,
)
from .editions import FactSource
from .errors import NoResultError
from .expressions import LISTS, OVER_VALUES, REFERENCES, Reference, constant, references
from .facts import MAX_VALUES, Fact
from .intervals import Estimate, highest, lowest
from .measures import exponent
from .periods import demand_one_kind, demand_order

Node = dict[str, Any]

# How often an input occurs in the numerator and denominator of a quotient.
Degrees = tuple[int, int]


_EMPTY = Estimate.exact(Decimal(0))
# Their first value is the newer one.
_OVER_TIME = {"diff", "pct_change", "pp_change", "cagr"}


@dataclass(frozen=True)
class Result:
    """The result of an expression, the facts it read in order, and whether values
    tie."""

    quantity: Quantity[Estimate]
    inputs: tuple[Fact, ...]
    is_tied: bool = False

    def in_unit(self, unit: str) -> Estimate:
        """The result in a unit code ("" for a bare number).

        Raises NoResultError of kind units if the result measures something else.
        """
        if not fits(self.quantity.dimension, unit):
            raise NoResultError("units", unit)
        if self.quantity.dimension is None or not unit:
            return self.quantity.estimate
        return self.quantity.estimate.scaleb(-exponent(unit))


def evaluate(tree: dict, facts: FactSource) -> Result:
    """Compute a validated tree; raises NoResultError saying why there is no result.

    An input that occurs twice is one number: its uncertainty is not counted twice.
    """
    evaluator = _Evaluator(facts, plain())
    try:
        quantity = evaluator.quantity(tree)
        demand_one_kind(evaluator.inputs.values())
        estimate = _without_repeats(tree, evaluator, quantity.estimate)
    except ZeroDivisionError:
        raise NoResultError("zero_division") from None
    except DecimalException:
        raise NoResultError("too_large") from None
    if estimate is not quantity.estimate:
        quantity = replace(quantity, estimate=estimate)
    return Result(quantity, tuple(evaluator.inputs.values()), evaluator.is_tied)


def _without_repeats(
    tree: Node, evaluator: "_Evaluator[Estimate]", plain: Estimate
) -> Estimate:
    """The interval narrowed by what the repeated inputs have in common."""
    repeated = {
        key: evaluator.inputs[key].estimate
        for key, times in evaluator.times.items()
        if times > 1 and not evaluator.inputs[key].estimate.is_exact
    }
    if not repeated:
        return plain

    def compute(box: Box) -> Dual:
        return _Evaluator(evaluator.facts, with_slopes(box)).quantity(tree).estimate

    def has_turns(key: object) -> bool:
        return max(_degrees(tree, key, evaluator.facts)) > 1

    return tightened(plain, repeated, compute, has_turns)


def _degrees(node: Node, key: object, facts: FactSource) -> Degrees:
    """How often an input occurs in numerator and denominator of a quotient; "more than
    once" also stands for results that may be non-monotonic."""
    op = node["op"]
    if op in REFERENCES:
        resolved = facts.resolve(Reference.of(node))
        return (int(any(fact.key == key for fact in resolved)), 0)
    if op == "const":
        return (0, 0)
    above, below = 0, 0
    for position, child in enumerate(node["args"]):
        up, down = _degrees(child, key, facts)
        if (up or down) and op not in _RATIONAL:
            return (2, 2)
        if op == "mul" or (op in _QUOTIENTS and not position):
            above, below = above + up, below + down
        elif op in _QUOTIENTS:
            above, below = above + down, below + up
        else:
            above, below = max(above + down, up + below), below + down
    return above, below


_QUOTIENTS = {"ratio", "share", "pct_change"}
_RATIONAL = _QUOTIENTS | {"add", "sum", "mean", "diff", "pp_change", "mul"}


@dataclass
class _Evaluator(Generic[Number]):
    """Walks a tree and notes what it reads, how often, and whether values tie."""

    facts: FactSource
    arithmetic: Arithmetic[Number]
    inputs: dict[object, Fact] = field(default_factory=dict)
    times: Counter[object] = field(default_factory=Counter)
    is_tied: bool = False

    def quantity(self, node: Node) -> Quantity[Number]:
        op = node["op"]
        if op in REFERENCES:
            return self._of(self._read(node)[0])
        if op == "const":
            return self._const(node)
        if op in OVER_VALUES:
            read: Any = self._facts(node)
        else:
            read = self._terms(node)
        result: Quantity[Number] = getattr(self, f"_{op}")(read, node)
        return result

    def _read(self, node: Node) -> list[Fact]:
        return self._keep(self.facts.resolve(Reference.of(node)))

    def _keep(self, facts: list[Fact]) -> list[Fact]:
        for fact in facts:
            self.inputs[fact.key] = fact
            if fact.value is None:
                raise NoResultError("missing", fact.code or fact.label("en"))
        if len(self.inputs) > MAX_VALUES:
            raise NoResultError("too_many", str(MAX_VALUES))
        return facts

    def _of(self, fact: Fact) -> Quantity[Number]:
        self.times[fact.key] += 1
        return Quantity(self.arithmetic.of_fact(fact), dimension_of(fact.unit))

    def _leaf(self, estimate: Estimate) -> Number:
        return self.arithmetic.of(estimate)

    def _const(self, node: Node) -> Quantity[Number]:
        value, unit = Estimate.exact(constant(node)), node.get("unit", "")
        if not unit:
            return Quantity(self._leaf(value), None)
        return Quantity(self._leaf(value.scaleb(exponent(unit))), dimension_of(unit))

    def _terms(self, node: Node) -> list[Quantity[Number]]:
        read = [self._term(child) for child in node["args"]]
        if node["op"] in _OVER_TIME:
            demand_order(*(facts for _, facts in read))
        return [term for terms, _ in read for term in terms]

    def _term(self, node: Node) -> tuple[list[Quantity[Number]], list[Fact]]:
        """The quantities of an argument, and the facts it reads."""
        if node["op"] in REFERENCES:
            facts = self._listed(node) if node["op"] in LISTS else self._read(node)
            return list(map(self._of, facts)), facts
        below = [] if node["op"] == "const" else references(node)
        return [self.quantity(node)], [
            fact for reference in below for fact in self.facts.resolve(reference)
        ]

    def _listed(self, node: Node, level: str | None = None) -> list[Fact]:
        """The values of a list; without named regions, every region of one level."""
        if node["op"] != "across" or node.get("regions"):
            return self._read(node)
        reference = Reference.of(node)
        facts = orderings.one_level(self.facts.resolve(reference), level)
        orderings.demand_all(facts, self.facts, reference.within)
        return self._keep(facts)

    def _facts(self, node: Node) -> list[Fact]:
        subject, *others = node["args"]
        facts = list(self._listed(subject))
        level = facts[0].region_level if node["op"] == "rank" else None
        for child in others:
            try:
                facts += self._listed(child, level)
            except NoResultError as error:
                if level is None or error.kind != "missing":
                    raise
                # A rank among part of the set is not a rank in the whole set.
                raise NoResultError("incomplete", error.about) from None
        orderings.demand_comparable(facts)
        return facts

    # Arithmetic

    def _add(self, terms: list[Quantity[Number]], node: Node) -> Quantity[Number]:
        dimension = of_sum([term.dimension for term in terms])
        total = self._leaf(_EMPTY)
        for term in terms:
            total = total + term.estimate
        return Quantity(total, dimension)

    _sum = _add

    def _diff(self, terms: list[Quantity[Number]], node: Node) -> Quantity[Number]:
        first, second = terms
        is_rest = node["args"][0] == {"op": "const", "value": "100", "unit": "PERCENT"}
        dimension = of_difference(first.dimension, second.dimension, is_rest)
        return Quantity(first.estimate - second.estimate, dimension)

    def _mul(self, terms: list[Quantity[Number]], node: Node) -> Quantity[Number]:
        estimate, dimension = self._leaf(ONE), None
        for term in terms:
            estimate = estimate * term.estimate
            dimension = combine(dimension, term.dimension, 1)
        return Quantity(estimate, dimension)

    def _ratio(self, terms: list[Quantity[Number]], node: Node) -> Quantity[Number]:
        first, second = terms
        dimension = combine(first.dimension, second.dimension, -1)
        return Quantity(first.estimate / second.estimate, dimension)

    def _share(self, terms: list[Quantity[Number]], node: Node) -> Quantity[Number]:
        part, whole = terms
        common([part.dimension, whole.dimension])
        return Quantity(part.estimate / whole.estimate, PURE)

    def _pct_change(
        self, terms: list[Quantity[Number]], node: Node
    ) -> Quantity[Number]:
        """new ÷ old − 1, in which each value occurs once: the interval is exact."""
        if terms[1].estimate.value < 0:
            raise NoResultError("negative_base")
        growth = self._share(terms, node).estimate - self._leaf(ONE)
        return Quantity(growth, PURE)

    def _pp_change(self, terms: list[Quantity[Number]], node: Node) -> Quantity[Number]:
        if common([term.dimension for term in terms]) not in (PURE, None):
            raise NoResultError("units")
        return self._diff(terms, node)

    def _cagr(self, terms: list[Quantity[Number]], node: Node) -> Quantity[Number]:
        growth = self._share(terms, node).estimate
        if terms[1].estimate.value < 0 or growth.value <= 0:
            raise NoResultError("negative_base")
        years = node.get("years") or self._years_between(node["args"])
        return Quantity(growth.root(years) - self._leaf(ONE), PURE)

    def _years_between(self, args: list[Node]) -> int:
        years: list[int] = []
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

    def _mean(self, terms: list[Quantity[Number]], node: Node) -> Quantity[Number]:
        count = self._leaf(Estimate.exact(Decimal(len(terms))))
        added = self._add(terms, node)
        return Quantity(added.estimate / count, added.dimension)

    def _max(self, terms: list[Quantity[Number]], node: Node) -> Quantity[Number]:
        return self._extreme(terms, highest)

    def _min(self, terms: list[Quantity[Number]], node: Node) -> Quantity[Number]:
        return self._extreme(terms, lowest)

    def _extreme(
        self, terms: list[Quantity[Number]], extreme: Extreme
    ) -> Quantity[Number]:
        dimension = common([term.dimension for term in terms])
        estimates = [term.estimate for term in terms]
        return Quantity(self.arithmetic.extreme(estimates, extreme), dimension)

    # Comparisons between observations

    def _argmax(self, facts: list[Fact], node: Node, sign: int = 1) -> Quantity[Number]:
        estimate, is_tied = orderings.extreme_year(facts, sign)
        self.is_tied |= is_tied
        return Quantity(self._leaf(estimate), None)

    def _argmin(self, facts: list[Fact], node: Node) -> Quantity[Number]:
        return self._argmax(facts, node, sign=-1)

    def _trend(self, facts: list[Fact], node: Node) -> Quantity[Number]:
        return Quantity(self._leaf(orderings.direction(facts)), PURE)

    def _count(self, facts: list[Fact], node: Node) -> Quantity[Number]:
        return Quantity(self._leaf(orderings.count(facts, node)), COUNTED)

    def _rank(self, facts: list[Fact], node: Node) -> Quantity[Number]:
        estimate, is_tied = orderings.place(facts, node.get("order", "desc"))
        self.is_tied |= is_tied
        return Quantity(self._leaf(estimate), RANKED)
