"""Which words are true of which computation: rose, fell, doubled, first, about."""

import pytest
from django.utils.translation import override

from swot.checking.explanations import explanation
from swot.checking.verdicts import Consequence, Verdict
from tests.swot.checking.statements import call, fact, judge, ref

HOLDS, ROUNDING, NO = Verdict.HOLDS, Verdict.ROUNDING, Verdict.CONTRADICTED
OPEN = Verdict.NOT_TESTABLE

OLD = fact("old", "200", period="2021")
NEW = fact("new", "186", period="2022")


@pytest.mark.parametrize(
    ("subject", "verdict"),
    [
        (fact("x", "-7", "PERCENT"), HOLDS),
        (fact("x", "-7", "PERCENT", kind="rate"), HOLDS),
        (fact("x", "7", "PERCENT", kind="rate"), NO),
        (fact("x", "-7", "PERCENT", names=(("en", "Guizhou, Trade growth,"),)), HOLDS),
        (fact("x", "7", "PERCENT", kind="share"), OPEN),
        (fact("x", "7", "PERCENT", names=(("en", "Guizhou, Interest rate,"),)), OPEN),
        (fact("x", "7", "COUNT"), OPEN),
        (fact("x", "7", kind="level"), OPEN),
    ],
)
def test_fall_is_compared_only_with_changes(subject, verdict):
    assert judge("x", "fell", "7", subject.unit, subject).verdict == verdict


@pytest.mark.parametrize(
    ("op", "unit", "number", "verdict"),
    [
        ("pct_change", "PERCENT", "7", HOLDS),
        ("diff", "CNY_100M", "14", HOLDS),
        ("diff", "CNY_100M", "16", NO),
        ("share", "PERCENT", "7", OPEN),
        ("ratio", "", "1", OPEN),
    ],
)
def test_a_computed_fall(op, unit, number, verdict):
    outcome = judge(call(op, "new", "old"), "fell", number, unit, OLD, NEW)

    assert outcome.verdict == verdict


@pytest.mark.parametrize(
    ("op", "new", "verdict"),
    [
        ("ratio", "209", HOLDS),
        ("ratio", "211", NO),
        ("ratio", "191", HOLDS),
        ("pct_change", "209", HOLDS),
        ("pct_change", "180", NO),
        ("diff", "200", OPEN),
    ],
)
def test_doubled_allows_five_percent(op, new, verdict):
    facts = fact("a", "100.0", period="2021"), fact("b", f"{new}.0", period="2022")

    assert judge(call(op, "b", "a"), "doubled", None, "", *facts).verdict == verdict


@pytest.mark.parametrize("op", ["pct_change", "diff", "cagr"])
def test_swapped_periods_are_refused(op):
    unit = "CNY_100M" if op == "diff" else "PERCENT"
    outcome = judge(call(op, "old", "new"), "rose", "7", unit, OLD, NEW)

    assert outcome.verdict == OPEN
    assert outcome.cause in ("period_order", "years")


def test_a_quotient_may_look_back_but_not_double():
    tree = call("ratio", "old", "new")

    assert judge(tree, "exactly", "1.1", "", OLD, NEW).verdict == HOLDS
    assert judge(tree, "doubled", None, "", OLD, NEW).cause == "period_order"


@pytest.mark.parametrize(
    ("stated", "computed", "verdict"),
    [
        ("100", "105", HOLDS),
        ("100", "106", NO),
        ("10", "11", HOLDS),
        ("10", "12", NO),
        ("2", "2.5", HOLDS),
        ("2", "1.2", NO),
        ("0.5", "0.55", HOLDS),
        ("0.5", "0.6", NO),
        ("30", "31", HOLDS),
    ],
)
def test_about_counts_the_printed_digits(stated, computed, verdict):
    value = fact("x", computed + "0000", decimals=6) if "." in computed else None
    value = value or fact("x", computed + ".000", decimals=3)

    assert judge("x", "about", stated, "CNY_100M", value).verdict == verdict


def test_about_in_words_allows_five_percent():
    value = fact("x", "2.20", decimals=2)

    assert judge("x", "about", "2", "CNY_100M", value).verdict == HOLDS
    outcome = judge("x", "about", "2", "CNY_100M", value, is_in_words=True)
    assert outcome.verdict == NO


def test_between_does_not_round_first():
    value = fact("x", "10.4")

    outcome = judge("x", "between", "5", "CNY_100M", value, high="10")

    assert outcome.verdict == NO


def ranked(*pairs, **overrides):
    return [
        fact(value=value, region=region, **overrides)
        for region, value in pairs
        if value is not None
    ]


EVERYWHERE = {"op": "across", "indicator": "trade", "period": "2022"}
OWN = {"op": "value", "indicator": "trade", "region": "520000", "period": "2022"}
PLACE = call("rank", OWN, EVERYWHERE)


@pytest.mark.parametrize(
    ("word", "number", "verdict"),
    [
        ("rank", "2", HOLDS),
        ("rank", "1", NO),
        ("highest", None, NO),
        ("lowest", None, NO),
    ],
)
def test_a_place_is_one_among_regions_of_one_level(word, number, verdict):
    facts = ranked(
        ("520000", "90"), ("530000", "80"), ("510000", "100"), ("510100", "95"),
        ("100000", "900"), ("USA", "2000"),
    )  # fmt: skip

    assert judge(PLACE, word, number, "", *facts).verdict == verdict


def test_lowest_looks_from_the_other_end():
    facts = ranked(("520000", "70"), ("530000", "80"), ("510000", "100"))

    assert judge(PLACE, "lowest", None, "", *facts).verdict == HOLDS
    assert judge(PLACE, "highest", None, "", *facts).verdict == NO


def test_the_first_of_some_is_not_the_first_of_all():
    facts = ranked(("520000", "90"), ("530000", "80"))
    levels = dict.fromkeys(("520000", "530000", "510000", "810000"), "province")
    levels["100000"] = "country"

    outcome = judge(PLACE, "rank", "1", "", *facts, levels=levels)

    assert (outcome.verdict, outcome.cause, outcome.about) == (
        OPEN,
        "incomplete",
        "2/3",
    )
    full = [*facts, *ranked(("510000", "70"))]
    assert judge(PLACE, "rank", "1", "", *full, levels=levels).verdict == HOLDS


def test_named_regions_without_a_value_leave_the_place_open():
    named = call("rank", OWN, EVERYWHERE | {"regions": ["510000", "530000"]})
    facts = ranked(("520000", "90"), ("530000", "80"))

    assert judge(named, "rank", "1", "", *facts).cause == "incomplete"


def test_a_place_within_a_region():
    own = OWN | {"region": "520100"}
    tree = call("rank", own, EVERYWHERE | {"within": "520000"})
    facts = ranked(("520100", "5"), ("520300", "4"), ("510100", "9"), ("520000", "20"))

    assert judge(tree, "highest", None, "", *facts).verdict == HOLDS


def test_regions_of_several_levels_are_not_summed():
    facts = ranked(("520000", "90"), ("520100", "50"))

    outcome = judge(call("sum", EVERYWHERE), "exactly", "140", "CNY_100M", *facts)

    assert outcome.cause == "levels"


@pytest.mark.parametrize("word", ["highest", "lowest", "rank"])
@pytest.mark.parametrize("unit", ["COUNT", "PERCENT", "CNY"])
def test_value_of_one_is_not_a_first_rank(word, unit):
    number = "1" if word == "rank" else None

    assert judge("x", word, number, unit, fact("x", "1", unit)).cause == "no_rank"


def trend(*values):
    facts = [fact(value=v, period=str(2018 + n)) for n, v in enumerate(values)]
    span = {"op": "range", "indicator": "trade", "region": "520000"}
    span |= {"from": "2018", "to": str(2017 + len(values))}
    return call("trend", span), facts


@pytest.mark.parametrize(
    ("values", "word", "verdict"),
    [
        (("1", "2", "3"), "rose", HOLDS),
        (("1.0", "1.0", "1.1"), "rose", ROUNDING),
        (("3.0", "3.0", "2.0", "2.0"), "rose", NO),
        (("1.0", "1.0", "2.0"), "fell", NO),
        (("3.0", "2.9", "2.9"), "fell", ROUNDING),
        (("5", "1", "9"), "fell", NO),
    ],
)
def test_one_certain_step_decides_a_trend(values, word, verdict):
    tree, facts = trend(*values)

    assert judge(tree, word, None, "", *facts).verdict == verdict


@pytest.mark.parametrize(
    ("op", "verdict"), [("pct_change", NO), ("pp_change", OPEN), ("diff", OPEN)]
)
def test_points_are_named_where_percent_was_written(op, verdict):
    facts = (
        fact("b", "10", "PERCENT", period="2021"),
        fact("c", "15", "PERCENT", period="2022"),
    )

    outcome = judge(call(op, "c", "b"), "rose", "5", "PERCENT", *facts)

    assert outcome.verdict == verdict
    with override("en"):
        assert "5 percentage points, or 50%" in explanation(outcome)
    with override("zh-hans"):
        assert "5个百分点" in explanation(outcome)


def test_difference_in_points_holds():
    facts = (
        fact("b", "10.0", "PERCENT", period="2021"),
        fact("c", "15.0", "PERCENT", period="2022"),
    )

    assert judge(call("diff", "c", "b"), "rose", "5", "PP", *facts).verdict == HOLDS
    rest = call("diff", {"op": "const", "value": "100", "unit": "PERCENT"}, "c")
    assert judge(rest, "exactly", "85", "PERCENT", *facts).verdict == HOLDS


@pytest.mark.parametrize(
    ("word", "number", "consequence"),
    [
        ("exactly", "14.1", Consequence.ROUNDING),
        ("exactly", "20", Consequence.NUMBER),
        ("exactly", "-14", Consequence.MEANING),
        ("more_than", "15", Consequence.MEANING),
        ("at_most", "14", Consequence.MEANING),
    ],
)
def test_wrong_sentence_is_distinguished_from_a_wrong_digit(word, number, consequence):
    value = fact("x", "14.19")

    outcome = judge("x", word, number, "CNY_100M", value)

    assert (outcome.verdict, outcome.consequence) == (NO, consequence)


def test_a_wrong_direction_changes_the_sentence():
    growth = call("pct_change", "new", "old")

    rose = judge(growth, "rose", "7", "PERCENT", OLD, NEW)
    fell = judge(growth, "fell", "17", "PERCENT", OLD, NEW)
    true = judge(growth, "fell", "7", "PERCENT", OLD, NEW)

    assert rose.consequence == Consequence.MEANING
    assert fell.consequence == Consequence.NUMBER
    assert true.consequence == Consequence.NONE


@pytest.mark.parametrize("unit", ["EUR_100M", "USD_100M", "PARSEC", "PP"])
def test_another_currency_or_unit_is_not_tested(unit):
    for word in ("exactly", "more_than", "about"):
        assert judge("x", word, "1", unit, fact("x", "1")).verdict == OPEN


def test_amounts_in_two_currencies_are_not_added():
    facts = fact("a", "1"), fact("b", "1", "USD_100M")

    outcome = judge(call("add", "a", "b"), "exactly", "2", "CNY_100M", *facts)

    assert (outcome.verdict, outcome.cause) == (OPEN, "currencies")
    assert explanation(outcome)


def test_an_unknown_unit_of_a_value_is_not_tested():
    outcome = judge(call("add", "a", "a"), "exactly", "2", "", fact("a", "1", "ELL"))

    assert (outcome.verdict, outcome.cause) == (OPEN, "unknown_unit")
    assert judge(ref("a"), "sort of", "1", "CNY_100M", fact("a")).verdict == OPEN
