"""Reads the phrases of tests/data/phrases: a phrase, "=>" and the numbers it states.

Numbers are separated by semicolons: value or interval ("2..3"), kind ("%", "pp" for
percentage points, "x" for times, "mo" for months), then in any order what it measures
(CNY, COUNT, CNY/TONNE …), up or down, and the comparison; "word" marks multiples that
one word names ("doubled"). "?" is a number that cannot be read, "~" a vague one. A
fraction stands for its value. Nothing after the arrow: the phrase states no number.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "data" / "phrases"
_KINDS = {"%": "percent", "pp": "points", "x": "times", "mo": "months", None: ""}
_ONE = r"-?\d+(?:\.\d+)?(?:e\d+)?(?:/\d+)?"
_NUMBER = re.compile(rf"(?P<low>{_ONE})(?:\.\.(?P<high>{_ONE}))?(?P<kind>%|pp|x|mo)?")
_WAYS = {"up": 1, "down": -1}


@dataclass(frozen=True)
class Expected:
    """What a number of a phrase is; "" as `measures` stands for any but money."""

    low: Fraction
    high: Fraction | None
    kind: str
    measures: str
    direction: int
    comparison: str


def expected(words):
    """`Expected` from "5..6% up about"; the sign itself for "?" and "~"."""
    if words in ("?", "~"):
        return words
    first, *others = words.split()
    match = _NUMBER.fullmatch(first)
    high = match["high"] and _fraction(match["high"])
    comparison = "between" if high is not None else "exactly"
    measures, direction = "", 0
    for word in others:
        if word in _WAYS:
            direction = _WAYS[word]
        elif re.fullmatch(r"[A-Z/]+", word):
            measures = word
        else:
            comparison = "doubled" if word == "word" else word
    return Expected(
        _fraction(match["low"]),
        high,
        _KINDS[match["kind"]],
        measures,
        direction,
        comparison,
    )


def _fraction(text):
    top, _, bottom = text.partition("/")
    return Fraction(Decimal(top)) / Fraction(bottom or 1)


def phrases(name):
    """(phrase, the numbers expected in it) for each line of a file."""
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        text, _, numbers = line.partition("=>")
        yield text.strip(), [expected(n.strip()) for n in numbers.split(";") if n]
