"""What is read from whole tables, kept until the public content changes.

Each process keeps the last answer under a name, with the version of the content that it
is of. Within a transaction nothing is kept: what it sees may be undone, as in the
preview of a draft.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection

Answer = TypeVar("Answer")

# The version of the content; the top of the site sets it (`cbec_site.content_version`).
read_version: Callable[[], object] | None = None

_answers: dict[str, tuple[object, Any]] = {}


def kept(name: str, compute: Callable[[], Answer]) -> Answer:
    """`compute()`, or what it gave last if nothing public has changed since.

    Names are few and stand in the code. The version is read before, so that a change
    meanwhile has the answer made anew.
    """
    if read_version is None or connection.in_atomic_block:
        return compute()
    version = read_version()
    found = _answers.get(name)
    if found is None or found[0] != version:
        found = (version, compute())
        _answers[name] = found
    return found[1]


def forget() -> None:
    """Forget all answers; for another database behind the same process."""
    _answers.clear()
