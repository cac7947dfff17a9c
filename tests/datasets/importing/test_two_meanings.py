"""A cell that contradicts its heading or says two things: confirmed, or refused."""

import pytest

from tests.datasets.importing.test_office_texts import LONG, faults, found, plan
from tests.factories import make_indicator, make_region, make_source

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
    pytest.mark.sampled,
]


@pytest.fixture(autouse=True)
def places():
    make_indicator(code="exports", title="出口额")
    make_indicator(code="firms", title="企业数", unit="COUNT")
    make_region(code="520000", name="贵州省")
    make_source(code="office", title="统计局")


@pytest.mark.parametrize(
    ("cell", "unit", "stored", "kinds"),
    [
        ("7亿元", "亿元", ("7", "CNY_100M"), []),
        ("7百万元", "百万元", ("700", "CNY_10K"), []),
        ("7亿", "亿元", ("7", "CNY_100M"), []),
        ("7万", "元", ("7", "CNY_10K"), []),
        ("7万元", "亿元", ("7", "CNY_10K"), ["own_unit"]),
        ("7亿", "万元", ("7", "CNY_100M"), ["own_unit"]),
    ],
)
def test_unit_in_a_cell_and_unit_of_its_row(cell, unit, stored, kinds):
    made = plan(f"{LONG}出口额,贵州,2013,{cell},{unit}\n")

    assert list(made.errors) == []
    assert [(c.after.plain_value, c.after.unit) for c in made.new] == [stored]
    assert [p.kind for p in made.suspicious] == kinds


@pytest.mark.parametrize(
    ("cell", "unit"),
    [("7万", "亿元"), ("7美元", "亿元"), ("7%", "亿元"), ("7万件", "万元")],
)
def test_implausible_unit_in_a_cell_is_refused(cell, unit):
    assert faults(f"{LONG}出口额,贵州,2013,{cell},{unit}\n") == [(2, "value", cell)]


def test_cells_with_units_raise_one_doubt_together():
    text = LONG + "".join(
        f"出口额,贵州,{year},7万元,亿元\n" for year in range(2000, 2010)
    )

    (doubt,) = plan(text).suspicious

    assert (doubt.line, doubt.message.split(" ")[0]) == (2, "10")


@pytest.mark.parametrize("cell", ["1.200", "-1.200", "约12.345", "999.999", "1,200"])
def test_point_or_comma_before_three_digits_in_a_file_with_semicolons(cell):
    text = (
        "指标;地区;年份;数值;单位\n出口额;贵州;2012;7;亿元\n出口额;贵州;2013;{};亿元\n"
    )

    assert faults(text.format(cell)) == [(3, "value", cell)]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("0.200", "0.200"), ("1.20", "1.20"), ("1.2345", "1.2345"),
     ("1234.567", "1234.567"), ("1,234,567", "1234567")],
)  # fmt: skip
def test_unambiguous_numbers_in_a_file_with_semicolons(cell, value):
    text = f"指标;地区;年份;数值;单位\n出口额;贵州;2013;{cell};亿元\n"

    assert [row[3] for row in found(text)] == [value]
    assert faults(text.replace(";", "\t")) == []


@pytest.mark.parametrize(
    ("currency", "unit", "kinds"),
    [
        ("人民币", "亿元", []),
        ("CNY", "亿元", []),
        ("美元", "亿元", ["unit"]),
        ("比特币", "亿元", ["unit"]),
        ("亿元", "亿元", ["unit"]),
        ("人民币", "", ["unit"]),
    ],
)
def test_currency_in_a_column_of_its_own(currency, unit, kinds):
    text = "指标,地区,年份,数值,单位,币种\n"

    assert [
        kind for _l, kind, _v in faults(f"{text}出口额,贵州,2013,7,{unit},{currency}\n")
    ] == kinds


@pytest.mark.parametrize("column", ["币种", "OBS_STATUS", "CONF_STATUS", "系数"])
def test_column_that_changes_its_values_cannot_be_ignored(column):
    text = f"指标,地区,年份,数值,单位,{column}\n出口额,贵州,2013,7,亿元,\n"

    assert faults(text, ignore=frozenset([column])) == [(1, "unknown", "")]


@pytest.mark.parametrize(
    ("unit", "stored"),
    [
        ("亿元 (100 million yuan)", "CNY_100M"),
        ("亿元/100 million yuan", "CNY_100M"),
        ("人民币：亿元", "CNY_100M"),
        ("亿元 (10 000 yuan)", None),
        ("亿元 (USD)", None),
    ],
)
def test_unit_in_two_languages(unit, stored):
    made = plan(f"{LONG}出口额,贵州,2013,7,{unit}\n")

    assert [c.after.unit for c in made.new] == ([stored] if stored else [])
    assert made.is_clean == bool(stored)


@pytest.mark.parametrize(
    ("note", "fault"),
    [
        ("注：本表单位均为亿元", False),
        ("注：除特别注明外单位为亿元", False),
        ("说明：以下数据单位为亿元", False),
        ("注：贵阳市的单位为亿元", True),
        ("注：其中出口额单位为亿元", True),
        ("说明：2012年以前的单位为亿元", True),
    ],
)
def test_unit_in_a_note_applies_to_all_values_or_is_refused(note, fault):
    table = "地区,2013年\n贵州,7\n"

    assert bool(faults(f"{note},\n{table}", indicator="exports")) == fault


@pytest.mark.parametrize(
    "note", ["注：按美元计价", "Note: in US dollars", "注：按人民币统计"]
)
def test_note_that_names_a_currency_needs_a_tick(note):
    made = plan(f"地区,2013年\n贵州,7\n{note},\n", indicator="exports", unit="亿元")

    assert list(made.errors) == []
    assert [p.kind for p in made.suspicious] == ["currency"]


def test_note_about_a_method_of_counting_needs_no_tick():
    made = plan("地区,2013年\n贵州,7\n注：按可比口径计算,\n", indicator="exports",
                unit="亿元")  # fmt: skip

    assert (list(made.errors), list(made.suspicious)) == ([], [])
