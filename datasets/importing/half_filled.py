"""Columns that change the meaning of a value, where only some cells are filled.

An empty UNIT_MULT is a multiplier of one, an empty CONF_STATUS lets a value be
published. In a column where other rows say something, that may be a cell that was
lost: an editor is asked.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _

from datasets.spreadsheets.sheets import Cell

_ROLES = ("unit_mult", "scale", "factor", "conf_status")


class HalfFilled:
    """Which of these columns have filled cells, and the first line of an empty one."""

    def __init__(self) -> None:
        self.filled: set[str] = set()
        self.empty: dict[str, int] = {}

    def note(self, line: int, cells: dict[str, Cell]) -> None:
        """Look at the cells of a row, by role."""
        for role in _ROLES:
            if role not in cells:
                continue
            if cells[role].plain:
                self.filled.add(role)
            else:
                self.empty.setdefault(role, line)

    def warn(self, titles: dict[str, str], warn: Callable[..., None]) -> None:
        """Point out each column that is filled in part; `titles` are by role."""
        for role, line in self.empty.items():
            if role in self.filled:
                warn(line, titles[role], "", _meaning_of_empty(role), "half_filled")


def _meaning_of_empty(role: str) -> str:
    """What an empty cell was taken to mean, and why somebody has to look at it."""
    if role == "conf_status":
        return _(
            "Empty here but filled in other rows: the value is read as free to publish."
        )
    return _(
        "Empty here but filled in other rows: the value is read as having no "
        "multiplier."
    )
