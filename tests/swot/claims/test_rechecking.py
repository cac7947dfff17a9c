"""Verdicts follow the data in the same transaction, and are predicted before it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import override

from datasets.dependents import Proposal, ask_consequences
from datasets.models import ImportBatch, Observation, Region
from datasets.signals import announce
from swot.claims.rechecking import FEW, WRITTEN, index, recheck, six_digits
from swot.models.claims import Claim
from swot.models.verdict_changes import ClaimInput, VerdictChange
from tests.factories import (
    make_claim,
    make_indicator,
    make_observation,
    make_region,
    make_source,
)

pytestmark = pytest.mark.django_db

GROWTH = {
    "op": "pct_change",
    "args": [{"op": "value", "code": "new"}, {"op": "value", "code": "old"}],
}


CODE = {"op": "value"}


def make_series(values=("13", "27.17"), codes=("old", "new"), **given):
    """Yearly observations from 2019 on, in one series."""
    series = {
        "indicator": make_indicator(),
        "region": make_region(),
        "source": make_source(),
    } | given
    return [
        make_observation(value, period=str(2019 + n), code=code, **series)
        for n, (value, code) in enumerate(zip(values, codes, strict=True))
    ]


def make_growth_claim(**given):
    defaults = {
        "expression": GROWTH,
        "stated_low": Decimal(109),
        "stated_unit": "PERCENT",
    }
    return make_claim(**(defaults | given))


def test_saving_a_claim_computes_it():
    old, new = make_series()

    claim = make_growth_claim(verdict="no")

    claim.refresh_from_db()
    assert claim.verdict == "yes"
    assert claim.recomputed_value == "109"
    assert claim.computed_value == 109
    assert round(claim.interval_low, 3) == Decimal("101.222")
    assert claim.computation_zh_hans == "(27.17 − 13) ÷ 13 = 109.0%"
    assert claim.explanation_en == "Recomputed: 109.0%. Stated: 109%."
    assert claim.checked_at is not None
    assert set(claim.observations.all()) == {old, new}
    assert not VerdictChange.objects.exists()


def test_saving_an_observation_rechecks_and_keeps_the_history():
    _old, new = make_series()
    claim = make_growth_claim()

    new.value = Decimal(40)
    new._change_reason = "The bureau corrected it."
    new.save()

    claim.refresh_from_db()
    change = VerdictChange.objects.get()
    assert claim.verdict == "no"
    assert (change.claim, change.old_verdict, change.new_verdict) == (
        claim,
        "yes",
        "no",
    )
    assert (change.old_value, change.new_value) == ("109", "207.692")
    assert change.reason == "The bureau corrected it."


def test_a_failing_transaction_leaves_value_and_verdict():
    _, new = make_series()
    claim = make_growth_claim()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        new.value = Decimal(40)
        new.save()
        raise ZeroDivisionError

    claim.refresh_from_db()
    assert claim.verdict == "yes"
    assert not VerdictChange.objects.exists()


def delete_with_another_code_in_hand(observation):
    observation.code = "other"
    observation.delete()


@pytest.mark.parametrize(
    "delete",
    [
        lambda observation: Observation.objects.filter(pk=observation.pk).delete(),
        delete_with_another_code_in_hand,
    ],
    ids=["by its query", "by what is stored"],
)
def test_deleting_rechecks_by_the_stored_code(delete):
    _, new = make_series()
    claim = make_growth_claim()

    delete(new)

    claim.refresh_from_db()
    assert claim.verdict == "missing"


def test_deleting_and_creating_an_observation_rechecks():
    _, new = make_series()
    claim = make_growth_claim()

    new.delete()
    claim.refresh_from_db()
    assert (claim.verdict, claim.recomputed_value) == ("missing", "")

    make_observation("27.17", code="new")
    claim.refresh_from_db()
    assert claim.verdict == "yes"


def test_a_code_that_moves_away_rechecks():
    _, new = make_series()
    claim = make_growth_claim()

    new.code = "newer"
    new.save()

    claim.refresh_from_db()
    assert claim.verdict == "missing"


def test_a_new_period_of_a_followed_series_supersedes():
    _old, new = make_series()
    claim = make_growth_claim(period_policy="latest")

    make_observation(
        "30",
        period="2021",
        indicator=new.indicator,
        region=new.region,
        source=new.source,
    )

    claim.refresh_from_db()
    assert claim.verdict == "superseded"


def test_a_new_value_of_a_named_series_rechecks():
    indicator, region = make_indicator(unit="COUNT"), make_region()
    expression = {
        "op": "latest",
        "indicator": indicator.code,
        "region": region.code,
    }
    claim = make_claim(expression=expression, stated_low=3, stated_unit="COUNT")
    assert claim.verdict == "missing"

    observation = make_observation("3", indicator=indicator, region=region)

    claim.refresh_from_db()
    assert claim.verdict == "yes"
    assert list(claim.observations.all()) == [observation]


def test_a_batch_is_announced_once():
    old, new = make_series()
    claim = make_growth_claim()
    batch = ImportBatch.objects.create(file_name="a.csv", sha256="0" * 64)
    Observation.objects.filter(pk=new.pk).update(value=Decimal(40))

    announce(observations=[new.pk, old.pk], batch=batch, reason="Yearbook")

    change = VerdictChange.objects.get()
    assert (change.claim, change.batch, change.reason) == (claim, batch, "Yearbook")


def test_a_batch_names_what_it_deleted():
    _, new = make_series()
    claim = make_growth_claim()
    Observation.objects.filter(pk=new.pk)._raw_delete("default")

    announce(former=[new])

    claim.refresh_from_db()
    assert claim.verdict == "missing"


def test_findings_are_left_alone_but_their_history_is_kept():
    claim = make_claim(finding="date", verdict="no", recomputed_value="other")

    recheck()
    claim.verdict = "n/a"
    claim.save()

    claim.refresh_from_db()
    assert (claim.verdict, claim.recomputed_value) == ("n/a", "other")
    assert VerdictChange.objects.get().old_verdict == "no"


def test_an_editor_cannot_overrule_the_checker():
    make_series()
    claim = make_growth_claim()

    claim.verdict = "no"
    claim.save()

    claim.refresh_from_db()
    assert claim.verdict == "yes"
    assert not VerdictChange.objects.exists()


def test_the_value_of_a_draft_is_not_stored():
    _, new = make_series()
    new.is_published = False
    new.save()

    claim = make_growth_claim()

    assert claim.verdict == "yes"
    assert (claim.recomputed_value, claim.computed_value) == ("", None)
    assert claim.interval_low is None
    assert "27.17" not in claim.computation_en + claim.explanation_en


@pytest.mark.parametrize("count", [1, 12])
def test_recheck_query_count_is_constant(django_assert_max_num_queries, count):
    for n in range(count):
        codes = (f"old{n}", f"new{n}")
        make_series(codes=codes)
        args = [{"op": "value", "code": code} for code in reversed(codes)]
        make_growth_claim(expression={"op": "pct_change", "args": args})
    Observation.objects.filter(code__startswith="new").update(value=Decimal(40))

    # savepoint (2), claims, facts, links, update, history, stamp and its savepoints
    with django_assert_max_num_queries(12):
        changes = recheck()

    assert len(changes) == count


def test_many_claims_are_stored_like_a_few(django_assert_max_num_queries):
    """Beyond FEW they are written in another way."""
    make_series()
    code = {"op": "value", "code": "old"}
    computed = [
        {},
        {"stated_low": Decimal(200)},
        {"expression": code, "stated_unit": "CNY_100M", "stated_low": Decimal(13)},
        {"expression": code | {"code": "none"}},
        {"expression": {"op": "const", "value": "0.1"}, "stated_unit": ""},
    ]
    for n in range(FEW + 1):
        make_growth_claim(**computed[n % 5])
    recheck()
    saved = list(Claim.objects.order_by("pk").values_list(*WRITTEN))
    blank = dict.fromkeys(WRITTEN) | {"verdict": "n/a"}
    blank |= {"consequence": "", "recomputed_value": "", "current_period": ""}
    blank["words_digest"] = ""
    Claim.objects.update(**blank)

    with django_assert_max_num_queries(15):
        recheck()

    assert list(Claim.objects.order_by("pk").values_list(*WRITTEN)) == saved
    assert {verdict for verdict, *_ in saved} == {"yes", "no", "missing"}


def test_only_outcomes_that_changed_are_put_in_words(monkeypatch):
    _old, new = make_series()
    claim, other = (
        make_growth_claim(),
        make_growth_claim(expression=CODE | {"code": "old"}, stated_unit="CNY_100M"),
    )
    recheck()
    worded = []
    monkeypatch.setattr(
        "swot.claims.rechecking.reading",
        lambda outcome: worded.append(outcome.statement.unit) or "words",
    )

    recheck()
    assert worded == []
    # The words name the region, whatever becomes of the verdict.
    Region.objects.filter(pk=new.region_id).update(name_en="Elsewhere")
    other.refresh_from_db()
    recheck(claims=[other])
    Observation.objects.filter(pk=new.pk).update(status="P")
    recheck()

    assert worded == ["CNY_100M"] * 2 + ["PERCENT"] * 2
    claim.refresh_from_db()
    assert claim.verdict == "yes"
    assert claim.computation_en == "words"
    assert "provisional" in claim.explanation_en
    recheck(renew_words=True)
    assert len(worded) == 8


@pytest.mark.parametrize("count", [1, 5])
def test_index_query_count_is_constant(django_assert_num_queries, count):
    for n in range(count):
        make_series(codes=(f"old{n}", f"new{n}"))
        args = [{"op": "value", "code": f"{word}{n}"} for word in ("new", "old")]
        make_growth_claim(
            expression={"op": "pct_change", "args": args}, period_policy="latest"
        )
    before = set(ClaimInput.objects.values_list("code", "indicator", "region"))

    # claims, followed values, those that succeed them, and old rows out, new rows in
    with django_assert_num_queries(5):
        index(Claim.objects.all())

    found = set(ClaimInput.objects.values_list("code", "indicator", "region"))
    assert found == before
    assert len(found) == 3 * count


def test_consequences_are_listed_and_nothing_is_written():
    _old, new = make_series()
    claim = make_growth_claim(statement="Grew by 109 percent")
    proposal = replace(Proposal.of(new), value=Decimal(40), decimals=0)

    with override("en"):
        (found,) = ask_consequences([proposal])

    assert (found.code, found.before, found.after) == (
        claim.code,
        "holds",
        "contradicted",
    )
    assert found.title == "Grew by 109 percent"
    assert found.url == f"/en/swot/claims/{claim.code}/"
    claim.refresh_from_db()
    new.refresh_from_db()
    assert (claim.verdict, new.value) == ("yes", Decimal("27.17"))


def test_consequences_of_the_same_values_are_none():
    make_series()
    make_growth_claim()

    assert ask_consequences(map(Proposal.of, Observation.objects.all())) == []


def test_consequences_of_new_and_deleted_values():
    _old, new = make_series()
    make_growth_claim(code="C1")
    make_growth_claim(code="C2", period_policy="latest")
    newer = replace(Proposal.of(new), id=None, code="", period="2021")

    added = ask_consequences([newer])
    deleted = ask_consequences([replace(Proposal.of(new), is_deleted=True)])

    assert [found.code for found in added] == ["C2"]
    assert [found.code for found in deleted] == ["C1", "C2"]


def test_the_inputs_are_indexed_by_code_and_series():
    old, _ = make_series()
    claim = make_growth_claim(period_policy="latest")

    rows = ClaimInput.objects.values_list("code", "indicator", "region")

    series = ("", old.indicator.code, old.region.code)
    assert set(rows) == {("old", "", ""), ("new", "", ""), series}
    claim.expression = None
    claim.save()
    assert not rows.all().exists()


def test_an_acceptance_ends_when_the_value_changes():
    _old, new = make_series()
    claim = make_growth_claim(stated_low=Decimal(200))
    claim.accepted_reason_en = "As the paper prints it."
    claim.save()
    assert claim.is_accepted

    new.value = Decimal(20)
    new.save()

    claim.refresh_from_db()
    assert claim.verdict == "no"
    assert not claim.is_accepted
    claim.accepted_reason_en = "Still as the paper prints it."
    claim.save()
    assert claim.is_accepted


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("37.04918", "37.0492"),
        ("109", "109"),
        ("1015986", "1015990"),
        ("0.1696133", "0.169613"),
        ("0", "0"),
        ("-6.05", "-6.05"),
    ],
)
def test_six_digits(value, text):
    assert six_digits(Decimal(value)) == text


def test_clean_parses_the_formula():
    make_series()
    claim = Claim(formula="(new-old)/old*100", stated_unit="PERCENT", stated_low=109)

    claim.clean()

    assert claim.expression == GROWTH


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"formula": "import os"}, "formula"),
        ({"formula": "new + nowhere"}, "formula"),
        ({"formula": "new - old", "stated_unit": "COUNT"}, "formula"),
        ({"expression": {"op": "exec"}}, "expression"),
        ({"expression": GROWTH}, "stated_low"),
    ],
)
def test_clean_says_what_is_wrong(fields, field):
    make_series()

    with pytest.raises(ValidationError) as caught:
        Claim(**fields).clean()

    assert list(caught.value.message_dict) == [field]
