"""Long tables of any length: one value a line, read line by line.

A line with only a value and names and words seen before is read here directly; every
other line goes through `tables`, which gives the same rows. Lines with footnote marks
wait for the notes at the end of the file.
"""

import re
from collections.abc import Iterator
from itertools import islice

from datasets.models import Observation
from datasets.spreadsheets.documents import Cell, TextSheet
from datasets.spreadsheets.folding import fold_note
from datasets.units import MEASURES

from .cells import NumberError
from .checking import Checker, by_language
from .column import column_of
from .columns import PLAIN, Headings
from .dimensions import is_of_frequency
from .headers import filled, find_table, is_note, join_header, read_note
from .note_texts import is_wanted, status_called, unit_in_note
from .notes import explain, finish
from .printed_units import find_unit
from .reading_options import ReadingOptions
from .reading_result import Reading, Record
from .record_values import set_value
from .rows import Row, Spool
from .tables import BROKEN, Table

HEAD = 60
# A bare number, which needs no tidying and fits the column.
_NUMBER = re.compile(
    r"(?:-(?!0(?:\.0+)?\Z))?(?:0|[1-9]\d{0,16})(?:\.\d{1,6})?\Z", re.ASCII
)
# The same if a comma may be the decimal sign, so that 1.200 may be 1,200.
_CLEAR_NUMBER = re.compile(
    rf"(?!-?[1-9]\d{{0,2}}\.\d{{3}}\Z)(?:{_NUMBER.pattern})", re.ASCII
)
_NAMED = ("indicator", "region", "period", "breakdown", "source", "unit", "status")
_REMEMBERED = 200_000
# A note with this word says how precise its values are.
_ROUGH = "约数"
# Columns that say nothing about a value.
_SILENT = ("label", "dataflow", "ignored")


class LongTable:
    """The reader of one sheet; `begin` gives None for any other kind of sheet."""

    def __init__(self, sheet: TextSheet, checker: Checker):
        self.sheet, self.checker = sheet, checker
        self.reading = Reading(warnings=list(sheet.warnings))
        # What a cell of a column stands for, known once a line with it was read in
        # full.
        self.known: dict[str, dict] = {name: {} for name in _NAMED}
        self.waiting = Spool()
        self.number = _NUMBER

    @classmethod
    def begin(
        cls, sheet, checker: Checker, options: ReadingOptions | None = None
    ) -> "LongTable | None":
        """A reader for a sheet in which every column has a role, one of them being the
        value."""
        if not isinstance(sheet, TextSheet):
            return None
        options = options or ReadingOptions()
        columns, around, start = _read_head(sheet)
        options.give_meanings(columns)
        if not _is_long(columns, options):
            return None
        table = cls(sheet, checker)
        table.reading.header = around.header
        around.has_decimal_commas = sheet.delimiter == ";"
        table.headings = Headings(columns, [], around, table.reading, "", options)
        if around.has_decimal_commas:
            table.number = _CLEAR_NUMBER
        table.columns, table.around, table.start = columns, around, start
        table.table = Table(table.headings, table.reading)
        table._find_places()
        return table

    def _find_places(self):
        """The positions of the columns from which a plain line is read."""
        roles = self.headings.roles
        self.places = {role: column.place for role, column in roles.items()}
        self.lookups = [(self.known[name], self.places.get(name)) for name in _NAMED]
        # What else a line may say; if one of these is filled, the line is not plain.
        self.rare = [
            self.places[role]
            for role in PLAIN
            if role in self.places and role not in ("status", "source", "freq")
        ]
        self.note, self.freq = self.places.get("note"), self.places.get("freq")
        if self.note == 0:
            # It may be one of the notes below the table.
            self.rare.append(0)

    def rows(self) -> Iterator[Row]:
        """The rows in order, then those with footnotes; reports faults."""
        value_place, width, rare = self.places["value"], len(self.columns), self.rare
        for number, line in islice(self.sheet.numbered(), self.start, None):
            if len(line) == width and not any(line[position] for position in rare):
                row = self._plain(number, line, value_place)
                if row is not None:
                    yield row
                    continue
            if any(line):
                yield from self._general(number, line, value_place)
        for (record,) in self.waiting:
            explain(record, self.around)
            if (row := self.checker.row(record)) is not None:
                yield row
        self.table.check_whole()
        finish(self.reading, self.headings)

    def _plain(self, number, line, value_place):
        """The row of a line in which every name is known; None for any other."""
        text = line[value_place]
        try:
            (indicator, measure), region, period, breakdown, source, unit, status = [
                known[line[position] if position is not None else ""]
                for known, position in self.lookups
            ]
        except KeyError:
            return None
        value, code, qualifier = text, status[0], ""
        if self.number.match(text):
            decimals = len(text.partition(".")[2])
        elif (record := self._read(number, text, unit)) is not None:
            value, decimals, unit = f"{record.value:f}", record.decimals, record.unit
            code = code if status[1] else record.status
            qualifier = record.qualifier
        else:
            return None
        note = self._note(line)
        if self.freq is not None and not is_of_frequency(line[self.freq], period):
            return None
        if note is None or MEASURES[unit].dimension != measure:
            return None
        return Row(
            number, value_place + 1, "", text, indicator, region, period, breakdown,
            source, "", value, unit, decimals, code, qualifier, says_status=status[1],
            note_zh_hans=note[0], note_en=note[1],
        )  # fmt: skip

    def _note(self, line):
        """(Chinese, English) note of a line; None if the line needs the general
        reader."""
        text = line[self.note] if self.note else ""
        if not text:
            return "", ""
        note = fold_note(text)
        if (
            _ROUGH in note
            or status_called(note)
            or is_wanted(note)
            or unit_in_note(Cell(text).plain)
            or BROKEN.match(text.strip())
        ):
            return None
        return by_language(note)

    def _read(self, number, text, unit):
        """A value that has to be tidied; None if the line needs the general reader."""
        record = Record()
        try:
            commas = self.around.has_decimal_commas
            kinds = set_value(record, text, Cell(text), (unit, 0), None, commas)
        except NumberError:
            return None
        if record.value is None or record.currency or record.has_own_unit:
            return None
        title = self.headings.roles["value"].title
        became = f"{record.value:f}"
        self.reading.tidied.add("", number, title, text, became, kinds)
        return record

    def _general(self, number, line, value_place):
        """Read a line with the general reader, and remember what its names mean."""
        cells = [Cell(text) for text in line]
        if is_note(cells):
            return read_note(cells, number, self.around)
        if not filled(cells):
            return
        reading = self.reading
        said = len(reading.warnings)
        self.table.row(number, list(enumerate(cells, 1)))
        # A warning about this line applies to every line like it.
        is_plain = said == len(reading.warnings) and self.table.has_plain_names
        records, reading.records = reading.records, []
        refused, reading.refused = reading.refused, []
        for record in refused:
            self.checker.row(record)
        for record in records:
            if record.marks or record.cell_marks:
                self.waiting.append((record,))
                continue
            explain(record, self.around)
            if (row := self.checker.row(record)) is not None:
                if is_plain:
                    self._remember(line, cells, row)
                yield row

    def _remember(self, line, cells, row):
        """Remember what the names of a line stand for, and its unit if we store that
        unit."""
        is_plain = (
            len(line) == len(self.columns)
            and not any(line[position] for position in self.rare)
            and row.value is not None
            and _ROUGH not in row.note_zh_hans
        )
        unit = find_unit(cells[self.places["unit"]].plain) if is_plain else None
        if unit is None or unit[1]:
            return
        dimension = MEASURES[self.checker.names.indicators.units[row.indicator]]
        status = row.status if row.says_status else Observation.Status.NORMAL.value
        meanings = (
            (row.indicator, dimension.dimension), row.region, row.period, row.breakdown,
            row.source, str(unit[0]), (status, row.says_status),
        )  # fmt: skip
        for (known, position), meaning in zip(self.lookups, meanings, strict=True):
            if len(known) < _REMEMBERED:
                known["" if position is None else line[position]] = meaning


def _read_head(sheet):
    """The columns of a table with one line of headings, what the lines above say, and
    where its rows begin; no columns for any other table."""
    first = list(islice(sheet.numbered(), HEAD))
    head = [[Cell(text) for text in row] for _number, row in first]
    index, height, around = find_table(head, [number for number, _row in first])
    if index < 0 or height != 1:
        return [], around, 0
    parts = join_header(head, index, height)
    columns = [column_of(position, part) for position, part in enumerate(parts)]
    return columns, around, index + 1


def _is_long(columns, options):
    """Whether every column has a role of its own, value, unit and period among them."""
    roles = [
        "ignored" if column.title in options.ignore else column.role
        for column in columns
    ]
    told = [role for role in roles if role not in _SILENT]
    is_whole = {"value", "unit", "period"} <= set(told)
    return is_whole and all(roles) and len(set(told)) == len(told)
