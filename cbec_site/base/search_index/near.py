"""Words close to a mistyped one: a letter wrong, missing, too many or swapped.

Used only if a search finds nothing. Candidates are words of documents that share the
pieces on both sides of the mistake, wherever in the word it is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import QuerySet

from .finding import KEY_COLUMN, Condition, from_pieces, of_kind, public_rows, rows_of
from .pieces import term_pieces

# Shorter words are close to too many others.
SHORTEST = 4
# How many documents of a kind are examined, and how much of each.
DOCUMENTS = 20
CHARACTERS = 4000
_WORD = re.compile(r"[a-z]+")


def near_terms(querysets: Iterable[QuerySet], terms: Sequence[str]) -> list[str]:
    """The terms with mistyped English words replaced; [] if none can be replaced."""
    querysets = list(querysets)
    replaced = [nearest(querysets, term) for term in terms]
    return replaced if replaced != list(terms) else []


def nearest(querysets: Iterable[QuerySet], term: str) -> str:
    """The word in public rows that is closest to an English word, else the word itself.

    Of several, the one that most documents contain, then the first alphabetically.
    """
    if len(term) < SHORTEST or not _WORD.fullmatch(term):
        return term
    counts: Counter = Counter()
    for text in _candidates(querysets, term):
        if term in text:
            return term
        counts.update(set(_near_parts(term, text)))
    best = sorted(counts, key=lambda word: (-counts[word], word))
    return best[0] if best else term


def _near_parts(term, text):
    """Words of `text`, or one end of them, that are one mistake away from `term`.

    Ends too, since folding joins what a hyphen separates: crossborder.
    """
    for word in _WORD.findall(text):
        if is_near(term, word):
            yield word
        elif len(word) > len(term) + 1:
            for length in (len(term) + 1, len(term), len(term) - 1):
                for part in (word[:length], word[-length:]):
                    if is_near(term, part):
                        yield part


def is_near(one: str, other: str) -> bool:
    """Whether one letter wrong, missing, too many or swapped makes one the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while one[start : start + 1] == other[start : start + 1] != "":
        start += 1
    first, second = one[start:], other[start:]
    return (
        first[1:] == second[1:]
        or first[1:] == second
        or first == second[1:]
        or (first[:2] == second[1::-1] and first[2:] == second[2:])
    )


def _candidates(querysets, term):
    """Texts of documents with the pieces on both sides of some mistake in `term`."""
    sides = [
        [*term_pieces(term[:place]), *term_pieces(term[place + 2 :])]
        for place in range(len(term))
    ]
    query = _either(sorted({tuple(pieces) for pieces in sides if pieces}))
    parts = [_part(queryset, query) for queryset in querysets]
    return [text for (text,) in rows_of(parts)]


def _part(queryset, query):
    condition = from_pieces("all", query)
    condition &= public_rows(queryset) & of_kind(queryset.model.searched)
    key = KEY_COLUMN[connection.vendor]
    # Numbers and SQL of our own; what readers type is in the parameters.
    return Condition(
        f"SELECT substr(d.all_text, 1, {CHARACTERS}) FROM {condition.sql} "  # noqa: S608
        f"ORDER BY {key} LIMIT {DOCUMENTS}",
        condition.parameters,
    )


def _either(sides) -> str:
    """The condition that a document has all pieces of one side; letters only."""
    if connection.vendor == "postgresql":
        return " | ".join(
            "(" + " & ".join(f"'{piece}'" for piece in pieces) + ")" for pieces in sides
        )
    any_side = " OR ".join(
        "(" + " AND ".join(f'"{piece}"' for piece in pieces) + ")" for pieces in sides
    )
    return f"all_pieces : ({any_side})"
