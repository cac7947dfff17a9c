"""Text that a spreadsheet program would run as a formula, and how files protect it.

Every CSV file and workbook of the site puts an apostrophe before such a cell; the
importers take it off again. Numbers are never changed, and JSON is as stored.
"""

import re

from .characters import without_control

# Characters in a cell of a workbook.
LONGEST = 32_767
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?\Z", re.ASCII)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet program might run a text as a formula."""
    return text.startswith(FORMULA_STARTS) and not _NUMBER.match(text)


def guarded(text: str) -> str:
    """A cell that is shown as text even where it looks like a formula."""
    return f"'{text}" if is_formula(text) else text


def workbook_text(text: str) -> str:
    """The same for a cell of a workbook, which holds no control characters either."""
    return guarded(without_control(text))[:LONGEST]


def unguarded(text: str) -> str:
    """A cell without the apostrophe that `guarded` put there."""
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text
