"""Statements of every kind with what is right: units, periods, places, words."""

import datetime

import pytest

from .statements import call, fact, judge, ref

CURRENCIES = "CNY USD EUR HKD JPY GBP".split()


def amounts(new, old, unit="CNY_100M", now="2022", then="2021"):
    return fact("n", new, unit, now), fact("o", old, unit, then)


def said(outcome):
    return outcome.verdict.value, outcome.cause


@pytest.mark.parametrize("currency", CURRENCIES)
@pytest.mark.parametrize(
    ("value", "printed", "stated", "unit", "verdict"),
    [
        ("10.5", "BILLION", "105", "100M", "yes"),
        ("10.5", "BILLION", "106", "100M", "no"),
        ("0.0105", "TRILLION", "1050000", "10K", "yes"),
        ("10500", "MILLION", "10.5", "BILLION", "yes"),
    ],
)
def test_amounts_compare_in_every_scale(
    currency, value, printed, stated, unit, verdict
):
    known = fact("x", value, f"{currency}_{printed}")

    outcome = judge("x", "exactly", stated, f"{currency}_{unit}", known)

    assert outcome.verdict == verdict


@pytest.mark.parametrize(
    ("tree", "unit", "cause"),
    [
        (ref("x"), "CNY_100M", "units"),
        (call("add", "x", "y"), "CNY_100M", "currencies"),
        (call("share", "y", "x"), "PERCENT", "currencies"),
        (ref("z"), "CNY_100M", "unknown_unit"),
        (ref("y"), "BUSHEL", "unknown_unit"),
        (call("share", "z", "y"), "PERCENT", "unknown_unit"),
        (call("pct_change", "z", "z"), "PERCENT", "unknown_unit"),
    ],
)
def test_units_that_do_not_fit_are_not_tested(tree, unit, cause):
    known = (
        fact("x", "5", "USD_100M"),
        fact("y", "5", indicator="other"),
        fact("z", "5", "BUSHEL", indicator="third"),
    )

    outcome = judge(tree, "exactly", "5", unit, *known)

    assert said(outcome) == ("n/a", cause)


@pytest.mark.parametrize(
    ("op", "word", "number", "unit", "verdict"),
    [
        ("pct_change", "rose", "5", "PERCENT", "no"),
        ("pct_change", "rose", "50", "PERCENT", "yes"),
        ("pct_change", "exactly", "50", "PP", "n/a"),
        ("pp_change", "rose", "5", "PP", "yes"),
        ("pp_change", "fell", "5", "PP", "no"),
        ("diff", "rose", "5", "PERCENT", "n/a"),
    ],
)
def test_percent_is_not_percentage_points(op, word, number, unit, verdict):
    shares = amounts("15", "10", "PERCENT")

    assert judge(call(op, "n", "o"), word, number, unit, *shares).verdict == verdict


@pytest.mark.parametrize(
    ("tree", "word", "number", "unit", "verdict"),
    [
        (ref("n"), "more_than", "1500", "COUNT", "yes"),
        (ref("n"), "more_than", "2500", "COUNT", "n/a"),
        (ref("n"), "less_than", "1500", "COUNT", "no"),
        (call("pct_change", "n", "o"), "more_than", "90", "PERCENT", "yes"),
        (call("pct_change", "n", "o"), "less_than", "90", "PERCENT", "no"),
        (call("share", "o", "n"), "less_than", "60", "PERCENT", "yes"),
        (call("diff", "n", "o"), "more_than", "900", "COUNT", "yes"),
        (call("add", "n", "o"), "less_than", "2900", "COUNT", "no"),
    ],
)
def test_two_thousand_or_more(tree, word, number, unit, verdict):
    known = (
        fact("n", "2000", "COUNT", qualifier="at_least"),
        fact("o", "1000", "COUNT", "2021"),
    )

    assert judge(tree, word, number, unit, *known).verdict == verdict


@pytest.mark.parametrize(
    ("op", "now", "then", "verdict", "cause"),
    [
        ("pct_change", "2022-01-01/P9M", "2021", "n/a", "period_kinds"),
        ("pct_change", "2022-01-01/P9M", "2021-01-01/P6M", "n/a", "period_kinds"),
        ("share", "2022-Q1", "2022", "n/a", "period_kinds"),
        ("add", "2022-01", "2022", "n/a", "period_kinds"),
        ("pct_change", "2022-01-01/P9M", "2021-01-01/P9M", "yes", "compared"),
        ("pct_change", "2022-01-01/P12M", "2021", "yes", "compared"),
        ("pct_change", "2021", "2022", "n/a", "period_order"),
        ("diff", "2021-Q1", "2021-Q2", "n/a", "period_order"),
        ("cagr", "2019", "2022", "n/a", "period_order"),
    ],
)
def test_periods_have_to_match_and_be_in_order(op, now, then, verdict, cause):
    unit = "CNY_100M" if op in ("add", "diff") else "PERCENT"

    outcome = judge(
        call(op, "n", "o"),
        "exactly",
        "50",
        unit,
        *amounts("150", "100", "CNY_100M", now, then),
    )

    assert said(outcome) == (verdict, cause)


PROVINCES = {"520000": "province", "510000": "province", "500000": "province"}
ACROSS = {"op": "across", "indicator": "trade", "period": "2022"}
PLACE = call("rank", "p52", ACROSS)


def provinces(*values):
    return [
        fact(f"p{code[:2]}", value, region=code)
        for code, value in zip(PROVINCES, values, strict=True)
    ]


@pytest.mark.parametrize(
    ("word", "number", "values", "further", "verdict"),
    [
        ("rank", "1", ("30", "20", "10"), {}, "yes"),
        ("rank", "2", ("20", "30", "10"), {}, "yes"),
        ("rank", "1", ("20", "30", "10"), {}, "no"),
        ("rank", "1", ("30", "30", "10"), {}, "yes"),
        ("highest", None, ("30", "20", "10"), {}, "yes"),
        ("highest", None, ("30", "40", "10"), {}, "no"),
        ("lowest", None, ("5", "20", "10"), {}, "yes"),
        ("lowest", None, ("30", "20", "10"), {}, "no"),
        ("rank", "1", ("30", "20", "10"), {"530000": "province"}, "n/a"),
        ("highest", None, ("30", "20", "10"), {"530000": "province"}, "n/a"),
        ("lowest", None, ("5", "20", "10"), {"530000": "province"}, "n/a"),
        ("rank", "1", ("30", "20", "10"), {"520100": "city"}, "yes"),
    ],
)
def test_rank_needs_all_regions_of_the_level(word, number, values, further, verdict):
    known = [*provinces(*values), fact("c", "99", region="520100")]

    outcome = judge(PLACE, word, number, "RANK", *known, levels=PROVINCES | further)

    assert outcome.verdict == verdict
    if verdict == "n/a":
        assert (outcome.cause, outcome.about) == ("incomplete", "3/4")


@pytest.mark.parametrize(
    ("word", "number", "high", "value", "verdict"),
    [
        ("between", "3", "5", "4.9", "yes"),
        ("between", "3", "5", "5", "yes"),
        ("between", "3", "5", "5.4", "no"),
        ("about", "100", None, "105", "yes"),
        ("about", "100", None, "106", "no"),
        ("about", "10", None, "11", "yes"),
        ("about", "10", None, "11.2", "no"),
        ("about", "2", None, "2.5", "yes"),
        ("about", "2", None, "1.2", "no"),
        ("about", "1000", None, "1049", "yes"),
        ("about", "1000", None, "1051", "no"),
        ("exactly", "131", None, "132", "no"),
    ],
)
def test_words_around_a_count(word, number, high, value, verdict):
    known = fact("x", value, "COUNT")

    assert judge("x", word, number, "COUNT", known, high=high).verdict == verdict


@pytest.mark.parametrize(
    ("number", "new", "verdict"),
    [
        (None, "209", "yes"),
        (None, "191", "yes"),
        (None, "189", "no"),
        (None, "212", "no"),
        ("0.5", "51", "yes"),
        ("0.5", "54", "no"),
        ("3", "310", "yes"),
    ],
)
def test_multiples_allow_five_percent(number, new, verdict):
    counts = amounts(new, "100", "COUNT")

    assert judge(call("ratio", "n", "o"), "doubled", number, "", *counts).verdict == (
        verdict
    )


@pytest.mark.parametrize(
    ("kind", "value", "verdict", "cause"),
    [
        ("rate", "-7", "yes", "compared"),
        ("rate", "7", "no", "compared"),
        ("share", "7", "n/a", "no_change"),
        ("level", "7", "n/a", "no_change"),
    ],
)
def test_a_fall_of_seven_percent(kind, value, verdict, cause):
    known = fact("g", value, "PERCENT", kind=kind)

    assert said(judge("g", "fell", "7", "PERCENT", known)) == (verdict, cause)


def moment(year):
    return datetime.datetime(year, 1, 1, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("word", "number", "written", "verdict"),
    [
        ("exactly", "105", 2023, "superseded"),
        ("exactly", "99", 2023, "no"),
        ("exactly", "105", 2025, "no"),
        ("exactly", "105", 2020, "no"),
        ("exactly", "105", None, "no"),
        ("exactly", "110", 2023, "yes"),
        ("more_than", "100", 2023, "yes"),
    ],
)
def test_a_statement_names_when_it_was_written(word, number, written, verdict):
    before = fact("x", "105", valid_from=moment(2022))
    known = fact("x", "110", valid_from=moment(2024), former=(before,))

    outcome = judge(
        "x", word, number, "CNY_100M", known, as_of=written and moment(written)
    )

    assert outcome.verdict == verdict
    if verdict == "superseded":
        assert (outcome.estimate.value, outcome.current.estimate.value) == (105, 110)


@pytest.mark.parametrize(
    ("tree", "word", "number", "unit", "new", "consequence"),
    [
        (ref("n"), "exactly", "104", "CNY_100M", "104.6", "rounding"),
        (ref("n"), "exactly", "150", "CNY_100M", "104.6", "number"),
        (ref("n"), "more_than", "150", "CNY_100M", "104.6", "meaning"),
        (ref("n"), "less_than", "90", "CNY_100M", "104.6", "meaning"),
        (call("pct_change", "n", "o"), "rose", "50", "PERCENT", "50", "meaning"),
        (call("pct_change", "n", "o"), "exactly", "50", "PERCENT", "50", "meaning"),
        (call("pct_change", "n", "o"), "exactly", "40", "PERCENT", "150", "number"),
        (call("ratio", "n", "o"), "doubled", None, "", "50", "meaning"),
    ],
)
def test_consequence_of_a_contradiction_for_the_sentence(
    tree, word, number, unit, new, consequence
):
    outcome = judge(tree, word, number, unit, *amounts(new, "100"))

    assert (outcome.verdict, outcome.consequence) == ("no", consequence)


def test_a_wrong_place_changes_the_sentence():
    outcome = judge(
        PLACE, "rank", "1", "RANK", *provinces("10", "20", "30"), levels=PROVINCES
    )

    assert (outcome.verdict, outcome.consequence) == ("no", "meaning")
