"""Lines in the body of a table: applied to what follows, listed, or refused."""

import pytest

from datasets.importing.lines import is_lost_row, read_line
from datasets.spreadsheets.sheets import Cell
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
    make_indicator(code="imports", title="进口额")
    make_region(code="520000", name="贵州省")
    make_region(code="530000", name="云南省")
    make_source(code="office", title="统计局")


@pytest.mark.parametrize(
    ("text", "kind", "given"),
    [
        ("单位：万元", "unit", "万元"),
        ("（单位 亿元）", "unit", "亿元"),
        ("计量单位:百万美元", "unit", "百万美元"),
        ("注：本表单位为万元", "unit", "万元"),
        ("2013年", "period", "2013"),
        ("二〇一三年", "period", "2013"),
        ("续表 2013年", "period", "2013"),
        ("(续)", "separator", ""),
        ("————————", "separator", ""),
        ("数据由海关提供", "remark", ""),
        ("本表由统计局编制。", "remark", ""),
        ("出口额，云南，2013，5", "lost", ""),
        ("出口额\t云南\t2013\t5", "lost", ""),
        ("二、出口额", "text", "出口额"),
        ("GDP", "text", "GDP"),
    ],
)
def test_line_is_classified_by_its_text(text, kind, given):
    line = read_line(Cell(text))

    assert (line.kind, line.given) == (kind, given)


def test_names_with_commas_are_not_taken_for_a_row():
    assert not is_lost_row("农、林、牧、渔业")
    assert not is_lost_row("1,234,567")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("地区,2013年\n单位：万元,\n贵州,5\n", [("520000", "2013", "5")]),
        ("单位：亿元\n地区,2013年\n贵州,5\n单位：亿元,\n", [("520000", "2013", "5")]),
        (
            "2012年\n地区,出口额（亿元）\n贵州,5\n2013年,\n云南,6\n",
            [("520000", "2012", "5"), ("530000", "2013", "6")],
        ),
        (
            "年份,出口额（亿元）\n2012年,\n1月,5\n2月,6\n2013年,\n1月,7\n",
            [
                ("520000", "2012-01", "5"),
                ("520000", "2012-02", "6"),
                ("520000", "2013-01", "7"),
            ],
        ),
        (
            "年份,出口额（亿元）\n2011,4\n2012,\n2013,5\n",
            [("520000", "2011", "4"), ("520000", "2013", "5")],
        ),
    ],
)
def test_line_applies_to_the_rows_below(text, rows):
    options = {"indicator": "exports"}
    if "贵州" not in text:
        options["region"] = "520000"

    assert [row[1:] for row in found(text, **options)] == rows


def test_unit_between_two_blocks_applies_to_the_second():
    text = "单位：亿元\n地区,2013年\n贵州,5\n\n单位：万元,\n地区,2013年\n云南,60000\n"

    made = plan(text, indicator="exports")

    assert [(c.after.plain_value, c.after.unit) for c in made.new] == [
        ("5", "CNY_100M"),
        ("60000", "CNY_10K"),
    ]
    assert (5, "section") in {(p.line, p.kind) for p in made.warnings}


def test_indicator_above_rows_applies_to_them():
    text = "地区,2013年（亿元）\n一、出口额,\n贵州,5\n二、进口额,\n贵州,6\n"

    assert [(row[0], row[3]) for row in found(text)] == [
        ("exports", "5"),
        ("imports", "6"),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        # What was chosen for the whole file takes precedence.
        ("地区,2013年\n单位：万元,\n贵州,5\n", (2, "unit", "单位:万元")),
        ("地区,2013年\n贵州,5\n单位：万元,\n", (3, "unit", "单位:万元")),
        ("地区,2013年\n贵州,5\n单位：亿卢布,\n云南,6\n", (3, "unit", "单位:亿卢布")),
        ("地区,2013年\n贵州,5\n注：单位为万元,\n", (3, "unit", "注:单位为万元")),
        ("地区,2013年\n二、进口额,\n贵州,5\n", (2, "line", "二、进口额")),
        ("地区,2013年\nGDP,\n贵州,5\n", (2, "line", "GDP")),
        ("地区,2013年\n贵州,5\n续表 2012年,\n云南,6\n", (3, "line", "续表 2012年")),
        ("地区,2013年\n贵州,5\n云南\n", (3, "line", "云南")),
        ("地区,2013年\n贵州,5\n云南；2013；6,\n", (3, "line", "云南;2013;6")),
        ('地区,2013年\n贵州,5\n"云南,2013,6",\n', (3, "line", "云南,2013,6")),
        ("2012年\n地区,出口额\n贵州,5\n2013年,\n", (4, "line", "2013年")),
        (LONG + "出口额,贵州,2013,5,亿元\n出口额，云南，2013，6，亿元\n",
         (3, "line", "出口额,云南,2013,6,亿元")),
        (LONG + "出口额,贵州,2013,5,亿元\n单位：万元,,,,\n", (3, "unit", "单位:万元")),
        (LONG + "2012年,,,,\n出口额,贵州,2013,5,亿元\n", (2, "line", "2012年")),
    ],
)  # fmt: skip
def test_line_of_unknown_meaning_is_refused_and_quoted(text, fault):
    assert faults(text, indicator="exports", unit="亿元") == [fault]


def test_unit_below_rows_that_have_none_is_refused():
    text = "地区,2013年\n贵州,5\n单位：万元,\n云南,6\n"

    assert (3, "unit", "单位:万元") in faults(text, indicator="exports")


def test_row_of_a_known_place_without_a_value_is_listed():
    made = plan("地区,2013年\n贵州,5\n云南,\n", indicator="exports", unit="亿元")

    assert made.is_clean
    assert [(p.line, p.kind, p.value) for p in made.warnings] == [
        (3, "novalue", "云南")
    ]


def test_line_with_a_character_that_reverses_text_is_refused():
    text = LONG + "出口额,贵州,2013,\u202e5,亿元\n出口额,贵\u202e州,2012,5,亿元\n"

    assert [(line, kind) for line, kind, _value in faults(text)] == [
        (2, "value"),
        (3, "region"),
    ]
