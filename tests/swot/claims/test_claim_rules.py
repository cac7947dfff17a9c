"""What the database and the forms require of a claim and of an entry's evidence."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from swot.models.claims import Claim
from tests.factories import (
    make_claim,
    make_entry,
    make_event,
    make_figure,
    make_observation,
    make_policy,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"comparison": "between", "stated_low": 1}, "“Between” needs two numbers"),
        ({"stated_low": 1, "stated_high": 2}, "“Between” needs two numbers"),
        (
            {"comparison": "between", "stated_low": 2, "stated_high": 1},
            "“Between” needs two numbers",
        ),
        ({"stated_decimals": 7}, "Between −12 and 6 decimals."),
        (
            {"finding": "date", "expression": {"op": "const", "value": "1"}},
            "computed or found by an editor",
        ),
    ],
)
def test_claim_constraints(fields, message):
    claim = make_claim()
    for name, value in fields.items():
        setattr(claim, name, value)

    with override("en"), pytest.raises(ValidationError, match=message):
        claim.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**fields)


def test_evidence_keeps_the_accessors_of_an_entry():
    claim, policy, event = make_claim(), make_policy(), make_event()
    observation = make_observation()
    figure = make_figure(observations=[observation])
    entry = make_entry(
        claims=[claim], policies=[policy], events=[event], observations=[observation]
    )
    entry.figures.add(figure, through_defaults={"role": "weakens"})

    entry.claims.set([])

    assert list(entry.observations.all()) == [observation]
    assert list(figure.entries.all()) == [entry]
    roles = entry.evidence.order_by("pk").values_list("role", flat=True)
    assert sorted(roles) == ["context", "context", "context", "weakens"]
    assert {row.target for row in entry.evidence.all()} == {
        figure,
        policy,
        event,
        observation,
    }


def test_evidence_names_one_target_once():
    claim = make_claim()
    entry = make_entry(claims=[claim])
    model = entry.evidence.model

    with override("en"):
        with pytest.raises(ValidationError, match="Name one observation"):
            model(entry=entry).full_clean()
        with pytest.raises(ValidationError, match="already rests on this"):
            model(entry=entry, claim=claim).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(entry=entry)
