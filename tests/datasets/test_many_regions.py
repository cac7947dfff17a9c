"""An indicator with values of more regions than its chart offers."""

import re

import pytest

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
