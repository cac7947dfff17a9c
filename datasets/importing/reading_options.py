"""What an editor chose for a whole file, as far as reading a table needs it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from .headers import ROLES


@dataclass(frozen=True)
class ReadingOptions:
    """What is known about headings from outside the file.

    `ignore` are titles to leave out; `meanings` maps others to roles or indicators;
    `unit` is the (unit, power of ten) of values that have none; `is_series` says
    whether a name is an indicator's; `finds` returns what a name stands for in a role.
    `chosen` are the indicator and region for the whole file.
    """

    ignore: frozenset = frozenset()
    unit: tuple[str, int] | None = None
    is_series: Callable[[str], bool] | None = None
    finds: Callable[[str, str], object] | None = None
    chosen: dict[str, str] = field(default_factory=dict)
    meanings: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, options, look_up, titles) -> "ReadingOptions":
        """The options from an editor's choices; `look_up` returns a text if nothing is
        found.

        `titles` receives the headings of the table by role.
        """

        def finds(role, name):
            row = look_up(role, name)
            return None if isinstance(row, str) else row

        roles = ("indicator", "region")
        columns = options.mapping.get("column", {})
        chosen = {role: getattr(options, role) for role in roles}
        return cls(
            options.columns_left_out,
            options.printed_unit,
            lambda name: finds("indicator", name) is not None,
            finds,
            {role: name for role, name in chosen.items() if name},
            {name: code for name, code in columns.items() if code},
            titles,
        )

    def give_meanings(self, columns) -> None:
        """Give columns the meaning an editor chose: a role, or values of an
        indicator."""
        for column in columns:
            meaning = self.meanings.get(column.title)
            if meaning in ROLES.values():
                column.role, column.series = meaning, ""
            elif meaning:
                column.role, column.series = "", meaning

    def are_same(self, role, name, other) -> bool:
        """Whether two names stand for the same thing."""
        if self.finds is None:
            return name == other
        row = self.finds(role, name)
        return row is not None and row == self.finds(role, other)
