"""The tables of values on the pages of an indicator, a region and a source."""

import re

import pytest
from django.utils.html import strip_tags

from tests.factories import (
    make_breakdown,
    make_indicator,
    make_observation,
    make_region,
    make_source,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def cells(content):
    """The cells of the first table with values, without their elements."""
    body = content.split("<tbody>")[-1].split("</tbody>")[0]
    return [" ".join(strip_tags(cell).split()) for cell in re.split(r"</t[hd]>", body)]


@pytest.mark.parametrize(
    ("of", "first"),
    [
        ("indicators/cbec", "Guizhou by road · first release"),
        ("regions/gz", "Trade by road · first release"),
        ("sources/paper", "Trade by road · first release"),
    ],
)
def test_part_edition_and_status_stand_below_what_they_are_about(client, of, first):
    make_breakdown(code="road", title_en="by road")
    make_breakdown(code="first", title_en="first release")
    make_observation(
        "7",
        indicator=make_indicator(code="cbec", title_en="Trade"),
        region=make_region(code="gz", name_en="Guizhou"),
        source=make_source(code="paper"),
        breakdown="road",
        vintage="first",
        status="E",
    )

    content = client.get(f"/en/datasets/{of}/").content.decode()

    assert cells(content)[0] == first
    assert "CNY 700 million Estimated" in cells(content)
    assert "Breakdown" not in content
    assert ">Status<" not in content


@pytest.mark.parametrize(
    ("order", "periods"),
    [
        ("value", ["2021", "2020", "2022", ""]),
        ("-value", ["2020", "2021", "2022", ""]),
        ("period", ["2020", "2021", "2022", ""]),
        ("-period", ["2022", "2021", "2020", ""]),
    ],
)
def test_what_is_empty_comes_last_in_either_order(client, order, periods):
    region = make_region(code="gz")
    series = {"region": region, "indicator": make_indicator(code="cbec")}
    for period, value in (("2022", None), ("2020", "9"), ("2021", "8")):
        status = "M" if value is None else "A"
        make_observation(value, period=period, status=status, **series)
    make_observation(None, period="", status="M", breakdown="b", **series)

    response = client.get(f"/en/datasets/regions/gz/?sort={order}")

    rows = response.context["table"].paginated_rows
    assert [row.record.period for row in rows] == periods
