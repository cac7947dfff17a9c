"""Ranks are read, and compared with claims and values that are ranks."""

from decimal import Decimal

import pytest

from swot.checking.claim_labels import Stated, judge_claim
from swot.checking.intervals import Estimate
from swot.checking.labels import judge_value, quantity_at
from swot.checking.quantities import scan
from swot.checking.quantities.ranks import find_places
from swot.checking.values import Value
from swot.checking.verdicts import Comparison, Verdict


def places(text, language):
    return [
        (text[p.first : p.last], int(p.value), p.unit.dimension)
        for p in find_places(text, language)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("规模居全国第8位", ("第8位", 8, "")),
        ("增速位列西部第三", ("第三", 3, "")),
        ("全省排名第十二名", ("第十二名", 12, "")),
        ("是省内第二大城市", ("第二大", 2, "")),
        ("排名全国倒数第四", ("倒数第四", 4, "RANK")),
        ("稳居榜首", ("榜首", 1, "")),
        ("处于全国末位", ("末位", 1, "RANK")),
    ],
)
def test_chinese_places(text, found):
    assert places(text, "zh-hans") == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Guizhou ranked 8th nationwide", ("8th", 8, "")),
        ("it ranks No. 12 in the west", ("No. 12", 12, "")),
        ("the second largest exporter", ("second largest", 2, "")),
        ("took third place", ("third place", 3, "")),
        ("the fourth-lowest rate", ("fourth-lowest", 4, "RANK")),
        ("came twenty-first", ("twenty-first", 21, "")),
        ("ranked third from the bottom", ("third from the bottom", 3, "RANK")),
    ],
)
def test_english_places(text, found):
    assert places(text, "en") == [found]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("第三批综合试验区", "zh-hans"),
        ("列入第三产业", "zh-hans"),
        ("第七次全国人口普查", "zh-hans"),
        ("位列其中", "zh-hans"),
        ("第2季度", "zh-hans"),
        ("the third batch of zones", "en"),
        ("in the first quarter", "en"),
        ("it ranks among the top 10", "en"),
        ("the 21st century", "en"),
    ],
)
def test_ordinals_that_count_are_not_ranks(text, language):
    assert places(text, language) == []


def rank_claim(place, unit="", verdict=Verdict.HOLDS):
    return Stated(
        Comparison.RANK,
        Decimal(place),
        None,
        0,
        unit,
        verdict,
        Estimate.exact(Decimal(place)),
    )


@pytest.mark.parametrize(
    ("text", "label", "unit", "verdict"),
    [
        ("居全国第8位", "第8位", "", Verdict.HOLDS),
        ("居全国第9位", "第9位", "", Verdict.CONTRADICTED),
        ("居全国第8位", "第8", "", Verdict.HOLDS),
        ("ranked 8th nationwide", "8th", "", Verdict.HOLDS),
        ("ranked eighth nationwide", "eighth", "", Verdict.HOLDS),
        ("the ninth largest", "ninth largest", "", Verdict.CONTRADICTED),
        ("全国倒数第八", "倒数第八", "RANK", Verdict.HOLDS),
        ("全国倒数第八", "倒数第八", "", None),
        ("居全国第八", "第八", "RANK", None),
    ],
)
def test_bound_rank_is_compared_with_the_claim(text, label, unit, verdict):
    start = text.index(label)
    language = "en" if text.isascii() else "zh-hans"
    found = scan(text, language).quantities
    place = quantity_at(found, text, start, start + len(label))

    assert judge_claim(place, rank_claim(8, unit)).verdict == verdict


@pytest.mark.parametrize(
    ("label", "unit", "verdict"),
    [
        ("倒数第三位", "RANK", Verdict.HOLDS),
        ("第三位", "RANK", None),
        ("第三位", "ORDINAL", Verdict.HOLDS),
        ("第三位", "COUNT", None),
    ],
)
def test_bound_rank_is_compared_with_a_value(label, unit, verdict):
    place = quantity_at((), label, 0, len(label))

    assert judge_value(place, Value(Decimal(3), unit, 0)).verdict == verdict
