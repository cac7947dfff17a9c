"""A copy of a file as a workbook, with a comment in each cell that has a fault."""

import io
from collections.abc import Iterable, Iterator
from math import ceil
from typing import cast

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from cbec_site.base.characters import without_control
from cbec_site.base.formulas import workbook_text
from datasets.spreadsheets.documents import Content, TextSheet, read_document
from datasets.spreadsheets.folding import fold
from datasets.spreadsheets.problems import Problem, UnreadableFileError

COLOUR = PatternFill("solid", start_color="FFE0B2")
# Letters that a column of a copied text file shows at most.
WIDEST = 40
# Columns of the list of faults, in letters, and the height of one line, in points.
WIDTHS = {"A": 14, "B": 8, "C": 18, "D": 24, "E": 90}
LINE_HEIGHT = 15
# A heading is in one of the first rows.
HEAD = 25
AUTHOR = "CBEC Evidence"
# Characters of a comment; the list of faults has all of them.
LONGEST_NOTE = 2_000


def marked_copy(
    source: Content, problems: Iterable[Problem], encoding: str = ""
) -> bytes:
    """The file as XLSX, with the faults as comments and listed on a sheet of their own.

    Raises UnreadableFileError if the file cannot be read at all.
    """
    document = read_document(source, encoding=encoding)
    if document.kind == "xlsx":
        with source.open() as file:
            book = openpyxl.load_workbook(file, rich_text=True)
        rows_of = {sheet.title: _numbered(sheet) for sheet in book.worksheets}
        sheets = {sheet.title: sheet for sheet in book.worksheets}
    else:
        (text,) = document.sheets
        if not isinstance(text, TextSheet):
            raise UnreadableFileError(_("The file cannot be copied."))
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        rows_of, sheets = {"": _copy(text, sheet)}, {"": sheet}
    listed = list(problems)
    for problem in listed:
        name = problem.sheet or next(iter(sheets))
        if problem.line and name in sheets:
            _mark(sheets[name], rows_of[name], problem)
    _list(book, listed)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _numbered(sheet: Worksheet) -> dict[int, int]:
    return {number: number for number in range(1, sheet.max_row + 1)}


def _copy(text: TextSheet, sheet: Worksheet) -> dict[int, int]:
    """Write the cells of a text file; returns the row of each line of the file."""
    rows = {}
    for row, (line, cells) in enumerate(_lines(text), start=1):
        rows[line] = row
        for column, value in enumerate(cells, start=1):
            if value:
                cell = sheet.cell(row, column, workbook_text(value))
                cell.data_type = "s"
    for column in sheet.columns:
        widest = max(_letters(cell.value) for cell in column)
        letter = column[0].column_letter
        sheet.column_dimensions[letter].width = min(max(widest, 6), WIDEST) + 2
    return rows


def _lines(text: TextSheet) -> Iterator[tuple[int, list[str]]]:
    yield from text.numbered()


def _mark(sheet: Worksheet, rows: dict[int, int], problem: Problem) -> None:
    row = rows.get(problem.line)
    if row is None:
        return
    cell = _first_of_merged(sheet, row, _column(sheet, row, problem))
    message = without_control(problem.message)
    if cell.comment is not None:
        message = f"{cell.comment.text}\n{message}"
    cell.comment = Comment(message[:LONGEST_NOTE], AUTHOR, height=120, width=320)
    cell.fill = COLOUR


def _first_of_merged(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell that shows what merged cells hold; a cell on its own as it is."""
    cell = sheet.cell(row, column)
    if isinstance(cell, Cell):
        return cell
    merged = next(cells for cells in sheet.merged_cells if cell.coordinate in cells)
    return cast(Cell, sheet.cell(merged.min_row, merged.min_col))


def _column(sheet: Worksheet, row: int, problem: Problem) -> int:
    """The column of a fault in its row: found by heading, else by the cell's
    content."""
    width = min(sheet.max_column, 400)
    heading, value = fold(problem.column), fold(problem.value)
    headed = [
        column
        for line in range(1, min(row, HEAD) + 1)
        for column in range(1, width + 1)
        if problem.column and _text(sheet, line, column) == heading
    ]
    written = [
        column
        for column in range(1, width + 1)
        if problem.value and _text(sheet, row, column) == value
    ]
    both = [column for column in headed if column in written]
    return next(iter(both or written or headed), 1)


def _text(sheet: Worksheet, row: int, column: int) -> str:
    value = sheet.cell(row, column).value
    return "" if value is None else fold(str(value))


def _letters(value: object) -> int:
    """How wide a cell's text is in letters; a Chinese character is two."""
    return len(str(value or "").encode("gb18030"))


def _list(book: openpyxl.Workbook, problems: list[Problem]) -> None:
    """Write all faults on a sheet before the others."""
    sheet = book.create_sheet(_("What is wrong"), 0)
    sheet.append([_("Sheet"), _("Line"), _("Column"), _("Value"), _("What is wrong")])
    for problem in problems:
        texts = problem.column, problem.value, problem.message
        sheet.append(
            [
                workbook_text(problem.sheet),
                problem.line or None,
                *map(workbook_text, texts),
            ]
        )
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        # Not every program fits the height to wrapped text by itself.
        lines = (_letters(c.value) / (WIDTHS[c.column_letter] - 4) for c in row)
        sheet.row_dimensions[row[0].row].height = LINE_HEIGHT * max(
            1, *map(ceil, lines)
        )
    for cell in sheet[1]:
        cell.font = Font(name=cell.font.name, size=cell.font.size, bold=True)
    sheet.freeze_panes = "A2"
    # On paper a message stands beside its line.
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.active = 0
