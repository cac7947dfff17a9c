"""The same thing in two spellings is recognised as one."""

import pytest

from tests.datasets.importing.test_office_texts import faults, plan
from tests.factories import (
    make_indicator,
    make_observation,
    make_region,
    make_source,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
HEADER = "指标,地区,年份,分组,数值,单位,备注\n"


@pytest.fixture(autouse=True)
def places():
    return {
        "indicator": make_indicator(code="exports", title="出口额"),
        "region": make_region(code="520000", name="贵州省"),
        "source": make_source(code="office", title="统计局"),
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("铁路（货运）", "铁路(货运)"),
        ("Ｂ２Ｂ出口", "B2B出口"),
        ("caf\u00e9", "cafe\u0301"),
        ("By air", "by  Air"),
        ("铁路〔货运〕", "铁路（货运）"),
        ("铁路[货运]", "铁路【货运】"),
        ("铁路{货运}", "铁路﹝货运﹞"),
        ("“带路”国家", "「带路」国家"),
        ("B2B—出口", "B2B-出口"),
        ("铁路·公路", "铁路・公路"),
        ("Xi'an", "Xi’an"),
    ],
)
def test_breakdown_in_two_spellings_is_a_conflict(one, other):
    row = "出口额,贵州,2013,{},{},亿元,\n"
    text = HEADER + row.format(one, 1) + row.format(other, 2)

    assert [(line, kind) for line, kind, _v in faults(text)] == [
        (2, "conflict"),
        (3, "conflict"),
    ]


def test_breakdown_stored_in_another_spelling_is_the_same(places):
    make_observation(
        "5", **places, period="2013", breakdown="铁路（货运）", unit="CNY_100M"
    )

    made = plan(HEADER + "出口额,贵州,2013,铁路(货运),6,亿元,\n")

    assert (made.new_count, made.changed_count) == (0, 1)


def test_note_in_another_width_is_no_change(places):
    make_observation(
        "5",
        **places,
        period="2013",
        unit="CNY_100M",
        note_zh_hans="含（保税）",
        decimals=0,
    )

    made = plan(HEADER + "出口额,贵州,2013,,5,亿元,含(保税)\n")

    assert (made.new_count, made.changed_count, made.unchanged) == (0, 0, 1)


def test_unit_in_brackets_of_a_part_is_its_unit():
    make_indicator(code="freight", title="货运量", unit="TONNE_10K")
    text = "2013年,\n运输方式,货运量\n铁路（万吨）,5\n公路（亿吨）,6\n"

    made = plan(text, region="520000")

    assert [(c.after.breakdown, c.after.plain_value) for c in made.new] == [
        ("铁路", "5"),
        ("公路", "60000"),
    ]
