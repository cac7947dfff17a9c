"""Verdicts: the words of a statement against a computed interval."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from swot.checking.explanations import explanation, reading
from swot.checking.facts import Fact, Facts
from swot.checking.intervals import Estimate, round_half_up
from swot.checking.verdicts import Comparison, Statement, Verdict, decide
from swot.checking.verification import check

HOLDS, ROUNDING, NO = Verdict.HOLDS, Verdict.ROUNDING, Verdict.CONTRADICTED


def fact(code, value, unit="CNY_100M", period="2020", **overrides):
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


def state(expression, number=None, comparison="exactly", unit="PERCENT", **overrides):
    low = None if number is None else Decimal(number)
    decimals = len((number or "").partition(".")[2])
    return Statement(expression, comparison, low, None, decimals, unit, **overrides)


def values(op, *codes):
    return {"op": op, "args": [{"op": "value", "code": code} for code in codes]}


def estimate(value, low=None, high=None):
    return Estimate(Decimal(value), Decimal(low or value), Decimal(high or value))


@pytest.mark.parametrize(
    ("comparison", "stated", "computed", "verdict"),
    [
        ("exactly", "0.16", ("0.1696", "0.1695", "0.1697"), NO),
        ("exactly", "3.06", ("3.0658", "3.0657", "3.0659"), NO),
        ("exactly", "0.17", ("0.1696", "0.1695", "0.1697"), HOLDS),
        ("exactly", "18.6", ("18.52", "17.8", "19.2"), ROUNDING),
        ("exactly", "5", ("6", "5.5", "6.5"), NO),
        ("exactly", "0.17", ("0.165",), HOLDS),
        ("exactly", "0.16", ("0.165",), NO),
        ("exactly", "-3", ("-2.5",), HOLDS),
        ("about", "30.5", ("31.9",), HOLDS),
        ("about", "30.5", ("32.1",), NO),
        ("about", "30.5", ("32.1", "32", "32.2"), ROUNDING),
        ("about", "1", ("1.5",), HOLDS),
        ("about", "1", ("1.9",), NO),
        ("more_than", "2000", ("2000",), NO),
        ("more_than", "2000", ("2000", "1999", "2001"), ROUNDING),
        ("more_than", "2000", ("2001",), HOLDS),
        ("at_least", "2000", ("2000",), HOLDS),
        ("at_least", "2000", ("1999", "1998", "2001"), ROUNDING),
        ("less_than", "10", ("9.9",), HOLDS),
        ("less_than", "10", ("10",), NO),
        ("less_than", "10", ("10", "9.5", "10.5"), ROUNDING),
        ("at_most", "10", ("10",), HOLDS),
        ("at_most", "10", ("10.1",), NO),
        ("nearly", "90", ("85",), HOLDS),
        ("nearly", "90", ("90",), NO),
        ("nearly", "90", ("80",), NO),
        ("nearly", "90", ("90.1", "89.9", "90.3"), ROUNDING),
        ("rank", "3", ("3",), HOLDS),
        ("rank", "3", ("2", "2", "4"), ROUNDING),
        ("rank", "3", ("2",), NO),
        ("highest", None, ("1",), HOLDS),
        ("highest", None, ("2",), NO),
        ("lowest", None, ("2", "1", "2"), ROUNDING),
        ("rose", None, ("0.1",), HOLDS),
        ("rose", None, ("0", "-0.5", "0.5"), ROUNDING),
        ("rose", None, ("-0.1",), NO),
        ("rose", "109", ("109.2",), HOLDS),
        ("fell", None, ("-1",), HOLDS),
        ("fell", "5", ("-5.2",), HOLDS),
        ("fell", "5", ("5.2",), NO),
        ("doubled", None, ("2.05",), HOLDS),
        ("doubled", None, ("2.4",), NO),
        ("doubled", "4", ("4.1",), HOLDS),
        ("exactly", None, ("1",), Verdict.NOT_TESTABLE),
        ("nearly", "0", ("1",), Verdict.NOT_TESTABLE),
    ],
)
def test_decide(comparison, stated, computed, verdict):
    statement = state(None, stated, comparison)

    assert decide(statement, estimate(*computed)) == verdict


@pytest.mark.parametrize(
    ("computed", "verdict"),
    [
        (("3.4",), HOLDS),
        (("4",), HOLDS),
        (("4.1", "3.9", "4.3"), ROUNDING),
        (("4.5", "4.3", "4.7"), NO),
        (("5",), NO),
    ],
)
def test_decide_between(computed, verdict):
    statement = replace(state(None, "3", "between"), high=Decimal(4))

    assert decide(statement, estimate(*computed)) == verdict


numbers = st.decimals(min_value=-1000, max_value=1000, places=3)


@given(numbers, numbers, numbers, st.integers(0, 3), st.sampled_from(Comparison))
def test_a_verdict_depends_on_the_interval_alone(value, left, right, digits, word):
    """Knowing the inputs less precisely never turns "possible" into "contradicted"."""
    computed = Estimate(value, value - abs(left), value + abs(right))
    wider = Estimate(value, computed.low - 1, computed.high + 1)
    statement = Statement(None, word, Decimal(5), Decimal(7), digits)
    order = [NO, ROUNDING, HOLDS]

    verdict, loose = decide(statement, computed), decide(statement, wider)

    assert order.index(loose) >= order.index(verdict)
    assert (verdict == HOLDS) == (loose == HOLDS)


@given(numbers, st.integers(0, 3), st.integers(0, 3), st.fractions(0, 1))
def test_a_correctly_rounded_number_is_never_contradicted(exact, known, shown, place):
    """Print a value twice with any digits: each is always compatible with the other."""
    printed = Estimate.printed(round_half_up(exact, known), known)
    statement = Statement(None, "exactly", round_half_up(exact, shown), None, shown)

    assert decide(statement, printed) in (HOLDS, ROUNDING)
    assert Fraction(printed.low) <= Fraction(exact) <= Fraction(printed.high)


def test_check_computes_and_says_why():
    facts = Facts([fact("old", "13", period="2019"), fact("new", "27.17")])

    outcome = check(state(values("pct_change", "new", "old"), "109"), facts)

    assert outcome.verdict == HOLDS
    with override("en"):
        assert reading(outcome) == "(27.17 − 13) ÷ 13 = 109.0%"
        assert explanation(outcome) == "Recomputed: 109.0%. Stated: 109%."


def test_check_names_uncertain_inputs_and_bounds():
    names = (("en", "China, Warehouses,"), ("zh-hans", "中国海外仓"))
    facts = Facts(
        [
            fact("part", "5", "COUNT"),
            fact("all", "2000", "COUNT", status="E", qualifier="at_least", names=names),
        ]
    )

    outcome = check(state(values("share", "part", "all"), "0.25"), facts)

    with override("en"):
        assert explanation(outcome).endswith(
            "Estimated or provisional: China, Warehouses, 2020 (Estimated). "
            "Known only as a bound: China, Warehouses, 2020."
        )


@pytest.mark.parametrize(
    ("facts", "verdict", "cause"),
    [
        ([], Verdict.MISSING, "missing"),
        ([fact("a", None, status="O")], Verdict.MISSING, "missing"),
        ([fact("a", "1"), fact("b", "0")], Verdict.MISSING, "zero_division"),
        (
            [fact("a", "1"), fact("b", "2", "COUNT")],
            Verdict.NOT_TESTABLE,
            "units",
        ),
    ],
)
def test_check_without_a_result(facts, verdict, cause):
    outcome = check(state(values("share", "a", "b"), "1"), Facts(facts))

    assert (outcome.verdict, outcome.cause) == (verdict, cause)
    assert explanation(outcome)


def test_check_of_a_result_in_another_unit_is_not_testable():
    outcome = check(
        state({"op": "value", "code": "a"}, "1", unit="COUNT"), Facts([fact("a", "1")])
    )

    assert (outcome.verdict, outcome.cause) == (Verdict.NOT_TESTABLE, "units")


@pytest.mark.parametrize(
    ("subject", "cause"),
    [
        ({"period": "2022"}, "other_period"),
        ({"region": "330200"}, "other_region"),
        ({"vintage": "revised"}, "other_vintage"),
        ({"period": "2021", "region": "520000"}, "compared"),
        ({"vintage": "first release"}, "compared"),
    ],
)
def test_check_compares_only_with_the_same_subject(subject, cause):
    facts = Facts([fact("a", "5", period="2021-07", status="P")])
    statement = state({"op": "value", "code": "a"}, "5", unit="CNY_100M", **subject)

    outcome = check(statement, facts)

    assert outcome.cause == cause
    assert (outcome.verdict == HOLDS) == (cause == "compared")


@pytest.mark.parametrize(
    ("comparison", "qualifier", "verdict"),
    [
        ("more_than", "at_least", HOLDS),
        ("more_than", "", NO),
        ("nearly", "just_under", HOLDS),
        ("nearly", "at_least", NO),
    ],
)
def test_check_accepts_the_word_of_the_source(comparison, qualifier, verdict):
    facts = Facts([fact("a", "90", "COUNT", qualifier=qualifier)])
    statement = state({"op": "value", "code": "a"}, "90", comparison, "COUNT")

    assert check(statement, facts).verdict == verdict


@pytest.mark.parametrize(
    ("newest", "stated", "verdict"),
    [
        ("105.2", "105", HOLDS),
        ("33", "33.22", ROUNDING),
        ("105", "33.22", Verdict.SUPERSEDED),
        ("105", "50", NO),
    ],
)
def test_check_follows_the_newest_period(newest, stated, verdict):
    facts = Facts([fact("a", "33.22", period="2021"), fact("b", newest, period="2022")])
    statement = state(
        {"op": "value", "code": "a"}, stated, unit="CNY_100M", is_latest=True
    )

    assert check(statement, facts).verdict == verdict


def test_check_of_growth_moves_every_period():
    growth = values("pct_change", "b", "a")
    facts = [
        fact("a", "100", period="2020"),
        fact("b", "150", period="2021"),
        fact("c", "165", period="2022"),
    ]
    statement = state(growth, "50", is_latest=True)

    outcome = check(statement, Facts(facts))

    assert outcome.verdict == Verdict.SUPERSEDED
    assert outcome.current.estimate.value == 10
    assert check(replace(statement, is_latest=False), Facts(facts)).verdict == HOLDS
    assert check(statement, Facts(facts[:2])).verdict == HOLDS


def test_check_ignores_newer_drafts():
    facts = [
        fact("a", "5", period="2021"),
        fact("b", "9", period="2022", is_published=False),
    ]
    statement = state({"op": "value", "code": "a"}, "5", unit="CNY_100M")

    outcome = check(replace(statement, is_latest=True), Facts(facts))

    assert outcome.verdict == HOLDS


def test_the_value_of_a_draft_is_not_shown():
    facts = Facts([fact("a", "5"), fact("b", "8", is_published=False)])
    statement = state(values("share", "a", "b"), "62.5")

    outcome = check(statement, facts)

    with override("en"):
        formula = reading(outcome)
        shown = f"{formula} {explanation(outcome)}"
    assert outcome.verdict == HOLDS
    assert formula == "5 ÷ (unconfirmed)"
    assert "8" not in shown
    assert "Recomputed: unconfirmed." in shown


def test_amounts_read_in_the_language_of_the_reader():
    facts = Facts([fact("a", "27.17"), fact("b", "13")])
    statement = state(values("diff", "a", "b"), "14.17", unit="CNY_100M")

    outcome = check(statement, facts)

    with override("en"):
        assert reading(outcome) == "27.17 − 13 = 14.17 (CNY 1.417 billion)"
    with override("zh-hans"):
        assert reading(outcome) == "27.17 − 13 = 14.17亿元"
