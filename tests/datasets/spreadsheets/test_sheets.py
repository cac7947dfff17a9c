"""Which sheets of a workbook are read, and what is said about the others."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from datasets.importing.importer import observations
from datasets.importing.plan import ObservationOptions
from datasets.spreadsheets.problems import UnreadableFileError
from tests.factories import make_indicator, make_region, make_source, make_user

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
    return observations.plan(
        workbook(), options=ObservationOptions(source="office", sheet=sheet)
    )


def test_hidden_sheet_is_left_out_and_reported():
    found = plan()

    assert [change.after.period for change in found.new] == ["2022"]
    assert [(item.sheet, item.message) for item in found.warnings] == [
        ("底稿", "Hidden sheet left out.")
    ]
    assert (found.sheets, found.hidden_sheets) == (["2022", "底稿"], ["底稿"])


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
    with pytest.raises(UnreadableFileError, match=words):
        plan(sheet)


def test_text_file_has_no_sheets_to_choose_from():
    with pytest.raises(UnreadableFileError, match="text file has no sheets"):
        observations.plan(
            "地区,指标\n贵州,出口额\n".encode(),
            options=ObservationOptions(sheet="2022"),
        )


def test_editor_can_choose_the_hidden_sheet(client):
    client.force_login(make_user(is_superuser=True))
    client.cookies["django_language"] = "en"
    upload = reverse("admin:datasets_observation_import")
    file = SimpleUploadedFile("book.xlsx", workbook())
    sent = client.post(upload, {"file": file, "source": "office"})
    page = client.get(sent["Location"])

    assert list(page.context["again"].fields["sheet"].choices) == [
        ("", "all visible sheets"),
        ("2022", "2022"),
        ("底稿", "底稿 (hidden)"),
    ]

    client.post(sent["Location"], {"again": "1", "sheet": "底稿", "source": "office"})
    (change,) = client.get(sent["Location"]).context["plan"].new

    assert change.after.period == "2021"
