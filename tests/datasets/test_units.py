"""Units of observations: what they measure, how they convert, how readers see them."""

from decimal import Decimal

import pytest

from datasets.units import CURRENCIES, MEASURES, Unit, convert, format_value


def test_every_unit_has_a_measure():
    assert set(MEASURES) == set(Unit)


@pytest.mark.parametrize("currency", CURRENCIES)
@pytest.mark.parametrize(
    ("scale", "exponent"),
    [
        ("", 0),
        ("_10K", 4),
        ("_MILLION", 6),
        ("_100M", 8),
        ("_BILLION", 9),
        ("_TRILLION", 12),
    ],
)
def test_an_amount_converts_to_the_base_unit_of_its_currency(currency, scale, exponent):
    unit = f"{currency}{scale}"
    assert convert(Decimal("1.5"), unit, currency) == Decimal("1.5") * 10**exponent


@pytest.mark.parametrize("other", sorted(set(CURRENCIES) - {"USD"}))
def test_two_currencies_never_convert(other):
    with pytest.raises(ValueError, match="measure different things"):
        convert(Decimal(1), "USD_100M", f"{other}_100M")


def test_percentage_points_are_not_percentages():
    with pytest.raises(ValueError, match="measure different things"):
        convert(Decimal(5), "PP", "PERCENT")


@pytest.mark.parametrize(
    ("unit", "chinese", "english"),
    [
        ("USD_100M", "105.5亿美元", "USD 10.55 billion"),
        ("EUR_10K", "105.5万欧元", "EUR 1.055 million"),
        ("HKD_MILLION", "105.5百万港元", "HKD 105.5 million"),
        ("JPY_BILLION", "105.5十亿日元", "JPY 105.5 billion"),
        ("GBP", "105.5英镑", "GBP 105.5"),
        ("PP", "105.5个百分点", "105.5 percentage points"),
    ],
)
def test_readers_see_the_currency(unit, chinese, english):
    value = Decimal("105.5")
    assert format_value(value, unit, 1, "zh-hans") == chinese
    assert format_value(value, unit, 1, "en") == english


def test_ordinal_is_shown_as_an_ordinal():
    read = [format_value(Decimal(6), "ORDINAL", 0, code) for code in ("en", "zh-hans")]

    assert read == ["no. 6", "第6批"]
