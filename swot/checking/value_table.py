"""Reads from a CSV file the values that the numbers of a text are compared with."""

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from datasets.units import MEASURES

from .facts import AT_LEAST, JUST_UNDER
from .values import Value

# The columns of the table, by the names that files of this site and others give them.
COLUMNS = {
    "code": ("code", "id"),
    "value": ("value", "obs_value"),
    "unit": ("unit", "unit_measure"),
    "qualifier": ("qualifier",),
}
_NEEDED = ("code", "value", "unit")
QUALIFIERS = ("about", AT_LEAST, JUST_UNDER)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)


class TableError(Exception):
    """Why a file cannot be used, in words that say what to correct."""


def read_text(path: str) -> str:
    """The text of a file in UTF-8; TableError where it is not UTF-8 text.

    OSError where the file cannot be opened.
    """
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableError("not in UTF-8; save it in that encoding.") from None


def read_table(path: str) -> dict[str, Value]:
    """The values of a CSV file in UTF-8 by their code; TableError names what is wrong.

    Rows without a code are skipped: nothing can be bound to them.
    """
    rows = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    table: dict[str, Value] = {}
    try:
        places = _places(next(rows, []))
        for row in rows:
            code, value = _row(row, places, rows.line_num)
            if value is None:
                continue
            if code in table:
                raise TableError(f"Line {rows.line_num}: {code!r} stands there twice.")
            table[code] = value
    except csv.Error as error:
        raise TableError(f"Line {rows.line_num}: {error}.") from None
    return table


def _places(header: Sequence[str]) -> dict[str, int]:
    """Where each known column stands."""
    names = [name.strip().lower() for name in header]
    places = {}
    for column, known in COLUMNS.items():
        matching = [place for place, name in enumerate(names) if name in known]
        if not matching and column in _NEEDED:
            raise TableError(
                f"The table has no column {column!r}; its first line names them, with "
                "commas between."
            )
        if len(matching) > 1:
            raise TableError(f"The table has the column {column!r} twice.")
        if matching:
            places[column] = matching[0]
    return places


def _row(row: list[str], places: dict[str, int], line: int) -> tuple[str, Value | None]:
    """The code of a row and its value; "" where there is none."""
    if not any(cell.strip() for cell in row):
        return "", None
    if len(row) <= max(places.values()):
        raise TableError(f"Line {line}: cells are missing at its end.")
    cells = {column: row[place].strip() for column, place in places.items()}
    return cells["code"], _value(cells, line) if cells["code"] else None


def _value(cells: dict[str, str], line: int) -> Value:
    text, unit, qualifier = cells["value"], cells["unit"], cells.get("qualifier", "")
    if unit not in MEASURES:
        raise TableError(f"Line {line}: nobody knows the unit {unit!r}.")
    if text and not _NUMBER.fullmatch(text):
        raise TableError(
            f"Line {line}: {text!r} is no number; write it in digits and a point."
        )
    if qualifier not in ("", *QUALIFIERS):
        raise TableError(
            f"Line {line}: {qualifier!r} is no qualifier; known are "
            f"{', '.join(QUALIFIERS)}."
        )
    decimals = len(text.partition(".")[2])
    is_bound = qualifier in (AT_LEAST, JUST_UNDER)
    known = Decimal(text) if text else None
    return Value(known, unit, decimals, qualifier if is_bound else "")
