"""The copy of a file with its faults marked, as an office program would open it."""

import io
import zipfile

import openpyxl
import pytest
from django.utils.translation import override
from openpyxl.comments import Comment

from datasets.imports.marked_copy import LONGEST_NOTE, marked_copy
from datasets.spreadsheets.documents import Content
from datasets.spreadsheets.problems import Problem


def copied(source, *problems):
    content = marked_copy(Content(source), problems)
    return openpyxl.load_workbook(io.BytesIO(content))


def workbook(fill):
    book = openpyxl.Workbook()
    fill(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def comments(sheet):
    return {
        cell.coordinate: cell.comment.text
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


@pytest.mark.parametrize("char", ["\x01", "\x0b", "\x1f"])
def test_characters_that_no_workbook_holds_become_spaces(char):
    source = f"region,value\nGui{char}zhou,2\n".encode()

    listed, sheet = copied(
        source, Problem(2, "region", f"Gui{char}zhou", f"No region “Gui{char}zhou”.")
    ).worksheets

    assert sheet["A2"].value == "Gui zhou"
    assert comments(sheet)["A2"] == "No region “Gui zhou”."
    assert listed["D2"].value == "Gui zhou"


def test_fault_in_merged_cells_is_marked_where_their_text_is():
    def fill(book):
        for row in (["地区", "年", "值"], ["夜郎", 2020, 1], [None, 2021, 1]):
            book.active.append(row)
        book.active.merge_cells("A2:A3")

    sheet = copied(
        workbook(fill),
        Problem(2, "地区", "夜郎", "first", "Sheet"),
        Problem(3, "地区", "夜郎", "second", "Sheet"),
    )["Sheet"]

    assert comments(sheet) == {"A2": "first\nsecond"}
    assert "A2:A3" in {str(cells) for cells in sheet.merged_cells.ranges}


def test_everything_else_of_a_workbook_stays():
    def fill(book):
        sheet = book.active
        sheet.append(["年", "值"])
        sheet.append([2020, 1234.5])
        sheet["B2"].number_format = '#,##0.00"亿元"'
        sheet["A2"].comment = Comment("old", "office")
        hidden = book.create_sheet("隐藏")
        hidden.sheet_state = "hidden"
        hidden.append(["年", "值"])
        hidden.append([2021, "x"])

    book = copied(
        workbook(fill),
        Problem(2, "年", "2020", "one", "Sheet"),
        Problem(2, "值", "x", "two", "隐藏"),
    )

    listed, sheet, hidden = book.worksheets
    assert (sheet["B2"].value, sheet["B2"].number_format) == (1234.5, '#,##0.00"亿元"')
    assert comments(sheet) == {"A2": "old\none"}
    assert (hidden.sheet_state, comments(hidden)) == ("hidden", {"B2": "two"})
    assert [row[0].value for row in listed.iter_rows(min_row=2)] == ["Sheet", "隐藏"]
    assert book.active == listed


def test_long_message_is_whole_in_the_list():
    message = "wrong " * 1_000

    listed, sheet = copied(b"a,b\nx,2\n", Problem(2, "a", "x", message)).worksheets

    assert len(comments(sheet)["A2"]) == LONGEST_NOTE
    assert listed["E2"].value == message


def test_comment_is_in_the_column_of_its_heading_not_at_the_same_text():
    two_lines = ",2012年,,2013年,\n地区,出口,进口,出口,进口\n贵州,x,x,5,x\n"
    twice = "地区,值,值\n贵州,x,x\n"
    not_a_number = "This is not a number."

    def marked(text, *problems):
        return set(comments(copied(text.encode(), *problems).worksheets[1]))

    assert marked(two_lines, Problem(3, "2013年/进口", "x", not_a_number)) == {"E3"}
    assert marked(two_lines, Problem(3, "2012年/进口", "x", not_a_number)) == {"C3"}
    assert marked(two_lines, Problem(1, "2013年/出口", "", "unknown")) == {"D1"}
    # A problem of the heading itself, where another cell has the quoted text.
    assert marked(twice, Problem(2, "地区", "x", not_a_number)) == {"A2"}
    both = [Problem(2, "值", "x", not_a_number)] * 2
    assert marked(twice, *both) == {"B2", "C2"}
    # Lines are numbered as in the file, even after a quoted line break.
    quoted = '地区,值\n"贵\n州",1\n云南,x\n'
    assert marked(quoted, Problem(4, "值", "x", not_a_number)) == {"B3"}


def test_cells_are_found_by_their_displayed_text():
    def fill(book):
        book.active.append(["地区", "2012年", "2013年"])
        book.active.append(["贵州", 10, "10"])
        book.active["C2"].data_type = "n"

    # A formula with its result, as an office program saves it.
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(fill))) as source,
        zipfile.ZipFile(content, "w") as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            part = part.replace(b'<c r="C2" t="n"><v>', b'<c r="C2"><f>B2*1</f><v>')
            target.writestr(name, part)

    sheet = copied(content.getvalue(), Problem(2, "2013年", "10", "doubtful", "Sheet"))[
        "Sheet"
    ]

    assert comments(sheet) == {"C2": "doubtful"}
    assert sheet["C2"].value == "=B2*1"


def test_faults_that_are_not_listed_are_counted():
    with override("en"):
        content = marked_copy(Content(b"a\nx\n"), [Problem(2, "a", "x", "one")], more=7)

    listed = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert [row[4].value for row in listed.iter_rows(min_row=2)] == [
        "one",
        "7 further faults are not listed here: correct these and upload the file "
        "again.",
    ]
