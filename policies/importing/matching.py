"""Finds which act a row without a code is about: one of the library or a new one.

An act is the same if its document number, in any spelling, or its title is. One whose
title differs only by the body before it (关于…的意见) or by punctuation is reported as
similar.
"""

import re
from collections import defaultdict

from django.utils.translation import gettext as _

from datasets.spreadsheets.folding import fold_marks
from policies.document_numbers import parse_number
from policies.models import Policy

# The codes that are continued: a letter or two and a number, as in P21.
_NUMBERED = re.compile(r"(?P<start>[A-Z]{1,3})(?P<number>\d{1,6})\Z")
FIRST = "P01"
# A title with the number of the act behind it: …的意见（国办发〔2021〕24号）
_NUMBERED_TITLE = re.compile(
    r"(?P<title>.+?)\s*[(（](?P<number>[^()（）]+号)[)）]\s*\Z"
)


class Matcher:
    """Finds acts by their document number or title, and proposes codes for others."""

    def __init__(self):
        self.by_number, self.by_title = defaultdict(set), defaultdict(set)
        self.by_subject: dict[str, set[str]] = defaultdict(set)
        self.taken: set[str] = set()
        fields = "code", "document_number", "title_zh_hans", "title_en"
        for code, number, *titles in Policy.objects.values_list(*fields):
            self.taken.add(code)
            self._learn(code, number, titles)
        self.start, self.next, self.width = self._series()

    def _learn(self, code, number, titles):
        if number:
            self.by_number[plain_number(number)].add(code)
        for title in filter(None, titles):
            self.by_title[plain_title(title)].add(code)
            self.by_subject[_subject(title)].add(code)

    def find(self, given: dict) -> tuple[str, str]:
        """(code, what it was found by); ("", "") for an act that is new.

        Raises ValueError with a message for editors if number and title name more than
        one.
        """
        written = plain_number(given.get("document_number", ""))
        number = self.by_number.get(written, set())
        titles = (given.get("title_zh_hans", ""), given.get("title_en", ""))
        titled = set().union(
            *(self.by_title.get(plain_title(title), ()) for title in titles)
        )
        matches = number & titled or number or titled
        if len(matches) > 1 or (number and titled and not number & titled):
            codes = ", ".join(sorted(number | titled))
            raise ValueError(
                _("Several acts have this number or title (%s); add the code.") % codes
            )
        if not matches:
            return "", ""
        by = _("document number") if number else _("title")
        return next(iter(matches)), by

    def similar(self, given: dict) -> str:
        """The act whose title is the same but for body or punctuation; "" if none.

        An act with another number is another act.
        """
        if given.get("document_number"):
            return ""
        codes = self.by_subject.get(_subject(given.get("title_zh_hans", "")), set())
        return min(codes, default="")

    def propose(self, given: dict) -> str:
        """A new code after the highest one, reserved for this act."""
        while (code := f"{self.start}{self.next:0{self.width}}") in self.taken:
            self.next += 1
        self.taken.add(code)
        titles = given.get("title_zh_hans", ""), given.get("title_en", "")
        self._learn(code, given.get("document_number", ""), titles)
        return code

    def _series(self):
        """Letters, next number and digits for the most common form of codes."""
        series = defaultdict(list)
        for code in self.taken or {FIRST}:
            if match := _NUMBERED.match(code):
                series[match["start"]].append(match["number"])
        if not series:
            return FIRST[0], 1, 2
        start = max(sorted(series), key=lambda name: len(series[name]))
        last = max(series[start], key=int)
        return start, int(last) + bool(self.taken), len(last)


def take_number(given: dict) -> bool:
    """Move the number behind a title to where it belongs; whether there was one."""
    match = _NUMBERED_TITLE.match(given.get("title_zh_hans", ""))
    number = parse_number(match["number"]) if match else None
    if number is None or given.get("document_number"):
        return False
    given["title_zh_hans"] = match["title"].removeprefix("《").removesuffix("》")
    given["document_number"] = str(number)
    return True


def keep_number(given: dict, before: dict) -> None:
    """Leave out a number that the act has already, written otherwise."""
    stored = before["document_number"]
    number = plain_number(given.get("document_number", ""))
    if stored and number == plain_number(stored):
        given.pop("document_number")


def plain_number(text: str) -> str:
    """A document number without the parts that vary: brackets, 年, 第, 号."""
    plain = plain_title(text).removesuffix("号")
    return re.sub(r"(\d{4})年?第?0*(?=\d+\Z)", r"\1-", plain)


def plain_title(text: str) -> str:
    """A title without spaces, with all kinds of brackets made alike."""
    return re.sub(r'[\s()<>"]', "", fold_marks(text or "")).casefold()


def _subject(title):
    """A title without its punctuation and the body before 关于."""
    plain = re.sub(r"[^\w]", "", plain_title(title))
    return re.sub(r"\A[\u4e00-\u9fff\d]{0,40}?(?=关于.{4})", "", plain)
