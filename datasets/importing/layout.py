"""A sheet to records: finds the table, turns it if its periods stand in a row."""

from .columns import column_of
from .folding import fold
from .headers import (
    filled,
    find_table,
    is_note,
    join_header,
    period_of,
    read_note,
    role_of,
)
from .reading import Cell, Sheet
from .results import Reading
from .tables import Table


def read_sheet(sheet: Sheet) -> Reading:
    """All records of a sheet in the order of its cells."""
    reading = Reading(warnings=list(sheet.warnings))
    index, height, around = find_table(sheet.rows)
    if index < 0:
        return reading
    body = _collect_notes(sheet.rows, index + height, around)
    headings = join_header(sheet.rows, index, height)
    if turned := _turned(headings, body):
        headings, body = turned
    columns = [column_of(place, parts) for place, parts in enumerate(headings)]
    Table(sheet.name, columns, body, around, reading).read()
    reading.records.sort(key=lambda record: (record.source_row, record.source_col))
    return reading


def _collect_notes(rows, start, around):
    """The numbered rows below the header without notes and blank rows."""
    body = []
    for number, row in enumerate(rows[start:], start + 1):
        if is_note(row):
            read_note(row[filled(row)[0]].text, around)
        elif filled(row):
            body.append((number, [(place + 1, cell) for place, cell in enumerate(row)]))
    return body


def _turned(headings, body):
    """The same table with rows and columns swapped, where a row holds the periods."""
    for _number, row in body:
        label, *others = [cell.text for _column, cell in row]
        named = [text for text in others if fold(text)]
        if role_of(label) == "period" and named and all(map(period_of, named)):
            break
    else:
        return None
    if any(period_of(part) for parts in headings[1:] for part in parts):
        return None
    width = max(len(headings), *(len(row) for _number, row in body))
    titles = [headings[0]] + [[fold(row[0][1].text)] for _number, row in body]
    turned = []
    for place in range(1, width):
        title = " ".join(headings[place]) if place < len(headings) else ""
        cells = [((0, place + 1), Cell(title))]
        for number, row in body:
            cell = row[place][1] if place < len(row) else Cell("")
            cells.append(((number, place + 1), cell))
        turned.append((0, cells))
    return titles, turned
