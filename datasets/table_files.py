"""A figure's table as a workbook: its data, what it is, and what to mind."""

import io

from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from cbec_site.base.formulas import guarded

WIDEST = 60


def workbook(table, facts, notes) -> bytes:
    """An XLSX file with the sheets data, metadata and notes.

    `facts` are (name, text) pairs, `notes` are texts; empty ones are left out. Numbers
    are numbers with the digits of the table; where a value is qualified, flagged or
    revised, the column beside it says so.
    """
    book = Workbook()
    _write(book.active, gettext("Data"), _data(table))
    facts = [[gettext("Field"), gettext("Content")], *([*pair] for pair in facts)]
    _write(book.create_sheet(), gettext("Metadata"), [row for row in facts if row[1]])
    explained = [f"{code}: {label}" for code, label in table.flags]
    rows = [[gettext("Note")], *([text] for text in [*notes, *explained] if text)]
    _write(book.create_sheet(), gettext("Notes"), rows)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _data(table):
    heading = [table.row_heading]
    for column in table.columns:
        name = f"{column.title} ({column.unit})" if column.unit else column.title
        heading += [name, gettext("Remark")]
    rows = [heading]
    for label, cells in table.lines:
        row = [str(label)]
        for cell in cells:
            value = cell.number if cell is not None and cell.plain else None
            row += [value, _remark(cell) if cell is not None else ""]
        rows.append(row)
    return rows


def _remark(cell):
    seen = cell.observation
    words = [cell.sign.strip()]
    if seen is None:
        words.append(gettext("computed by us from the other values"))
    elif seen.is_flagged:
        words.append(str(seen.get_status_display()))
    if cell.former:
        words.append(
            gettext("revised; first published as %(value)s") % {"value": cell.former}
        )
    return "; ".join(filter(None, words))


def _write(sheet, title, rows):
    sheet.title = title
    for row in rows:
        sheet.append([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column in sheet.columns:
        widest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(widest + 3, WIDEST)
    sheet.freeze_panes = "B2"
