"""A sheet of policies as rows of named cells, one policy a line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

from datasets.importing.headers import is_note
from datasets.importing.row_faults import reversal_fault
from datasets.imports.mappings import name_key
from datasets.imports.plans import Plan, visible_sheets
from datasets.spreadsheets.documents import Cell, Document, TextSheet
from datasets.spreadsheets.problems import Problem

from .columns import LABELS, column_of

# How many rows are searched for the headings, which may have titles above them.
HEAD = 20
# Columns that identify an act.
_NAMING = ("code", "title_zh_hans", "title_en", "document_number")


@dataclass
class Line:
    """One row: `cells` holds the filled ones by the name of their column.

    `has_codes` tells whether the table has a column of codes at all; `refused` are the
    columns whose cells cannot be read as they are, which is reported already.
    """

    number: int
    sheet: str
    cells: dict[str, Cell]
    has_codes: bool = True
    refused: set[str] = field(default_factory=set)


@dataclass
class Headings:
    """The position of each column, and the headings that match none."""

    row: int
    headed: frozenset[int]
    places: dict[int, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)


def read_lines(plan: Plan, document: Document) -> Iterator[Line]:
    """The lines of the chosen sheets; errors in headings go to the plan.

    Yields Line. Unknown columns block (kind "unknown") unless the options ignore them.
    """
    for sheet in visible_sheets(plan, document):
        plan.warnings.extend(sheet.warnings)
        headings = find_headings(sheet, plan.options.mapping.get("column", {}))
        if headings is None:
            message = _(
                "No row with headings such as title and document number was found."
            )
            plan.refuse(Problem(0, "", "", message, sheet.name, "empty"))
            continue
        _check(headings, sheet.name, plan.refuse, plan.options.columns_left_out)
        yield from _lines(sheet, headings, plan.refuse, plan.warnings.append)


def find_headings(sheet, mapping: dict[str, str]) -> Headings | None:
    """The first row that names two columns or more, and where they stand.

    `mapping` has the columns that an editor said other headings mean.
    """
    for number, cells in islice(_rows(sheet), HEAD):
        named = [
            column_of(mapping.get(name_key(cell.text)) or cell.plain) for cell in cells
        ]
        if len({column.name for column in named if column}) < 2:
            continue
        headed = frozenset(
            position for position, cell in enumerate(cells) if cell.plain
        )
        headings = Headings(number, headed)
        for position, (cell, column) in enumerate(zip(cells, named, strict=True)):
            plain = cell.plain
            if column is None:
                if plain and plain not in LABELS:
                    headings.unknown.append(plain)
            elif column.name in headings.given:
                headings.repeated.append(plain)
            else:
                headings.places[position] = column.name
                headings.given[column.name] = plain
        return headings
    return None


def _check(headings, sheet_name, report, ignore):
    def refuse(title, message, kind):
        report(Problem(headings.row, title, "", message, sheet_name, kind))

    for title in headings.unknown:
        if title not in ignore:
            message = _("Unknown column; correct its heading or choose to ignore it.")
            refuse(title, message, "unknown")
    for title in headings.repeated:
        refuse(title, _("Another column has the same meaning."), "repeated")
    if not {"code", "document_number", "title_zh_hans", "title_en"} & set(
        headings.given
    ):
        message = _("A column with the title, number or code of each policy is needed.")
        refuse("title_zh_hans", message, "missing")


def _lines(sheet, headings, report, warn) -> Iterator[Line]:
    for number, cells in _rows(sheet):
        row = [cell.text for cell in cells]
        filled = [position for position, cell in enumerate(cells) if _says(cell)]
        if number <= headings.row or not filled:
            continue
        if len(filled) == 1 and is_note(cells):
            message = _("A note beside the table, left out.")
            warn(Problem(number, "", row[filled[0]], message, sheet.name, "note"))
            continue
        if message := _misfit(sheet, headings, row, filled):
            report(Problem(number, "", row[filled[-1]], message, sheet.name, "cells"))
            continue
        line = Line(number, sheet.name, {}, "code" in headings.given)
        for position, name in headings.places.items():
            cell = cells[position] if position < len(cells) else Cell("")
            message, kind = _take(cell, position, name, line)
            if kind:
                title = headings.given[name]
                problem = Problem(number, title, cell.text, message, sheet.name, kind)
                if kind == "merged":
                    warn(problem)
                else:
                    report(problem)
                    line.cells[name] = cell
                    line.refused.add(name)
        yield line


def _take(cell, place, name, line) -> tuple[str, str]:
    """Put a cell into a line; returns (message, kind) of what an editor should know.

    A cell merged over several rows holds for each, unless it names the act itself.
    """
    is_merged = cell.area is not None and cell.area[0] == place and not cell.text
    said = Cell(cell.area[1]) if is_merged else cell
    if not _says(said):
        return "", ""
    if cell.fault and not cell.is_date:
        return cell.fault, "format"
    if message := reversal_fault(said.text):
        return message, "cells"
    if is_merged and name in _NAMING:
        message = _("Merged cells hold one value; write it into each of them.")
        return message, "cells"
    line.cells[name] = said
    if is_merged:
        return _("merged cell: the text of the first row holds for all"), "merged"
    return "", ""


def _says(cell):
    """Whether a cell has anything visible; long cells are not searched."""
    return len(cell.text) > 40 or bool(cell.plain)


def _misfit(sheet, headings, row, filled):
    """Why a row does not lie under the headings; "" when it does."""
    if not headings.headed.issuperset(filled):
        return _("The last cell shown has no heading above it; was the line split?")
    # Workbooks leave out empty cells at the end, text files do not.
    if isinstance(sheet, TextSheet) and len(row) <= max(headings.headed):
        return _("The line has fewer cells than the heading; is it cut off?")
    if len(filled) == 1 and len(headings.places) > 2:
        return _(
            "This line has a single cell: a heading between the rows, or a row "
            "that lost its cells? Fill in the others, or remove the line."
        )
    return ""


def _rows(sheet) -> Iterator[tuple[int, list[Cell]]]:
    """The rows with their numbers: the line of a text file where each begins."""
    if isinstance(sheet, TextSheet):
        return ((n, [Cell(text) for text in row]) for n, row in sheet.numbered())
    return zip(sheet.numbers, sheet.rows, strict=True)
