"""Results that take whole tables or serve many pages, cached until public content
changes.

Each process keeps its latest result together with the content version it was made from.
Inside a transaction nothing is kept, since what it sees may be rolled back, as in the
preview of a draft. Within one request the version is read once.

A part of a page outlives a change of other content: the queries it was made from are
run again, and it is made anew only if one of them gives other rows (see `reads`). So do
rows from which several parts are made.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from sys import getsizeof
from typing import Any, TypeVar

from django.core.signals import request_finished, request_started
from django.db import DatabaseError, connection
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import get_language

from .reads import (
    Reads,
    digest_of,
    hold,
    note,
    note_unknown,
    recorded,
    unrecorded,
)
from .segmented import SegmentedCache

Answer = TypeVar("Answer")
Html = SafeString | tuple[SafeString, ...]
Made = TypeVar("Made")

# The version of the content; the top of the site sets it (`cbec_site.content_version`).
read_version: Callable[[], tuple[object, datetime | None]] | None = None

# How many bytes the parts of pages take in each process, and about what one of them
# takes besides its text.
MOST_BYTES = 6_000_000
OVERHEAD = 500
# About what a row takes as an instance, with the texts of both languages.
BYTES_OF_ROW = 3_000

# How many answers are kept; their names may contain what was asked.
MOST_ANSWERS = 1_000

_answers: OrderedDict[Hashable, tuple[object, Any]] = OrderedDict()
_answers_lock = threading.Lock()
_request = threading.local()


@dataclass(frozen=True)
class Part:
    """One or more pieces of HTML, with the version and the rows they were made from."""

    made: Any
    version: object
    reads: Reads

    @cached_property
    def size(self) -> int:
        """About how many bytes it takes in memory."""
        pieces = [self.made] if isinstance(self.made, str) else self.made
        return OVERHEAD + sum(map(getsizeof, pieces)) + self.reads.size


class Rows(Part):
    """Rows of models, which are `held`, in place of HTML."""

    @cached_property
    def size(self) -> int:
        return OVERHEAD + BYTES_OF_ROW * self.reads.row_count + self.reads.size


_parts: SegmentedCache[Part] = SegmentedCache(MOST_BYTES)


def kept(name: Hashable, compute: Callable[[], Answer]) -> Answer:
    """`compute()`, or its last result of today if nothing public has changed since.

    The version is read first, so that a change meanwhile makes the result outdated.
    """
    version = version_now()
    if version is None:
        return compute()
    note_unknown()
    version = version, localdate()
    answer = _answers.get(name)
    if answer is None or answer[0] != version:
        answer = (version, compute())
        with _answers_lock:
            _answers[name] = answer
            _answers.move_to_end(name)
            if len(_answers) > MOST_ANSWERS:
                _answers.popitem(last=False)
    return answer[1]


def kept_part(key: tuple, render: Callable[[], Html]) -> Html:
    """A part of a page in the active language, made once for what it reads and a day.

    `key` identifies the part: all that the part takes from outside of `render` must be
    in it, rows too (see `reads.state_of`). Pieces of HTML that belong together may be
    given as a tuple.
    """
    return _kept(key, render, Part)


def kept_rows(key: tuple, read: Callable[[], Made]) -> Made:
    """What `read` returns, the same rows as long as its queries give the same.

    Rows of models with all that was read along with them, in lists, tuples, mappings.
    All pages share them: whoever gets them changes nothing, and reads nothing further
    through them. The key is that of `kept_part`.
    """

    def read_and_hold():
        return hold(read())

    return _kept(("rows", *key), read_and_hold, Rows)


def _kept(key, make, kind):
    version = version_now()
    if version is None:
        return make()
    # A digest, as keys may be long.
    digest = digest_of([*key, get_language(), localdate()])
    if digest is None:
        return make()
    part = _parts.get(digest)
    if part is None or not _is_right(part, digest, version):
        with recorded() as reads:
            made = make()
        part = kind(made, version, reads)
        _parts.put(digest, part)
    else:
        note(part.reads)
    return part.made


def _is_right(part, digest, version):
    """Whether a part is still current; its queries are run only after a change."""
    if part.version == version:
        return True
    known = getattr(_request, "digests", None)
    if not part.reads.are_unchanged({} if known is None else known):
        return False
    _parts.put(digest, replace(part, version=version))
    return True


def version_now() -> tuple[object, datetime | None] | None:
    """The version of the content; None if nothing may be kept.

    One query, the first time in each request.
    """
    if read_version is None or connection.in_atomic_block:
        return None
    version = getattr(_request, "version", None)
    if version is None:
        with unrecorded():
            version = read_version()
        if getattr(_request, "is_answered", False):
            _request.version = version
    return version


def content_changed_at(request) -> datetime | None:
    """The moment at which public content last changed; None if it cannot be read.

    One query for each request, however often it is asked. A part of a page that asks
    is made anew after each change.
    """
    note_unknown()
    if read_version is None:
        return None
    if not hasattr(request, "content_changed_at"):
        try:
            _version, request.content_changed_at = version_now() or read_version()
        except DatabaseError:
            request.content_changed_at = None
    return request.content_changed_at


def forget() -> None:
    """Forget all answers and parts; for tests that change the database of a process."""
    _answers.clear()
    _parts.clear()


def begin_request(**kwargs):
    """From now on this thread reads the version only once."""
    _request.is_answered, _request.version, _request.digests = True, None, {}


def end_request(**kwargs):
    """The version that was read is no longer valid."""
    _request.is_answered, _request.version, _request.digests = False, None, None


request_started.connect(begin_request, dispatch_uid="version of the content")
request_finished.connect(end_request, dispatch_uid="version of the content")
