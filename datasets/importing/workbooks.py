"""XLSX to sheets of cells, hidden ones marked; nothing is cut off in silence."""

import datetime
import io
import zipfile
from collections.abc import Iterator

import openpyxl
from django.conf import settings
from django.utils.translation import gettext as _

from .problems import Refused
from .sheets import Cell, Sheet, check_cell, check_size
from .times import date_period

# A spreadsheet program keeps 15 significant digits of a number; the two that a file
# may have beyond them are left over from binary arithmetic (12.299999999999999).
_DIGITS = 15


def read_workbook(content: bytes) -> list[Sheet]:
    """Every sheet of a workbook, empty ones too.

    Raises Refused for what is damaged, encrypted, another kind of archive or expands
    out of proportion, and for a formula that was saved without its result.
    """
    has_formulas = _check_archive(content)
    try:
        sheets = [_sheet(sheet) for sheet in _open(content).worksheets]
        if has_formulas:
            _refuse_missing_results(content)
    except (Refused, MemoryError):
        raise
    except Exception as error:
        # The reader fails in ways of its own on a file that breaks the format; the
        # file is at fault whatever it stumbles over, and nothing was taken from it.
        raise Refused(
            _("The workbook is damaged and cannot be read (%s).") % type(error).__name__
        ) from None
    if not sheets:
        raise Refused(_("The workbook has no sheet with cells."))
    return sheets


def _open(content, *, data_only=True):
    book = openpyxl.load_workbook(
        io.BytesIO(content), read_only=True, data_only=data_only
    )
    for sheet in book.worksheets:
        # The size a sheet claims may be wrong: too small would lose rows.
        sheet.reset_dimensions()
    return book


def _check_archive(content) -> bool:
    """Refuse what is no plain workbook; tells whether a sheet has formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_names({entry.filename for entry in entries})
            if any(entry.flag_bits & 1 for entry in entries):
                raise Refused(
                    _("The workbook is encrypted; save it without a password.")
                )
            limit = min(settings.IMPORT_MAX_EXPANDED, max(len(content) * 200, 10**7))
            if sum(entry.file_size for entry in entries) > limit:
                raise Refused(
                    _("The workbook expands to far more than its size; refused.")
                )
            return any(map(_formulas_in(archive), entries))
    except (Refused, MemoryError):
        raise
    except Exception:  # zlib, struct and others have errors of their own, as above.
        raise Refused(_("The workbook is cut off or damaged.")) from None


def _check_names(names):
    if "xl/workbook.bin" in names:
        raise Refused(_("This is a binary workbook (.xlsb); save it as .xlsx."))
    if "content.xml" in names and "mimetype" in names:
        raise Refused(_("This is an OpenDocument file; save it as .xlsx or CSV."))
    if not any(name.startswith("xl/") for name in names):
        raise Refused(_("This is a zip archive, not a workbook."))


def _formulas_in(archive):
    def has_formula(entry):
        if not entry.filename.startswith("xl/worksheets/"):
            return False
        rest = b""
        with archive.open(entry) as file:
            while block := file.read(1 << 20):
                if b"<f>" in rest + block or b"<f " in rest + block:
                    return True
                rest = block[-2:]
        return False

    return has_formula


def _refuse_missing_results(content):
    """Refuse a formula without result: its cell would pass for an empty one."""
    book, results = _open(content, data_only=False), _open(content)
    for sheet, values in zip(book.worksheets, results.worksheets, strict=True):
        for row, shown in zip(sheet.iter_rows(), values.iter_rows(), strict=True):
            for cell, result in zip(row, shown, strict=True):
                # An empty text is a result too; its cell says that it is text.
                if cell.data_type == "f" and result.data_type == "n":
                    if result.value is None:
                        raise Refused(
                            _(
                                "Cell %(cell)s of sheet “%(sheet)s” holds a formula "
                                "without its result; open the workbook in a "
                                "spreadsheet program, save it and upload it again."
                            )
                            % {"cell": cell.coordinate, "sheet": sheet.title}
                        )


def _sheet(sheet):
    rows = []
    for cells in _rows(sheet):
        check_size(len(rows), len(cells))
        rows.append(cells)
    while rows and not rows[-1]:
        rows.pop()
    return Sheet(sheet.title, rows, sheet.sheet_state != "visible")


def _rows(sheet) -> Iterator[list[Cell]]:
    for row in sheet.iter_rows():
        cells = [_cell(cell) for cell in row]
        while cells and not cells[-1].text:
            cells.pop()
        yield cells


def _cell(cell):
    value = cell.value
    if value is None:
        return Cell("")
    if isinstance(value, bool):
        return Cell(str(value))
    if isinstance(value, datetime.datetime | datetime.date):
        return Cell(date_period(value, cell.number_format or "yyyy-mm-dd"))
    if isinstance(value, int | float):
        return Cell(_shown(value), is_percent="%" in (cell.number_format or ""))
    return Cell(check_cell(str(value)))


def _shown(value):
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return f"{value:.{_DIGITS}g}"
