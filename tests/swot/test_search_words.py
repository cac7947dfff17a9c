"""Claims are found by the names of the series that they read."""

import pytest

from swot.models import Claim
from tests.factories import make_claim, make_indicator, make_observation, make_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    make_observation(
        code="warehouses",
        indicator=make_indicator(
            title_en="Overseas warehouses", title_zh_hans="海外仓"
        ),
        region=make_region(name_en="Guizhou", name_zh_hans="贵州"),
    )
    return make_claim(
        statement_en="Five places are named",
        expression={"op": "value", "code": "warehouses"},
        comparison="rose",
    )


def found(words):
    return [claim.statement_en for claim in Claim.objects.search(words)]


def test_claim_is_found_by_what_it_reads_in_both_languages(claim):
    for words in ("guizhou five places", "overseas warehouses", "贵州 海外仓"):
        assert found(words) == ["Five places are named"]
    assert found("guizhou six places") == []


def test_new_name_of_a_region_takes_the_place_of_the_old(claim):
    region = claim.observations.get().region
    region.name_en = "Qian"
    region.save()

    assert (found("qian warehouses"), found("guizhou")) == ([claim.statement_en], [])


def test_other_values_and_drafts_give_other_words(claim):
    seen = claim.observations.get()
    make_observation(code="exports", indicator=make_indicator(title_en="Exports"))
    seen.is_published = False
    seen.save()
    assert found("warehouses") == []

    claim.refresh_from_db()
    claim.expression = {"op": "value", "code": "exports"}
    claim.save()

    assert (found("exports"), found("warehouses")) == ([claim.statement_en], [])
