"""Intervals keep the true result inside, whatever the printed digits hide."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from swot.checking.intervals import Estimate, highest, lowest, round_half_up

values = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
decimals = st.integers(min_value=-3, max_value=4)
# Where inside its interval the unprinted value lies.
places = st.fractions(min_value=0, max_value=1, max_denominator=1000)


@st.composite
def printed(draw):
    """An estimate as printed, and one exact value that prints like it."""
    digits = draw(decimals)
    estimate = Estimate.printed(round_half_up(draw(values), digits), digits)
    low, high = Fraction(estimate.low), Fraction(estimate.high)
    return estimate, low + (high - low) * draw(places)


def holds(estimate, exact):
    low, high = estimate.low, estimate.high
    return (not low.is_finite() or Fraction(low) <= exact) and (
        not high.is_finite() or exact <= Fraction(high)
    )


@given(printed(), printed())
def test_sums_and_products_enclose_the_exact_result(first, second):
    (a, x), (b, y) = first, second

    assert holds(a + b, x + y)
    assert holds(a - b, x - y)
    assert holds(a * b, x * y)
    assert holds(highest([a, b]), max(x, y))
    assert holds(lowest([a, b]), min(x, y))


@given(printed(), printed())
def test_quotients_enclose_the_exact_result(first, second):
    (a, x), (b, y) = first, second
    assume(b.value != 0 and y != 0)

    assert holds(a / b, x / y)


@given(printed(), st.integers(min_value=1, max_value=30))
def test_roots_enclose_the_exact_result(pair, degree):
    estimate, exact = pair
    assume(estimate.value > 0 and exact > 0)

    root = estimate.root(degree)

    assert Fraction(root.low) ** degree <= exact
    assert not root.high.is_finite() or exact <= Fraction(root.high) ** degree


@given(values, decimals)
def test_rounding_half_up_stays_within_half_a_unit(value, digits):
    rounded = round_half_up(value, digits)

    assert abs(Fraction(rounded) - Fraction(value)) <= Fraction(10) ** -digits / 2
    assert holds(Estimate.printed(rounded, digits), Fraction(value))


@given(printed(), printed())
def test_the_value_lies_in_its_own_interval(first, second):
    a, b = first[0], second[0]

    for estimate in (a + b, a - b, a * b):
        assert estimate.low <= estimate.value <= estimate.high


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [
        ("0.165", 2, "0.17"),
        ("0.1649", 2, "0.16"),
        ("-0.165", 2, "-0.17"),
        ("2.5", 0, "3"),
        ("1650", -2, "1700"),
    ],
)
def test_round_half_up(value, digits, rounded):
    assert round_half_up(Decimal(value), digits) == Decimal(rounded)


def test_dividing_by_what_may_be_zero_leaves_the_interval_open():
    quotient = Estimate.exact(Decimal(1)) / Estimate.printed(Decimal("0.1"), 0)

    assert not quotient.is_bounded
    with pytest.raises(ZeroDivisionError):
        quotient / Estimate.exact(Decimal(0))


def test_precision_does_not_depend_on_the_caller():
    third = Estimate.exact(Decimal(1)) / Estimate.exact(Decimal(3))

    with localcontext(prec=3):
        assert Estimate.exact(Decimal(1)) / Estimate.exact(Decimal(3)) == third
        assert third.scaleb(2).value.as_tuple().digits == (3,) * 60
