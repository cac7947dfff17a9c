"""Numbers as statistical bulletins and the press print them, and what only looks so."""

from fractions import Fraction

import pytest

from swot.checking.quantities import scan

from .phrases import Expected, phrases


def is_close(value, fraction):
    """Equal but for what no decimal number can hold: a third."""
    return abs(Fraction(value) - fraction) <= abs(fraction) / 10**20


def is_as_expected(quantity, number):
    return (
        is_close(quantity.value, number.low)
        and (quantity.upper is None) == (number.high is None)
        and (number.high is None or is_close(quantity.upper, number.high))
        and quantity.kind == number.kind
        and quantity.direction == number.direction
        and quantity.comparison == number.comparison
        and (number.measures or quantity.currency)
        == (quantity.unit.dimension if number.measures else "")
    )


def is_read(text, language, numbers):
    reading = scan(text, language)
    stated = [number for number in numbers if isinstance(number, Expected)]
    return (
        ["~" if unread.is_vague else "?" for unread in reading.unread]
        == [number for number in numbers if isinstance(number, str)]
        and len(reading.quantities) == len(stated)
        and all(map(is_as_expected, reading.quantities, stated))
    )


@pytest.mark.parametrize(
    ("name", "language"), [("chinese.txt", "zh-hans"), ("english.txt", "en")]
)
def test_numbers_of_the_press(name, language):
    """Hundreds of phrases are read in one test: each takes a fraction of a moment."""
    cases = list(phrases(name))

    assert len(cases) > 300
    assert [case for case in cases if not is_read(case[0], language, case[1])] == []
