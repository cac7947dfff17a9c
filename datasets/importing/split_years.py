"""Decides whether 2010-11 and 2011-12 are months, or years that span two."""

import re

from django.utils.translation import gettext as _

from datasets.spreadsheets.sheets import Cell

from .reading_result import RowError

_DASHED = re.compile(r"(\d{4})-(\d\d)", re.ASCII)


class SplitYears:
    """The periods of a table that could be split years, as long as all could."""

    def __init__(self):
        self.found: dict[str, str] = {}
        self.has_months = False

    def note(self, title: str, cell: Cell) -> None:
        """Note a period as it is written below a heading."""
        plain = cell.plain
        if match := _DASHED.fullmatch(plain):
            if int(match[2]) == (int(match[1]) + 1) % 100:
                self.found.setdefault(plain, title)
            else:
                self.has_months = True

    def note_heading(self, title: str) -> None:
        """Note each part of a heading: 出口额/2010-11."""
        for part in title.split("/"):
            self.note(title, Cell(part))

    def check(self) -> None:
        """Raises RowError if several periods may be split years and none is surely a
        month."""
        if self.has_months or len(self.found) < 2:
            return
        message = _(
            "Months, or years that span two calendar years? Write months as "
            "2010年11月, years as 2010-07-01/P12M."
        )
        title = next(iter(self.found.values()))
        raise RowError(title, ", ".join(self.found), message, "period")
