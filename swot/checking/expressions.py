"""The closed vocabulary in which claims are computed: a small tree of plain JSON.

A node is an object with an "op". References read observations::

    {"op": "value", "code": "gz_cbec_2019"}
    {"op": "value", "indicator": "gdp", "region": "520000", "period": "2020"}
    {"op": "latest", "indicator": "gdp", "region": "520000"}
    {"op": "range", "indicator": "gdp", "region": "52", "from": "2018", "to": "2023"}
    {"op": "across", "indicator": "gdp", "period": "2020", "regions": ["520000"]}

"breakdown", "vintage" (both empty unless given) and "source" (any unless given) narrow
a series; "across" without regions means every region of one level, "within" a region
if that is given. The other nodes are
{"op": "const", "value": "2", "unit": "COUNT"} and functions with "args". Nothing here
runs code: unknown words, wrong types and large trees are refused before use.
"""

import json
from collections.abc import Iterator, Set
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from datasets.periods import period_bounds
from datasets.units import MEASURES

MAX_DEPTH = 8
MAX_NODES = 64
MAX_TEXT = 120
MAX_BYTES = 16_384
MAX_DIGITS = 30

LISTS = {"range", "across"}
REFERENCES = {"value", "latest"} | LISTS
# op: (fewest, most) arguments
FUNCTIONS = {
    "diff": (2, 2),
    "add": (2, 20),
    "mul": (2, 4),
    "ratio": (2, 2),
    "share": (2, 2),
    "pct_change": (2, 2),
    "pp_change": (2, 2),
    "cagr": (2, 2),
    "sum": (1, 40),
    "mean": (1, 40),
    "min": (1, 40),
    "max": (1, 40),
    "argmax": (1, 40),
    "argmin": (1, 40),
    "trend": (1, 40),
    "count": (1, 40),
    "rank": (2, 40),
}
AGGREGATES = {
    "sum",
    "mean",
    "min",
    "max",
    "argmax",
    "argmin",
    "trend",
    "count",
    "rank",
}
# Functions that name or compare values, and so take references only.
OVER_VALUES = {"argmax", "argmin", "trend", "count", "rank"}
TESTS = ("more", "less", "equal")

_SERIES = {"indicator", "region", "breakdown", "source", "vintage"}
_KEYS = {
    "value": _SERIES | {"period"},
    "latest": _SERIES,
    "range": _SERIES | {"from", "to"},
    "across": _SERIES - {"region"} | {"period", "regions", "within"},
}
_REQUIRED = {
    "value": {"indicator", "region", "period"},
    "latest": {"indicator", "region"},
    "range": {"indicator", "region", "from", "to"},
    "across": {"indicator", "period"},
}
_PERIODS = {"period", "from", "to"}
_EXTRA = {"cagr": {"years"}, "rank": {"order"}, "count": {"test", "than"}}


# The names of a node's keys in messages.
FIELDS = {
    "code": gettext_lazy("Code"),
    "indicator": gettext_lazy("Indicator"),
    "region": gettext_lazy("Region"),
    "regions": gettext_lazy("Regions, with blanks between; none means all"),
    "within": gettext_lazy("Within the region; empty for anywhere"),
    "period": gettext_lazy("Period"),
    "from": gettext_lazy("From"),
    "to": gettext_lazy("To"),
    "breakdown": gettext_lazy("Breakdown"),
    "vintage": gettext_lazy("Vintage"),
    "source": gettext_lazy("Source"),
    "value": gettext_lazy("Number"),
    "unit": gettext_lazy("Unit"),
    "years": gettext_lazy("Years between; empty to take them from the periods"),
    "order": gettext_lazy("Order"),
    "test": gettext_lazy("Which values"),
    "than": gettext_lazy("Number to compare with"),
}


class ExpressionError(ValueError):
    """A tree or formula is refused; the message tells the editor why."""


@dataclass(frozen=True)
class Reference:
    """What a reference node reads; `code` alone, or the parts of a series."""

    op: str
    code: str = ""
    indicator: str = ""
    region: str = ""
    period: str = ""
    start: str = ""
    end: str = ""
    regions: tuple[str, ...] = ()
    within: str = ""
    breakdown: str = ""
    vintage: str = ""
    source: str | None = None

    @classmethod
    def of(cls, node: dict) -> "Reference":
        """The reference of a validated node."""
        regions = node.get("regions")
        if isinstance(regions, list):
            node = node | {"regions": tuple(regions)}
        return _reference(tuple(node.items()))


# A recheck reads the same nodes many times over.
@lru_cache(maxsize=4096)
def _reference(parts: tuple[tuple[str, Any], ...]) -> Reference:
    names = {"from": "start", "to": "end"}
    return Reference(**{names.get(key, key): value for key, value in parts})


def describe(reference: Reference) -> str:
    """A reference in codes, for messages."""
    parts = (
        reference.indicator,
        reference.region,
        reference.period or "–".join(filter(None, (reference.start, reference.end))),
        reference.breakdown,
        reference.vintage,
    )
    return reference.code or " ".join(filter(None, parts))


def validate(tree: Any) -> None:
    """Raise ExpressionError unless `tree` is a sound tree of the vocabulary."""
    _check(tree, depth=1, budget=[MAX_NODES], inside=None)
    if len(json.dumps(tree)) > MAX_BYTES:
        raise ExpressionError(_("The expression is too long."))


def walk(tree: dict) -> Iterator[dict]:
    """Every node of a validated tree, the root first."""
    yield tree
    for child in tree.get("args", ()):
        yield from walk(child)


def references(tree: dict) -> list[Reference]:
    """What a validated tree reads, in order of appearance."""
    return [Reference.of(node) for node in walk(tree) if node["op"] in REFERENCES]


def constant(node: dict) -> Decimal:
    """The number of a const node."""
    return Decimal(node["value"])


def _check(node: Any, depth: int, budget: list[int], inside: str | None) -> None:
    budget[0] -= 1
    if depth > MAX_DEPTH:
        raise ExpressionError(
            _("The expression is nested more than %(limit)d deep.")
            % {"limit": MAX_DEPTH}
        )
    if budget[0] < 0:
        raise ExpressionError(
            _("The expression has more than %(limit)d parts.") % {"limit": MAX_NODES}
        )
    op = node.get("op") if isinstance(node, dict) else None
    if not isinstance(op, str):
        raise ExpressionError(_("Every part of the expression needs an operation."))
    if op in REFERENCES:
        _check_reference(node, op, inside)
    elif op == "const":
        _check_constant(node, inside)
    elif op in FUNCTIONS:
        _check_function(node, op, inside)
        for child in node["args"]:
            _check(child, depth + 1, budget, op)
    else:
        raise ExpressionError(_("“%(op)s” is not an operation.") % {"op": op[:40]})


def _check_reference(node: Any, op: str, inside: str | None) -> None:
    if op in LISTS and inside not in AGGREGATES:
        raise ExpressionError(
            _(
                "Only operations such as sum, mean, min and max take several values "
                "at once."
            )
        )
    if op == "value" and "code" in node:
        _check_keys(node, {"code"}, {"code"})
        _text(node["code"])
        if not node["code"]:
            raise ExpressionError(_("Name the observation."))
        return
    _check_keys(node, _KEYS[op], _REQUIRED[op])
    for key in node.keys() - {"op", "regions"}:
        _text(node[key])
    for key in _REQUIRED[op] - _PERIODS:
        if not node[key]:
            raise ExpressionError(_("“%(key)s” is empty.") % {"key": FIELDS[key]})
    for key in node.keys() & _PERIODS:
        _period(node[key])
    regions = node.get("regions", [])
    if not isinstance(regions, list) or len(regions) > 400:
        raise ExpressionError(_("The regions are a list of at most 400 codes."))
    for region in regions:
        _text(region)


def _check_constant(node: Any, inside: str | None) -> None:
    if inside in OVER_VALUES:
        raise ExpressionError(_("Compare observations, not numbers."))
    _check_keys(node, {"value", "unit"}, {"value"})
    _number(node["value"])
    if node.get("unit", "") not in ["", *MEASURES]:
        raise ExpressionError(_("There is no such unit."))


def _check_function(node: Any, op: str, inside: str | None) -> None:
    if inside in OVER_VALUES:
        raise ExpressionError(_("Compare observations, not results."))
    _check_keys(node, {"args"} | _EXTRA.get(op, set()), {"args"})
    args = node["args"]
    fewest, most = FUNCTIONS[op]
    if not isinstance(args, list) or not fewest <= len(args) <= most:
        raise ExpressionError(
            _("“%(op)s” takes %(fewest)d to %(most)d values.")
            % {"op": op, "fewest": fewest, "most": most}
        )
    if op == "cagr":
        years = node.get("years", 1)
        if type(years) is not int or not 1 <= years <= 200:
            raise ExpressionError(_("The number of years is between 1 and 200."))
    if op == "rank":
        first = args[0].get("op") if isinstance(args[0], dict) else None
        if node.get("order", "desc") not in ("desc", "asc") or first in list(LISTS):
            raise ExpressionError(
                _("A rank needs one value first, then the values to compare it with.")
            )
    if op == "count" and ("test" in node or "than" in node):
        if node.get("test") not in TESTS:
            raise ExpressionError(
                _("Count the values above, below or equal to another value.")
            )
        _number(node.get("than"))


def _check_keys(node: Any, allowed: Set[str], required: Set[str]) -> None:
    unknown = node.keys() - allowed - {"op"}
    if unknown:
        raise ExpressionError(
            _("“%(key)s” is not known here.") % {"key": str(min(unknown, key=str))[:40]}
        )
    missing = required - node.keys()
    if missing:
        key = min(missing)
        raise ExpressionError(
            _("“%(key)s” is missing.") % {"key": FIELDS.get(key, key)}
        )


def _text(value: Any) -> None:
    # Surrogates and control characters cannot be stored in the database.
    if not isinstance(value, str) or len(value) > MAX_TEXT or not value.isprintable():
        raise ExpressionError(
            _("Codes are texts of at most %(limit)d characters.") % {"limit": MAX_TEXT}
        )


def _period(value: Any) -> None:
    try:
        period_bounds(value)
    except (ValueError, OverflowError):
        raise ExpressionError(
            _("“%(period)s” is not a period.") % {"period": value}
        ) from None


def _number(value: Any) -> None:
    """Numbers are written as text, so that no digit is lost."""
    try:
        if not isinstance(value, str) or len(value) > MAX_DIGITS:
            raise InvalidOperation
        number = Decimal(value)
        if not number.is_finite() or abs(number.adjusted()) > MAX_DIGITS:
            raise InvalidOperation
        # No exponents such as 1E-30: the digits written are all the digits.
        if "e" in value.lower():
            raise InvalidOperation
    except InvalidOperation:
        raise ExpressionError(
            _("A number is written as text with at most %(limit)d digits.")
            % {"limit": MAX_DIGITS}
        ) from None
