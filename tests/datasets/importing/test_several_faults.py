"""A line with several faults has them all named, each at its cell."""

import io

import openpyxl
import pytest
from django.utils.translation import override

from datasets.imports.marked_copy import marked_copy
from tests.datasets.importing.test_office_texts import LONG, plan
from tests.factories import make_indicator, make_region, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
GOOD = "出口额,贵州,2013,5,亿元\n"


@pytest.fixture(autouse=True)
def places():
    make_indicator(code="exports", title="出口额")
    make_region(code="520000", name="贵州省")
    make_source(code="office", title="统计局")


def named(text, **options):
    """(line, column, value) of each fault in order."""
    found = plan(text, **options)
    return sorted((fault.line, fault.column, fault.value) for fault in found.errors)


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        (
            "出口额,黔国,去年,五,亿元",
            [("年份", "去年"), ("数值", "五"), ("地区", "黔国")],
        ),
        ("出口,黔国,2013,5,亿元", [("指标", "出口"), ("地区", "黔国")]),
        (
            "出口,贵州,2013年度内,5..5,亿",
            [
                ("指标", "出口"),
                ("年份", "2013年度内"),
                ("单位", "亿"),
                ("数值", "5..5"),
            ],
        ),
        ("出口额,贵州,#REF!,五,亿元", [("年份", "#REF!"), ("数值", "五")]),
        ("出口额,#N/A,2013,五,亿元", [("地区", "#N/A"), ("数值", "五")]),
        ("出口额,贵州,2013,五,件", [("数值", "五"), ("单位", "COUNT")]),
        ("出口额,贵州,,五,亿元", [("年份", ""), ("数值", "五")]),
    ],
)
def test_each_cell_at_fault_is_named_once(row, faults):
    for text in (LONG + row + "\n", LONG + GOOD + row + "\n" + GOOD):
        line = text.splitlines().index(row) + 1
        assert named(text) == sorted((line, *fault) for fault in faults)


def test_row_with_one_fault_is_not_given_others():
    for row, column in (
        ("出口额,贵州,去年,5,亿元", "年份"),
        ("出口额,贵州,2013,五,亿元", "数值"),
        ("出口额,贵州,2013,,亿元元", "单位"),
        ("出口额,贵州,2013,5亿,亿元元", "单位"),
    ):
        assert [place for _l, place, _v in named(LONG + row + "\n")] == [column], row


def test_fault_of_a_row_in_a_wide_table_is_named_once_for_all_its_values():
    text = "地区,年份,出口额（亿元）,进口额（亿元）\n贵州,去年,五,6\n"
    make_indicator(code="imports", title="进口额")

    assert named(text) == [(2, "出口额（亿元）", "五"), (2, "年份", "去年")]


def test_status_and_code_of_a_row_with_a_bad_number_are_checked():
    text = "指标,地区,年份,数值,单位,状态\n出口额,贵州,2013,五,亿元,奇怪\n"

    assert named(text) == [(2, "数值", "五"), (2, "状态", "奇怪")]


def test_unknown_names_beside_other_faults_can_be_mapped():
    found = plan(LONG + "出口,黔国,去年,5,亿元\n")

    assert found.unknown_names == {"indicator": {"出口": 1}, "region": {"黔国": 1}}
    assert found.new_count == 0


def test_faults_are_told_in_the_language_of_the_editor_and_marked_in_their_cells():
    text = LONG + "出口额,黔国,去年,五,亿元\n"
    with override("zh-hans"):
        problems = list(plan(text).errors)
        content = marked_copy(text.encode(), problems)

    assert len(problems) == 3
    assert not any(fault.message.isascii() for fault in problems)
    sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    marked = {
        cell.coordinate
        for sheet in sheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert marked == {"B2", "C2", "D2"}
