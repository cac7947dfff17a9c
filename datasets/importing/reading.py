"""Bytes to sheets of cells: encodings, delimiters, XLSX; clear refusals."""

import codecs
import csv
import datetime
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import openpyxl
from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from .problems import Refused
from .times import date_period

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_DELIMITERS = ",\t;，"
_BLOCK = 1 << 20


class Content:
    """The bytes of a file: in memory or on disk, read as often as needed."""

    def __init__(self, source: bytes | str | Path):
        self.source = source

    def open(self):
        """The file from its beginning."""
        if isinstance(self.source, bytes):
            return io.BytesIO(self.source)
        return open(self.source, "rb")

    @cached_property
    def size(self) -> int:
        if isinstance(self.source, bytes):
            return len(self.source)
        return Path(self.source).stat().st_size

    @cached_property
    def head(self) -> bytes:
        """The first bytes, enough to tell what the file is."""
        with self.open() as file:
            return file.read(20_000)

    @cached_property
    def sha256(self) -> str:
        with self.open() as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def blocks(self) -> Iterator[bytes]:
        """The bytes once more, a megabyte at a time."""
        with self.open() as file:
            while block := file.read(_BLOCK):
                yield block


@dataclass(frozen=True)
class Cell:
    """A cell's text as stored; `is_percent` when the sheet shows it as a percentage."""

    text: str
    is_percent: bool = False


@dataclass
class Sheet:
    """Rows of cells; `name` is "" for text files."""

    name: str
    rows: list[list[Cell]]
    is_hidden: bool = False


class TextSheet:
    """The one table of a text file, read anew each time it is walked through."""

    name, is_hidden = "", False

    def __init__(self, content: Content, encoding: str, delimiter: str):
        self.content, self.encoding, self.delimiter = content, encoding, delimiter

    def lines(self) -> Iterator[list[str]]:
        """The cells of each line as text; Refused where a line is no table row."""
        csv.field_size_limit(settings.IMPORT_MAX_CELL)
        count = 0
        with io.TextIOWrapper(
            self.content.open(), encoding=self.encoding, newline=""
        ) as file:
            try:
                for row in csv.reader(file, delimiter=self.delimiter, strict=True):
                    _check_size(count, len(row))
                    count += 1
                    yield row
            except csv.Error as error:
                raise Refused(
                    _("Line %(line)s cannot be read as a table: %(error)s.")
                    % {"line": count + 1, "error": error}
                ) from None

    @cached_property
    def rows(self) -> list[list[Cell]]:
        """All cells at once, for tables that have to be seen as a whole."""
        return [[Cell(value) for value in row] for row in self.lines()]


@dataclass
class Document:
    """What a file holds and how it was read."""

    sheets: list[Sheet | TextSheet]
    encoding: str = ""
    delimiter: str = ""
    kind: str = "csv"
    notes: list[str] = field(default_factory=list)

    @property
    def layout(self) -> dict:
        """How the file was read, for the record of the batch."""
        return {
            "kind": self.kind,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
        }


def read_document(source: bytes | str | Path | Content, *, encoding="") -> Document:
    """Read a CSV, TSV, text or XLSX file, judged by its bytes and not by its name.

    `source` is the bytes or where they lie; `encoding` overrides what would be found.
    Text is checked whole but read row by row. Raises Refused with a message that says
    what the file is and what to save it as.
    """
    content = source if isinstance(source, Content) else Content(source)
    if content.size > settings.IMPORT_MAX_BYTES:
        raise Refused(
            _("The file is larger than %s MB.") % (settings.IMPORT_MAX_BYTES // 10**6)
        )
    head = content.head
    if not head.strip() and content.size <= len(head):
        raise Refused(_("The file is empty."))
    if head.startswith(_ZIP):
        with content.open() as file:
            return _read_xlsx(file.read())
    if head.startswith(_OLE):
        raise Refused(
            _("This is an encrypted workbook or an old .xls file; save it as .xlsx.")
        )
    if head.startswith(b"%PDF"):
        raise Refused(_("This is a PDF, not a table; export CSV or XLSX."))
    return _read_text(content, find_encoding(content, encoding))


def find_encoding(content: Content, encoding: str = "") -> str:
    """Byte-order mark, strict UTF-8, strict GB18030; the whole file is checked.

    Raises Refused naming the first byte (counted from 0) that fits none of them.
    """
    for mark, name in _BOMS:
        if content.head.startswith(mark):
            encoding = encoding or name
    failures = []
    for name in [encoding] if encoding else ["utf-8", "gb18030"]:
        try:
            _check_encoding(content, name)
            return name
        except LookupError:
            raise Refused(_("There is no encoding called %s.") % name) from None
        except _Undecodable as failure:
            failures.append(failure)
    words = {"offset": failures[0].offset, "byte": failures[0].byte}
    if encoding:
        raise Refused(
            _("Byte %(offset)s (0x%(byte)02X) is not %(name)s.")
            % (words | {"name": encoding})
        )
    raise Refused(
        _("Byte %(offset)s (0x%(byte)02X) is neither UTF-8 nor GB18030.") % words
    )


class _Undecodable(Exception):
    def __init__(self, offset, byte):
        super().__init__(offset)
        self.offset, self.byte = offset, byte


def _check_encoding(content, name):
    decoder = codecs.getincrementaldecoder(name)("strict")
    read = 0
    for block in content.blocks():
        pending = decoder.getstate()[0]
        try:
            text = decoder.decode(block)
        except UnicodeError as error:
            start = getattr(error, "start", 0)
            bad = (pending + block)[start : start + 1] or b"\0"
            raise _Undecodable(read - len(pending) + start, bad[0]) from None
        if "\x00" in text:
            raise Refused(_("This is not a text file; save the table as .xlsx or CSV."))
        read += len(block)
    try:
        decoder.decode(b"", final=True)
    except UnicodeError:
        raise _Undecodable(read - 1, block[-1]) from None


def _read_text(content, encoding):
    text = content.head.decode(encoding, errors="ignore")
    start = text[:2000].lstrip().lower()
    if start.startswith(("<!doctype html", "<html", "<table")) or "<table" in start:
        raise Refused(
            _("This is a web page saved as a table; save it as .xlsx or CSV.")
        )
    delimiter = find_delimiter(text)
    names = {",": "comma", "\t": "tab", ";": "semicolon", "，": "full-width comma"}
    sheet = TextSheet(content, encoding, delimiter)
    return Document([sheet], encoding, names[delimiter])


def find_delimiter(text: str) -> str:
    """The delimiter that splits the first lines most evenly; a comma when none does."""
    lines = [line for line in text[:20000].splitlines() if line.strip()][:20]

    def score(delimiter):
        counts = [_count_outside_quotes(line, delimiter) for line in lines]
        used = [count for count in counts if count]
        if not used:
            return (0, 0)
        common = max(set(used), key=used.count)
        return (counts.count(common) * (common > 0), common)

    best = max(_DELIMITERS, key=score)
    return best if score(best)[0] else ","


def _count_outside_quotes(line, delimiter):
    return sum(part.count(delimiter) for part in line.split('"')[::2])


def _check_size(row_count, column_count):
    if row_count >= settings.IMPORT_MAX_ROWS:
        raise Refused(_("More than %s rows.") % settings.IMPORT_MAX_ROWS)
    if column_count > settings.IMPORT_MAX_COLUMNS:
        raise Refused(_("More than %s columns.") % settings.IMPORT_MAX_COLUMNS)


def _read_xlsx(content):
    _check_archive(content)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )
        sheets = [_sheet(sheet) for sheet in book.worksheets]
    except Refused:
        raise
    except (
        InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError,
        AttributeError, IndexError, EOFError, OSError, SyntaxError, OverflowError,
    ) as error:  # fmt: skip
        raise Refused(
            _("The workbook is damaged and cannot be read (%s).") % type(error).__name__
        ) from None
    return Document([sheet for sheet in sheets if sheet.rows], kind="xlsx")


def _check_archive(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            size = sum(entry.file_size for entry in entries)
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Refused(_("The workbook is cut off or damaged.")) from None
    if not any(name.startswith("xl/") for name in names):
        raise Refused(_("This is a zip archive, not a workbook."))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(_("The workbook is encrypted; save it without a password."))
    limit = min(settings.IMPORT_MAX_EXPANDED, max(len(content) * 200, 10**7))
    if size > limit:
        raise Refused(_("The workbook expands to far more than its size; refused."))


def _sheet(sheet):
    rows = []
    for row in sheet.iter_rows():
        cells = [_cell(cell) for cell in row]
        while cells and not cells[-1].text:
            cells.pop()
        _check_size(len(rows), len(cells))
        rows.append(cells)
    while rows and not rows[-1]:
        rows.pop()
    return Sheet(sheet.title, rows, sheet.sheet_state != "visible")


def _cell(cell):
    value = cell.value
    if value is None:
        return Cell("")
    if isinstance(value, bool):
        return Cell(str(value))
    if isinstance(value, datetime.datetime | datetime.date):
        return Cell(date_period(value, cell.number_format or "yyyy-mm-dd"))
    if isinstance(value, int | float):
        shown = repr(value)
        if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
            shown = str(int(value))
        return Cell(shown, is_percent="%" in (cell.number_format or ""))
    text = str(value)
    if len(text) > settings.IMPORT_MAX_CELL:
        raise Refused(
            _("A cell is longer than %s characters.") % settings.IMPORT_MAX_CELL
        )
    return Cell(text)
