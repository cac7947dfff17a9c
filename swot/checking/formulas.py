"""Parses arithmetic over observation codes into a tree of the closed vocabulary.

The formulas of the study compute with bare numbers, so they convert units by powers of
ten: `a / b * 100` for a percentage, `a / 10000` from 亿元 to 万亿元. Expressions know
the units themselves; such factors are recognised, checked against the units and left
out. What remains at another scale than the stated unit is an error, not a guess.
"""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from .dimensions import (
    Dimension,
    combine,
    dimension_of,
    fits,
    of_difference,
    of_sum,
)
from .errors import NoResultError
from .expressions import ExpressionError, validate
from .measures import exponent

MAX_LENGTH = 500

_SIGNS = {ast.Add: "add", ast.Sub: "diff", ast.Mult: "mul", ast.Div: "ratio"}


@dataclass(frozen=True)
class _Term:
    """A subtree, what it measures, and the power of ten its bare number stands for."""

    tree: dict
    dimension: Dimension
    scale: int = 0

    @property
    def power(self) -> int | None:
        """k when the term is the bare number 10^k (k > 0), else None."""
        if self.tree["op"] != "const" or self.dimension is not None:
            return None
        value = Decimal(self.tree["value"])
        power = value.adjusted()
        return power if power > 0 and value == Decimal(10) ** power else None


def names_in(text: str) -> set[str]:
    """The codes that a formula may name, without judging it."""
    return set(re.findall(r"[^\W\d]\w*", text[:MAX_LENGTH]))


def parse_formula(text: str, units: Mapping[str, str], stated_unit: str) -> dict:
    """The tree of a formula such as "(a - b) / b * 100".

    `units` maps observation codes to their units; ExpressionError says in words what
    is not arithmetic, is unknown, or is not in `stated_unit`.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(_("The expression is too long."))
    try:
        body = ast.parse(text.strip(), mode="eval").body
        term = _convert(body, text.strip(), units)
        scale = exponent(stated_unit) if stated_unit else 0
        is_stated = fits(term.dimension, stated_unit)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        if isinstance(error, ExpressionError):
            raise
        raise ExpressionError(_("This is not arithmetic.")) from None
    except NoResultError:
        raise _misfit() from None
    if not is_stated or (term.dimension is not None and term.scale != scale):
        raise ExpressionError(_("The formula does not give the stated unit."))
    validate(term.tree)
    return term.tree


def _convert(node: ast.expr, text: str, units: Mapping[str, str]) -> _Term:
    if isinstance(node, ast.Name):
        if node.id not in units:
            raise ExpressionError(
                _("There is no observation “%(code)s”.") % {"code": node.id[:64]}
            )
        unit = units[node.id]
        tree = {"op": "value", "code": node.id}
        return _Term(tree, dimension_of(unit), exponent(unit))
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        written = (ast.get_source_segment(text, node) or "").replace("_", "")
        tree = {"op": "const", "value": written}
        validate(tree)
        return _Term(tree, None)
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        left = _convert(node.left, text, units)
        right = _convert(node.right, text, units)
        return _COMBINE[_SIGNS[type(node.op)]](left, right)
    raise ExpressionError(_("A formula may contain only codes, numbers and + − × ÷."))


def _add(left: _Term, right: _Term, op: str = "add") -> _Term:
    dimensions = [left.dimension, right.dimension]
    if op == "add":
        dimension = of_sum(dimensions)
    else:
        dimension = of_difference(left.dimension, right.dimension, is_rest=False)
    scales = {term.scale for term in (left, right) if term.dimension is not None}
    if len(scales) > 1 or (None in dimensions and any(dimensions) and any(scales)):
        raise _misfit()
    args = [left.tree, right.tree]
    if op == "add" and left.tree["op"] == "add" and len(left.tree["args"]) < 20:
        args = [*left.tree["args"], right.tree]
    return _Term({"op": op, "args": args}, dimension, max(scales, default=0))


def _diff(left: _Term, right: _Term) -> _Term:
    return _add(left, right, "diff")


def _mul(left: _Term, right: _Term) -> _Term:
    if left.power is not None and right.dimension is not None:
        left, right = right, left
    if right.power is not None and left.dimension is not None:
        return _as_percent(replace(left, scale=left.scale - right.power))
    return _Term(
        {"op": "mul", "args": [left.tree, right.tree]},
        combine(left.dimension, right.dimension, 1),
        left.scale + right.scale,
    )


def _as_percent(term: _Term) -> _Term:
    """A ratio times 100 is a share, when it is stated in percent."""
    if term.scale == -2 and term.tree["op"] == "ratio":
        return replace(term, tree=term.tree | {"op": "share"})
    return term


def _ratio(left: _Term, right: _Term) -> _Term:
    if right.power is not None and left.dimension is not None:
        return replace(left, scale=left.scale + right.power)
    op, args = "ratio", [left.tree, right.tree]
    if left.tree["op"] == "diff" and left.tree["args"][1] == right.tree:
        op, args = "pct_change", left.tree["args"]
    return _Term(
        {"op": op, "args": args},
        combine(left.dimension, right.dimension, -1),
        left.scale - right.scale,
    )


_COMBINE = {"add": _add, "diff": _diff, "mul": _mul, "ratio": _ratio}


def _misfit() -> ExpressionError:
    return ExpressionError(_("These units do not fit together."))
