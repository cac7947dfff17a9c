"""CSV files whose rows PostgreSQL writes itself, for lists of many rows.

The bytes are those of `csv_files`; a test compares the two.
"""

from collections.abc import Iterator
from itertools import islice

from django.db import connections
from django.db.models import Case, F, Model, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat, NullIf, Ord
from django.db.models.lookups import In, Regex

from .codes import CodeField
from .csv_files import ROWS_PER_PIECE, Column
from .formulas import FORMULA_STARTS

# As numbers, which PostgreSQL compares much faster than texts.
STARTS = [ord(character) for character in FORMULA_STARTS]
NUMBER = r"\A[+-]?[0-9]+(\.[0-9]+)?\Z"


def writes_files(queryset: QuerySet) -> bool:
    """Whether the database of these rows can write a file of them."""
    return connections[queryset.db].vendor == "postgresql"


def copied_pieces(columns: tuple[Column, ...], queryset: QuerySet) -> Iterator[bytes]:
    """The rows of a file as bytes, some hundred at a time, in one query.

    Each column names a lookup, or says in its `expression` what the database has to
    compute. A reader who ends early ends the query.
    """
    connection = connections[queryset.db]
    names = [f"cell_{number}" for number, _column in enumerate(columns)]
    cells = [cell_of(column, queryset.model) for column in columns]
    query = queryset.annotate(**dict(zip(names, cells, strict=True))).query.chain()
    # Not `values_list`, whose order django-modeltranslation does not keep.
    query.set_values(names)
    statement = connection.ops.compose_sql(
        *query.get_compiler(connection=connection).as_sql()
    )
    errors = connection.wrap_database_errors
    with (
        connection.cursor() as cursor,
        errors,
        cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv)") as copy,
    ):
        # Each message is one row; COPY ends it with a line feed alone.
        rows = iter(copy)
        while piece := [bytes(row[:-1]) for row in islice(rows, ROWS_PER_PIECE)]:
            yield b"\r\n".join([*piece, b""])


def cell_of(column: Column, model: type[Model]):
    """What the cell of a column holds: NULL where it is empty, and an apostrophe before
    what looks like a formula (`formulas.guarded`)."""
    text = column.expression or F(column.value)
    cell = NullIf(text, Value(""), output_field=TextField())
    if _is_never_formula(text, model):
        return cell
    is_formula = Q(In(Ord(text), STARTS)) & ~Q(Regex(text, NUMBER))
    return Case(
        When(is_formula, then=Concat(Value("'"), text)),
        default=cell,
        output_field=TextField(),
    )


def _is_never_formula(text, model: type[Model]) -> bool:
    """Whether it is a number, or a code or choice, which begin with a letter or
    digit."""
    if not isinstance(text, F):
        return getattr(text, "is_number", False)
    *relations, name = text.name.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    field = model._meta.get_field(name)
    return isinstance(field, CodeField) or bool(field.choices)
