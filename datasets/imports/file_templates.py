"""An empty file to fill in: its headings, an example, the lists of codes."""

import csv
import io
from dataclasses import dataclass, field

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from cbec_site.base.csv_files import BYTE_ORDER_MARK
from cbec_site.base.formulas import guarded, workbook_text

# The first cell of a sheet that is not to be imported.
LISTS_MARK = "代码表（不导入） Code list (not imported)"


@dataclass
class FileTemplate:
    """The content of a template: headings, example rows, and lists of codes.

    A list is (title, headings, rows).
    """

    headings: list[str]
    example: list[list[str]]
    lists: list[tuple[str, list[str], list[list[str]]]] = field(default_factory=list)

    def as_csv(self) -> bytes:
        """Headings and example as CSV that spreadsheet programs can open."""
        text = io.StringIO()
        csv.writer(text).writerows(
            [list(map(guarded, row)) for row in (self.headings, *self.example)]
        )
        return (BYTE_ORDER_MARK + text.getvalue()).encode()

    def as_workbook(self) -> bytes:
        """The same as a workbook, with each list of codes on a sheet that is not
        imported."""
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.title = _("To fill in")
        for row in (self.headings, *self.example):
            sheet.append(list(map(workbook_text, row)))
        _head(sheet, 1)
        for title, headings, rows in self.lists:
            sheet = book.create_sheet(title)
            sheet.append([LISTS_MARK])
            for row in (headings, *rows):
                sheet.append(list(map(workbook_text, row)))
            _head(sheet, 2)
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()


def _head(sheet: Worksheet, number: int) -> None:
    for cell in sheet[number]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = f"A{number + 1}"
    for column in sheet.columns:
        longest = max((len(str(cell.value or "")) for cell in column[:60]), default=0)
        letter = column[0].column_letter
        sheet.column_dimensions[letter].width = min(48, max(12, longest * 1.4))
