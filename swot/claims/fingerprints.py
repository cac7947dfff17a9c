"""Tells outcomes whose words are stored already from those still to be worded.

Wording an outcome in two languages costs more than computing it, and most outcomes do
not change. The digest stored with the words tells which did.
"""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

from datasets import choices, statuses, units
from swot import checking
from swot.checking.verification import Outcome


def fingerprint(outcome: Outcome) -> str:
    """32 hexadecimal digits that change with anything the words are made from.

    These are the statement, the inputs with their names, the result, and the program
    with its catalogue.
    """
    return _digest(f"{_program()}{outcome!r}".encode())


@cache
def _program() -> str:
    """A digest of the code and the Chinese words that turn outcomes into text."""
    files = sorted(Path(checking.__path__[0]).rglob("*.py"))
    files += [Path(module.__file__) for module in (choices, statuses, units)]
    for folder in settings.LOCALE_PATHS:
        files += sorted(Path(folder).rglob("*.mo"))
    return _digest(b"".join(file.read_bytes() for file in files))


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()
