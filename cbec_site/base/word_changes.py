"""Which words of a text were removed and which were added."""

import re
from difflib import SequenceMatcher

# The HTML element that marks each.
SAME, OLD, NEW = "", "del", "ins"
# A word, a Chinese character, or what is between them.
_TOKEN = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+|\s+|.", re.DOTALL)
# The time of the comparison grows with the square of the length.
MOST_TOKENS = 20_000


def words_changed(before: str, after: str) -> list[tuple[str, str]]:
    """(SAME, OLD or NEW, text) from two texts, in the order they are read."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > MOST_TOKENS:
        return [(OLD, before), (NEW, after)]
    parts = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind == "equal":
            parts.append((SAME, "".join(old[i:j])))
            continue
        for name, text in ((OLD, "".join(old[i:j])), (NEW, "".join(new[k:m]))):
            if text:
                parts.append((name, text))
    return parts
