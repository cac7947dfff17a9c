"""Which sheets of a workbook are read, and what is said about the others."""

import io

import openpyxl
import pytest

from datasets.importing.plan import Options, make_plan
from datasets.importing.problems import Refused
from tests.factories import make_indicator, make_region, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture(autouse=True)
def places():
    make_indicator(code="exports", title="出口额")
    make_region(code="520000", name="贵州省")
    make_source(code="office", title="统计局")


def workbook():
    """A visible sheet, a hidden one and an empty one."""
    book = openpyxl.Workbook()
    book.active.title = "2022"
    book.active.append(["地区", "指标", "年份", "数值", "单位"])
    book.active.append(["贵州", "出口额", 2022, 1.5, "亿元"])
    hidden = book.create_sheet("底稿")
    hidden.append(["地区", "指标", "年份", "数值", "单位"])
    hidden.append(["贵州", "出口额", 2021, 9.5, "亿元"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Sheet3")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def plan(sheet=""):
    return make_plan(workbook(), options=Options(source="office", sheet=sheet))


def test_hidden_sheet_is_left_out_and_said():
    found = plan()

    assert [change.after.period for change in found.new] == ["2022"]
    assert [(item.sheet, item.message) for item in found.warnings] == [
        ("底稿", "Hidden sheet left out.")
    ]
    assert found.sheets == ["2022"]


@pytest.mark.parametrize(("sheet", "period"), [("2022", "2022"), ("底稿", "2021")])
def test_chosen_sheet_is_read_alone(sheet, period):
    found = plan(sheet)

    assert [change.after.period for change in found.new] == [period]
    assert list(found.warnings) == []


@pytest.mark.parametrize(
    ("sheet", "words"),
    [("2023", "no sheet called 2023; the file has: 2022, 底稿"), ("Sheet3", "empty")],
)
def test_sheet_that_cannot_be_read_is_named(sheet, words):
    with pytest.raises(Refused, match=words):
        plan(sheet)


def test_text_file_has_no_sheets_to_choose_from():
    with pytest.raises(Refused, match="text file has no sheets"):
        make_plan("地区,指标\n贵州,出口额\n".encode(), options=Options(sheet="2022"))
