"""What inputs leave open: bounds, repeats, breaks, kinds of periods, editions."""

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swot.checking.evaluation import evaluate
from swot.checking.facts import Facts
from swot.checking.intervals import Estimate
from swot.checking.verdicts import Verdict
from tests.swot.checking.statements import call, fact, judge

HOLDS, ROUNDING, NO = Verdict.HOLDS, Verdict.ROUNDING, Verdict.CONTRADICTED
OPEN, SUPERSEDED = Verdict.NOT_TESTABLE, Verdict.SUPERSEDED


@pytest.mark.parametrize(
    ("word", "number", "verdict"),
    [
        ("exactly", "1500", ROUNDING),
        ("exactly", "1499", NO),
        ("exactly", "1600", OPEN),
        ("about", "1500", ROUNDING),
        ("about", "1700", OPEN),
        ("about", "1300", NO),
        ("more_than", "1500", HOLDS),
        ("more_than", "1400", HOLDS),
        ("more_than", "1600", OPEN),
        ("less_than", "1600", OPEN),
        ("less_than", "1500", NO),
        ("at_most", "1400", NO),
        ("nearly", "1500", NO),
    ],
)
def test_more_than_1500_has_only_a_lower_bound(word, number, verdict):
    value = fact("x", "1500", "COUNT", qualifier="at_least")

    assert judge("x", word, number, "COUNT", value).verdict == verdict


@pytest.mark.parametrize(
    ("word", "number", "verdict"),
    [
        ("nearly", "80", HOLDS),
        ("less_than", "81", HOLDS),
        ("more_than", "70", HOLDS),
        ("more_than", "79", OPEN),
        ("more_than", "80", NO),
        ("exactly", "90", NO),
    ],
)
def test_just_under_80_has_the_same_interval_as_nearly_80(word, number, verdict):
    value = fact("x", "80", "PERCENT", qualifier="just_under")

    assert judge("x", word, number, "PERCENT", value).verdict == verdict


@pytest.mark.parametrize(
    ("op", "args", "word", "number", "verdict"),
    [
        ("share", ("a", "b"), "at_most", "0.25", HOLDS),
        ("share", ("a", "b"), "less_than", "0.3", HOLDS),
        ("share", ("a", "b"), "more_than", "0.2", OPEN),
        ("share", ("a", "b"), "exactly", "0.31", NO),
        ("share", ("a", "b"), "exactly", "0.25", HOLDS),
        ("share", ("b", "a"), "at_least", "40000", HOLDS),
        ("add", ("a", "b"), "at_least", "2005", HOLDS),
        ("add", ("a", "b"), "less_than", "3000", OPEN),
        ("diff", ("a", "b"), "more_than", "0", NO),
    ],
)
def test_a_bound_stays_open_in_every_computation(op, args, word, number, verdict):
    facts = (
        fact("a", "5", "COUNT"),
        fact("b", "2000", "COUNT", qualifier="at_least"),
    )
    unit = "PERCENT" if op == "share" else "COUNT"

    assert judge(call(op, *args), word, number, unit, *facts).verdict == verdict


def test_rank_behind_an_open_bound_is_not_decided():
    facts = (
        fact("a", "90", "COUNT"),
        fact("b", "80", "COUNT", region="510000", qualifier="at_least"),
    )

    assert judge(call("rank", "a", "b"), "highest", None, "", *facts).verdict == OPEN


cells = st.integers(1, 400)


@given(cells, cells, st.fractions(0, 1), st.fractions(0, 1))
def test_a_part_of_a_whole_has_the_interval_of_its_parts(a, b, x, y):
    """a ÷ (a + b): the ends are reached, and nothing lies beyond them."""
    facts = Facts([fact("a", str(a)), fact("b", str(b))])
    tree = call("share", "a", call("add", "a", "b"))

    estimate = evaluate(tree, facts).quantity.estimate

    def share(first, second):
        return Fraction(first) / (Fraction(first) + Fraction(second))

    half = Fraction(1, 2)
    low, high = share(a - half, b + half), share(a + half, b - half)
    inside = share(a - half + x, b - half + y)
    assert Fraction(estimate.low) <= inside <= Fraction(estimate.high)
    tiny = Fraction(1, 10**30)
    assert abs(Fraction(estimate.low) - low) < tiny
    assert abs(Fraction(estimate.high) - high) < tiny


@pytest.mark.parametrize(
    ("tree", "width"),
    [
        (call("diff", "a", "a"), 0),
        (call("ratio", "a", "a"), 0),
        (call("ratio", "a", call("mul", "a", {"op": "const", "value": "2"})), 0),
        (call("diff", call("add", "a", "b"), "a"), 1 * 10**8),
    ],
)
def test_repeated_input_that_cancels_adds_no_uncertainty(tree, width):
    facts = Facts([fact("a", "13"), fact("b", "14")])

    estimate = evaluate(tree, facts).quantity.estimate

    assert float(estimate.high - estimate.low) == pytest.approx(width, abs=1e-12)


def test_repeats_of_many_inputs_stay_inside():
    codes = [f"c{n}" for n in range(12)]
    facts = Facts([fact(code, str(n + 3)) for n, code in enumerate(codes)])
    tree = call("share", call("add", *codes[:9]), call("add", *codes))

    estimate = evaluate(tree, facts).quantity.estimate

    low = Fraction(63 * 2 - 9, 2) / (Fraction(63 * 2 - 9, 2) + Fraction(39 * 2 + 3, 2))
    assert abs(Fraction(estimate.low) - low) < Fraction(1, 10**30)
    assert isinstance(estimate, Estimate)


BROKEN = [
    fact("a", "100", period="2018"),
    fact("b", "150", period="2020", status="B"),
    fact("c", "120", period="2022"),
]


@pytest.mark.parametrize(
    ("tree", "is_told"),
    [
        (call("pct_change", "c", "a"), True),
        (call("diff", "c", "a"), True),
        (call("ratio", "c", "a"), True),
        (call("pct_change", "c", "b"), True),
        (call("mul", "c", {"op": "const", "value": "1"}), False),
    ],
)
def test_break_between_the_inputs_is_reported(tree, is_told):
    unit = "PERCENT" if tree["op"] == "pct_change" else "CNY_100M"
    unit = "" if tree["op"] == "ratio" else unit

    outcome = judge(tree, "exactly", "1", unit, *BROKEN)

    assert bool(outcome.flagged("B")) == is_told


def test_break_of_another_series_is_not_reported():
    other = fact("b", "150", period="2020", status="B", breakdown="exports")
    draft = fact("d", "150", period="2019", status="B", is_published=False)
    facts = [BROKEN[0], other, draft, BROKEN[2]]

    outcome = judge(call("pct_change", "c", "a"), "exactly", "20", "PERCENT", *facts)

    assert not outcome.flagged("B")


@pytest.mark.parametrize(
    ("first", "second", "cause"),
    [
        ("2022-01-01/P9M", "2021", "period_kinds"),
        ("2022-Q3", "2021", "period_kinds"),
        ("2022-S1", "2021-Q2", "period_kinds"),
        ("2022-05", "2021", "period_kinds"),
        ("2022-01-01/P9M", "2021-01-01/P9M", "compared"),
        ("2022-01-01/P12M", "2021", "compared"),
        ("2022-01-01/P6M", "2021-S1", "compared"),
        ("2022-04-01/P12M", "2021", "period_kinds"),
    ],
)
@pytest.mark.parametrize("op", ["pct_change", "add", "ratio", "max"])
def test_periods_of_two_kinds_are_not_mixed(op, first, second, cause):
    facts = fact("a", "90", period=first), fact("b", "80", period=second)
    unit = {"pct_change": "PERCENT", "ratio": ""}.get(op, "CNY_100M")

    assert judge(call(op, "a", "b"), "exactly", "1", unit, *facts).cause == cause


def test_counts_as_of_different_dates_may_be_added():
    facts = (
        fact("a", "1", "COUNT", period="2015", breakdown="first"),
        fact("b", "104", "COUNT", period="2021-09", breakdown="second"),
    )

    assert judge(call("add", "a", "b"), "exactly", "105", "COUNT", *facts).verdict == (
        HOLDS
    )


def test_flow_may_be_divided_by_a_stock():
    stock = fact("b", "30", period="2022-12", kind="level", indicator="debt")
    facts = fact("a", "90"), stock

    assert judge(call("ratio", "a", "b"), "exactly", "3", "", *facts).verdict == HOLDS


def test_impossible_period_raises_no_error():
    outcome = judge(
        call("pct_change", "a", "b"), "rose", "1", "PERCENT",
        fact("a", period="2022-13"), fact("b", period="soon"),
    )  # fmt: skip

    assert outcome.verdict == OPEN


READ = {"op": "value", "indicator": "trade", "region": "520000", "period": "2020"}
FIRST = READ | {"vintage": "first release"}


@pytest.mark.parametrize(
    ("stated", "verdict"), [("1.69", SUPERSEDED), ("1.62", NO), ("1.7", SUPERSEDED)]
)
def test_a_later_edition_supersedes_what_the_first_one_said(stated, verdict):
    facts = (
        fact("a", "1.69", period="2020", vintage="first release"),
        fact("b", "1.62", period="2020"),
    )

    outcome = judge(
        FIRST, "exactly", stated, "CNY_100M", *facts, vintage="first release"
    )

    assert outcome.verdict == verdict
    if verdict == SUPERSEDED:
        assert str(outcome.estimate.value) == "1.69"
        assert str(outcome.current.estimate.value) == "1.62"


def test_a_later_edition_that_agrees_changes_nothing():
    facts = (
        fact("a", "1.69", period="2020", vintage="first release"),
        fact("b", "1.69", period="2020"),
    )

    outcome = judge(
        FIRST, "exactly", "1.69", "CNY_100M", *facts, vintage="first release"
    )

    assert outcome.verdict == HOLDS


def moment(day):
    return datetime.datetime(2024, 5, day, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("stated", "as_of", "verdict"),
    [
        ("54", moment(10), SUPERSEDED),
        ("54", None, NO),
        ("54", moment(25), NO),
        ("60", moment(10), HOLDS),
        ("70", moment(10), NO),
    ],
)
def test_revision_does_not_contradict_a_statement_that_was_right(
    stated, as_of, verdict
):
    former = fact("x", "54", valid_from=moment(1))
    now = fact("x", "60", valid_from=moment(20), former=(former,))

    assert (
        judge("x", "exactly", stated, "CNY_100M", now, as_of=as_of).verdict == verdict
    )
