"""Workbooks that are built to exhaust their reader are refused at once."""

import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.xml import DEFUSEDXML

from datasets.spreadsheets.problems import UnreadableFileError
from datasets.spreadsheets.workbooks import read_workbook

pytestmark = pytest.mark.usefixtures("english")

SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
# Ten letters, then ten times as many, and so on, up to ten thousand million.
LAUGHS = '<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{10 * f"&{before};"}">'
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
LONG = f'<!ENTITY j "{10**5 * "a"}">'
OUTSIDE = '<!ENTITY j SYSTEM "file:///etc/passwd">'


def workbook(change, part=SHEET):
    """A workbook of two rows, one part of which is changed."""
    made, changed = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    for row in (["indicator", "value"], ["gdp", 1]):
        book.active.append(row)
    book.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            target.writestr(name, change(text) if name == part else text)
    return changed.getvalue()


def with_entity(entities, times=1):
    """A document type before the sheet, and one of its entities in the first cell."""

    def change(text):
        assert "indicator" in text
        text = text.replace("indicator", times * "&j;")
        return re.sub("(<worksheet)", rf"<!DOCTYPE x [{entities}]>\1", text, count=1)

    return change


@pytest.mark.parametrize(
    "change",
    [with_entity(LAUGHS), with_entity(LONG, times=1000), with_entity(OUTSIDE)],
    ids=["entities of entities", "one long entity", "another file"],
)
def test_entities_are_not_expanded(change):
    with pytest.raises(UnreadableFileError):
        read_workbook(workbook(change))


def test_reader_itself_is_guarded():
    """By a package that is installed in production too."""
    assert DEFUSEDXML


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<row r="2"', '<row r="99999999999"'),
        ('<row r="2"', '<row r="-5"'),
        ('r="A2"', 'r="ZZZZZZ2"'),
        ("<v>1</v>", f"<v>{'9' * 10**6}</v>"),
    ],
)
def test_cells_beyond_the_largest_sheet_are_refused(old, new):
    def change(text):
        assert old in text
        return text.replace(old, new)

    with pytest.raises(UnreadableFileError):
        read_workbook(workbook(change))


def test_cells_merged_over_a_whole_sheet_cost_nothing():
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'

    (sheet,) = read_workbook(
        workbook(lambda text: text.replace("</sheetData>", f"</sheetData>{merged}"))
    )

    assert len(sheet.rows) == 2


def test_archive_that_unpacks_too_large_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(BOOK, b"")
        target.writestr(SHEET, b" " * 20_000_000)

    with pytest.raises(UnreadableFileError, match="far more than its size"):
        read_workbook(made.getvalue())
