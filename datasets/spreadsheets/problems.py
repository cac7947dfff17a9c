"""What an editor has to know about a file: where, what is wrong, and what to do."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _


class UnreadableFileError(Exception):
    """A file that cannot be read at all; the message says why."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = str(message)


@dataclass(frozen=True)
class Problem:
    """One error or warning: `line` and `column` count from 1; 0 if none applies."""

    line: int
    column: str
    value: str
    message: str
    sheet: str = ""
    kind: str = field(default="", compare=False)

    def as_json(self) -> dict:
        report = {
            "line": self.line,
            "column": self.column,
            "value": self.value,
            "message": self.message,
        }
        more = {"sheet": self.sheet, "kind": self.kind}
        return report | {name: text for name, text in more.items() if text}

    def __str__(self) -> str:
        location = _("line %(line)s, column %(column)s") % {
            "line": self.line,
            "column": self.column or "—",
        }
        text = f"{self.message} ({self.value})" if self.value else self.message
        return f"{location}: {text}" if self.line else text
