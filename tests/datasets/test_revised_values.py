"""Readers see that a value was revised, in the table, the chart and its note."""

from decimal import Decimal

import pytest

from datasets.charts import indicator_series
from datasets.models import Observation
from datasets.versions import former_versions, rewind
from tests.factories import make_indicator, make_observation, make_region, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def series():
    """Three years of one series; the last was revised twice, its note once more."""
    common = {
        "indicator": make_indicator(code="cbec", unit="COUNT"),
        "region": make_region(),
        "source": make_source(),
    }
    rows = [
        make_observation(value, period=period, **common)
        for value, period in (("1", "2020"), ("2", "2021"), ("3", "2022"))
    ]
    for value in ("4", "5"):
        rows[2].value = Decimal(value)
        rows[2].save()
    rows[0].note_en = "A note is no revision"
    rows[0].save()
    return common["indicator"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "revised; first published as 3"),
        ("zh-hans", "已修订；首次发布为3个"),
    ],
)
def test_table_and_chart_show_the_first_value(client, series, language, words):
    content = client.get(f"/{language}/datasets/indicators/cbec/").content.decode()

    assert f'<span class="muted">{words}</span>' in content
    assert content.count('<abbr class="flag" title="') == 1
    assert content.count('<small class="former">') == 1
    assert content.count("data-revised") == 1


def test_only_revised_values_are_marked(series):
    (column,) = indicator_series(series).columns

    assert [bool(cell.former) for cell in column.cells.values()] == [
        False,
        False,
        True,
    ]


def test_value_that_was_never_public_is_not_shown_as_the_first(client):
    row = make_observation("1", is_published=False, indicator=make_indicator(code="x"))
    row.value, row.is_published = Decimal(2), True
    row.save()

    content = client.get("/en/datasets/indicators/x/").content.decode()

    assert "first published as" not in content


def test_of_a_value_revised_often_two_versions_are_read_at_most():
    row = make_observation("10")
    moments = []
    for value in range(11, 19):
        moments.append(row.valid_from)
        row.value = Decimal(value)
        row.save()
    assert row.revisions.count() == 8

    def read(moment=None):
        return Observation.objects.prefetch_related(former_versions(moment)).get()

    assert [one.value for one in read().former_versions] == [10]
    assert read().first_value == "10亿元"
    for value, moment in enumerate(moments, 10):
        seen = read(moment)
        assert {one.value for one in seen.former_versions} == {10, value}
        assert rewind(seen, moment)
        assert seen.value == value
        assert seen.valid_from == moment
