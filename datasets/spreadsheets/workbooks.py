"""Turns XLSX into sheets of cells, hidden ones marked; nothing is silently cut off."""

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

import openpyxl
from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl.cell.rich_text import TextBlock
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from cbec_site.base.formulas import unguarded

from .dates import date_as_shown
from .formats import number_cell
from .problems import UnreadableFileError
from .sheets import Cell, Sheet, check_cell, check_size
from .worksheets import SheetParser

_EMPTY = Cell("")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


def read_workbook(content: bytes) -> list[Sheet]:
    """Every sheet of a workbook, empty ones too.

    Raises UnreadableFileError for a file that is damaged, encrypted, another kind of
    archive or expands out of proportion, and for a formula saved without its result.
    """
    _check_archive(content)
    try:
        with warnings.catch_warnings():
            # Warnings about parts without cells: validations, pictures, extensions.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, rich_text=True
            )
            sheets = [_sheet(sheet) for sheet in book.worksheets]
    except (UnreadableFileError, MemoryError):
        raise
    except Exception as error:
        # The reader raises various errors for a file that violates the format;
        # whichever it is, the file is at fault, and nothing was taken from it.
        raise UnreadableFileError(
            _("The workbook is damaged and cannot be read; save it again in Excel.")
        ) from error
    if not sheets:
        raise UnreadableFileError(_("The workbook has no sheet with cells."))
    return sheets


def expanded_size(file: IO[bytes]) -> int:
    """How many bytes the parts of an archive have together; 0 for another file."""
    try:
        with zipfile.ZipFile(file) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except Exception:  # As below; reading the file says what is wrong with it.
        return 0


def _check_archive(content: bytes) -> None:
    """Refuse what is not an ordinary workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            _check_names(names)
            if any(entry.flag_bits & 1 for entry in entries):
                raise UnreadableFileError(
                    _("The workbook is encrypted; save it without a password.")
                )
            limit = min(settings.IMPORT_MAX_EXPANDED, max(len(content) * 200, 10**7))
            if sum(entry.file_size for entry in entries) > limit:
                raise UnreadableFileError(
                    _("The workbook expands to far more than its size; refused.")
                )
            if "xl/workbook.xml" in names:
                _refuse_strict(archive.read("xl/workbook.xml"))
    except (UnreadableFileError, MemoryError):
        raise
    except Exception:  # zlib, struct and others have errors of their own, as above.
        raise UnreadableFileError(_("The workbook is cut off or damaged.")) from None


def _check_names(names: set[str]) -> None:
    if "xl/workbook.bin" in names:
        raise UnreadableFileError(
            _("This is a binary workbook (.xlsb); save it as .xlsx.")
        )
    if "content.xml" in names and "mimetype" in names:
        raise UnreadableFileError(
            _("This is an OpenDocument file; save it as .xlsx or CSV.")
        )
    if not any(name.startswith("xl/") for name in names):
        raise UnreadableFileError(_("This is a zip archive, not a workbook."))


def _refuse_strict(workbook: bytes) -> None:
    """The reader knows only the usual names of elements and would find no cell."""
    if b"http://purl.oclc.org/ooxml/" in workbook:
        raise UnreadableFileError(
            _("This is a Strict Open XML workbook; save it as a usual .xlsx.")
        )


def _sheet(sheet: ReadOnlyWorksheet) -> Sheet:
    parser = SheetParser(sheet)
    rows: list[list[Cell]] = []
    for number, cells_of_row in parser.rows():
        check_size(number - 1, 0)
        rows += [[] for _missing in range(len(rows), number - 1)]
        cells = _cells(parser, cells_of_row)
        check_size(len(rows), len(cells))
        rows.append(cells)
    while rows and not rows[-1]:
        rows.pop()
    parser.mark_merged(rows)
    is_hidden = sheet.sheet_state != "visible"
    return Sheet(sheet.title, rows, is_hidden, parser.hidden(rows))


def _cells(parser: SheetParser, read: list[dict]) -> list[Cell]:
    """A row of cells from the parser's, up to the last one with text."""
    cells: list[Cell] = []
    for cell_read in read:
        cell = _cell(cell_read["value"], parser, cell_read["style_id"])
        if cell.text and parser.is_struck_out(cell_read["style_id"]):
            cell = replace(cell, fault=_("This cell is struck out in the sheet."))
        if cell.fault:
            address = f"{get_column_letter(cell_read['column'])}{cell_read['row']}"
            words = {"cell": address, "fault": cell.fault}
            cell = replace(cell, fault=_("Cell %(cell)s: %(fault)s") % words)
        if cell.text and not cell.text.isspace():
            check_size(0, cell_read["column"], cell_read["row"])
            cells += [_EMPTY] * (cell_read["column"] - len(cells))
            cells[cell_read["column"] - 1] = cell
    return cells


def _cell(value: Any, parser: SheetParser, style: int) -> Cell:
    if value is None:
        return _EMPTY
    if isinstance(value, bool):
        return Cell(str(value))
    if isinstance(value, datetime.datetime | datetime.date):
        fault = _("The sheet holds a date here, not a number.")
        text = date_as_shown(value, parser.number_format(style))
        return Cell(text, fault=fault, is_date=True)
    if isinstance(value, int | float):
        return number_cell(value, parser.number_format(style))
    text = "".join(_runs(value)) if isinstance(value, list) else str(value)
    # How XLSX writes a control character: _x000D_ is a carriage return.
    text = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)
    return Cell(unguarded(check_cell(text)))


def _runs(runs: list) -> Iterator[str]:
    """The text of a cell's runs; a superscript digit is a footnote mark: 5100[1].

    Other superscripts and subscripts stay as they are, and so does struck-out text.
    """
    before = ""
    for run in runs:
        text = str(run)
        font = run.font if isinstance(run, TextBlock) else None
        side = font.vertAlign if font is not None else None
        if side == "superscript" and not before.lower().endswith("m"):
            figure = re.fullmatch(r"\s*[\[(（]?(\d{1,2})[\])）]?\s*", text)
            text = f"[{figure[1]}]" if figure else text.translate(_RAISED)
        elif side == "subscript":
            text = text.translate(_LOWERED)
        if font is not None and font.strike:
            text = "".join(f"{char}\u0336" for char in text)
        yield text
        before = text
