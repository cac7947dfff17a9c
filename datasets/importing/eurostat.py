"""Tables in Eurostat's format: dimensions in one cell, flags after the values."""

import re

from django.utils.translation import gettext as _

from datasets.spreadsheets.sheets import Cell

from .reading_result import Record, RowError
from .sdmx import status_of_flag

_OVER_TIME = re.compile(r"\\time(?:_period)?\Z", re.IGNORECASE)
_FLAGGED = re.compile(r"(?P<value>\S.*?)?(?P<flags>\b[a-z]{1,3})?\Z", re.IGNORECASE)
# Flags beside a missing value, as codes of OBS_STATUS.
_OF_MISSING = {"": "", "c": "Q", "z": "M"}


def without_time(heading: str) -> str:
    r"""A heading without the name of the dimension beside it: geo\TIME_PERIOD."""
    return _OVER_TIME.sub("", heading)


def has_flags(headings: list[str]) -> bool:
    """Whether a table has folded headings under which Eurostat puts flags."""
    return any(
        _OVER_TIME.search(heading) or heading.lower() == "geo" for heading in headings
    )


def divide_first_column(rows: list[list[Cell]]) -> list[list[Cell]]:
    r"""The rows with A,MIO_EUR,DE below freq,unit,geo\TIME_PERIOD in three columns."""
    head = rows[0][0].plain if rows and rows[0] else ""
    names = head.split(",")
    if len(names) < 2 or not _OVER_TIME.search(head):
        return rows
    return [_divided(row, len(names)) for row in rows]


def _divided(row: list[Cell], count: int) -> list[Cell]:
    if not row:
        return row
    parts = row[0].text.split(",")
    if len(parts) != count:
        # Without the other names the row is refused.
        parts = [row[0].text, *[""] * (count - 1)]
    return [*map(Cell, parts), *row[1:]]


def read_flags(cell: Cell, record: Record) -> str:
    """The text of a value without its flags (12.3 p, : c), which go into the status of
    its record.

    A colon is a missing value. Raises RowError for an unknown flag.
    """
    match = _FLAGGED.fullmatch(cell.plain)
    if match is None:
        return cell.text
    value, flag = (match["value"] or "").strip(), (match["flags"] or "").lower()
    if value == ":":
        if flag not in _OF_MISSING:
            raise RowError(
                "OBS_FLAG", cell.text, _("Unknown flag of a missing value."), ""
            )
        _say(record, _OF_MISSING[flag])
        return ""
    if not flag or not re.search(r"\d\Z", value):
        return cell.text
    if flag == "r":
        record.more.setdefault("note_en", "revised")
    else:
        _say(record, status_of_flag(flag))
    return value


def _say(record: Record, status: str) -> None:
    """Give a row a status; RowError if its own column gives another."""
    if status and record.more.setdefault("status", status) != status:
        message = _("The flag of this value and the status of its row differ.")
        raise RowError("OBS_FLAG", status, message, "status")
