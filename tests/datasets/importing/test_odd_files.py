"""Files with something odd in them: each is read correctly, queried or refused."""

import pytest

from tests.datasets.importing.test_office_texts import LONG, plan
from tests.factories import make_indicator, make_region, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture(autouse=True)
def places():
    make_indicator(code="exports", title="出口额")
    make_indicator(code="imports", title="进口额")
    make_region(code="520000", name="贵州省")
    make_region(code="500000", name="重庆市")
    make_source(code="office", title="统计局")
    make_source(code="customs", title="海关")


def outcome(text, **options):
    """The refused lines if there are any, else the rows and the kinds of doubts."""
    made = plan(text, **options)
    if made.errors.count:
        return [problem.line for problem in made.errors]
    rows = [
        (c.after.region.code, c.after.period, c.after.plain_value, c.after.unit)
        for c in made.new
    ]
    return rows, [problem.kind for problem in made.suspicious]


def mismatches(files):
    """Those of the files [(text, options, right)] whose outcome is not `right`."""
    outcomes = [(text, outcome(text, **options)) for text, options, _right in files]
    rights = [right for _text, _options, right in files]
    return [
        (text, found, right)
        for (text, found), right in zip(outcomes, rights, strict=True)
        if found != right
    ]


def test_nothing_that_a_line_in_the_body_says_is_lost():
    guizhou, chongqing = ("520000", "2013", "5", "CNY_100M"), "500000"
    both = ([guizhou, (chongqing, "2012", "6", "CNY_10K")], [])
    exports = {"indicator": "exports"}
    files = [
        (
            "地区,出口额\n2013年 单位：亿元,\n贵州,5\n"
            "续表 2012年 单位：万元,\n重庆,6\n",
            {}, both,
        ),
        (
            "单位：亿元\n地区,出口额\n2013年,\n贵州,5\n2012年（单位：万元）,\n重庆,6\n",
            {}, both,
        ),
        ("地区,2013年（亿元）\n贵州,5\n重庆，6\n", exports, [3]),
        ("地区,2013年（亿元）\n贵州,5\n以上海为例，6\n", exports, [3]),
        ("地区,2013年（亿元）\n贵州,5\n以上为海关统计，\n", exports, ([guizhou], [])),
        ("地区,2013年（亿元）,备注\n贵州,5,\n重庆,,6\n", exports, [3]),
        ("地区,2013年（亿元）,备注\n贵州,5,\n重庆,,见表2\n", exports, ([guizhou], [])),
        ("地区,2013年（亿元）\n一、出口额（万元）,\n贵州,5\n", {}, [2, 3]),
    ]  # fmt: skip

    assert mismatches(files) == []


def test_rows_that_contradict_what_was_chosen_need_a_tick():
    row = ("520000", "2013", "5", "CNY_100M")
    table = LONG + "出口额,贵州,2013,5,亿元\n"
    named = "指标,2013年\n出口额（亿元）,5\n"
    files = [
        (table, {"region": "贵州省", "indicator": "exports"}, ([row], [])),
        (table, {"region": "500000"}, ([row], ["chosen"])),
        (table, {"indicator": "imports"}, ([row], ["chosen"])),
        (table, {"unit": "万元"}, ([row], ["chosen"])),
        (table, {"unit": "%"}, ([row], [])),
        (named, {"unit": "万元", "region": "520000"}, ([row], ["chosen"])),
        (
            table.replace("单位", "单位,来源").replace("亿元", "亿元,customs"),
            {}, ([row], ["source"]),
        ),
        (
            "地区,2013年,备注\n贵州,5,单位为万元\n",
            {"unit": "亿元", "indicator": "exports"}, ([row], ["own_unit"]),
        ),
        (
            "地区,2013年,备注\n贵州,5,unit: 10 thousand yuan\n",
            {"unit": "亿元", "indicator": "exports"}, ([row], ["own_unit"]),
        ),
        (
            "#comment unit=万元\n地区,2013年\n贵州,5\n",
            {"unit": "亿元", "indicator": "exports"}, [1, 3],
        ),
        (
            # Neither a place nor a number.
            "地区,2013年\n贵州,5\n注：合计不含军品,单位万元\n",
            {"unit": "亿元", "indicator": "exports"}, [3, 3],
        ),
    ]  # fmt: skip

    assert mismatches(files) == []


def test_words_that_make_a_value_provisional_need_a_tick():
    row = ("520000", "2013", "5", "CNY_100M")
    table = LONG.replace("\n", ",备注\n") + "出口额,贵州,2012,4,亿元,\n"
    wide = "地区,2013年（亿元）\n贵州,5\n"
    exports = {"indicator": "exports"}

    for note in ("初步核算数", "预计数", "预测", "Provisional", "快报", "全年计划"):
        later = f"出口额,贵州,2013,5,亿元,{note}\n"
        kind = "wanted" if note == "全年计划" else "preliminary_note"
        rows, kinds = outcome(table + later)
        assert (rows[1:], kinds) == ([row], [kind]), note
        below = outcome(f"{wide}注：2013年为{note}\n", **exports)
        assert below == ([row], [kind]), note
    assert outcome(wide + "注：按初步设计\n", **exports) == ([row], [])
    kinds = outcome(wide + "本表为快报数。,\n", **exports)[1]
    assert kinds == ["preliminary_note"]


def test_no_cell_without_a_heading_is_dropped():
    header = LONG.replace("\n", ",,\n")
    wide = "地区,2013年（亿元）,,\n贵州,5,,{}\n"
    exports = {"indicator": "exports"}
    row = ("520000", "2013", "5", "CNY_100M")
    files = [
        (header + "出口额,贵州,2013,5,亿元,,7\n", {}, [1]),
        (header + "出口额,贵州,2013,5,亿元,,\n", {}, ([row], [])),
        (wide.format("7"), exports, [1]),
        (wide.format("见注"), exports, [1]),
        (wide.format(""), exports, ([row], [])),
    ]

    assert mismatches(files) == []


def test_year_that_a_title_gives_to_months_needs_a_tick():
    row = ("520000", "2013-01", "5", "CNY_100M")
    rows = "月份,出口额（亿元）\n1月,5\n"
    columns = "指标,1月\n出口额（亿元）,5\n"
    full = "指标,2013年1月\n出口额（亿元）,5\n"
    files = [
        ("2013年外贸\n" + rows, {}, ([row], ["above"])),
        ("2013年外贸\n" + columns, {}, ([row], ["above"])),
        ("时间：2013年\n" + rows, {}, ([row], [])),
        ("时间：2013年\n" + columns, {}, ([row], [])),
        ("2012年外贸\n2013年\n" + rows, {}, [4]),
        ("2012年外贸\n2013年\n" + columns, {}, [4]),
        ("2012年外贸\n2013年\n" + full, {}, ([row], [])),
    ]
    files = [(text, {"region": "520000"}, right) for text, _options, right in files]

    assert mismatches(files) == []
