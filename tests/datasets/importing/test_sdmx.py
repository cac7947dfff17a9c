"""SDMX-CSV of both versions, and other columns that change what a value means."""

import pytest

from datasets.models import Observation
from datasets.statuses import WITHOUT_VALUE
from tests.datasets.importing.test_office_texts import faults, found, plan
from tests.factories import make_indicator, make_region, make_source

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
    pytest.mark.sampled,
]
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
def test_row_whose_sdmx_columns_change_its_meaning_is_refused(row, kind):
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
def test_ambiguous_scale_is_refused(heading, cell):
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
    wide = "地区,2010-11,2011-12\n贵州,5,6\n"
    options = {"indicator": "exports", "unit": "亿元"}
    assert [kind for _l, kind, _v in faults(wide, **options)] == ["period"]
    assert len(found(wide.replace("2011-12", "2011-05"), **options)) == 2


def with_column(heading, cell, **row):
    header, line = second(**row).splitlines()
    return f"{header},{heading}\n{line},{cell}\n"


USUAL = (
    "ADJUSTMENT N,SEASONAL_ADJUST NSA,PRICES V,COUNTERPART_AREA W,COUNTERPART_AREA _Z"
)
USUAL += ",TRANSFORMATION N,VALUATION ~,PRE_BREAK_VALUE ,UNIT_INDEX_BASE _Z"
OTHER = "ADJUSTMENT Y,PRICES L,PRICE_BASE Q,COUNTERPART_AREA USA,TRANSFORMATION G1"
OTHER += ",VALUATION F,BASE_PER 2010,PRE_BREAK_VALUE 4,OBS_PRE_BREAK 4"


def test_dimension_with_its_usual_value_is_read_and_reported():
    for heading, cell in (pair.split(" ") for pair in USUAL.split(",")):
        made = plan(with_column(heading, cell))
        told = [(p.column, p.kind) for p in made.warnings]

        assert (made.errors.count, made.new_count) == (0, 1), heading
        assert told == [(heading, "dimension")] * (cell not in ("", "~", "_Z"))


def test_dimension_of_other_values_is_refused_until_an_editor_decides():
    for heading, cell in (pair.split(" ") for pair in OTHER.split(",")):
        text = with_column(heading, cell)
        made = plan(text)

        assert [(p.line, p.kind, p.value) for p in made.errors] == [
            (2, "dimension", cell)
        ]
        assert "this column" in made.errors[0].message, heading
        assert made.unknown_columns == [heading]
        assert plan(text, ignore=frozenset([heading])).new_count == 1


def test_counterpart_may_be_read_as_the_breakdown():
    text = with_column("COUNTERPART_AREA", "USA")

    (change,) = plan(text, mapping={"column": {"COUNTERPART_AREA": "breakdown"}}).new

    assert change.after.breakdown == "USA"


@pytest.mark.parametrize(
    ("frequency", "period", "is_right"),
    [
        ("A", "2013", True),
        ("A: Annual", "2013", True),
        ("Q", "2013-Q2", True),
        ("M", "2013-M05", True),
        ("S", "2013-S1", True),
        ("D", "2013-05-06", True),
        ("P1M", "2013-05", True),
        ("602", "2013", True),
        ("M", "2013-01-01/P9M", True),
        ("M", "2013", False),
        ("A", "2013-05", False),
        ("Q", "2013-S1", False),
        ("W", "2013", False),
        ("7", "2013", False),
    ],
)
def test_frequency_has_to_agree_with_the_period(frequency, period, is_right):
    row = f",{frequency},520000,exports,{period},"
    text = second().replace(",A,520000,exports,2013,", row)
    # A second line is read with what was learnt from the first.
    text += text.splitlines()[1].replace("exports", "exports", 1).replace("5,A", "6,A")
    kinds = {kind for _line, kind, _value in faults(text)}

    assert kinds == ({"conflict"} if is_right else {"period"})


def test_frequency_of_each_line_is_checked():
    text = "freq,indicator,region,period,value,unit\n"
    text += "A,exports,520000,2012,4,亿元\nA,exports,520000,2013,5,亿元\n"

    assert len(found(text)) == 2
    assert faults(text.replace("2013", "2013-05"))[0][:2] == (3, "period")
    assert faults(text + "A,exports,520000,2013-Q1,5,亿元\n")[0][:2] == (4, "period")


@pytest.mark.parametrize("code", Observation.Status.values)
def test_every_status_is_read(code):
    is_missing = code in WITHOUT_VALUE
    value, wrong = ("", "5") if is_missing else ("5", "")

    for status in (code, f"{code}: as it is called"):
        made = plan(second(value=value, status=status))
        assert [change.after.status for change in made.new] == [code]
    assert [k for _l, k, _v in faults(second(value=wrong, status=code))] == ["status"]


def test_names_beside_codes_are_ignored():
    header, row = second().splitlines()
    header = header.replace("STRUCTURE_ID", "STRUCTURE_ID,STRUCTURE_NAME")
    header = header.replace("REF_AREA", "REF_AREA,Reference area")
    header = header.replace("UNIT_MULT", "UNIT_MULT,Unit multiplier")
    row = row.replace("T(1.0)", "T(1.0),Trade").replace("520000", "520000,Guizhou")
    text = f"{header}\n{row},Hundred millions\n"

    assert found(text) == [("exports", "520000", "2013", "5")]
    assert found(text.replace("Hundred millions", "x")) != []
    # Without the name of the structure, these are ordinary columns.
    assert faults(text.replace("STRUCTURE_NAME", "EDITION")) != []


def test_sdmx_comments_in_two_languages_and_decimals():
    text = with_column("COMMENT_OBS[en;zh],DECIMALS", "en:Revised;zh:修订,2")
    (change,) = plan(text.replace("STRUCTURE,", "STRUCTURE[;],")).new

    assert (change.after.note_zh_hans, change.after.note_en) == ("修订", "Revised")
    assert change.after.decimals == 2
    assert faults(text.replace(",2\n", ",x\n")) == [(2, "value", "5")]


def test_columns_of_the_oecd():
    header = (
        "indicator,LOCATION,TIME,Unit Code,PowerCode Code,PowerCode,Value,Flag Codes"
    )
    text = f"{header}\nexports,520000,2013,CNY,6,Millions,5,E\n"

    (change,) = plan(text).new

    assert (change.after.plain_value, change.after.status) == ("500", "E")
