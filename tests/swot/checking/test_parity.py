"""Two languages state the same number, or they do not."""

import pytest

from swot.prose import parity


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("两倍", "twice as much"),
        ("增长一倍", "doubled"),
        ("翻两番", "quadrupled"),
        ("减半", "halved"),
        ("四分之一", "25%"),
        ("三分之二", "66.7%"),
        ("40—60亿元", "4 to 6 billion yuan"),
        ("800多亿元", "more than 80 billion yuan"),
        ("三千余家", "over 3,000 firms"),
        ("下降6.2%", "a fall of 6.2%"),
        ("负增长6.2%", "fell by 6.2%"),
        ("增长6.2%", "grew by 6.2%"),
        ("增长3倍", "is four times as much"),
        ("25个基点", "0.25 percentage points"),
        ("7千克", "7 kg"),
        ("13亿", "1.3 billion yuan"),
    ],
)
def test_the_same(zh, en):
    assert parity(zh, en).is_equal


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("60亿美元", "6 billion yuan"),
        ("60亿日元", "6 billion euros"),
        ("60万吨", "600,000 parcels"),
        ("下降6.2%", "rose by 6.2%"),
        ("-6.2%", "6.2%"),
        ("不足80家", "more than 80 firms"),
        ("约80家", "80 firms"),
        ("近80%", "over 80%"),
        ("40—60亿元", "4 to 7 billion yuan"),
        ("6.2%", "6.2 percentage points"),
        ("增长3倍", "is three times as much"),
        ("三分之一", "33.4%"),
    ],
)
def test_different(zh, en):
    assert not parity(zh, en).is_equal
