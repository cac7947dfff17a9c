"""What an editor says for a whole file."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """How a file is read, whatever its rows are; each kind of file adds its own.

    `sheet` and `encoding` are "" for all visible sheets and for what is found; `ignore`
    holds headings of columns to leave out. `withdraw_absent` takes what the file lacks
    out of public view.
    """

    sheet: str = ""
    encoding: str = ""
    ignore: frozenset[str] = frozenset()
    withdraw_absent: bool = False

    @classmethod
    def from_json(cls, said: dict) -> "Options":
        """The options that are kept with a batch; what is not said has its default."""
        return cls(**said | {"ignore": frozenset(said.get("ignore", ()))})
