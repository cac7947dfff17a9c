"""The value of one cell of a table becomes a record; its faults are collected."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from datasets.spreadsheets.folding import split_marks
from datasets.spreadsheets.sheets import Cell

from .cells import NumberError, read_number
from .column import Column
from .eurostat import read_flags
from .reading_result import Faults, Record, RowError
from .record_values import give_unit, set_period, set_value, unit_of_row
from .titles import split_unit

if TYPE_CHECKING:
    from .tables import Table


def read_value(
    table: "Table", record: Record, cell: Cell, column: Column, faults: Faults
) -> None:
    """Read the value of a cell into its record; what is wrong goes to `faults`.

    Those of its row are known there, so that they are not named for each value again.
    """
    around, roles = table.around, table.roles
    label, label_unit = split_unit(record.series)
    record.series = label or column.series or around.indicator
    record.region = column.region or record.region
    if "region" not in faults.kinds:
        table.places.add(record.region)
    if "period" not in faults.kinds:
        with faults:
            set_period(record, column, table.headings.titles)
    unit_title = roles["unit"].title if "unit" in roles else ""
    units, titles = (column.unit, label_unit), (unit_title, column.title)
    unit = None
    with faults:
        unit = unit_of_row(record, units, titles, around, table.chosen_unit)
    text, marks = split_marks(cell.text)
    if "dataflow" in roles and text.strip().lower() == "nan":
        text = ""
    record.cell_marks = (*marks, *column.marks)
    record.money = around.currency
    record.called = column.status or around.called
    record.unit = unit[0] if unit else ""
    try:
        if around.has_flags:
            text = read_flags(Cell(text), record)
        kinds = _set_number(table, record, text, cell, unit, faults)
    except RowError as error:
        faults.kinds |= {"value"}
        faults.add(error)
    except NumberError as error:
        faults.add(RowError(column.title, record.raw, str(error), "value"))
    if faults.kinds:
        return
    if record.has_own_unit:
        around.own_units.append((record.source_row, record.raw))
    became = "" if record.value is None else f"{record.value:f}"
    kinds = [*kinds, "mark"] if marks else kinds
    table.tidied(record.source_row, column.title, record.raw, became, kinds)
    if "unit" in roles:
        with faults:
            give_unit_of_file(table, record)


def _set_number(table, record, text, cell, unit, faults):
    """Set the value of a record; returns what was done to its text."""
    if cell.fault:
        raise NumberError(cell.fault)
    has_commas = table.around.has_decimal_commas
    if "unit" in faults.kinds:
        # What it counts is not known; whether it is a number is.
        read_number(text, is_percent=cell.is_percent, has_decimal_commas=has_commas)
        return []
    return set_value(record, text, cell, unit, table.chosen_unit, has_commas)


def give_unit_of_file(table: "Table", record: Record) -> None:
    """Apply the whole file's unit; RowError if a line above names one we do not
    store."""
    if not record.unit and record.value is not None and table.around.unknown_unit:
        line, text = table.around.unknown_unit
        message = _("Unknown unit, named in line %s.") % line
        raise RowError("", text, message, "unit")
    before = record.value
    try:
        kinds = give_unit(record, table.headings.options.unit)
    except NumberError as error:
        raise RowError("", record.raw, str(error), "value") from None
    became = "" if before is None else f"{record.value:f}"
    table.tidied(record.source_row, "", record.raw, became, kinds)
