"""CSV as RFC 4180 defines it, sent in pieces; no cell is run as a formula."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import chain, islice
from operator import itemgetter

from django.db.models import Expression
from django.http import HttpResponse, StreamingHttpResponse

from .formulas import FORMULA_STARTS, guarded

CONTENT_TYPE = "text/csv; charset=utf-8; header=present"
BYTE_ORDER_MARK = "\ufeff"
ROWS_PER_PIECE = 500
# Asked of every cell: a set answers several times faster than the tuple.
_STARTS = frozenset(FORMULA_STARTS)


@dataclass(frozen=True)
class Column:
    """A column of a published file: its name, how to get its cell, what it means.

    `value` names a key of the row, or turns the row into the value of the cell.
    `help` is a source text for gettext. `expression` is the text that `value` makes,
    for a file that the database writes; where `value` names a key, none is needed.
    """

    name: str
    value: str | Callable
    help: str
    expression: Expression | None = None

    def cell(self, row):
        """The text of this column for one row; "" where there is nothing."""
        return text_of(self.reader(isinstance(row, dict))(row))

    def reader(self, is_dict: bool) -> Callable:
        """A function that returns this column's value for a row, a dict or an
        object."""
        if callable(self.value):
            return self.value
        return itemgetter(self.value) if is_dict else partial(read_path, key=self.value)


def text_of(value) -> str:
    """A value as the text of a cell; "" for None."""
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def safe_text_of(value) -> str:
    """The same, protected so that it is shown as text even if it looks like a
    formula."""
    # Most cells are empty or are texts that do not look like a formula.
    if type(value) is str and value[:1] not in _STARTS:
        return value
    return guarded(text_of(value))


def read_path(row, key):
    """`key` of a dict, or the attribute `a__b` of an object and its relations."""
    if isinstance(row, dict):
        return row[key]
    for part in key.split("__"):
        row = getattr(row, part)
        if row is None:
            return None
    return row


def joined(values):
    """Several codes or names in one cell."""
    return ";".join(values)


def csv_pieces(columns, rows):
    """The rows of a file as bytes, some hundred at a time."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    values_of = None
    for number, row in enumerate(rows, start=1):
        if values_of is None:
            values_of = _row_reader(columns, isinstance(row, dict))
        # Most cells are texts to be written as they are: for those no call is made.
        writer.writerow(
            [
                value
                if type(value) is str and value[:1] not in _STARTS
                else safe_text_of(value)
                for value in values_of(row)
            ]
        )
        if number % ROWS_PER_PIECE == 0:
            yield _drain(buffer)
    yield _drain(buffer)


def _row_reader(columns, is_dict: bool) -> Callable:
    """A function that returns the values of all columns for a row."""
    names = [column.value for column in columns]
    if is_dict and len(names) > 1 and all(isinstance(name, str) for name in names):
        return itemgetter(*names)
    readers = [column.reader(is_dict) for column in columns]
    return lambda row: [read(row) for read in readers]


def csv_response(name, columns, pieces, *, is_for_excel=False):
    """The file `name`.csv with the rows that the generator `pieces` makes; held in
    memory only when they fit in one piece."""
    start = [_heading(columns, is_for_excel), *islice(pieces, 2)]
    if len(start) < 3:
        response = HttpResponse(b"".join(start), content_type=CONTENT_TYPE)
    else:
        response = StreamingHttpResponse(
            _Pieces(start, pieces), content_type=CONTENT_TYPE
        )
    response["Content-Disposition"] = (
        f"attachment; filename=\"{name}.csv\"; filename*=UTF-8''{name}.csv"
    )
    return response


class _Pieces:
    """A file in pieces; closing it ends the query that makes the rest."""

    def __init__(self, start, rest):
        self.start, self.rest = start, rest

    def __iter__(self):
        return chain(self.start, self.rest)

    def close(self):
        self.rest.close()


def _heading(columns, is_for_excel):
    buffer = io.StringIO()
    if is_for_excel:
        buffer.write(BYTE_ORDER_MARK)
    csv.writer(buffer).writerow([column.name for column in columns])
    return _drain(buffer)


def _drain(buffer):
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece
