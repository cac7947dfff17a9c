"""Statements and facts written briefly, for tests of the checker."""

from decimal import Decimal

from swot.checking.facts import Fact, Facts
from swot.checking.verdicts import Statement
from swot.checking.verification import Outcome, check


def fact(code="", value="1", unit="CNY_100M", period="2022", **overrides) -> Fact:
    """An observation with the digits its value is written with."""
    fields = {
        "pk": None,
        "code": code,
        "indicator": "trade",
        "region": "520000",
        "period": period,
        "value": None if value is None else Decimal(value),
        "unit": unit,
        "decimals": len((value or "").partition(".")[2]),
    }
    return Fact(**fields | overrides)


def ref(code: str) -> dict:
    return {"op": "value", "code": code}


def call(op: str, *args, **extra) -> dict:
    """An operation over codes or nodes."""
    nodes = [ref(arg) if isinstance(arg, str) else arg for arg in args]
    return {"op": op, "args": nodes, **extra}


def judge(tree, word, number, unit, *facts, high=None, levels=None, **more) -> Outcome:
    """What the checker says of "`word` `number` `unit`" computed as `tree`."""
    statement = Statement(
        ref(tree) if isinstance(tree, str) else tree,
        word,
        None if number is None else Decimal(number),
        None if high is None else Decimal(high),
        len((number or "").partition(".")[2]),
        unit,
        **more,
    )
    return check(statement, Facts(facts, levels))
