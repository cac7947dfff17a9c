"""Long tables of any length: one value a line, read line by line.

A line whose cells are all plain (a bare number, names and words seen before) is read
here at once; every other line goes through `tables`, one at a time, so that both ways
give the same rows.
"""

import re
from collections.abc import Iterator
from itertools import islice

from datasets.units import MEASURES

from .checking import Checker
from .columns import PLAIN, column_of
from .headers import filled, find_table, is_note, join_header
from .reading import Cell, TextSheet
from .results import Reading
from .rows import Row
from .tables import Table

HEAD = 60
# A bare number: nothing about it has to be tidied, and it fits the column.
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,16})(?:\.\d{1,6})?\Z")
_NAMED = ("indicator", "region", "period", "breakdown", "source", "unit", "status")
_REMEMBERED = 200_000


class LongTable:
    """The reader of one sheet; `begin` gives None for any other kind of sheet."""

    def __init__(self, sheet: TextSheet, checker: Checker):
        self.sheet, self.checker = sheet, checker
        self.reading = Reading(warnings=list(sheet.warnings))
        # What a cell of a column stands for, once a line with it was read in full.
        self.known: dict[str, dict] = {name: {} for name in _NAMED}

    @classmethod
    def begin(cls, sheet, checker: Checker) -> "LongTable | None":
        """A reader for a sheet whose every column has a role, one of them the value."""
        if not isinstance(sheet, TextSheet):
            return None
        head = [[Cell(text) for text in row] for row in islice(sheet.lines(), HEAD)]
        index, height, around = find_table(head)
        if index < 0 or height != 1:
            return None
        columns = [
            column_of(place, parts)
            for place, parts in enumerate(join_header(head, index, height))
        ]
        roles = [column.role for column in columns]
        if "value" not in roles or "unit" not in roles or "period" not in roles:
            return None
        if not all(roles) or len(set(roles)) != len(roles) or around.marks:
            return None
        table = cls(sheet, checker)
        table.columns, table.around, table.start = columns, around, index + 1
        table.places = {column.role: column.place for column in columns}
        table.lookups = [(table.known[name], table.places.get(name)) for name in _NAMED]
        # What else a line may say; where one of these is filled, it is no plain line.
        table.rare = [
            table.places[role]
            for role in ("note", *PLAIN)
            if role in table.places and role not in ("status", "source")
        ]
        return table

    def rows(self) -> Iterator[Row]:
        """The rows in order; faults go to the checker's report or to `reading`."""
        value_place, width, rare = self.places["value"], len(self.columns), self.rare
        lines = islice(self.sheet.lines(), self.start, None)
        for number, line in enumerate(lines, self.start + 1):
            if len(line) == width and not any(line[place] for place in rare):
                row = self._plain(number, line, value_place)
                if row is not None:
                    yield row
                    continue
            if any(line):
                yield from self._general(number, line, value_place)

    def _plain(self, number, line, value_place):
        """The row of a line of which every cell is known; None for any other."""
        text = line[value_place]
        if not _NUMBER.match(text):
            return None
        try:
            (indicator, measure), region, period, breakdown, source, unit, status = [
                known[line[place] if place is not None else ""]
                for known, place in self.lookups
            ]
        except KeyError:
            return None
        if MEASURES[unit].dimension != measure:
            return None
        return Row(
            number, value_place + 1, "", text, indicator, region, period, breakdown,
            source, "", text, unit, len(text.partition(".")[2]), status[0], "",
            says_status=status[1],
        )  # fmt: skip

    def _general(self, number, line, value_place):
        """One line through the general reader; what its cells mean is remembered."""
        cells = [Cell(text) for text in line]
        if is_note(cells) or not filled(cells):
            return
        body = [(number, [(place + 1, cell) for place, cell in enumerate(cells)])]
        found = Reading()
        Table("", self.columns, body, self.around, found).read()
        self.reading.errors += found.errors
        self.reading.warnings += found.warnings
        unknown = self.reading.unknown_columns
        unknown += [title for title in found.unknown_columns if title not in unknown]
        for record in found.records:
            if (row := self.checker.row(record)) is not None:
                # What was pointed out in this line is pointed out in each like it.
                if not found.warnings:
                    self._remember(line, row, value_place)
                yield row

    def _remember(self, line, row, value_place):
        is_plain = (
            len(line) == len(self.columns)
            and not any(line[place] for place in self.rare)
            and row.value == line[value_place]
            and not (row.note_zh_hans or row.note_en or row.qualifier)
        )
        if not is_plain:
            return
        dimension = MEASURES[self.checker.names.indicators.units[row.indicator]]
        meanings = (
            (row.indicator, dimension.dimension), row.region, row.period, row.breakdown,
            row.source, row.unit, (row.status, row.says_status),
        )  # fmt: skip
        for (known, place), meaning in zip(self.lookups, meanings, strict=True):
            if len(known) < _REMEMBERED:
                known["" if place is None else line[place]] = meaning
