"""Places in the paper, written in English and shown in either language."""

import re

from django.utils.translation import get_language

_PLACES = (
    (re.compile(r"\bSec\. ([\d.]+(?:, [\d.]+)*)"), r"第\1节"),
    (re.compile(r"\bFig\. (\d)"), r"图\1"),
    (re.compile(r"\bTable (\d)"), r"表\1"),
    (re.compile(r" \(opening\)"), "（开头）"),
    (re.compile(r" \(picture\)"), "（图片）"),
    (re.compile(r" \(([^)]+)\)"), r"（\1）"),
    (re.compile(r" against "), "对照"),
    (re.compile(r"; "), "；"),
    (re.compile(r", | and "), "、"),
)


def paper_location(value):
    """A place in the paper: "Sec. 2; Fig. 1" in the reader's language."""
    if get_language() == "en" or not value:
        return value
    for pattern, words in _PLACES:
        value = pattern.sub(words, value)
    return value
