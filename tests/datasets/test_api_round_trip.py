"""Importing the published file of observations again changes nothing."""

import pytest

from datasets.importing.importer import observations
from datasets.models import Observation, Revision
from tests.factories import make_indicator, make_observation, make_region, make_source

pytestmark = pytest.mark.django_db

PERIODS = ["2022", "2022-S1", "2022-Q3", "2022-07", "2022-07-01", "2022-01-01/P9M"]


def make_oddities():
    """Values that a careless writer or reader of CSV would change."""
    shares = make_indicator(unit="PERCENT", kind="share")
    trade = make_indicator(unit="CNY_100M")
    region, source = make_region(), make_source()
    series = {"indicator": trade, "region": region, "source": source}
    for period in PERIODS:
        make_observation("1.50", period=period, **series)
    make_observation("2", period="", code="not_dated", **series)
    make_observation("-0.10", indicator=shares, code="fell_2022", qualifier="about")
    make_observation(
        "31.5400", unit="CNY_TRILLION", vintage="first release", status="P", **series
    )
    make_observation("31.54", unit="CNY_TRILLION", vintage="revised", **series)
    make_observation("1400", breakdown="base=2018", qualifier="at_least", **series)
    make_observation("322215.12", breakdown="batch 3", note="两种语言", **series)
    make_observation(None, breakdown="a", status="Q", note_zh_hans="保密", **series)
    make_observation(None, breakdown="b", status="O", note_en="Not asked.", **series)
    make_observation(
        "7",
        breakdown="c",
        note_zh_hans='第一行\n第二行，"引号"',
        note_en="a, b",
        **series,
    )
    make_observation("8", breakdown="d", note_zh_hans="=1+1 得二", **series)
    make_observation("9", breakdown="e", note_en="=1+1", **series)
    make_observation(
        "0.000001", indicator=make_indicator(unit="COUNT_100M"), status="E"
    )


def contents():
    fields = [field.attname for field in Observation._meta.concrete_fields]
    return list(Observation.objects.order_by("pk").values(*fields))


def check_round_trip(client, address):
    before = contents()

    content = client.get(address).getvalue()
    outcome = observations.import_file(content, file_name="observations.csv").as_json()

    published = Observation.objects.published().count()
    assert outcome == {
        "status": "ok",
        "new": 0,
        "changed": 0,
        "unchanged": published,
        "errors": [],
        "warnings": [],
    }
    assert contents() == before
    assert not Revision.objects.exists()


@pytest.mark.parametrize("variant", ["", "?bom=1"])
def test_published_file_changes_nothing(client, variant):
    make_oddities()

    check_round_trip(client, f"/api/v1/observations.csv{variant}")


def test_drafts_stay_drafts(client):
    make_observation(is_published=False)
    make_observation()

    check_round_trip(client, "/api/v1/observations.csv")

    assert Observation.objects.filter(is_published=False).count() == 1
