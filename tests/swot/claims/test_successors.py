"""A claim that names a successor follows the newest value of its series."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from swot.models.claim_rules import check_successor
from tests.factories import (
    make_claim,
    make_indicator,
    make_observation,
    make_region,
    make_source,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def series():
    return {
        "indicator": make_indicator(unit="COUNT", decimals=0),
        "region": make_region(),
        "source": make_source(),
        "unit": "COUNT",
        "decimals": 0,
    }


def overtaken(series, value="178", period="2025-04", **more):
    make_observation(code="old", period="2022-02", value=Decimal(132), **series)
    other = series | {"source": make_source()}
    new = make_observation(
        code="new", period=period, value=Decimal(value), **(other | more)
    )
    claim = make_claim(
        formula="old",
        expression={"op": "value", "code": "old"},
        stated_low=Decimal(132),
        stated_unit="COUNT",
        successor="new",
    )
    claim.refresh_from_db()
    return claim, new


@pytest.mark.parametrize(
    ("given", "verdict", "current"),
    [
        ({}, "superseded", Decimal(178)),
        # The newest data say the same.
        ({"value": "132"}, "yes", Decimal(132)),
        # Not newer, or not to be seen.
        ({"period": "2021-04"}, "yes", None),
        ({"period": "2022-02"}, "yes", None),
        ({"is_published": False}, "yes", None),
    ],
)
def test_only_newer_public_values_overtake(series, given, verdict, current):
    claim, _new = overtaken(series, **given)

    assert (claim.verdict, claim.current_value) == (verdict, current)


def test_a_still_newer_value_of_the_series_is_followed(series):
    claim, new = overtaken(series)

    make_observation(
        period="2026-01",
        value=Decimal(190),
        **(series | {"source": new.source, "indicator": new.indicator}),
    )

    claim.refresh_from_db()
    assert (claim.current_value, claim.current_period) == (Decimal(190), "2026-01")


def test_a_revision_of_the_newest_value_is_what_is_told(series):
    claim, new = overtaken(series, vintage="first release")

    same = series | {"source": new.source, "vintage": "revised"}
    make_observation(code="again", period=new.period, value=Decimal(181), **same)

    claim.refresh_from_db()
    assert (claim.verdict, claim.current_value) == ("superseded", Decimal(181))


def test_a_withdrawn_value_overtakes_nothing(series):
    claim, new = overtaken(series)

    new.is_published = False
    new.save()

    claim.refresh_from_db()
    assert (claim.verdict, claim.now_sentence) == ("yes", "")


@pytest.mark.parametrize(
    ("code", "unit", "words"),
    [
        ("nothing", "COUNT", "There is no value with the code “nothing”."),
        ("new", "PERCENT", "cannot be compared with the statement"),
    ],
)
def test_editors_are_told_what_cannot_follow(series, code, unit, words):
    claim, _new = overtaken(series)
    claim.successor, claim.stated_unit = code, unit

    with override("en"), pytest.raises(ValidationError, match=words) as error:
        check_successor(claim)

    assert set(error.value.message_dict) == {"successor"}
