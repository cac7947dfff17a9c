"""SDMX-CSV of both versions, and other columns that change what a value means."""

import pytest

from tests.datasets.importing.test_office_texts import faults, found, plan
from tests.factories import make_indicator, make_region, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
FIRST = "DATAFLOW,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE"
SECOND = FIRST.replace("DATAFLOW", "STRUCTURE,STRUCTURE_ID,ACTION")


@pytest.fixture(autouse=True)
def places():
    make_indicator(code="exports", title="出口额")
    make_region(code="520000", name="贵州省")
    make_source(code="office", title="统计局")


def second(*, action="M", value="5", status="A", unit="CNY", mult="8", more=""):
    header = f"{SECOND},UNIT_MULT{',CONF_STATUS' if more else ''}"
    row = f"dataflow,GZ:T(1.0),{action},A,520000,exports,2013,{value},{status}"
    return f"{header}\n{row},{unit},{mult}{more}\n"


@pytest.mark.parametrize(
    ("mult", "stored"),
    [
        ("8", ("5", "CNY_100M")),
        ("4", ("5", "CNY_10K")),
        ("0", ("5", "CNY")),
        ("6", ("500", "CNY_10K")),
        ("9", ("50", "CNY_100M")),
        ("", ("5", "CNY")),
    ],
)
def test_unit_mult_is_applied(mult, stored):
    (change,) = plan(second(mult=mult)).new

    assert (change.after.plain_value, change.after.unit) == stored


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({"action": "D"}, "action"),
        ({"action": "R"}, "action"),
        ({"action": "X"}, "action"),
        ({"mult": "-3"}, "unit"),
        ({"mult": "mn"}, "unit"),
        ({"mult": "99"}, "unit"),
        ({"unit": "CNY_100M"}, "unit"),
        ({"unit": "", "mult": "8"}, "unit"),
        ({"more": ",Z"}, "status"),
        ({"status": "O"}, "status"),
        ({"value": "NaN"}, "status"),
    ],
)
def test_row_that_means_something_else_is_refused(row, kind):
    assert [(line, found) for line, found, _value in faults(second(**row))] == [
        (2, kind)
    ]


def test_first_version_with_names_beside_the_codes():
    header = FIRST.replace("REF_AREA", "REF_AREA: Reference area")
    header = header.replace("TIME_PERIOD", "TIME_PERIOD: Time")
    row = "GZ:T(1.0),A,520000: Guizhou,exports,2013: 2013,5,P,CNY_100M"

    assert found(f"{header}\n{row}\n") == [("exports", "520000", "2013", "5")]


def test_confidential_value_is_not_published_and_missing_one_has_its_status():
    closed = plan(second(more=",C"))
    missing = plan(second(value="NaN", status="M"))

    assert [change.after.is_published for change in closed.new] == [False]
    assert [(c.after.value, c.after.status) for c in missing.new] == [(None, "M")]


def test_unit_mult_and_a_chosen_unit():
    text = second(unit="").replace(",UNIT_MEASURE", "").replace(",,8", ",8")

    assert [c.after.unit for c in plan(text, unit="元").new] == ["CNY_100M"]
    assert [kind for _l, kind, _v in faults(text, unit="亿元")] == ["unit"]
    assert [kind for _l, kind, _v in faults(text)] == ["unit"]


@pytest.mark.parametrize(
    ("heading", "cell", "value"),
    [
        ("SCALE", "Millions", "500"),
        ("SCALE", "6", "500"),
        ("SCALE", "1000000", "500"),
        ("系数", "10000", "5"),
        ("换算系数", "1", "5"),
        ("倍数", "万", "5"),
    ],
)
def test_scale_of_a_row_is_applied(heading, cell, value):
    text = f"指标,地区,年份,数值,单位,{heading}\n出口额,贵州,2013,5,元,{cell}\n"

    assert [row[3] for row in found(text)] == [value]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("SCALE", "1"), ("SCALE", "10"), ("系数", "2"), ("系数", "0.1"), ("SCALE", "?")],
)
def test_scale_that_may_be_two_is_refused(heading, cell):
    text = f"指标,地区,年份,数值,单位,{heading}\n出口额,贵州,2013,5,元,{cell}\n"

    assert faults(text) == [(2, "unit", cell)]


def test_flags_are_statuses():
    text = "geo,indicator,time,value,unit,obs_flag\n520000,exports,2013,5,亿元,{}\n"

    assert [c.after.status for c in plan(text.format("p")).new] == ["P"]
    assert faults(text.format("c")) == [(2, "status", "c")]


def test_periods_that_are_all_split_years_or_all_months_are_refused():
    text = "指标,地区,时间,数值,单位\n"
    row = "出口额,贵州,{},5,亿元\n"
    both = text + row.format("2010-11") + row.format("2011-12")

    assert faults(both) == [(1, "period", "2010-11, 2011-12")]
    assert len(found(both + row.format("2011-05"))) == 3
    assert len(found(text + row.format("2010-11"))) == 1
