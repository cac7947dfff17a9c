"""Which act a row without a code is about: one of the library, or a new one."""

import re
from collections import defaultdict

from django.utils.translation import gettext as _

from datasets.spreadsheets.folding import fold
from policies.models import Policy

# The codes that are given on: a letter or two and a number, as in P21.
_NUMBERED = re.compile(r"(?P<start>[A-Z]{1,3})(?P<number>\d{1,6})\Z")
FIRST = "P01"


class Matcher:
    """Finds acts by their document number or title, and proposes codes for others."""

    def __init__(self):
        self.by_number, self.by_title = defaultdict(set), defaultdict(set)
        self.taken: set[str] = set()
        fields = "code", "document_number", "title_zh_hans", "title_en"
        for code, number, *titles in Policy.objects.values_list(*fields):
            self.taken.add(code)
            self._learn(code, number, titles)
        self.start, self.next, self.width = self._series()

    def _learn(self, code, number, titles):
        if number:
            self.by_number[_plain(number)].add(code)
        for title in filter(None, titles):
            self.by_title[_plain(title)].add(code)

    def find(self, given: dict) -> tuple[str, str]:
        """(code, what it was found by); ("", "") for an act that is new.

        Raises ValueError, in words, where number and title name more than one.
        """
        number = self.by_number.get(_plain(given.get("document_number", "")), set())
        titles = (given.get("title_zh_hans", ""), given.get("title_en", ""))
        titled = set().union(
            *(self.by_title.get(_plain(title), ()) for title in titles)
        )
        matches = number & titled or number or titled
        if len(matches) > 1 or (number and titled and not number & titled):
            codes = ", ".join(sorted(number | titled))
            raise ValueError(
                _("Its number or title stands for several acts (%s); add the code.")
                % codes
            )
        if not matches:
            return "", ""
        by = _("document number") if number else _("title")
        return next(iter(matches)), by

    def propose(self, given: dict) -> str:
        """A code that nothing has, given on from the highest; kept for this act."""
        while (code := f"{self.start}{self.next:0{self.width}}") in self.taken:
            self.next += 1
        self.taken.add(code)
        titles = given.get("title_zh_hans", ""), given.get("title_en", "")
        self._learn(code, given.get("document_number", ""), titles)
        return code

    def _series(self):
        """Letters, next number and digits of the codes that are most used."""
        series = defaultdict(list)
        for code in self.taken or {FIRST}:
            if match := _NUMBERED.match(code):
                series[match["start"]].append(match["number"])
        if not series:
            return FIRST[0], 1, 2
        start = max(sorted(series), key=lambda name: len(series[name]))
        last = max(series[start], key=int)
        return start, int(last) + bool(self.taken), len(last)


def _plain(text):
    """A number or title without its blanks, brackets of any kind alike."""
    return re.sub(r"[\s〔〕\[\]【】()《》“”\"]", "", fold(text or "")).casefold()
