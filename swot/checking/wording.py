"""Matches words with computations: "rose" with a change, "highest" with a rank."""

import re
from dataclasses import replace

from .editions import FactSource
from .errors import NoResultError
from .expressions import LISTS, REFERENCES, Reference
from .facts import Fact
from .periods import demand_order
from .verdicts import Comparison, Statement

_CHANGES = {"pct_change", "pp_change", "diff", "cagr", "trend"}
_OF_CHANGES = {"mean", "min", "max", "sum", "add"}
_GROWTH = re.compile(
    r"增幅|增速|增长|增加|降幅|变化|变动|growth|increase|decrease|change|decline",
    re.IGNORECASE,
)
_ORDERS: dict[str, str] = {Comparison.HIGHEST: "desc", Comparison.LOWEST: "asc"}


def fitted(statement: Statement, facts: FactSource) -> Statement:
    """The statement with the computation its word asks for.

    NoResultError when they do not go together: a level neither rises nor falls, a value
    of 1 is not the first rank, and only a quotient doubles.
    """
    word, tree = statement.comparison, statement.expression
    if tree is None:
        raise NoResultError("no_expression")
    if word in _ORDERS:
        if tree["op"] != "rank":
            raise NoResultError("no_rank")
        return replace(statement, expression=tree | {"order": _ORDERS[word]})
    if word in (Comparison.ROSE, Comparison.FELL):
        if not _is_change(tree, facts):
            raise NoResultError("no_change")
    elif word == Comparison.DOUBLED:
        return _as_quotient(statement, facts)
    return statement


def _as_quotient(statement: Statement, facts: FactSource) -> Statement:
    """Growth by 109% is a multiple of 2.09; the newer value is the numerator."""
    tree = statement.expression or {"op": ""}
    if tree["op"] not in ("ratio", "share", "pct_change"):
        raise NoResultError("no_quotient")
    new, old = (_facts_under(node, facts) for node in tree["args"])
    demand_order(new, old)
    if tree["op"] != "pct_change":
        return statement
    is_bare = statement.low is None and statement.unit == "PERCENT"
    return replace(
        statement,
        expression={"op": "share", "args": tree["args"]},
        unit="" if is_bare else statement.unit,
    )


def _is_change(node: dict, facts: FactSource) -> bool:
    op = node["op"]
    if op in REFERENCES:
        return all(_is_growth(f) for f in facts.resolve(Reference.of(node)))
    if op in _OF_CHANGES:
        return all(_is_change(child, facts) for child in node["args"])
    return op in _CHANGES


def _is_growth(fact: Fact) -> bool:
    """Whether an observation itself is a change, as its indicator says.

    Where the indicator does not say, a negative percentage cannot be a share.
    """
    if fact.names:
        return any(_GROWTH.search(name) for _, name in fact.names)
    if fact.kind:
        return fact.kind == "rate"
    is_negative = fact.value is not None and fact.value < 0
    return fact.unit == "PP" or (fact.unit == "PERCENT" and is_negative)


def _facts_under(node: dict, facts: FactSource) -> list[Fact]:
    if node["op"] in REFERENCES or node["op"] in LISTS:
        return facts.resolve(Reference.of(node))
    return [
        fact for child in node.get("args", ()) for fact in _facts_under(child, facts)
    ]
