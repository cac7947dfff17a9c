"""Answers ready to be sent: compressed once, kept within a memory limit."""

import contextlib
import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from email.utils import formatdate

import brotli

# Smaller bodies do not gain by it; these kinds are compressed already.
SMALLEST = 500
COMPRESSIBLE = ("text/", "application/json", "application/xml", "application/atom+xml")
COMPRESSIBLE += ("image/svg+xml", "application/problem+json", "application/ld+json")
# What depends on the encoding, or is set anew with each answer.
REPLACED = {"content-length", "content-encoding", "etag", "last-modified", "vary"}
# The id of the request that made it is not that of the one it is sent to.
REPLACED |= {"x-request-id"}
# The approximate overhead of one entry, in bytes.
OVERHEAD = 2048
# Made once: it is used for each answer.
GONE = contextlib.suppress(KeyError)

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Body:
    """One encoding of an answer with the headers it is sent with."""

    content: bytes
    etag: str
    headers: Headers
    unchanged_headers: Headers


@dataclass
class Entry:
    """The answer of one address: `bodies` by encoding ("br", "gzip", "")."""

    version: object
    headers: Headers
    bodies: dict[str, Body]
    digest: str
    modified: float
    made: float = field(default_factory=time.time)
    hits: int = 0
    # Since when (monotonic) it is known to be outdated.
    outdated: float | None = None
    marked: "Entry | None" = None

    @property
    def size(self) -> int:
        return OVERHEAD + sum(len(body.content) for body in self.bodies.values())

    def body(self, encoding: str) -> Body:
        """The body in `encoding`, or as it is where that encoding was not worth it."""
        body = self.bodies.get(encoding)
        if body is not None:
            return body
        if "" in self.bodies:
            return self.bodies[""]
        return make_body(self.plain, "", self.headers, self.digest, self.modified)

    @property
    def plain(self) -> bytes:
        """The body without an encoding."""
        if "" in self.bodies:
            return self.bodies[""].content
        return gzip.decompress(self.bodies["gzip"].content)


def make_entry(
    version: object,
    headers: Headers,
    content: bytes,
    modified: float,
    before: Entry | None = None,
) -> Entry:
    """An answer ready to be sent again; `before` is the entry it replaces.

    `modified` (seconds) is when the public content last changed. An answer that is the
    same as before keeps its former date.
    """
    digest = hashlib.sha256(content).hexdigest()[:32]
    if before is not None and before.digest == digest:
        modified = before.modified
    kept = [(name, value) for name, value in headers if name.lower() not in REPLACED]
    kind = next((v for n, v in kept if n.lower() == "content-type"), "")
    if len(content) < SMALLEST or not kind.startswith(COMPRESSIBLE):
        encoded = {"": content}
    else:
        encoded = {
            "br": brotli.compress(content, quality=5),
            "gzip": gzip.compress(content, compresslevel=6, mtime=0),
        }
    bodies = {
        encoding: make_body(part, encoding, kept, digest, modified)
        for encoding, part in encoded.items()
    }
    return Entry(version, kept, bodies, digest, modified)


def make_body(
    content: bytes, encoding: str, headers: Headers, digest: str, modified: float
) -> Body:
    """A body with its headers; a strong ETag belongs to one encoding."""
    etag = f'"{digest}-{encoding}"' if encoding else f'"{digest}"'
    same = [
        ("ETag", etag),
        ("Last-Modified", formatdate(modified, usegmt=True)),
        ("Vary", "Accept-Encoding"),
    ]
    full = [*headers, *same, ("Content-Length", str(len(content)))]
    if encoding:
        full.append(("Content-Encoding", encoding))
    described = ("content-type", "content-language", "content-disposition")
    kept = [(name, value) for name, value in headers if name.lower() not in described]
    return Body(content, etag, full, kept + same)


class Entries:
    """Entries by key within a limit, those read once apart from those read again.

    A segmented LRU: what is read once may fill a quarter of the memory, so that a
    crawler or ever new searches do not drive out what readers ask for. What is read
    again moves to the rest; what was read there longest ago goes back.
    """

    def __init__(self, most_bytes: int):
        self.most_bytes = most_bytes
        self.most_once = most_bytes // 4
        self._once, self._again = _Segment(), _Segment()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._once.entries) + len(self._again.entries)

    @property
    def size(self) -> int:
        return self._once.size + self._again.size

    def get(self, key: tuple) -> Entry | None:
        """The entry of a key, whatever its version; it counts as read."""
        entry = self._again.entries.get(key)
        if entry is not None:
            entry.hits += 1
            # Another thread may just have removed it to make room.
            with GONE:
                self._again.entries.move_to_end(key)
            return entry
        if key not in self._once.entries:
            return None
        with self._lock:
            entry = self._once.remove(key)
            if entry is not None:
                entry.hits += 1
                self._again.add(key, entry)
                self._make_room()
        return entry

    def put(self, key: tuple, entry: Entry) -> None:
        """Keep an entry in place of the one before, unless it alone is too large."""
        with self._lock:
            segment = self._again if key in self._again.entries else self._once
            before = segment.remove(key)
            if before is not None:
                entry.hits += before.hits
            if entry.size <= self.most_bytes:
                segment.add(key, entry)
                self._make_room()

    def _make_room(self) -> None:
        while self._again.size > self.most_bytes - self.most_once:
            self._once.add(*self._again.remove_oldest())
        # A single entry may be larger than the quarter.
        while self._once.size > self.most_once and len(self._once.entries) > 1:
            self._once.remove_oldest()
        while self.size > self.most_bytes:
            self._again.remove_oldest()

    def drop(self, key: tuple) -> None:
        """Forget an address whose answer is no longer to be kept."""
        with self._lock:
            self._once.remove(key)
            self._again.remove(key)

    def most_read(self, count: int) -> list[tuple[tuple, Entry]]:
        """The `count` entries read most, for a copy on disk."""
        with self._lock:
            items = [*self._again.entries.items(), *self._once.entries.items()]
        return sorted(items, key=lambda item: -item[1].hits)[:count]


@dataclass
class _Segment:
    """Entries in the order in which they were read, and their size together."""

    entries: OrderedDict[tuple, Entry] = field(default_factory=OrderedDict)
    size: int = 0

    def add(self, key: tuple, entry: Entry) -> None:
        self.entries[key] = entry
        self.size += entry.size

    def remove(self, key: tuple) -> Entry | None:
        entry = self.entries.pop(key, None)
        if entry is not None:
            self.size -= entry.size
        return entry

    def remove_oldest(self) -> tuple[tuple, Entry]:
        key, entry = self.entries.popitem(last=False)
        self.size -= entry.size
        return key, entry
