"""What readers type into a search box: splitting it, finding it, marking it."""

import re
import unicodedata
from collections.abc import Iterator

from django.db.models import Q
from django.utils.html import format_html, format_html_join

from .search_index.folding import MAX_LENGTH, MAX_WORDS, fold, fold_with_places

_KEPT = frozenset(".%'-_/+&")
_EDGES = ".'-/"
# Latin letters and digits, and a word of them at the end of a text.
_LETTERS = re.compile(r"[a-z0-9]|['’.,-][a-z0-9]", re.IGNORECASE)
_BEGUN = re.compile(r"(?<![a-z0-9'’.,-])[a-z0-9'’.,-]+\Z", re.IGNORECASE)


def split_words(text: str) -> list[str]:
    """The words of a query, at most eight of its first hundred characters.

    Full-width letters become ordinary ones; brackets and marks separate words, so that
    国函[2020]47号 finds 国函〔2020〕47号 and a pasted title is found in any width.
    """
    plain = unicodedata.normalize("NFKC", text[:MAX_LENGTH])[:MAX_LENGTH]
    spaced = "".join(
        mark if unicodedata.category(mark)[0] in "LMNS" or mark in _KEPT else " "
        for mark in plain
    )
    words = (word.strip(_EDGES) for word in spaced.split())
    return list(dict.fromkeys(word for word in words if word))[:MAX_WORDS]


def all_words_match(text: str, fields) -> Q:
    """The condition that each word of `text` is in one of `fields`; none for ""."""
    condition = Q()
    for word in split_words(text):
        places = (Q(**{f"{field}__icontains": word}) for field in fields)
        anywhere = next(places)
        for lookup in places:
            anywhere |= lookup
        condition &= anywhere
    return condition


def _spans(text: str, words: list[str]) -> Iterator[tuple[int, int]]:
    """Where `text` contains one of `words`, in any spelling that folds to the same."""
    folded, places = fold_with_places(text)
    terms = sorted({fold(word) for word in words} - {""}, key=len, reverse=True)
    if not terms:
        return
    for match in re.finditer("|".join(map(re.escape, terms)), folded):
        yield places[match.start()], places[match.end() - 1] + 1


def has_word(text: str, words: list[str]) -> bool:
    """Whether any of `words` is in `text`, however it is spelt."""
    return next(_spans(text, words), None) is not None


def mark_words(text: str, words: list[str]):
    """`text` as HTML with a <mark> around each of `words`."""
    parts, last = [], 0
    for start, end in _spans(text, words):
        parts.append(
            (text[last:start], format_html("<mark>{}</mark>", text[start:end]))
        )
        last = end
    return format_html_join("", "{}{}", [*parts, (text[last:], "")])


def excerpt(text: str, words: list[str], length: int = 160) -> str:
    """About `length` characters of `text` around the first of `words`."""
    text = " ".join(text.split())
    match = next(_spans(text, words), None)
    start = max(match[0] - length // 3, 0) if match else 0
    if start:
        # Begin with a whole word where there are words to begin with.
        gap = text.find(" ", start, match[0])
        start = gap + 1 if gap >= 0 else start
    end = start + length
    # End with a whole word or number, unless nothing else is there.
    if cut := _BEGUN.search(text, 0, end) if _LETTERS.match(text, end) else None:
        if cut.start() >= (match[1] if match else start + 1):
            end = cut.start()
    piece = text[start:end]
    before = "…" if start else ""
    after = "…" if end < len(text) else ""
    return f"{before}{piece.strip()}{after}"
