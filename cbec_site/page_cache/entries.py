"""Answers ready to be sent: compressed once, kept within a memory limit."""

import gzip
import hashlib
import time
from dataclasses import dataclass, field
from email.utils import formatdate

import brotli

from cbec_site.base.segmented import SegmentedCache

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


class Entries(SegmentedCache[Entry]):
    """Entries by key, of any version, with how often each was read."""

    def get(self, key: tuple) -> Entry | None:
        entry = super().get(key)
        if entry is not None:
            entry.hits += 1
        return entry

    def put(self, key: tuple, entry: Entry) -> Entry | None:
        before = super().put(key, entry)
        if before is not None:
            entry.hits += before.hits
        return before

    def most_read(self, count: int) -> list[tuple[tuple, Entry]]:
        """The `count` entries read most, for a copy on disk."""
        return sorted(self.items(), key=lambda item: -item[1].hits)[:count]
