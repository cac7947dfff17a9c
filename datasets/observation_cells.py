"""Cells of the file of observations that are made from more than one column.

Each is made in two ways, which a test compares: from a row in Python, and by PostgreSQL
while it writes the file.
"""

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Coalesce, NullIf


def printed_value(row):
    """The value with the digits its source prints."""
    value = row["value"]
    return None if value is None else f"{value:.{row['decimals']}f}"


class PrintedValue(Func):
    """What `printed_value` returns, as PostgreSQL computes it.

    Digits that the source does not print are rounded as Python rounds a Decimal: half
    to even, and the sign stays.
    """

    is_number = True
    output_field = TextField()
    template = (
        "CASE WHEN {value} = trunc({value}, {digits}) "
        "THEN trunc({value}, {digits})::text "
        "ELSE CASE WHEN {value} < 0 THEN '-' ELSE '' END || CASE "
        "WHEN mod(abs({value}) * power(10::numeric, {digits}), 2) = 0.5 "
        "THEN trunc(abs({value}), {digits}) "
        "ELSE round(abs({value}), {digits}) END::text END"
    )

    def __init__(self):
        super().__init__(F("value"), F("decimals"))

    def as_sql(self, compiler, connection, **_more):
        names = map(compiler.compile, self.get_source_expressions())
        (value, _none), (digits, _none) = names
        return self.template.format(value=value, digits=digits), ()


def first_note(row):
    """The Chinese note if there is one, else the English one."""
    return row["note_zh_hans"] or row["note_en"]


def first_note_expression():
    """What `first_note` returns, as an expression."""
    chinese = NullIf(F("note_zh_hans"), Value(""))
    return Coalesce(chinese, F("note_en"), output_field=TextField())
