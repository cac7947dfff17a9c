"""The XML of one worksheet: its cells, merged areas and hidden parts."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from .problems import Problem, UnreadableFileError
from .sheets import Cell

MOST_MERGED = 1_000_000
NAMED = 10


class SheetParser(WorkSheetParser):
    """openpyxl's parser of worksheets, with what it leaves out."""

    def __init__(self, sheet: ReadOnlyWorksheet) -> None:
        book = sheet.parent
        self.sheet = sheet
        self.hidden_rows: list[int] = []
        self.formats: dict[int, str] = {}
        self.struck_out: dict[int, bool] = {}
        super().__init__(
            book._archive.open(sheet._worksheet_path),
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
            rich_text=True,
        )

    def rows(self) -> Iterator[tuple[int, list[dict]]]:
        """(number, cells) of each row; UnreadableFileError if a row occurs twice."""
        last = 0
        with self.source:
            for number, cells in self.parse():
                if number <= last:
                    raise UnreadableFileError(_("The workbook is cut off or damaged."))
                last = number
                yield number, cells

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell = super().parse_cell(element)
        # A formula without its result would pass for an empty cell; "" is a result,
        # too.
        is_empty = cell["value"] is None and cell["data_type"] == "n"
        if is_empty and element.find(FORMULA_TAG) is not None:
            raise UnreadableFileError(
                _(
                    "Cell %(cell)s of sheet “%(sheet)s” holds a formula "
                    "without its result; open the workbook in a "
                    "spreadsheet program, save it and upload it again."
                )
                % {
                    "cell": f"{get_column_letter(cell['column'])}{cell['row']}",
                    "sheet": self.sheet.title,
                }
            )
        return cell

    def parse_row(self, row: Any) -> tuple[int, list[dict]]:
        number, cells = super().parse_row(row)
        attributes = self.row_dimensions.pop(str(number), {})
        if attributes.get("hidden") in ("1", "true") and cells:
            self.hidden_rows.append(number)
        return number, cells

    def number_format(self, style: int) -> str:
        """The number format of a style, "General" if it has none."""
        if style not in self.formats:
            cell = ReadOnlyCell(self.sheet, 1, 1, None, style_id=style)
            self.formats[style] = cell.number_format or "General"
        return self.formats[style]

    def is_struck_out(self, style: int) -> bool:
        """Whether cells of a style are struck out."""
        if style not in self.struck_out:
            cell = ReadOnlyCell(self.sheet, 1, 1, None, style_id=style)
            self.struck_out[style] = bool(cell.font and cell.font.strike)
        return self.struck_out[style]

    def mark_merged(self, rows: list[list[Cell]]) -> None:
        """Let the further cells of a merged one know the first."""
        merged, count = self.merged_cells, 0
        for area in merged.mergeCell if merged else ():
            left, top, right, bottom = range_boundaries(area.ref)
            right = min(right, settings.IMPORT_MAX_COLUMNS)
            row = rows[top - 1] if top <= len(rows) else []
            first = row[left - 1].text if left <= len(row) else ""
            if not first:
                continue
            for row in rows[top - 1 : bottom]:
                count += right - left + 1
                if count > MOST_MERGED:
                    raise UnreadableFileError(
                        _("More than %s merged cells.") % MOST_MERGED
                    )
                row += [Cell("")] * (right - len(row))
                for column in range(left - 1, right):
                    if row is not rows[top - 1] or column >= left:
                        row[column] = replace(row[column], area=(left - 1, first))

    def hidden(self, rows: list[list[Cell]]) -> list[Problem]:
        """A warning for hidden rows and one for hidden columns: both are read."""
        numbers = [n for n in self.hidden_rows if n <= len(rows) and rows[n - 1]]
        width = max(map(len, rows), default=0)
        letters = [
            get_column_letter(number)
            for attributes in self.column_dimensions.values()
            if attributes.get("hidden") in ("1", "true")
            for number in range(
                int(attributes["min"]), min(int(attributes["max"]), width) + 1
            )
        ]
        hidden = []
        if numbers:
            message = ngettext(
                "%s hidden row was read too", "%s hidden rows were read too",
                len(numbers),
            ) % (len(numbers),)  # fmt: skip
            hidden.append((message, numbers))
        if letters:
            message = ngettext(
                "%s hidden column was read too", "%s hidden columns were read too",
                len(letters),
            ) % (len(letters),)  # fmt: skip
            hidden.append((message, letters))
        return [
            Problem(0, "", _named(names), message, self.sheet.title, "hidden")
            for message, names in hidden
        ]


def _named(names: list) -> str:
    more = ["…"] if len(names) > NAMED else []
    return ", ".join([*map(str, names[:NAMED]), *more])
