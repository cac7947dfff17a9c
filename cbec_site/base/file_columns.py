"""The columns of a list's CSV file, taken from the fields of its JSON rows."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Expression

from .csv_files import Column, joined, read_path
from .languages import LANGUAGES


@dataclass(frozen=True)
class InFile:
    """Marks a field of a row's Schema, in Annotated, as a column of the CSV file too.

    `help` is a source text for gettext. `turn` makes the cell from the field's value,
    where that is not plain: the codes of related things, yes or no for a flag.
    `names` adds the columns `field_zh` and `field_en` with the names of what the field
    holds; it has the help texts of the two. `column` is the column's name where it is
    not the field's. `lookup` is for files of many rows, which are read as dicts by
    `values()`: the key of the cell, or what makes the cell from such a row; then
    `expression` says the same to the database. The columns have the order of the
    fields, except one that comes before the column `before` and those that were `added`
    to a file that programs read already: they come last.
    """

    help: str
    turn: Callable | None = None
    names: tuple[str, str] | None = None
    column: str = ""
    lookup: str | Callable = ""
    expression: Expression | None = None
    before: str = ""
    added: bool = False


def columns_of(schema):
    """The columns that the fields of a Schema say a file has."""
    first, last = [], []
    for name, field in schema.model_fields.items():
        for mark in field.metadata:
            if isinstance(mark, InFile):
                (last if mark.added else first).append((name, field, mark))
    columns = []
    for name, field, mark in [*first, *last]:
        names = [column.name for column in columns]
        position = names.index(mark.before) if mark.before else len(names)
        columns[position:position] = _columns(schema, name, field.alias or name, mark)
    return tuple(columns)


def _columns(schema, name, alias, mark):
    if mark.lookup:
        named = mark.column or name
        return [Column(named, mark.lookup, mark.help, mark.expression)]
    resolve = getattr(schema, f"resolve_{name}", None)
    path = alias.replace(".", "__")

    def value(row):
        return resolve(row) if resolve else read_path(row, path)

    def cell(row):
        return mark.turn(value(row)) if mark.turn else _plain(value(row))

    def names(attribute):
        return lambda row: _names(value(row), attribute)

    columns = [Column(mark.column or name, cell, mark.help)]
    if mark.names:
        for language, help in zip(LANGUAGES, mark.names, strict=True):
            in_language = names(f"name_{language.column}")
            columns.append(Column(f"{name}_{language.short}", in_language, help))
    return columns


def _plain(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    if hasattr(value, "all"):
        value = list(value.all())
    if isinstance(value, list):
        return joined(filter(None, map(_code, value)))
    return _code(value)


def _code(value):
    return getattr(value, "code", value)


def _names(value, attribute):
    if isinstance(value, list):
        return joined(getattr(row, attribute) or "" for row in value)
    return getattr(value, attribute, None)
