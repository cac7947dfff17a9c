"""Chinese words within English, marked with their language for screen readers."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from .line_breaks import ELEMENT

TAG = "zh-Hans"
_LETTER = "[\u3400-\u9fff]"
# With the digits and full-width signs between them: 国函〔2022〕126号 is one name.
_RUN = re.compile(rf"{_LETTER}(?:[\d\u3000-\u303f\uff00-\uffef]*{_LETTER})*")
_LATIN = re.compile("[A-Za-z]")


def has_chinese(text: str) -> bool:
    return re.search(_LETTER, text) is not None


def marked(text) -> SafeString:
    """Text as HTML; on pages in English its Chinese words say that they are Chinese.

    What is HTML already is given back as it is.
    """
    if isinstance(text, SafeString) or get_language() != "en":
        return escape(text)
    return SafeString(_RUN.sub(_mark, escape(text)))


def marked_html(html: str, tag: str = "") -> SafeString:
    """HTML of prose that is safe to show, the Chinese words marked if it is English.

    `tag` is that of its language; where it is not known, its letters tell.
    """
    if not has_chinese(html):
        return SafeString(html)
    pieces = ELEMENT.split(html)
    if tag == "en" or (not tag and _is_english("".join(pieces[::2]))):
        # Text and elements alternate; the text is already escaped.
        pieces[::2] = [_RUN.sub(_mark, text) for text in pieces[::2]]
    return SafeString("".join(pieces))


def _is_english(words):
    return len(_LATIN.findall(words)) > len(re.findall(_LETTER, words))


def _mark(match):
    return f'<span lang="{TAG}">{match[0]}</span>'
