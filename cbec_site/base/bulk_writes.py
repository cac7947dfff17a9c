"""Writes many rows at once: COPY on PostgreSQL, executemany on SQLite.

Columns come from the models, so that a new field is not forgotten here. Everything runs
inside the caller's transaction.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from itertools import islice

from django.db import connection
from django.db.models import DateField, DateTimeField, DecimalField

from cbec_site.base.limits import ROWS_AT_ONCE

# What the top of the site does around many rows written to a table; see
# `cbec_site.content_version.counted_once`.
around: Callable[[str], AbstractContextManager] = nullcontext


def named_at_once() -> int:
    """How many values one query may contain, besides a few of its own."""
    return (connection.features.max_query_params or 10_000) - 50


def in_parts(values: Sequence) -> Iterator[Sequence]:
    """The values in parts small enough for one query."""
    size = named_at_once()
    for start in range(0, len(values), size):
        yield values[start : start + size]


def columns_of(model) -> list:
    """The columns of a model except its primary key."""
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def insert(model, rows: Iterable[dict]) -> int:
    """Insert rows given as attname → value; returns how many.

    Every column has to be given: no defaults are filled in.
    """
    fields = columns_of(model)
    names = [field.attname for field in fields]
    convert = [_converter(field) for field in fields]
    pairs = list(zip(names, convert, strict=True))

    def line(row):
        return [adapt(row[name]) if adapt else row[name] for name, adapt in pairs]

    return _insert(model._meta.db_table, [f.column for f in fields], map(line, rows))


def update(model, names: list[str], rows: Iterable[dict]) -> int:
    """Update the columns `names` of rows given as attname → value with their `pk`."""
    fields = [model._meta.get_field(name) for name in names]
    pairs = [(field.attname, _converter(field)) for field in fields]
    columns = [field.column for field in fields]
    table, key = model._meta.db_table, model._meta.pk.column

    def line(row):
        values = [adapt(row[name]) if adapt else row[name] for name, adapt in pairs]
        return [*values, row["pk"]]

    lines = map(line, rows)
    quote = connection.ops.quote_name
    if connection.vendor == "postgresql":
        return _update_by_copy(table, key, columns, lines)
    sets = ", ".join(f"{quote(column)} = %s" for column in columns)
    statement = f"UPDATE {quote(table)} SET {sets} WHERE {quote(key)} = %s"
    return _many(table, statement, lines)


def delete(model, column: str, rows) -> None:
    """Delete the rows of a model whose `column` is the key of one of `rows`.

    No instance is made and no signal sent.
    """
    query, parameters = rows.values("pk").query.sql_with_params()
    table, column = map(connection.ops.quote_name, (model._meta.db_table, column))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {column} IN ({query})", parameters)


def _converter(field):
    """A function that converts a field's value for the driver; None if none is
    needed."""
    ops = connection.ops
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, DecimalField):
        # As text: the driver knows no Decimal, and no digit may be lost on the way.
        return lambda value: None if value is None else f"{value:f}"
    if isinstance(field, DateTimeField):
        return lru_cache(4096)(ops.adapt_datetimefield_value)
    if isinstance(field, DateField):
        return lru_cache(4096)(ops.adapt_datefield_value)
    return None


def _insert(table, columns, lines):
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    if connection.vendor == "postgresql":
        return _copy(f"COPY {quote(table)} ({names}) FROM STDIN", lines)
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})"
    return _many(table, statement, lines)


def _copy(statement, lines):
    count = 0
    # Otherwise the driver's own errors come through, which no caller catches.
    errors = connection.wrap_database_errors
    with connection.cursor() as cursor, errors, cursor.copy(statement) as copy:
        for line in lines:
            copy.write_row(line)
            count += 1
    return count


def _many(table, statement, lines):
    count = 0
    chunk = list(islice(lines, ROWS_AT_ONCE))
    # The work around them only pays off for many rows.
    doing = around(table) if len(chunk) == ROWS_AT_ONCE else nullcontext()
    with doing, connection.cursor() as cursor:
        while chunk:
            cursor.executemany(statement, chunk)
            count += len(chunk)
            chunk = list(islice(lines, ROWS_AT_ONCE))
    return count


def _update_by_copy(table, key, columns, lines):
    quote = connection.ops.quote_name
    staging = quote(f"staging_{table}")
    names = ", ".join(map(quote, [*columns, key]))
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE {staging} ON COMMIT DROP AS "
            f"SELECT {names} FROM {quote(table)} WITH NO DATA"
        )
    count = _copy(f"COPY {staging} ({names}) FROM STDIN", lines)
    sets = ", ".join(f"{quote(c)} = {staging}.{quote(c)}" for c in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(table)} SET {sets} FROM {staging} "
            f"WHERE {quote(table)}.{quote(key)} = {staging}.{quote(key)}"
        )
        cursor.execute(f"DROP TABLE {staging}")
    return count
