"""Pieces of folded texts: what the index knows a text by.

Pairs of characters; for Latin letters and digits also triples, since their pairs are in
every text. The last character of a word is a piece of its own, so that every character
begins a piece.
"""

import re
from itertools import pairwise

_ASCII = re.compile(r"[!-~]{3,}")

# Increase it when the pieces of a text change, or the texts that documents have, so
# that the index is rebuilt.
VERSION = 2


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
    """Pieces that every text containing this term (two characters or more) has.

    Pairs at every position, but triples only side by side: the term itself is checked
    in what they find, and databases assume that each further piece makes a match rarer.
    """
    pieces, covered = set(), 0
    for start in range(len(term) - 1):
        three = term[start : start + 3]
        is_three = len(three) == 3 and three.isascii()
        # The last three of a run may overlap those before.
        is_last = not term[start + 1 : start + 4].isascii() or start + 3 >= len(term)
        if is_three and (start >= covered or is_last):
            pieces.add(three)
            covered = start + 3
        elif not is_three and covered < start + 2:
            pieces.add(three[:2])
    return sorted(pieces)
