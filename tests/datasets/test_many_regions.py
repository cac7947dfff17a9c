"""Charts where there are many regions, or many indicators to begin with."""

import re

import pytest
from django.db.models import Count
from django.http import QueryDict

from datasets.chart_measures import AMOUNTS
from datasets.models import Observation
from datasets.playable import comparison
from tests.factories import make_indicator, make_observation, make_region, make_source


@pytest.mark.django_db
@pytest.mark.usefixtures("english")
def test_chart_offers_the_longest_series_and_what_the_address_asks_for(
    client, monkeypatch
):
    monkeypatch.setattr("datasets.chart_series.CHOICES_OFFERED", 2)
    given = {"indicator": make_indicator(code="exports"), "source": make_source()}
    for code, years in (("R1", 2), ("R2", 4), ("R3", 1), ("R4", 3)):
        region = make_region(code=code)
        for year in range(2020, 2020 + years):
            make_observation(region=region, period=str(year), **given)

    assert offered(client, "") == ["R2", "R4"]
    assert offered(client, "?region=R1") == ["R2", "R4", "R1"]
    # What has no values is refused as before.
    address = "/en/datasets/indicators/exports/?region=R9"
    assert client.get(address).status_code == 400


def offered(client, query):
    response = client.get(f"/en/datasets/indicators/exports/{query}")
    assert response.status_code == 200
    return re.findall(r'name="region" value="(\w+)"', response.content.decode())


def counted(at_least):
    """The amount with most values to draw, found by counting all values."""
    return (
        Observation.objects.published()
        .filter(value__isnull=False, period_start__isnull=False)
        .filter(indicator__kind__in=AMOUNTS)
        .values("indicator__code")
        .annotate(regions=Count("region", distinct=True), count=Count("pk"))
        .filter(regions__gte=at_least)
        .order_by("-count", "indicator__code")
        .values_list("indicator__code", flat=True)
        .first()
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "drawn",
    [
        # Of each indicator: how many values each of its regions has, and how
        # many values are missing.
        [],
        [([0], 3)],
        [([3], 0), ([1, 1], 0)],
        [([1, 1], 9), ([2, 2], 0), ([3, 0], 0)],
        [([2, 1], 5), ([2, 1], 1), ([1, 2], 0), ([5], 0)],
        [([1, 2], 0), ([2, 1], 5), ([2, 1], 5)],
        [([2], 5), ([2], 0), ([3], 2)],
    ],
)
def test_the_comparison_begins_with_the_amount_that_has_most_values(drawn):
    for number, (regions, empty) in enumerate(drawn):
        given = {"indicator": make_indicator(code=f"amount_{number}")}
        given["source"] = make_source()
        for values in regions:
            region = make_region()
            for year in range(2000, 2000 + values):
                make_observation(region=region, period=str(year), **given)
        for year in range(2050, 2050 + empty):
            make_observation(None, period=str(year), **given)

    chart = comparison(QueryDict(""))

    first = counted(at_least=2) or counted(at_least=1)
    assert chart.choice.indicators == ((first,) if first else ())
