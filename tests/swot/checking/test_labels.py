"""The mark beside a number: against a value, and against a claim and its value."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from swot.checking.claim_labels import Stated, judge_claim
from swot.checking.intervals import Estimate
from swot.checking.labels import (
    judge_value,
    quantity_at,
    read_label,
)
from swot.checking.quantities import scan
from swot.checking.values import Value, value_of
from swot.checking.verdicts import Verdict


def against(label, value, unit, decimals=0, **further):
    target = Value(Decimal(value), unit, decimals, **further)
    return judge_value(read_label(label), target)


@pytest.mark.parametrize(
    ("label", "value", "unit", "verdict"),
    [
        ("46亿元", "46", "CNY_100M", "yes"),
        ("4.6 billion yuan", "46", "CNY_100M", "yes"),
        ("4.6B yuan", "46", "CNY_100M", "yes"),
        ("四十六亿元", "46", "CNY_100M", "yes"),
        ("47亿元", "46", "CNY_100M", "no"),
        ("46万元", "46", "CNY_100M", "no"),
        ("US$4.6 billion", "46", "USD_100M", "yes"),
        ("超过40亿元", "46", "CNY_100M", "yes"),
        ("超过50亿元", "46", "CNY_100M", "no"),
        ("不足50亿元", "46", "CNY_100M", "yes"),
        ("不足40亿元", "46", "CNY_100M", "no"),
        ("近50亿元", "46", "CNY_100M", "yes"),
        ("近60亿元", "46", "CNY_100M", "no"),
        ("约45亿元", "46", "CNY_100M", "yes"),
        ("约40亿元", "46", "CNY_100M", "no"),
        ("40—50亿元", "46", "CNY_100M", "yes"),
        ("50—60亿元", "46", "CNY_100M", "no"),
        ("28", "28", "COUNT", "yes"),
        ("28.4", "28", "COUNT", "no"),
        ("27.6家", "28", "COUNT", "no"),
        ("-4.2%", "-4.2", "PERCENT", "yes"),
        ("4.2%", "-4.2", "PERCENT", "no"),
        ("下降4%", "-4", "PERCENT", "yes"),
        ("下降4%", "4", "PERCENT", "no"),
        ("fell by 4%", "4", "PERCENT", "no"),
        ("增长4%", "4", "PERCENT", "yes"),
        ("下降超过3%", "-4", "PERCENT", "yes"),
        ("2.5个百分点", "4", "PP", "no"),
        ("4个百分点", "4", "PP", "yes"),
        ("翻一番", "2", "", "yes"),
        ("增长3倍", "4", "", "yes"),
        ("50万吨", "50", "TONNE_10K", "yes"),
        ("half a million tonnes", "50", "TONNE_10K", "yes"),
    ],
)
def test_against_a_value(label, value, unit, verdict):
    decimals = len(value.partition(".")[2])

    assert against(label, value, unit, decimals).name == verdict


@pytest.mark.parametrize(
    ("label", "unit", "cause"),
    [
        ("46亿美元", "CNY_100M", "currency"),
        ("€4.6 billion", "CNY_100M", "currency"),
        ("46亿件", "CNY_100M", "unit"),
        ("4.6 billion parcels", "CNY_100M", "unit"),
        ("46亿吨", "CNY_100M", "unit"),
        ("46%", "CNY_100M", "unit"),
        ("46个百分点", "PERCENT", "unit"),
        ("46元", "COUNT", "unit"),
        ("4.6.1", "COUNT", "unread"),
        ("数百家", "COUNT", "unread"),
        ("46或47", "COUNT", "unread"),
    ],
)
def test_undecidable_number_is_never_marked_as_right(label, unit, cause):
    mark = against(label, "46", unit)

    assert (mark.name, mark.cause, mark.is_flagged) == ("unreadable", cause, True)


def test_rise_is_not_compared_with_a_share():
    mark = against("增长46%", "46", "PERCENT", is_change=False)

    assert (mark.verdict, mark.cause) == (None, "change")
    assert against("占46%", "46", "PERCENT", is_change=False).name == "yes"


@pytest.mark.parametrize(
    ("kind", "label", "unit", "name"),
    [
        ("flow", "增加46亿元", "CNY_100M", "unreadable"),
        ("flow", "增至46亿元", "CNY_100M", "yes"),
        ("flow", "46亿元", "CNY_100M", "yes"),
        ("flow", "新增46家", "COUNT", "yes"),
        ("level", "新增46家", "COUNT", "unreadable"),
        ("level", "46家", "COUNT", "yes"),
        ("rate", "增长46%", "PERCENT", "yes"),
    ],
)
def test_increase_is_not_compared_with_a_total(kind, label, unit, name):
    observation = SimpleNamespace(
        value=Decimal(46), unit=unit, decimals=0, indicator=SimpleNamespace(kind=kind)
    )

    assert judge_value(read_label(label), value_of(observation)).name == name


@pytest.mark.parametrize(
    ("label", "counts_changes", "name"),
    [
        ("46家", False, "yes"),
        ("新增46家", False, "unreadable"),
        ("another 46 firms", False, "unreadable"),
        ("关停46家", False, "unreadable"),
        ("46 firms closed", False, "unreadable"),
        ("新增46家", True, "yes"),
        ("46家", True, "yes"),
    ],
)
def test_counts_of_a_stock_and_of_an_increase_differ(label, counts_changes, name):
    indicator = SimpleNamespace(kind="count", counts_changes=counts_changes)
    observation = SimpleNamespace(
        value=Decimal(46), unit="COUNT", decimals=0, indicator=indicator
    )

    assert judge_value(read_label(label), value_of(observation)).name == name


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("超过3000个", "yes"),
        ("3000多个", "yes"),
        ("超过2500个", "yes"),
        ("恰好3000个", "rounding"),
        ("不足2500个", "no"),
        ("不足4000个", "unreadable"),
    ],
)
def test_at_least_proves_only_at_least(label, name):
    assert against(label, "3000", "COUNT", qualifier="at_least").name == name


def claim(low, unit="PERCENT", **given):
    defaults = {
        "comparison": "exactly",
        "high": None,
        "decimals": 0,
        "verdict": "yes",
        "computed": Estimate.printed(Decimal(low), 1),
    } | given
    defaults["verdict"] = Verdict(defaults["verdict"])
    return Stated(low=Decimal(low), unit=unit, **defaults)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("84%", "yes"),
        ("48%", "no"),
        ("约84%", "yes"),
        ("超过80%", "yes"),
        ("超过90%", "no"),
        ("84个百分点", "unreadable"),
        ("下降84%", "no"),
        ("84 yuan", "unreadable"),
    ],
)
def test_a_number_must_follow_from_what_the_claim_states(label, name):
    assert judge_claim(read_label(label), claim("84")).name == name


def test_number_may_be_rounded_further_but_not_more_precise():
    stated = claim("13.5", "CNY_100M", decimals=1)

    assert judge_claim(read_label("14亿元"), stated).name == "yes"
    assert judge_claim(read_label("13.52亿元"), stated).name != "yes"


def test_growth_matches_its_multiple():
    growth = claim("84", is_change=True)

    assert judge_claim(read_label("1.84倍"), growth).name == "yes"
    assert judge_claim(read_label("1.48倍"), growth).name == "no"
    assert judge_claim(read_label("1.84倍"), claim("84")).name == "unreadable"


def test_worse_of_both_verdicts_is_shown():
    wrong = claim("84", verdict="no", computed=Estimate.printed(Decimal(79), 0))

    mark = judge_claim(read_label("84%"), wrong)
    assert (mark.name, mark.cause) == ("no", "value")
    # True of the data, but not what the claim states.
    mark = judge_claim(read_label("79%"), wrong)
    assert (mark.name, mark.cause) == ("no", "stated")


def test_a_claim_without_a_computed_value_keeps_its_verdict():
    stated = claim("84", verdict="missing", computed=None)

    assert judge_claim(read_label("84%"), stated).name == "missing"
    assert judge_claim(read_label("48%"), stated).name == "no"


@pytest.mark.parametrize(
    ("text", "bound", "unit", "name"),
    [
        ("达到46亿元", "46", "CNY_100M", "yes"),
        ("达到46亿美元", "46亿", "CNY_100M", "unreadable"),
        ("超过40亿元", "40亿", "CNY_100M", "yes"),
        ("不足40亿元", "40亿", "CNY_100M", "no"),
        ("下降46%", "46%", "PERCENT", "no"),
        ("146亿元", "46亿", "CNY_100M", "unreadable"),
    ],
)
def test_a_bound_number_is_read_in_its_sentence(text, bound, unit, name):
    start = text.index(bound)
    found = scan(text, "zh-hans").quantities
    quantity = quantity_at(found, text, start, start + len(bound))

    assert judge_value(quantity, Value(Decimal(46), unit, 0)).name == name
