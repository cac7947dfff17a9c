"""What the database answered while a part of a page was made.

A part that depends on nothing but its key and the rows it read is still right, whatever
else has changed since, if its queries give the same rows again. `recorded()` notes the
queries of a block with a digest of their rows; `Reads.are_unchanged()` runs them again.
What cannot be compared for certain makes the part count as changed.

What a block takes from outside (a row that the view has read) is not noted: it belongs
to the part's key, as `state_of()` writes it.
"""

import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time, timedelta
from decimal import Decimal
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.fields.files import FieldFile

# A query as text: its SQL and its parameters.
Query = tuple[str, str]

# Values that differ exactly if their repr does.
PLAIN = (str, int, float, bytes, Decimal, date, time, timedelta, UUID, type(None))
# In the repr of a value that only shows its place in memory.
ADDRESS = " at 0x"

_recording = threading.local()


class Reads:
    """The queries that were run, each with a digest of its rows.

    `is_complete` is False if something was read that cannot be compared.
    """

    def __init__(self):
        self.digests: dict[Query, bytes] = {}
        self.parameters: dict[Query, tuple | None] = {}
        self.row_count = 0
        self.is_complete = True

    def add(self, sql: str, parameters, rows: list) -> None:
        """Note that a query has given these rows."""
        digest = digest_of(rows)
        query = query_of(sql, parameters)
        if query is None or digest is None:
            self.is_complete = False
            return
        self.parameters[query] = parameters
        self.row_count += len(rows)
        # The content may have changed between two runs of one query.
        if self.digests.setdefault(query, digest) != digest:
            self.is_complete = False

    def include(self, others: "Reads") -> None:
        """Add what a part within this one has read."""
        self.is_complete &= others.is_complete
        self.row_count += others.row_count
        self.parameters |= others.parameters
        for query, digest in others.digests.items():
            if self.digests.setdefault(query, digest) != digest:
                self.is_complete = False

    def are_unchanged(self, known: dict[Query, bytes | None]) -> bool:
        """Whether all queries give the same rows; each one not `known` is run."""
        if not self.is_complete:
            return False
        with _recording_to(None):
            for query, digest in self.digests.items():
                if query not in known:
                    with connection.cursor() as cursor:
                        cursor.execute(query[0], self.parameters[query])
                        known[query] = digest_of(cursor.fetchall())
                if known[query] != digest:
                    return False
        return True

    @property
    def size(self) -> int:
        """About how many bytes are held, as if no SQL were shared with other parts."""
        return sum(200 + len(sql) + len(values) for sql, values in self.digests)


class FetchedRows:
    """A cursor whose rows have been read, in place of the database's own."""

    def __init__(self, cursor, rows: list):
        self.cursor, self._rows = cursor, iter(rows)

    def __getattr__(self, name):
        return getattr(self.cursor, name)

    def __iter__(self):
        return self._rows

    def fetchone(self):
        return next(self._rows, None)

    def fetchmany(self, size=1):
        return [row for _number, row in zip(range(size), self._rows, strict=False)]

    def fetchall(self):
        return list(self._rows)


@contextmanager
def recorded() -> Iterator[Reads]:
    """Notes what this thread reads within the block, also for a block around it."""
    reads = Reads()
    try:
        with _recording_to(reads):
            if _note in connection.execute_wrappers:
                yield reads
            else:
                with connection.execute_wrapper(_note):
                    yield reads
    finally:
        note(reads)


def note(reads: Reads) -> None:
    """The block that is being recorded, if any, depends on these reads as well."""
    if (outer := _current()) is not None:
        outer.include(reads)


def note_unknown() -> None:
    """The block that is being recorded, if any, depends on something else."""
    if (outer := _current()) is not None:
        outer.is_complete = False


@contextmanager
def unrecorded() -> Iterator[None]:
    """What is read within the block is not noted."""
    with _recording_to(None):
        yield


@contextmanager
def _recording_to(reads):
    outer = _current()
    _recording.reads = reads
    try:
        yield
    finally:
        _recording.reads = outer


def _current() -> Reads | None:
    return getattr(_recording, "reads", None)


def _note(execute, sql, params, many, context):
    """Around each query that Django runs: reads all its rows and notes their digest."""
    cursor, reads = context["cursor"], _current()
    if isinstance(cursor.cursor, FetchedRows):
        cursor.cursor = cursor.cursor.cursor
    if reads is None:
        return execute(sql, params, many, context)
    try:
        answer = execute(sql, params, many, context)
        if many or cursor.description is None:
            reads.is_complete = False
            return answer
        rows = cursor.fetchall()
    except Exception:
        reads.is_complete = False
        raise
    cursor.cursor = FetchedRows(cursor.cursor, rows)
    reads.add(sql, params, rows)
    return cursor.cursor


def query_of(sql: str, parameters) -> Query | None:
    """What names a query; None if another one could have the same name."""
    if not isinstance(sql, str):
        return None
    if not all(isinstance(value, PLAIN) for value in parameters or ()):
        return None
    return sys.intern(sql), repr(parameters)


def digest_of(rows: list) -> bytes | None:
    """A digest that differs if the rows do; None if that cannot be decided.

    `hash()` will not do: it is the same for -1 and -2, and for 1 and 1.00.
    """
    text = repr(rows)
    if ADDRESS in text:
        return None
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def state_of(*values) -> bytes | object:
    """A key for what these values hold: rows with all they have read, lists, texts.

    If that cannot be decided, the key is equal to no other.
    """
    digest = digest_of([_plain(value, set()) for value in values])
    return object() if digest is None else digest


def hold(value: Any) -> Any:
    """The value, whose rows nobody will change: their state is computed once."""
    if isinstance(value, Model):
        value._state.held = None
    elif isinstance(value, Mapping):
        hold(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            hold(each)
    return value


def _plain(value, seen, *, is_within=False):
    """The value as texts, numbers and lists, whose repr shows everything.

    What is within a row belongs to its state and has none of its own.
    """
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, Model):
        return _row(value, seen) if is_within else _state_of_row(value)
    if isinstance(value, FieldFile):
        return value.name
    if isinstance(value, Mapping):
        return {
            name: _plain(each, seen, is_within=is_within)
            for name, each in value.items()
        }
    if isinstance(value, QuerySet | list | tuple | set):
        name = type(value).__name__
        return [name, *(_plain(each, seen, is_within=is_within) for each in value)]
    return f"{ADDRESS}{value!r}"


def _state_of_row(row):
    """The digest of a row, the same whether it is held or not."""
    known = getattr(row._state, "held", None)
    if known is not None:
        return known
    plain = _row(row, set())
    state = digest_of([plain]) or plain
    if hasattr(row._state, "held"):
        row._state.held = state
    return state


def _row(row, seen):
    """A row's own fields and all that was read with it."""
    if id(row) in seen:
        return row._meta.label, row.pk
    seen.add(id(row))
    own = {
        name: value if type(value) in PLAIN else _plain(value, seen, is_within=True)
        for name, value in vars(row).items()
        if name != "_state"
    }
    related = row._state.fields_cache
    more = _plain(related, seen, is_within=True) if related else None
    return row._meta.label, own, more
