"""What is made from whole tables or for many pages, kept until public content changes.

Each process keeps what it made last, with the version of the content that it is of.
Within a transaction nothing is kept: what it sees may be undone, as in the preview of a
draft. Within one request the version is read once.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.core.signals import request_finished, request_started
from django.db import connection
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import get_language

Answer = TypeVar("Answer")

# The version of the content; the top of the site sets it (`cbec_site.content_version`).
read_version: Callable[[], object] | None = None

# Parts of pages that are held in a process, and how many characters they may have.
MOST_PARTS = 5_000
MOST_CHARACTERS = 8_000_000

# Answers that are held; names may hold what was asked.
MOST_ANSWERS = 1_000

_answers: OrderedDict[Hashable, tuple[object, Any]] = OrderedDict()
_answers_lock = threading.Lock()
_request = threading.local()


class Parts:
    """Pieces of HTML by key, the least used of which make room for others."""

    def __init__(self):
        self._parts: OrderedDict[Hashable, tuple[object, SafeString]] = OrderedDict()
        self._characters = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, version: object) -> SafeString | None:
        """The part as it was made of this version; None if there is none."""
        with self._lock:
            found = self._parts.get(key)
            if found is None or found[0] != version:
                return None
            self._parts.move_to_end(key)
        return found[1]

    def put(self, key: Hashable, version: object, html: SafeString) -> None:
        with self._lock:
            self._characters -= len(self._parts.pop(key, ("", ""))[1])
            self._parts[key] = (version, html)
            self._characters += len(html)
            while len(self._parts) > MOST_PARTS or self._characters > MOST_CHARACTERS:
                _key, (_version, oldest) = self._parts.popitem(last=False)
                self._characters -= len(oldest)

    def clear(self) -> None:
        with self._lock:
            self._parts.clear()
            self._characters = 0


_parts = Parts()


def kept(name: Hashable, compute: Callable[[], Answer]) -> Answer:
    """`compute()`, or what it gave last this day if nothing public has changed since.

    The version is read before, so that a change meanwhile has the answer made anew.
    """
    version = version_now()
    if version is None:
        return compute()
    version = version, localdate()
    found = _answers.get(name)
    if found is None or found[0] != version:
        found = (version, compute())
        with _answers_lock:
            _answers[name] = found
            _answers.move_to_end(name)
            if len(_answers) > MOST_ANSWERS:
                _answers.popitem(last=False)
    return found[1]


def kept_part(key: tuple, render: Callable[[], SafeString]) -> SafeString:
    """A part of a page in the active language, rendered once for a version and a day.

    `key` tells it from all other parts; of the request the part says nothing that the
    key does not.
    """
    version = version_now()
    if version is None:
        return render()
    key = (*key, get_language(), localdate())
    html = _parts.get(key, version)
    if html is None:
        html = render()
        _parts.put(key, version, html)
    return html


def version_now() -> object:
    """The version of the content; None where nothing may be kept.

    One query, the first time that a request asks.
    """
    if read_version is None or connection.in_atomic_block:
        return None
    version = getattr(_request, "version", None)
    if version is None:
        version = read_version()
        if getattr(_request, "is_answered", False):
            _request.version = version
    return version


def forget() -> None:
    """Forget all answers and parts; for another database behind the same process."""
    _answers.clear()
    _parts.clear()


def begin_request(**kwargs):
    """From here on this thread reads the version once."""
    _request.is_answered, _request.version = True, None


def end_request(**kwargs):
    """Nothing that was read counts any more."""
    _request.is_answered, _request.version = False, None


request_started.connect(begin_request, dispatch_uid="version of the content")
request_finished.connect(end_request, dispatch_uid="version of the content")
