"""What an editor chooses for a whole file."""

import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Options:
    """How a file is read, whatever its rows are; each kind of file adds its own.

    `sheet` and `encoding` are "" for all visible sheets and for detection; `ignore`
    contains headings of columns to leave out. `withdraw_absent` unpublishes what the
    file lacks. `mapping` has, by role and by name in the file, the code of what an
    editor says it means; "" leaves the rows out.
    """

    sheet: str = ""
    encoding: str = ""
    ignore: frozenset[str] = frozenset()
    withdraw_absent: bool = False
    mapping: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def from_json(cls, said: dict) -> "Options":
        """The options stored with a batch; missing ones have their defaults."""
        return cls(**said | {"ignore": frozenset(said.get("ignore", ()))})

    def as_text(self) -> str:
        """All options as text, the same text for the same options."""
        return json.dumps(asdict(self), default=_plain, sort_keys=True)

    @property
    def columns_left_out(self) -> frozenset[str]:
        """Headings of columns to leave out, chosen one by one or all at once."""
        mapped = self.mapping.get("column", {})
        return self.ignore | {name for name, code in mapped.items() if not code}


def _plain(value: object) -> object:
    """Encode what JSON has no type for: sets of headings, and a moment."""
    return sorted(value) if isinstance(value, frozenset) else str(value)
