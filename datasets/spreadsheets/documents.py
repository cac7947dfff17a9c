"""Turns bytes into sheets of cells, judging by content and not by file name."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cbec_site.base.formulas import unguarded

from .encodings import Content, find_encoding, refuse_markup, refuse_other_kinds
from .problems import Problem, UnreadableFileError
from .sheets import Cell, Sheet, check_size
from .workbooks import read_workbook

__all__ = ["DELIMITERS", "Cell", "Content", "Document", "Sheet", "read_document"]

_ZIP = b"PK\x03\x04"
_NAMES = {",": "comma", "\t": "tab", ";": "semicolon", "，": "full-width comma"}
# Names for pages; a batch stores the English word.
DELIMITERS = {
    "comma": gettext_lazy("comma"),
    "tab": gettext_lazy("tab"),
    "semicolon": gettext_lazy("semicolon"),
    "full-width comma": gettext_lazy("full-width comma"),
}


class TextSheet:
    """The one table of a text file, read again on each iteration."""

    name, is_hidden = "", False

    def __init__(self, content: Content, encoding: str, delimiter: str):
        self.content, self.encoding, self.delimiter = content, encoding, delimiter
        self.warnings = []
        if delimiter == "，":
            message = _("The columns are divided by full-width commas (，).")
            self.warnings.append(Problem(0, "", "", message, kind="delimiter"))

    def lines(self) -> Iterator[list[str]]:
        """The cells of each line as text; UnreadableFileError if a line is not a
        row."""
        return (row for _number, row in self.numbered())

    def numbered(self) -> Iterator[tuple[int, list[str]]]:
        """The same, each with the line number at which it begins."""
        csv.field_size_limit(settings.IMPORT_MAX_CELL)
        most, widest = settings.IMPORT_MAX_ROWS, settings.IMPORT_MAX_COLUMNS
        count = last = width = 0
        with io.TextIOWrapper(
            self.content.open(), encoding=self.encoding, newline=""
        ) as file:
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            try:
                for row in reader:
                    if count >= most or len(row) > widest:
                        check_size(count, len(row))
                    count += 1
                    number, last = last + 1, reader.line_num
                    if number != last:
                        self._refuse_swallowed(number, row, width)
                    width = len(row)
                    is_guarded = "'" in "".join(row)
                    yield number, list(map(unguarded, row)) if is_guarded else row
            except csv.Error as error:
                raise UnreadableFileError(_broken_line(last + 1, str(error))) from None

    def _refuse_swallowed(self, number: int, row: list[str], width: int) -> None:
        """Refuse a quoted cell over several lines that look like rows of the table."""
        for position, cell in enumerate(row):
            pieces = cell.splitlines()
            if len(pieces) > 1 and self._are_rows(pieces, position, len(row), width):
                message = _(
                    'Line %(line)s: a quotation mark (") opens a cell there that runs '
                    "over %(count)s lines which look like rows of the table; take it "
                    "out, or write the text of the cell on one line."
                )
                words = {"line": number, "count": len(pieces)}
                raise UnreadableFileError(message % words)

    def _are_rows(
        self, pieces: list[str], position: int, length: int, width: int
    ) -> bool:
        """Whether the lines of a quoted cell would be rows without the quotation
        marks."""
        counts = [piece.count(self.delimiter) for piece in pieces]
        if any(
            count >= max(2, width - 2) and _has_number(piece.split(self.delimiter))
            for count, piece in zip(counts[1:], pieces[1:], strict=True)
        ):
            return True
        counts[0] += position
        counts[-1] += length - 1 - position
        return length > 1 and all(count == length - 1 for count in counts)

    @cached_property
    def rows(self) -> list[list[Cell]]:
        """All cells at once, for tables that have to be read as a whole."""
        return [[Cell(value) for value in row] for _number, row in self._whole]

    @cached_property
    def numbers(self) -> list[int]:
        """The line of the file where each row begins."""
        return [number for number, _row in self._whole]

    @cached_property
    def _whole(self) -> list[tuple[int, list[str]]]:
        return list(self.numbered())


@dataclass
class Document:
    """The content of a file, and how it was read.

    `delimiter` is a key of DELIMITERS; `empty` names the sheets without cells.
    """

    sheets: list[Sheet | TextSheet]
    encoding: str = ""
    delimiter: str = ""
    kind: str = "csv"
    empty: list[str] = field(default_factory=list)

    @property
    def layout(self) -> dict:
        """How the file was read, for the batch's record."""
        return {
            "kind": self.kind,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
        }

    @property
    def names(self) -> tuple[list[str], list[str]]:
        """The names of all sheets, and of those that are hidden."""
        hidden = [sheet.name for sheet in self.sheets if sheet.is_hidden]
        return [sheet.name for sheet in self.sheets], hidden

    def chosen(self, name: str = "") -> list[Sheet | TextSheet]:
        """The sheet called `name`, hidden or not; all sheets when none is named.

        Raises UnreadableFileError, naming the existing sheets, if there is no such
        sheet.
        """
        if not name:
            return self.sheets
        if self.kind != "xlsx":
            raise UnreadableFileError(
                _("A text file has no sheets; leave the sheet out.")
            )
        if name in self.empty:
            raise UnreadableFileError(_("Sheet %s is empty.") % name)
        sheets = [sheet for sheet in self.sheets if sheet.name == name]
        if not sheets:
            names = ", ".join(sheet.name for sheet in self.sheets)
            raise UnreadableFileError(
                _("There is no sheet called %(name)s; the file has: %(names)s.")
                % {"name": name, "names": names}
            )
        return sheets


def read_document(
    source: bytes | str | Path | Content, *, encoding: str = ""
) -> Document:
    """Read a CSV, TSV, text or XLSX file, judged by its bytes and not by its name.

    `source` is the bytes or a path; `encoding` overrides detection. Text is checked as
    a whole but read row by row. Raises UnreadableFileError with a message that says
    what the file is and what to save it as.
    """
    content = source if isinstance(source, Content) else Content(source)
    if content.size > settings.IMPORT_MAX_BYTES:
        raise UnreadableFileError(
            _("The file is larger than %s MB.") % (settings.IMPORT_MAX_BYTES // 10**6)
        )
    head = content.head
    if not head.strip() and content.size <= len(head):
        raise UnreadableFileError(_("The file is empty."))
    if head.startswith(_ZIP):
        with content.open() as file:
            sheets = read_workbook(file.read())
        return Document(
            [sheet for sheet in sheets if sheet.rows],
            kind="xlsx",
            empty=[sheet.name for sheet in sheets if not sheet.rows],
        )
    refuse_other_kinds(content)
    return _read_text(content, find_encoding(content, encoding))


def _read_text(content: Content, encoding: str) -> Document:
    text = content.head.decode(encoding, errors="ignore")
    refuse_markup(text)
    delimiter = find_delimiter(text)
    sheet = TextSheet(content, encoding, delimiter)
    return Document([sheet], encoding, _NAMES[delimiter])


def _has_number(cells: list[str]) -> bool:
    return any(re.fullmatch(r"\s*-?\d[\d.]*%?\s*", cell, re.ASCII) for cell in cells)


def find_delimiter(text: str) -> str:
    """The delimiter that splits the first lines most evenly; a comma if none does."""
    lines = list(islice(filter(str.strip, _records(text[:20000])), 20))

    def score(delimiter: str) -> tuple[int, int]:
        counts = [_count_outside_quotes(line, delimiter) for line in lines]
        used = [count for count in counts if count]
        if not used:
            return (0, 0)
        common = max(set(used), key=used.count)
        return (counts.count(common) * (common > 0), common)

    if re.match(r"[^\t\n]+\\time(?:_period)? *\t", text, re.IGNORECASE):
        return "\t"  # of Eurostat, whose first column has commas of its own
    best = max(_NAMES, key=score)
    return best if score(best)[0] else ","


def _records(text: str) -> Iterator[str]:
    """Lines, with those of one quoted cell joined unless its quotation is never
    closed."""
    record = ""
    for line in text.splitlines():
        record = f"{record}\n{line}" if record else line
        if record.count('"') % 2 == 0:
            yield record
            record = ""
    yield from record.splitlines()


def _count_outside_quotes(line: str, delimiter: str) -> int:
    return sum(part.count(delimiter) for part in line.split('"')[::2])


def _broken_line(line: int, error: str) -> str:
    """The csv module's error about a line, in words an editor can use."""
    if "end of data" in error:
        message = _(
            'Line %(line)s cannot be read as a table: a quotation mark (") opens a '
            "cell there and none closes it; the file may be cut off."
        )
    elif "expected after" in error:
        message = _(
            "Line %(line)s cannot be read as a table: text follows a closing quotation "
            'mark ("); double the marks inside a cell.'
        )
    elif "field larger" in error:
        message = _("Line %(line)s has a cell longer than %(limit)s characters.")
    else:
        message = _("Line %(line)s cannot be read as a table.")
    return message % {"line": line, "limit": settings.IMPORT_MAX_CELL}
