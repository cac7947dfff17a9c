"""What a spreadsheet shows of a number: its format may hold a unit, %, or a scale."""

import re

from django.utils.translation import gettext as _

from .sheets import Cell

# A spreadsheet program keeps 15 significant digits of a number; the two that a file
# may have beyond them are left over from binary arithmetic (12.299999999999999).
_DIGITS = 15
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|[_*].|\[[^\]]*\]')
# A semicolon within a literal divides no sections; the last match is always empty.
_SECTION = re.compile(r'((?:"[^"]*"|[\\!_*].|\[[^\]]*\]|[^;])*)(?:;|\Z)')
_CONDITION = re.compile(r"\[[<>=][^\]]*\]")


def number_cell(value: int | float, number_format: str) -> Cell:
    """A cell with a number as text, with the words that its format shows around it.

    A format that shows another number (#,##0, shows thousands) gives a `fault`: nobody
    can tell which of the two the sheet means.
    """
    text, fault = _digits(value)
    if number_format in ("General", "@", ""):
        return Cell(text, fault=fault)
    sections = [_Section(part) for part in _SECTION.findall(number_format)][:-1]
    section = sections[0]
    if len(sections) > 1 and value < 0:
        section = sections[1]
    elif len(sections) > 2 and value == 0:
        section = sections[2]
    is_doubtful = _CONDITION.search(number_format) and any(
        other.meaning != section.meaning for other in sections
    )
    if section.is_scaled or is_doubtful or (section.is_nothing and value):
        message = _("The sheet shows this number in a format of its own: %s")
        return Cell(text, fault=message % number_format)
    return Cell(section.around(text), is_percent=section.is_percent, fault=fault)


class _Section:
    """The part of a format for positive numbers, for negative ones or for zero."""

    def __init__(self, text):
        bare = _LITERAL.sub(lambda match: "\0" if match[1] or match[2] else "", text)
        words = [m[1] or m[2] for m in _LITERAL.finditer(text) if m[1] or m[2]]
        first = re.search(r"[0#?]", bare)
        split = bare[: first.start()].count("\0") if first else len(words)
        self.before, self.after = "".join(words[:split]), "".join(words[split:])
        self.is_nothing = not text
        self.is_percent = "%" in bare
        self.is_scaled = bool(re.search(r"[0#?],+(?![0#?,])", bare))
        self.meaning = self.is_percent, self.is_scaled, self.before, self.after

    def around(self, text):
        """A number with the words before and after it; signs and blanks are none."""
        before, after = (
            words if re.search(r"[^\W_]|[%‰]", words) else ""
            for words in (self.before, self.after)
        )
        return before + text + after


def _digits(value):
    """A number as text without the noise of binary arithmetic, and what is wrong."""
    if isinstance(value, int):
        return str(value), ""
    if value.is_integer() and abs(value) < 10**_DIGITS:
        return str(int(value)), ""
    text = f"{value:.{_DIGITS}g}"
    if abs(value) >= 10**_DIGITS and float(text) != value:
        return text, _("More digits than a sheet keeps; write the number as text.")
    return text, ""
