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
    """Pieces that every text with this term of two characters or more has.

    Pairs at every place; threes side by side, since the term itself is looked for in
    what they find and databases take each further piece for a rarer text.
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
