"""The copy of a file with its faults marked, as an office program would open it."""

import io

import openpyxl
import pytest
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
