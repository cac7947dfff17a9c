"""Pieces of folded texts: what the index knows a text by.

Two characters each; of letters and digits of the Latin alphabet also three, since pairs
of them are in every text. The last character of a word is a piece of its own, so that
each character begins one.
"""

import re
from itertools import pairwise

_ASCII = re.compile(r"[!-~]{3,}")

# Raise it when the pieces of a text change, so that the index is built again.
VERSION = 1


def text_pieces(folded: str) -> list[str]:
    """The pieces of a folded text, each once."""
    pieces = set()
    for word in folded.split():
        pieces.add(word[-1])
        pieces.update(map("".join, pairwise(word)))
        for run in _ASCII.findall(word):
            threes = zip(run, run[1:], run[2:], strict=False)
            pieces.update(map("".join, threes))
    return sorted(pieces)


def term_pieces(term: str) -> list[str]:
    """Pieces that every text with this term of two characters or more has."""
    pieces, covered = set(), 0
    for start in range(len(term) - 1):
        three = term[start : start + 3]
        if len(three) == 3 and three.isascii():
            pieces.add(three)
            covered = start + 3
        elif covered < start + 2:
            pieces.add(three[:2])
    return sorted(pieces)
