"""The command that checks every claim."""

import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from datasets.models import Observation
from swot.models.claims import Claim
from swot.models.verdict_changes import VerdictChange
from tests.factories import make_claim, make_observation

pytestmark = pytest.mark.django_db

EXPRESSION = {"op": "value", "code": "firms"}


def make_computed_claim(**given):
    defaults = {
        "expression": EXPRESSION,
        "stated_low": Decimal(5),
        "stated_unit": "CNY_100M",
        "stated_value": "5",
    }
    return make_claim(**(defaults | given))


def run(capsys, *arguments):
    call_command("verify_claims", *arguments)
    return capsys.readouterr().out


def test_verify_claims_prints_every_claim(capsys):
    make_observation("5", code="firms")
    make_computed_claim(code="C1")
    make_claim(code="C2", finding="date", verdict="n/a", stated_value="2022-02")

    lines = run(capsys).splitlines()

    assert [" ".join(line.split()) for line in lines] == [
        "Claim Verdict Stated Recomputed",
        "C1 holds CNY 500 million CNY 500 million",
        "C2 not testable (finding) 2022-02",
        "2 claims (holds: 1, not testable: 1)",
    ]


def test_verify_claims_fails_on_a_contradiction_nobody_accepted(capsys):
    make_observation("6", code="firms")
    claim = make_computed_claim(code="C1")

    with pytest.raises(CommandError, match="C1") as caught:
        run(capsys)

    assert caught.value.returncode == 1
    claim.refresh_from_db()
    claim.accepted_reason_en = "Printed so."
    claim.save()
    assert "contradicted, accepted" in run(capsys)


def test_verify_claims_fails_on_a_finding_nobody_accepted(capsys):
    make_claim(code="C2", finding="date", verdict="no")

    with pytest.raises(CommandError, match="C2"):
        run(capsys)


def test_verify_claims_rechecks_after_changes_without_signals(capsys):
    make_observation("5", code="firms")
    make_computed_claim(code="C1")
    Observation.objects.update(value=None, status="O")

    out = run(capsys)

    assert "C1 changed: holds → data missing" in out
    assert VerdictChange.objects.get().new_verdict == "missing"
    assert Claim.objects.get().verdict == "missing"


def test_verify_claims_as_json(capsys):
    make_observation("6", code="firms")
    make_computed_claim(code="C1")

    with pytest.raises(CommandError):
        call_command("verify_claims", "--json")

    report = json.loads(capsys.readouterr().out)
    assert (report["status"], report["open"]) == ("contradicted", ["C1"])
    (claim,) = report["claims"]
    assert (claim["kind"], claim["verdict"], claim["recomputed"]) == (
        "computed",
        "no",
        "6",
    )
    assert (claim["low"], claim["high"]) == ("5.5", "6.5")
    assert claim["computation_zh"] == "6亿元"
