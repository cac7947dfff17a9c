"""Control characters and halves of characters, which no text of the site may hold.

XML 1.0 allows none of them: one in a title would break the feed, a workbook and the
picture of a figure. Word leaves such a character where a line was broken by hand; half
a character, which JSON can name (\\ud800), cannot even be sent.
"""

import re

from django.utils.translation import gettext as _

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def control_error(text: str) -> str:
    """What is wrong with a text that holds a control character; "" if it holds none."""
    match = _CONTROL.search(text)
    if match is None:
        return ""
    near = without_control(text[max(match.start() - 12, 0) : match.end() + 12])
    return _(
        "“%(near)s” has a character that cannot be shown (U+%(number)s); delete it "
        "and type a space or a line break instead."
    ) % {"number": f"{ord(match[0]):04X}", "near": " ".join(near.split())}


def without_control(text: str) -> str:
    """The text with a space for each control character; line ends and tabs stay."""
    return _CONTROL.sub(" ", text)
