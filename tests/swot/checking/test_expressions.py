"""The closed vocabulary: what it takes, what it refuses, how it reads."""

import json
import string
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from swot.checking.errors import NoResultError
from swot.checking.evaluation import evaluate
from swot.checking.expressions import (
    FUNCTIONS,
    MAX_DEPTH,
    MAX_NODES,
    ExpressionError,
    references,
    validate,
)
from swot.checking.facts import Fact, Facts
from swot.checking.formulas import parse_formula
from swot.checking.periods import shift_period
from swot.checking.symbols import write

pytestmark = pytest.mark.usefixtures("english")

UNITS = {"a": "CNY_100M", "b": "CNY_100M", "t": "CNY_TRILLION", "p": "PERCENT"}


def fact(code, number, unit="CNY_100M", period="2020", **overrides):
    """A value with the digits it is written with; None for a missing one."""
    text = str(number or 0)
    fields = {
        "pk": None,
        "code": code,
        "indicator": "trade",
        "region": "520000",
        "period": period,
        "value": None if number is None else Decimal(text),
        "unit": unit,
        "decimals": len(text.partition(".")[2]),
    }
    return Fact(**fields | overrides)


def series(values, **overrides):
    """A yearly series from 2018 on, without codes."""
    return [
        fact("", value, period=str(2018 + n), **overrides)
        for n, value in enumerate(values)
    ]


def value(code):
    return {"op": "value", "code": code}


def const(number, unit=None):
    node = {"op": "const", "value": number}
    return node | {"unit": unit} if unit else node


def apply(op, *args, **extra):
    return {"op": op, "args": list(args), **extra}


def compute(tree, *facts, unit=""):
    validate(tree)
    return evaluate(tree, Facts(facts)).in_unit(unit).value


RANGE = {
    "op": "range",
    "indicator": "trade",
    "region": "520000",
    "from": "2018",
    "to": "2020",
}


@pytest.mark.parametrize(
    "tree",
    [
        None,
        [],
        "1 + 1",
        1,
        {},
        {"op": 1},
        {"op": "eval", "args": ["1"]},
        {"op": "__class__"},
        {"op": "value"},
        {"op": "value", "code": ""},
        {"op": "value", "code": 1},
        {"op": "value", "code": "a", "period": "2020"},
        {"op": "value", "code": "x" * 200},
        {"op": "value", "indicator": "trade", "region": "520000"},
        {"op": "value", "indicator": "", "region": "5", "period": "2020"},
        {"op": "value", "indicator": "trade", "region": "5", "period": "then"},
        {"op": "latest", "indicator": "trade", "region": "5", "period": "2020"},
        {"op": "across", "indicator": "trade", "period": "2020", "regions": "52"},
        {"op": "const", "value": 1},
        {"op": "const", "value": "1e999999999"},
        {"op": "const", "value": "NaN"},
        {"op": "const", "value": "Infinity"},
        {"op": "const", "value": "9" * 31},
        {"op": "const", "value": "1", "unit": "PARSEC"},
        {"op": "diff", "args": [const("1")]},
        {"op": "diff", "args": "ab"},
        {"op": "diff", "args": {"0": const("1"), "1": const("1")}},
        {"op": "mul", "args": [const("2")] * 5},
        {"op": "sum", "args": [const("2")] * 41},
        {"op": "sum", "args": [const("2")], "code": "import os"},
        {"op": "cagr", "args": [value("a"), value("b")], "years": True},
        {"op": "cagr", "args": [value("a"), value("b")], "years": 10**9},
        {"op": "rank", "args": [RANGE, value("a")]},
        {"op": "rank", "args": [value("a"), value("b")], "order": "up"},
        {"op": "rank", "args": [value("a"), const("3")]},
        {"op": "count", "args": [RANGE], "test": "more"},
        {"op": "count", "args": [RANGE], "test": "like", "than": "1"},
        {"op": "count", "args": [RANGE], "test": [], "than": "1"},
        {"op": "count", "args": [RANGE], "test": {"a": 1}, "than": "1"},
        {"op": "const", "value": "1", "unit": []},
        {"op": "const", "value": "1", "unit": {}},
        {"op": "rank", "args": [{"op": []}, value("b")]},
        {"op": "rank", "args": [value("a"), value("b")], "order": []},
        {"op": "value", "code": "a\x00"},
        {"op": "value", "code": "\ud800"},
        {"op": "argmax", "args": [apply("sum", RANGE)]},
        {"op": "diff", "args": [RANGE, value("a")]},
    ],
)
def test_validate_refuses(tree):
    with pytest.raises(ExpressionError):
        validate(tree)


def test_validate_limits_depth():
    tree = const("1")
    for _ in range(MAX_DEPTH):
        tree = apply("sum", tree)

    with pytest.raises(ExpressionError, match="nested"):
        validate(tree)


def test_validate_limits_parts_before_walking_all_of_them():
    wide = apply("sum", *[const("1")] * 40)

    with pytest.raises(ExpressionError, match="parts"):
        validate(apply("sum", *[wide] * 40))

    assert MAX_NODES < 40 * 40


def test_validate_stops_at_a_tree_that_contains_itself():
    tree = apply("sum", const("1"))
    tree["args"].append(tree)

    with pytest.raises(ExpressionError):
        validate(tree)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from([*FUNCTIONS, "value", "range", "const", "2020", "COUNT"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                "op args code value unit period than test order years regions".split()
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=30,
)


@settings(deadline=None)
@given(json_values)
def test_any_json_is_refused_or_computed(tree):
    try:
        validate(tree)
        evaluate(tree, Facts([fact("a", "1.5")]))
    except (ExpressionError, NoResultError):
        pass


numbers = st.decimals(
    min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=3
).map(lambda number: const(f"{number:f}"))
trees = st.recursive(
    numbers | st.sampled_from([value("a"), value("b"), value("p")]),
    lambda inner: st.builds(
        lambda op, args: {"op": op, "args": args},
        st.sampled_from(sorted(FUNCTIONS)),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(trees)
def test_any_tree_gives_a_result_or_a_reason(tree):
    facts = Facts([fact("a", "13"), fact("b", "27.17"), fact("p", "3", "PERCENT")])

    try:
        validate(tree)
        estimate = evaluate(tree, facts).quantity.estimate
    except (ExpressionError, NoResultError):
        return

    assert estimate.low <= estimate.value <= estimate.high


@settings(deadline=None)
@given(st.text(alphabet=string.printable, max_size=60))
def test_any_text_is_refused_or_parsed(text):
    try:
        tree = parse_formula(text, UNITS, "")
    except ExpressionError:
        return

    validate(json.loads(json.dumps(tree)))


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "a +",
        "a ** b",
        "a.real",
        "a[0]",
        "a()",
        "__import__('os').system('true')",
        "(lambda: 1)()",
        "[a for a in b]",
        "a if b else a",
        "a == b",
        "'a'",
        "True",
        "1j",
        "0x10",
        "1e400",
        "9" * 400,
        "(" * 300 + "a" + ")" * 300,
        "a" * 600,
        "-" * 400 + "1",
        "a\n=b",
        "nothing_known",
    ],
)
def test_parse_formula_refuses(formula):
    with pytest.raises(ExpressionError):
        parse_formula(formula, UNITS, "CNY_100M")


@pytest.mark.parametrize(
    ("formula", "unit", "tree"),
    [
        ("(a-b)/b*100", "PERCENT", apply("pct_change", value("a"), value("b"))),
        ("a/b*100", "PERCENT", apply("share", value("a"), value("b"))),
        ("a/b", "", apply("ratio", value("a"), value("b"))),
        ("a-b", "CNY_100M", apply("diff", value("a"), value("b"))),
        ("a+b+a", "CNY_100M", apply("add", value("a"), value("b"), value("a"))),
        ("a/10000", "CNY_TRILLION", value("a")),
        ("10000*t", "CNY_100M", value("t")),
        ("2023-2018", "YEARS", apply("diff", const("2023"), const("2018"))),
        ("a*2", "CNY_100M", apply("mul", value("a"), const("2"))),
        (
            "a/(1+p/100)",
            "CNY_100M",
            apply("ratio", value("a"), apply("add", const("1"), value("p"))),
        ),
    ],
)
def test_parse_formula_recognises_units(formula, unit, tree):
    assert parse_formula(formula, UNITS, unit) == tree


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("a+t", "CNY_100M"),
        ("a+p", "CNY_100M"),
        ("a+1", "CNY_100M"),
        ("a/b", "PERCENT"),
        ("a/b*100", ""),
        ("a*10", "CNY_100M"),
        ("a", "COUNT"),
    ],
)
def test_parse_formula_refuses_another_scale(formula, unit):
    with pytest.raises(ExpressionError, match="unit"):
        parse_formula(formula, UNITS, unit)


def test_growth_and_share():
    pair = fact("new", "27.17"), fact("old", "13")

    growth = compute(
        apply("pct_change", value("new"), value("old")), *pair, unit="PERCENT"
    )

    assert growth == 109


def test_units_convert_inside_a_computation():
    facts = fact("a", "1.62", "CNY_TRILLION"), fact("b", "322215.12")

    share = compute(apply("share", value("a"), value("b")), *facts, unit="PERCENT")

    assert round(share, 4) == Decimal("5.0277")


def test_pp_change_takes_percentages_only():
    percent = fact("p", "5.7", "PERCENT"), fact("q", "3.46", "PERCENT")

    change = apply("pp_change", value("p"), value("q"))

    assert compute(change, *percent, unit="PP") == Decimal("2.24")
    with pytest.raises(NoResultError, match="units"):
        compute(change, *percent, unit="PERCENT")
    with pytest.raises(NoResultError, match="units"):
        compute(apply("pp_change", value("a"), value("a")), fact("a", 1))


def test_cagr_counts_the_years_between():
    facts = fact("a", "8", period="2018"), fact("b", "27", period="2021")

    rate = compute(apply("cagr", value("b"), value("a")), *facts, unit="PERCENT")

    assert round(rate, 10) == 50


@pytest.mark.parametrize(
    ("op", "result"),
    [("sum", 30), ("mean", 10), ("min", 5), ("max", 15), ("argmax", 2020)],
)
def test_aggregates_over_a_range(op, result):
    tree = apply(op, RANGE)
    unit = "" if op == "argmax" else "CNY_100M"

    assert compute(tree, *series([5, 10, 15]), unit=unit) == result


def test_argmin_and_trend():
    assert compute(apply("argmin", RANGE), *series([5, 3, 9])) == 2019
    assert compute(apply("trend", RANGE), *series([5, 10, 15])) == 1
    assert compute(apply("trend", RANGE), *series([15, 10, 5])) == -1
    assert compute(apply("trend", RANGE), *series([5, 15, 10])) == 0


def test_count_with_and_without_a_test():
    test = apply("count", RANGE, test="more", than="9")

    assert compute(test, *series([5, 10, 15]), unit="COUNT") == 2
    assert compute(apply("count", RANGE), *series([5, 10, 15]), unit="COUNT") == 3


def test_rank_among_regions_reports_ties():
    facts = [fact("", n, region=str(n), unit="COUNT") for n in (1, 2, 3)]
    across = {"op": "across", "indicator": "trade", "period": "2020"}
    own = {"op": "value", "indicator": "trade", "region": "2", "period": "2020"}
    tied = fact("", 2, region="9", unit="COUNT")

    assert compute(apply("rank", own, across), *facts) == 2
    assert compute(apply("rank", own, across, order="asc"), *facts) == 2
    assert evaluate(apply("rank", own, across), Facts([*facts, tied])).is_tied


def test_latest_takes_the_newest_value():
    missing = fact("", None, period="2021", status="O")
    tree = {"op": "latest", "indicator": "trade", "region": "520000"}

    assert compute(tree, *series([5, 10, 15]), missing, unit="CNY_100M") == 15


@pytest.mark.parametrize(
    ("tree", "kind"),
    [
        (value("nowhere"), "missing"),
        (value("gone"), "missing"),
        (apply("ratio", value("a"), value("zero")), "zero_division"),
        (apply("pct_change", value("a"), value("minus")), "negative_base"),
        (apply("cagr", value("a"), value("a")), "years"),
        (apply("diff", value("a"), value("count")), "units"),
        (apply("add", value("a"), const("1")), "bare_number"),
        (
            {"op": "value", "indicator": "two", "region": "520000", "period": "2020"},
            "ambiguous",
        ),
    ],
)
def test_no_result_has_a_kind(tree, kind):
    facts = [
        fact("a", "1.5"),
        fact("zero", 0),
        fact("minus", -3),
        fact("count", 3, "COUNT"),
        fact("gone", None, status="O"),
        fact("x", 1, indicator="two", source="x"),
        fact("y", 1, indicator="two", source="y"),
    ]

    with pytest.raises(NoResultError) as caught:
        compute(tree, *facts)

    assert caught.value.kind == kind


def test_range_with_a_gap_is_missing_not_shorter():
    first, _, last = series([5, 10, 15])

    with pytest.raises(NoResultError, match="missing"):
        compute(apply("sum", RANGE), first, last)


def test_references_name_every_input():
    tree = apply("ratio", value("a"), apply("sum", RANGE, const("1")))

    assert [reference.op for reference in references(tree)] == ["value", "range"]


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (apply("pct_change", value("a"), value("b")), "(27.17 − 13) ÷ 13"),
        (apply("share", value("a"), value("b")), "27.17 ÷ 13"),
        (
            apply("diff", value("a"), apply("diff", value("b"), value("a"))),
            "27.17 − (13 − 27.17)",
        ),
        (apply("mul", apply("add", value("a"), value("b")), const("2")), None),
        (apply("mean", value("a"), value("b")), "(27.17 + 13) ÷ 2"),
        (apply("max", value("a"), value("b")), "highest of 27.17, 13"),
        (
            apply("rank", value("a"), value("b")),
            "place of 27.17 among 2 values, highest first",
        ),
    ],
)
def test_write_reads_like_arithmetic(tree, text):
    facts = Facts([fact("a", "27.17"), fact("b", "13")])

    with override("en"):
        written = write(tree, facts, with_units=False)

    assert written == (text or "(27.17 + 13) × 2")


@pytest.mark.parametrize(
    ("period", "months", "shifted"),
    [
        ("2022", 12, "2023"),
        ("2022-S2", 6, "2023-S1"),
        ("2022-Q4", 3, "2023-Q1"),
        ("2022-12", 1, "2023-01"),
        ("2022", 5, ""),
        ("2022-01-01/P9M", 12, ""),
    ],
)
def test_shift_period(period, months, shifted):
    assert shift_period(period, months) == shifted
