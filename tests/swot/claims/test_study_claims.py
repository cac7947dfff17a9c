"""The live checker reaches the verdicts of the study's own recomputation."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

import swot
from swot.checking.intervals import Estimate, round_half_up
from swot.checking.verdicts import FINDINGS, Comparison, Statement, Verdict, decide
from swot.checking.verification import check
from swot.claims.rechecking import recheck
from swot.models.claims import Claim
from swot.models.fact_loading import prefetch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("study", "english")]

FILE = Path(swot.__file__).parent / "fixtures" / "claims.csv"
RECOMPUTABLE = {
    row["code"]: row
    for row in csv.DictReader(FILE.open(encoding="utf-8", newline=""))
    if row["formula"] and row["verdict"] not in FINDINGS
}


def statements():
    claims = Claim.objects.filter(code__in=RECOMPUTABLE)
    return {claim.code: claim.as_statement for claim in claims}


def test_verdicts_of_the_live_checker_are_those_of_the_facts():
    told = statements()
    facts = prefetch(told.values())

    found = {code: check(told[code], facts).verdict.value for code in told}

    assert len(found) == 42
    assert found == {code: row["verdict"] for code, row in RECOMPUTABLE.items()}


def test_recomputed_values_and_intervals_are_those_of_the_facts():
    """Six digits of every value, both ends of every interval that the facts give."""
    told = statements()
    facts = prefetch(told.values())
    differing = {}
    for code, row in RECOMPUTABLE.items():
        estimate = check(told[code], facts).estimate
        for name, end in (
            ("recomputed_value", estimate.value),
            ("interval_low", estimate.low),
            ("interval_high", estimate.high),
        ):
            # Values that are counted have no interval; the facts then repeat them.
            if row[name] and abs(Decimal(row[name]) - end) > abs(end) * Decimal("1e-5"):
                differing[code, name] = (row[name], f"{end:.6g}")

    assert differing == {}


def test_stored_verdicts_are_written_anew_not_read_from_the_file():
    before = dict(Claim.objects.values_list("code", "verdict"))
    Claim.objects.filter(expression__isnull=False).update(
        verdict=Verdict.MISSING, computed_value=None, recomputed_value=""
    )

    changes = recheck()

    assert dict(Claim.objects.values_list("code", "verdict")) == before
    assert {change.claim.code for change in changes} == set(RECOMPUTABLE)


@pytest.mark.parametrize(
    ("computed", "stated", "verdict"),
    [
        ("0.1696", "0.16", Verdict.CONTRADICTED),
        ("3.0658", "3.06", Verdict.CONTRADICTED),
        ("0.1696", "0.17", Verdict.HOLDS),
        ("3.0658", "3.07", Verdict.HOLDS),
    ],
)
def test_what_was_cut_off_instead_of_rounded_is_contradicted(computed, stated, verdict):
    statement = Statement(
        None, Comparison.EXACTLY, low=Decimal(stated), decimals=2, unit="CNY_TRILLION"
    )

    assert decide(statement, Estimate.exact(Decimal(computed))) == verdict


@pytest.mark.parametrize(
    ("code", "stated", "computed"),
    [("C26", "0.16", "0.1696"), ("C28", "3.06", "3.0658")],
)
def test_the_study_has_both_numbers_that_were_cut_off(code, stated, computed):
    claim = Claim.objects.get(code=code)

    value = round_half_up(claim.computed_value, 4)

    assert (claim.stated_value, str(value)) == (stated, computed)
    assert (claim.comparison, claim.verdict) == ("exactly", "no")
