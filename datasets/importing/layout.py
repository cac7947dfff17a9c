"""A sheet to records: finds the table, transposes it if its periods are in one row."""

from django.utils.translation import gettext as _

from datasets.spreadsheets.documents import Cell, Sheet
from datasets.spreadsheets.problems import Problem

from .column import column_of
from .columns import Headings
from .eurostat import divide_first_column
from .headers import filled, find_table, is_note, join_header, read_note, role_of
from .notes import explain, finish
from .reading_options import ReadingOptions
from .reading_result import Reading
from .sheet_names import contradictions
from .tables import Table
from .times import period_of


def read_sheet(sheet: Sheet, options: ReadingOptions | None = None) -> Reading:
    """All records of a sheet, in the order of its cells."""
    reading = Reading(warnings=list(sheet.warnings))
    rows, numbers = divide_first_column(sheet.rows), sheet.numbers
    index, height, around = find_table(rows, numbers)
    if index < 0:
        return reading
    reading.header = around.header
    options = options or ReadingOptions()
    around.has_decimal_commas = getattr(sheet, "delimiter", "") == ";"
    body = _collect_notes(rows, numbers, index + height, around)
    titles = join_header(rows, index, height)
    if turned := _turned(titles, body):
        titles, body = turned
    columns = [column_of(position, parts) for position, parts in enumerate(titles)]
    headings = Headings(columns, body, around, reading, sheet.name, options)
    table = Table(headings, reading, sheet.name)
    for number, row in body:
        table.row(number, row)
    table.finish()
    for record in reading.records:
        explain(record, around)
    finish(reading, headings, sheet.name)
    _tell_of_places(reading, headings, sheet.name)
    reading.records.sort(key=lambda record: (record.source_row, record.source_col))
    return reading


def _tell_of_places(reading, headings, sheet):
    """Point out that no line names the place, and what the sheet's name says."""
    is_told = not headings.uses("region")
    chosen = headings.options.chosen.get("region")
    reading.proposes_country = headings.around.proposes_country and not is_told
    told = contradictions(sheet, reading.records, headings.options, is_told)
    problems = [(sheet, message, "sheet") for message in told]
    if reading.proposes_country and not chosen:
        message = _(
            "The file does not say of which place its values are. Its source is the "
            "National Bureau of Statistics: choose the whole country (100000) for the "
            "file, or another place."
        )
        problems.append(("", message, "place"))
    for text, message, kind in problems:
        problem = Problem(reading.header, "", text, message, sheet, kind)
        reading.warnings.append(problem)


def _collect_notes(rows, numbers, start, around):
    """The numbered rows below the header, without notes and blank rows."""
    body = []
    for number, row in zip(numbers[start:], rows[start:], strict=True):
        if is_note(row):
            read_note(row, number, around)
        elif filled(row):
            body.append(
                (number, [(position + 1, cell) for position, cell in enumerate(row)])
            )
    return body


def _turned(titles, body):
    """The same table with rows and columns swapped, if a row contains the periods."""
    if any(period_of(part.text) for parts in titles[1:] for part in parts):
        return None
    if not any(_holds_periods(row) for _number, row in body):
        return None
    width = max(len(titles), *(len(row) for _number, row in body))
    names = [titles[0]] + [[Cell(row[0][1].plain)] for _number, row in body]
    return names, [_turned_row(titles, body, position) for position in range(1, width)]


def _holds_periods(row):
    """Whether a row is like 年份,2021,2022: its label means periods and its cells are
    some."""
    label, *others = [cell for _column, cell in row]
    named = [cell.text for cell in others if cell.plain]
    return (
        role_of(label.plain) == "period" and bool(named) and all(map(period_of, named))
    )


def _turned_row(titles, body, position):
    """A column as a row; each cell remembers its original place."""
    parts = titles[position] if position < len(titles) else []
    title = " ".join(part.text for part in parts)
    cells = [((0, position + 1), Cell(title))]
    for number, row in body:
        cell = row[position][1] if position < len(row) else Cell("")
        if cell.area:
            cell = Cell("", fault=_("Merged cells hold one value."))
        cells.append(((number, position + 1), cell))
    return 0, cells
