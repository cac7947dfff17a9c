"""What was done to cells before they were read, for an editor to check.

Cells are counted by column and by what was done; the first of each kind are kept.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from datasets.units import Unit

from .folding import has_invisible, is_invisible, without_invisible
from .problems import Problem

EXAMPLES = 5
KINDS = {
    "invisible": gettext_lazy("invisible characters removed"),
    "width": gettext_lazy("full-width or typeset characters written plainly"),
    "spaces": gettext_lazy("spaces removed"),
    "thousands": gettext_lazy("thousands separators removed"),
    "mark": gettext_lazy("footnote mark removed"),
    "words": gettext_lazy("word removed and kept as a qualifier"),
    "scientific": gettext_lazy("scientific notation written out"),
    "percent": gettext_lazy("read as the percentage that the sheet shows"),
    "series_unit": gettext_lazy(
        "no unit; that of the other cells of its series is used"
    ),
    "merged": gettext_lazy("merged cell: the name of the first row holds for all"),
}


@dataclass
class Tidied:
    """Cells of one column to which the same was done, the first of them shown.

    `kind` is a key of KINDS or, for a conversion, the unit. An example is the line, the
    cell and what was read.
    """

    sheet: str
    column: str
    kind: str
    count: int = 0
    examples: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What was done to the cells, in the reader's language."""
        if self.kind in KINDS:
            return str(KINDS[self.kind])
        return _("converted exactly to %s") % Unit(self.kind).label

    @property
    def shown(self) -> list[tuple[int, str, str]]:
        """The examples, with invisible characters written out."""
        return [(line, _visible(raw), became) for line, raw, became in self.examples]

    @property
    def more(self) -> int:
        """How many cells there are besides the examples."""
        return self.count - len(self.examples)

    def as_problem(self) -> Problem:
        """One warning for all of them, at the first."""
        line, raw, _became = self.examples[0]
        _line, visible, became = self.shown[0]
        message = f"{self.label}: {visible} → {became}"
        if self.count > 1:
            cells = ngettext(
                "%s cell of this column", "%s cells of this column", self.count
            )
            message = f"{message}; {cells % (self.count,)}"
        return Problem(line, self.column, raw, message, self.sheet, "tidied")

    def __str__(self) -> str:
        return str(self.as_problem())

    def as_json(self) -> dict:
        """One warning for programs, with the examples."""
        keys = "line", "value", "became"
        examples = [dict(zip(keys, example, strict=True)) for example in self.examples]
        return self.as_problem().as_json() | {"count": self.count, "examples": examples}


class Tidyings:
    """All tidied cells of a file; `count` counts each thing done to a cell."""

    def __init__(self) -> None:
        self.groups: dict[tuple, Tidied] = {}
        self.count = 0

    def add(
        self,
        sheet: str,
        line: int,
        column: str,
        raw: str,
        became: str,
        kinds: Iterable[str],
    ) -> None:
        """Note what was done to one cell."""
        for kind in kinds:
            key = sheet, column, kind
            group = self.groups.get(key)
            if group is None:
                group = self.groups[key] = Tidied(sheet, column, kind)
            group.count += 1
            self.count += 1
            if len(group.examples) < EXAMPLES:
                group.examples.append((line, raw, became))

    def take(self, other: "Tidyings") -> None:
        """Add the tidied cells of another sheet."""
        for key, group in other.groups.items():
            self.groups[key] = group
        self.count += other.count

    def __iter__(self) -> Iterator[Tidied]:
        return iter(self.groups.values())

    def __len__(self) -> int:
        return len(self.groups)


def notes_on(plan: Any) -> list[Problem | Tidied]:
    """Warnings about a file that can be imported; the first of each kind."""
    tidied = islice(plan.tidied, settings.IMPORT_SHOWN)
    return [*plan.warnings, *tidied, *plan.suspicious]


def done_to_name(text: str, name: str) -> list[str]:
    """What was done to a cell's text to get `name`, apart from footnote marks."""
    if text == name:
        return []
    kinds = ["invisible"] if has_invisible(text) else []
    if any("Ａ" <= char <= "ｚ" or "０" <= char <= "９" for char in text):
        kinds.append("width")
    if _blanks(text) > _blanks(name) or re.search(r"\S[^\S ]\S", text):
        kinds.append("spaces")
    return kinds


def done_to_number(text: str) -> list[str]:
    """What has to be done to a number's text, apart from its words."""
    kinds = ["invisible"] if has_invisible(text) else []
    visible = without_invisible(text)
    plain = unicodedata.normalize("NFKC", re.sub(r"\s", " ", visible))
    if plain != re.sub(r"\s", " ", visible) or "−" in plain:
        kinds.append("width")
    plain = plain.strip()
    if re.search(r"\d,\d", plain) or re.search(r"\d \d", plain):
        kinds.append("thousands")
    if visible != visible.strip() or re.search(r"(?<!\d)\s|\s(?!\d)", plain):
        kinds.append("spaces")
    return kinds


def _visible(text: str) -> str:
    """A text whose invisible characters can be seen: 贵[U+200B]州."""
    return "".join(
        f"[U+{ord(char):04X}]" if is_invisible(char) else char for char in text.strip()
    )


def _blanks(text: str) -> int:
    return len(re.findall(r"\s", text))
