"""The bytes of a file: what kind of file it is, and the encoding of its text."""

import codecs
import hashlib
import io
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from django.utils.translation import gettext as _

from .problems import UnreadableFileError

_BLOCK = 1 << 20
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# The encodings that editors can choose, as people write them.
ENCODINGS = {
    "utf-8": "UTF-8",
    "gb18030": "GB18030",
    "gbk": "GBK",
    "gb2312": "GB2312",
    "big5": "Big5",
    "utf-16-le": "UTF-16LE",
    "utf-16-be": "UTF-16BE",
    "cp1252": "Windows-1252",
}
_LABELS = ENCODINGS | {"utf-8-sig": "UTF-8", "utf-16": "UTF-16"}
_OLE = b"\xd0\xcf\x11\xe0"
_PACKED = (b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")


class Content:
    """The bytes of a file, in memory or on disk, which can be read repeatedly."""

    def __init__(self, source: bytes | str | Path) -> None:
        self.source = source

    def open(self) -> io.BytesIO | io.BufferedReader:
        """The file from its beginning."""
        if isinstance(self.source, bytes):
            return io.BytesIO(self.source)
        return Path(self.source).open("rb")

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
        """The bytes from the beginning, a megabyte at a time."""
        with self.open() as file:
            while block := file.read(_BLOCK):
                yield block


def refuse_other_kinds(content: Content) -> None:
    """Refuse bytes that are not text, with a message that says what they are."""
    head = content.head
    if head.startswith(_OLE):
        raise UnreadableFileError(_old_workbook(content))
    if head.startswith(b"%PDF"):
        raise UnreadableFileError(_("This is a PDF, not a table; export CSV or XLSX."))
    if head.startswith(_PACKED):
        raise UnreadableFileError(_("This is a compressed archive; unpack it first."))
    if head.startswith(_PICTURES):
        raise UnreadableFileError(
            _("This is a picture, not a table; export CSV or XLSX.")
        )


def _old_workbook(content: "Content") -> str:
    """Identify an OLE file by its directory entry: an old workbook or an encrypted
    one."""
    entry, rest = "EncryptedPackage".encode("utf-16-le"), b""
    for block in content.blocks():
        if entry in rest + block:
            return _("The workbook is encrypted; save it without a password.")
        rest = block[-len(entry) :]
    return _("This is an old .xls workbook or another Office file; save it as .xlsx.")


def refuse_markup(text: str) -> None:
    """Refuse text that is a web page or another document instead of a table."""
    start = text[:2000].lstrip("\ufeff \t\r\n").lower()
    is_page = start.startswith(("<!doctype html", "<html", "<table", "mime-version:"))
    if is_page or "<table" in start or "<html" in start:
        raise UnreadableFileError(
            _("This is a web page saved as a table; save it as .xlsx or CSV.")
        )
    if start.startswith(("<?xml", "{\\rtf")):
        raise UnreadableFileError(
            _("This is a document of another kind, not a table; export CSV or XLSX.")
        )


def find_encoding(content: Content, encoding: str = "") -> str:
    """Detect by byte-order mark, strict UTF-8, strict GB18030; the whole file is
    checked.

    If `encoding` is given, only it is tried. Raises UnreadableFileError naming the line
    and the byte offset (from 0) at which the best candidate fails.
    """
    failures = []
    for name in _candidates(content.head, encoding):
        try:
            _check_encoding(content, name)
            return name
        except _UndecodableError as failure:
            failures.append(failure)
    furthest = max(failures, key=lambda failure: failure.offset)
    words = vars(furthest) | {"name": _LABELS[furthest.encoding]}
    if len(failures) == 1:
        message = _(
            "Line %(line)s: byte 0x%(byte)02X (offset %(offset)s from 0) is not "
            "%(name)s."
        )
    else:
        message = _(
            "Line %(line)s: byte 0x%(byte)02X (offset %(offset)s from 0) is neither "
            "UTF-8 nor GB18030."
        )
    raise UnreadableFileError(message % words)


def _candidates(head: bytes, encoding: str) -> list[str]:
    marked = next((name for mark, name in _BOMS if head.startswith(mark)), "")
    if not encoding:
        return [marked] if marked else ["utf-8", "gb18030"]
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        name = ""
    # The mark is not part of the text, even if the encoding was given.
    if marked and name in (marked, *_MARKED[marked]):
        return [marked]
    name = {"utf-8-sig": "utf-8"}.get(name, name)
    if name not in ENCODINGS:
        raise UnreadableFileError(
            _("There is no encoding called %(name)s here; choose one of: %(names)s.")
            % {"name": encoding, "names": ", ".join(ENCODINGS.values())}
        )
    return [name]


_MARKED = {"utf-8-sig": ("utf-8",), "utf-16": ("utf-16-le", "utf-16-be")}


class _UndecodableError(Exception):
    """The position at which a text ceases to be valid in an encoding."""

    def __init__(self, encoding: str, offset: int, byte: int, line: int) -> None:
        super().__init__(encoding, offset)
        self.encoding, self.offset, self.byte, self.line = encoding, offset, byte, line


def _check_encoding(content: "Content", name: str) -> None:
    decoder, read, lines = codecs.getincrementaldecoder(name)("strict"), 0, 1
    blocks = content.blocks()
    while True:
        block = next(blocks, b"")
        size = len(decoder.getstate()[0]) + len(block)
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            # A decoder may have removed a mark from the front of the text it reports
            # on.
            start = error.start + size - len(error.object)
            before = error.object[: error.start].decode(name, errors="ignore")
            raise _UndecodableError(
                name,
                read + len(block) - size + start,
                error.object[error.start],
                lines + before.count("\n"),
            ) from None
        if "\x00" in text:
            raise UnreadableFileError(
                _("This is not a text file; save the table as .xlsx or CSV.")
            )
        if not block:
            return
        lines += text.count("\n")
        read += len(block)
