"""A copy of a file as a workbook, with a comment in each cell that has a fault."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil
from typing import cast

import openpyxl
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
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
from datasets.spreadsheets.sheets import Sheet

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
    source: Content, problems: Iterable[Problem], encoding: str = "", more: int = 0
) -> bytes:
    """The file as XLSX, with the faults as comments and listed on a sheet of their own.

    `more` is the number of faults that were counted and are not among `problems`.
    Raises UnreadableFileError if the file cannot be read at all.
    """
    document = read_document(source, encoding=encoding)
    if document.kind == "xlsx":
        with source.open() as file:
            book = openpyxl.load_workbook(file, rich_text=True)
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        read = [sheet for sheet in document.sheets if isinstance(sheet, Sheet)]
        grids = {sheet.name: _grid(sheet) for sheet in read}
    else:
        (text,) = document.sheets
        if not isinstance(text, TextSheet):
            raise UnreadableFileError(_("The file cannot be copied."))
        book = openpyxl.Workbook()
        sheets = {"": book.worksheets[0]}
        grids = {"": _copy(text, book.worksheets[0])}
    listed = list(problems)
    for problem in listed:
        name = problem.sheet or next(iter(sheets))
        if problem.line and name in grids:
            _mark(sheets[name], grids[name], problem)
    _list(book, listed, more)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@dataclass
class _Grid:
    """The texts of a sheet as its faults quote them, and where their lines are.

    `rows` are the folded texts of each row; `row_of` has the row of each line.
    """

    rows: list[list[str]]
    row_of: dict[int, int]
    known: dict[str, list[int]] = field(default_factory=dict)

    def columns(self, problem: Problem) -> list[int]:
        """The columns where a fault may be, best first: those of its heading that have
        its text, those of its heading, those that have its text."""
        row = self.row_of[problem.line]
        texts = self.rows[row - 1] if row <= len(self.rows) else []
        value, headed = fold(problem.value), self._headed(fold(problem.column))
        written = [at for at, text in enumerate(texts, 1) if value and text == value]
        both = [column for column in headed if column in written]
        return both or headed or written or [1]

    def _headed(self, heading: str) -> list[int]:
        if heading not in self.known:
            self.known[heading] = self._find(heading) if heading else []
        return self.known[heading]

    def _find(self, heading: str) -> list[int]:
        """The columns below a heading of one line, or of several (2012年/出口)."""
        head = self.rows[:HEAD]
        columns = {
            column
            for row in head
            for column, text in enumerate(row, 1)
            if text == heading
        }
        *upper, lowest = heading.split("/")
        if columns or not upper:
            return sorted(columns)
        return [
            column
            for number, row in enumerate(head)
            for column, text in enumerate(row, 1)
            if text == lowest
            and all(part in _above(head[:number], column) for part in upper)
        ]


def _above(rows: list[list[str]], column: int) -> set[str]:
    """The texts above a cell; a heading also stands for the blank cells after it."""
    texts = (list(filter(None, row[:column])) for row in rows)
    return {text[-1] for text in texts if text}


def _grid(sheet: Sheet) -> _Grid:
    rows = [[cell.plain for cell in row] for row in sheet.rows]
    return _Grid(rows, {number: number for number in range(1, len(rows) + 1)})


def _copy(text: TextSheet, sheet: Worksheet) -> _Grid:
    """Write the cells of a text file."""
    grid = _Grid([], {})
    for row, (line, cells) in enumerate(text.numbered(), start=1):
        grid.row_of[line] = row
        grid.rows.append(list(map(fold, cells)))
        for column, value in enumerate(cells, start=1):
            if value:
                cell = sheet.cell(row, column, workbook_text(value))
                cell.data_type = "s"
    for cells_of_column in sheet.columns:
        widest = max(_letters(cell.value) for cell in cells_of_column)
        letter = cells_of_column[0].column_letter
        sheet.column_dimensions[letter].width = min(max(widest, 6), WIDEST) + 2
    return grid


def _mark(sheet: Worksheet, grid: _Grid, problem: Problem) -> None:
    """Add a fault to the comment of its cell.

    Where headings repeat and two cells of a row have the same fault, each gets it.
    """
    row = grid.row_of.get(problem.line)
    if row is None:
        return
    message = without_control(problem.message)
    cells = [_first_of_merged(sheet, row, column) for column in grid.columns(problem)]
    cell = next((c for c in cells if message not in _comment(c)), cells[0])
    text = "\n".join(filter(None, (_comment(cell), message)))
    cell.comment = Comment(text[:LONGEST_NOTE], AUTHOR, height=120, width=320)
    cell.fill = COLOUR


def _comment(cell: Cell) -> str:
    return "" if cell.comment is None else cell.comment.text


def _first_of_merged(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell that shows what merged cells hold; a cell on its own as it is."""
    cell = sheet.cell(row, column)
    if isinstance(cell, Cell):
        return cell
    merged = next(cells for cells in sheet.merged_cells if cell.coordinate in cells)
    return cast(Cell, sheet.cell(merged.min_row, merged.min_col))


def _letters(value: object) -> int:
    """How wide a cell's text is in letters; a Chinese character is two."""
    return len(str(value or "").encode("gb18030"))


def _list(book: openpyxl.Workbook, problems: list[Problem], more: int) -> None:
    """Write the faults on a sheet before the others."""
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
    if more:
        message = ngettext(
            "%s further fault is not listed here: correct these and upload the file "
            "again.",
            "%s further faults are not listed here: correct these and upload the file "
            "again.",
            more,
        )
        sheet.append([None, None, None, None, message % more])
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
    # On paper a message is beside its line.
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.active = 0
