"""What a number may say of a claim depends on how the claim is computed."""

from decimal import Decimal

import pytest

from datasets.models import Indicator, Observation
from swot.checking.labels import read_label
from swot.models.claims import Claim
from swot.texts.marks import mark_of


@pytest.mark.parametrize(
    ("op", "label", "name"),
    [
        ("value", "46家", "yes"),
        ("value", "新增46家", "unreadable"),
        ("count", "another 46 firms", "unreadable"),
        ("diff", "新增46家", "yes"),
        ("diff", "another 46 firms", "yes"),
        ("add", "增加46家", "yes"),
        ("value", "年均46家", "unreadable"),
        ("diff", "46 firms a year", "unreadable"),
        ("mean", "年均46家", "yes"),
        ("mean", "46 firms a year", "yes"),
        ("mean", "47 firms a year", "no"),
    ],
)
def test_additions_and_rates(op, label, name):
    claim = Claim(
        expression={"op": op},
        comparison="exactly",
        stated_low=Decimal(46),
        stated_decimals=0,
        stated_unit="COUNT",
        verdict="yes",
        computed_value=Decimal(46),
    )

    assert mark_of(claim, read_label(label)).name == name


@pytest.mark.parametrize(
    ("breakdown", "label", "name"),
    [
        ("", "多出14.17亿元", "unreadable"),
        ("base=2019", "多出14.17亿元", "yes"),
        ("base=2019", "增加14.17亿元", "yes"),
        ("base=2019", "多出14.18亿元", "no"),
    ],
)
def test_what_is_counted_from_a_base_year_is_an_addition(breakdown, label, name):
    value = Observation(
        indicator=Indicator(kind="flow"),
        breakdown=breakdown,
        value=Decimal("14.17"),
        unit="CNY_100M",
        decimals=2,
    )

    assert mark_of(value, read_label(label)).name == name
