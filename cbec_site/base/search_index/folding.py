"""Folding: makes what readers type comparable with what is stored.

Spellings that readers take for the same fold to the same text, whatever their capitals,
width, accents, traditional characters, brackets, quotation marks and hyphens. Folding
looks at one character at a time, so that a part of a text folds to a part of the folded
text.
"""

import re
import unicodedata
from functools import cache, lru_cache

import opencc

# Of what a reader types into a search box, so much is read.
MAX_LENGTH = 100
MAX_WORDS = 8

# Kept beside letters, digits and symbols: parts of codes, numbers and names.
_KEPT = frozenset(".%_/&")
_EDGES = "./"
# Removed, which joins the text on both sides: brackets, quotation marks, hyphens,
# accents and invisible characters.
_JOINING = frozenset(("Ps", "Pe", "Pi", "Pf", "Pd", "Mn", "Me", "Cf"))
_JOINING_MARKS = frozenset("'\"`´")
# Dashes between two thoughts separate them.
_LONG_DASHES = frozenset("—―⸺⸻")
_CHINESE = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2FA20))
# A hyphen between two words, not after a single letter as in e-commerce.
_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_]{2})[-‐‑](?=[^\W\d_]{2})")


@cache
def _simplified() -> dict[str, str]:
    """Traditional characters with the simplified ones, from OpenCC's tables."""
    characters = [chr(code) for span in _CHINESE for code in range(*span)]
    simplified = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, simplified, strict=True)
    return {old: new for old, new in pairs if old != new}


def traditional_characters() -> str:
    """Each traditional character followed by its simplified one."""
    pairs = _simplified().items()
    return "".join(old + new for old, new in pairs if len(new) == 1)


@lru_cache(maxsize=20_000)
def _fold_character(character: str) -> str:
    if character in _LONG_DASHES:
        return " "
    simplified = _simplified()
    plain = unicodedata.normalize("NFKD", character).casefold()
    return "".join(_fold_plain(simplified.get(part, part)) for part in plain)


def _fold_plain(character: str) -> str:
    kind = unicodedata.category(character)
    if character in _JOINING_MARKS or kind in _JOINING:
        return ""
    if kind[0] in "LMNS" or character in _KEPT:
        return character
    return " "


def fold(text: str) -> str:
    """`text` as it is compared: folded, with single spaces between its words."""
    return " ".join("".join(map(_fold_character, text)).split())


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """`text` folded, with the position in `text` of each folded character's origin."""
    folded, places = [], []
    for place, character in enumerate(text):
        part = _fold_character(character)
        folded.append(part)
        places.extend([place] * len(part))
    return "".join(folded), places


def split_terms(text: str) -> list[str]:
    """The folded terms of a query, at most eight of its first hundred characters."""
    words = _BETWEEN_WORDS.sub(" ", text[:MAX_LENGTH]).split()
    terms = (term.strip(_EDGES) for word in words for term in fold(word).split())
    return list(dict.fromkeys(term for term in terms if term))[:MAX_WORDS]
