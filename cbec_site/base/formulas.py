"""Text that a spreadsheet program would run as a formula, and how files protect it.

Every CSV file and workbook of the site puts an apostrophe before such a cell; the
importers remove it again. Numbers are never changed, and JSON is as stored.
"""

import re

from django.utils.translation import gettext as _

from .characters import without_control

# What a cell of a workbook holds beside the apostrophe, in units of UTF-16.
LONGEST = 32_766
# The wide ones are formulas to programs that are set up for Chinese or Japanese.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?\Z", re.ASCII)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet program might run a text as a formula."""
    return text.startswith(FORMULA_STARTS) and not _NUMBER.match(text)


def guarded(text: str) -> str:
    """A cell that is shown as text even where it looks like a formula."""
    return f"'{text}" if is_formula(text) else text


def workbook_text(text: str) -> str:
    """The same for a cell of a workbook, which holds no control characters either.

    A text that is longer than a cell ends with words that say so.
    """
    text = without_control(text)
    if not fits_workbook(text):
        end = _(" … [cut here: %(length)s characters, and a cell holds %(most)s]") % {
            "length": f"{length_in_workbook(text):,}",
            "most": f"{LONGEST:,}",
        }
        units = text.encode("utf-16-le")[: 2 * (LONGEST - len(end))]
        # A character of two units is left out whole.
        text = units.decode("utf-16-le", "ignore") + end
    return guarded(text)


def fits_workbook(text: str) -> bool:
    """Whether a cell of a workbook holds the whole text."""
    return 2 * len(text) <= LONGEST or length_in_workbook(text) <= LONGEST


def length_in_workbook(text: str) -> int:
    """The length of a text as Excel counts it: some rare characters are two."""
    return len(text) + sum(character > "\uffff" for character in text)


def unguarded(text: str) -> str:
    """A cell without the apostrophe that `guarded` put there."""
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text
