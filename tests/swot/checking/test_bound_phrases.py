"""What is shown beside a number bound in a sentence, and whether two languages agree.

The cases are in tests/data/phrases: values.txt (the value and unit of an observation),
claims.txt (what a claim states, then its verdict and the computed low, value and high)
and parity.txt. The bound number is in brackets.
"""

from decimal import Decimal

import pytest

from swot.checking.claim_labels import Stated, judge_claim
from swot.checking.intervals import Estimate
from swot.checking.labels import judge_value, language_of, quantity_at
from swot.checking.parity import compare
from swot.checking.quantities import scan
from swot.checking.values import Value
from swot.checking.verdicts import Verdict

from .phrases import FOLDER


def cases(name):
    """(line, its columns, what is expected) for each line of a file."""
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        given, _, expected = line.rpartition(" => ")
        yield line, given.split(" | "), expected


def bound(sentence):
    """The number in the brackets of a sentence, read with the words around it."""
    start, end = sentence.index("["), sentence.index("]") - 1
    plain = sentence.replace("[", "").replace("]", "")
    found = scan(plain, language_of(plain)).quantities
    return quantity_at(found, plain, start, end)


def places(digits):
    return len(digits.partition(".")[2])


def against_a_value(sentence, target):
    value, unit, *further = target.split()
    is_change = {"change": True, "level": False}.get(further[-1]) if further else None
    qualifier = next((word for word in further if "_" in word), "")
    known = Value(Decimal(value), unit, places(value), qualifier, is_change)
    return judge_value(bound(sentence), known).name


def against_a_claim(sentence, stated, computed):
    comparison, numbers, unit = stated.split()
    low, _, high = numbers.partition("..")
    verdict, known, *change = computed.split()
    ends = None if known == "-" else [Decimal(end) for end in known.split("..")]
    claim = Stated(
        comparison,
        Decimal(low),
        Decimal(high) if high else None,
        places(low),
        "" if unit == "-" else unit,
        Verdict(verdict),
        ends and Estimate(ends[1], ends[0], ends[2]),
        change == ["change"],
        is_level=change == ["level"],
        is_rate=change == ["rate"],
    )
    return judge_claim(bound(sentence), claim).name


def in_two_languages(zh, en):
    found = scan(zh, "zh-hans").quantities, scan(en, "en").quantities
    assert all(found), (zh, en)
    return "same" if compare([], found[0], [], found[1]).is_equal else "different"


@pytest.mark.parametrize(
    ("name", "judge", "least"),
    [
        ("values.txt", against_a_value, 100),
        ("claims.txt", against_a_claim, 60),
        ("parity.txt", in_two_languages, 100),
    ],
)
def test_bound_numbers(name, judge, least):
    lines = list(cases(name))

    assert len(lines) >= least
    assert [line for line, given, want in lines if judge(*given) != want] == []
