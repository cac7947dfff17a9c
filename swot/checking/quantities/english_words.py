"""Adds up English numbers in words: twenty-one thousand and twelve, two point five."""

import re
from decimal import Decimal

ONES = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
SCALES = {
    "thousand": 3,
    "lakh": 5,
    "million": 6,
    "crore": 7,
    "billion": 9,
    "trillion": 12,
}
SMALL = "|".join(sorted([*ONES, *TENS], key=len, reverse=True))
_WORD = re.compile(
    rf"(?P<gap>[ -]| and )?(?P<word>{SMALL}|hundreds?|thousand|million|billion|"
    r"trillion|lakh|crore|dozens?|point|an?)\b",
    re.IGNORECASE,
)


class Words:
    """twenty-one thousand and twelve: sections of hundreds, each with its scale."""

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start, self.end = text, start, start
        self.total = self.section = Decimal(0)
        self.power, self.lowest = 0, 99
        self.last = ""
        self.decimals = 0

    @property
    def value(self) -> Decimal:
        return self.total + self.section

    def read(self) -> bool:
        while match := _WORD.match(self.text, self.end):
            word, gap = match["word"].lower(), match["gap"] or ""
            if bool(gap) != bool(self.last) or not self._fits(word, gap):
                break
            if word == "point" and not self._point(match.end()):
                break
            if word != "point":
                self.end = match.end()
        return self.last not in ("", "a")

    def _fits(self, word: str, gap: str) -> bool:
        if word in ("a", "an"):
            ahead = re.compile(
                r"(?:an?) (?:hundred|thousand|million|billion|trillion|dozen)\b",
                re.IGNORECASE,
            ).match(self.text, self.end)
            if self.last or not ahead:
                return False
            self.section, self.last = Decimal(1), "a"
            return True
        if word == "point":
            return self.last in ("ones", "tens", "scale") and gap == " "
        if word in ONES:
            return self._small(ONES[word], "ones", gap)
        if word in TENS:
            return self._small(TENS[word], "tens", gap)
        return self._scale(word, gap)

    def _small(self, number: int, name: str, gap: str) -> bool:
        is_teen = number >= 10
        if self.last == "tens" and (is_teen or number == 0 or "and" in gap):
            return False
        if self.last == "ones":
            return False
        if self.last == "hundred" and gap == "-":
            return False
        if self.last == "a":
            return False
        self.section += number
        self.last = name
        self.decimals = 0
        return True

    def _scale(self, word: str, gap: str) -> bool:
        if "and" in gap or (word.endswith("s") and word != "dozens"):
            return False
        if word.startswith("dozen"):
            if not self.last:
                return False
            if self.section >= 100 and self.section % 100:
                rest = self.section % 100
                self.section += rest * 11
            else:
                self.section *= 12
            self.last = "dozen"
            return True
        if not self.last:
            return False
        if word == "hundred":
            if self.last not in ("ones", "tens", "a") or self.section >= 100:
                return False
            self.section *= 100
            self.last = "hundred"
            return True
        power = SCALES[word]
        if power >= self.lowest or not self.section:
            return False
        self.total += self.section.scaleb(power)
        self.section = Decimal(0)
        self.power = self.lowest = power
        self.decimals = -power if power > 3 else 0
        self.last = "scale"
        return True

    def _point(self, end: int) -> bool:
        match = re.compile(
            rf"((?: (?:{'|'.join(list(ONES)[:10])})\b)+)", re.IGNORECASE
        ).match(self.text, end)
        if match is None:
            return False
        digits = "".join(str(ONES[word]) for word in match[1].lower().split())
        self.section += Decimal(f"0.{digits}")
        self.end, self.last, self.decimals = match.end(), "ones", len(digits)
        scale = re.compile(
            r" (thousand|million|billion|trillion)\b", re.IGNORECASE
        ).match(self.text, self.end)
        if scale:
            power = SCALES[scale[1].lower()]
            self.section = self.section.scaleb(power)
            self.decimals -= power
            self.power, self.end = power, scale.end()
        return True
