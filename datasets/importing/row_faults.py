"""Faults of whole rows: cells that are cut off, or differ from what they show."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from datasets.spreadsheets.documents import Cell

from .column import Column
from .columns import NAMES, PLAIN
from .reading_result import Reading, RowError

# Characters that reverse the order of those after them: 123 is shown as 321.
_TURNING = re.compile("[\u061c\u200f\u202a-\u202e\u2066-\u2069]")


def reversal_fault(text: str) -> str:
    """A fault message for a text displayed in an order other than it is stored, or
    ""."""
    if not _TURNING.search(text):
        return ""
    return _(
        "This cell has characters that reverse the direction of its text; "
        "type it again."
    )


def refuse_short(row: list[tuple], last: Column) -> None:
    """Raises RowError for a line of text that ends before its `last` column of
    values."""
    written = [cell for _at, cell in row if cell.plain]
    if len(row) <= last.place and len(written) > 1:
        message = _("The line has fewer cells than the heading; is it cut off?")
        raise RowError(last.title, "", message, "short")


def note_headless(places: set[int], reading: Reading, ignore: frozenset) -> None:
    """List the columns at `places` that have cells but no heading, by number: #5.

    Those in `ignore` are left out on purpose.
    """
    for place in sorted(places):
        title = f"#{place + 1}"
        if title in reading.words or title in ignore:
            continue
        reading.unknown_columns.append(title)
        message = _(
            "Column %s has cells but no heading: write one above them, or leave the "
            "column out."
        )
        reading.words[title] = message % get_column_letter(place + 1)


def reversed_names(
    row: list[tuple], columns: list[Column], known: set[int]
) -> Iterator[RowError]:
    """A RowError for each name that differs from what its cell shows.

    `known` are the positions of the columns that are read.
    """
    for place, (_at, cell) in enumerate(row):
        if (cell.text.isascii() and not cell.fault) or place not in known:
            continue
        if fault := _fault(cell, columns[place]):
            yield RowError(columns[place].title, cell.text, *fault)


def _fault(cell: Cell, column: Column) -> tuple[str, str] | None:
    """(message, kind) of a cell's fault; None if there is none."""
    if message := reversal_fault(cell.text):
        return message, column.role or "value"
    is_name = column.role in NAMES or column.role in PLAIN
    if cell.fault and is_name and not cell.is_date:
        return cell.fault, column.role
    return None
