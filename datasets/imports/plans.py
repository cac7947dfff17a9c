"""What a file would do to the database, for any kind of rows."""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from datasets.spreadsheets.documents import Document, Sheet, TextSheet
from datasets.spreadsheets.problems import Problem
from datasets.spreadsheets.tidying import Tidyings

from .file_templates import LISTS_MARK
from .options import Options
from .spool import Spool

# Called with (done, total, stage) a few times a second; total is 0 if unknown.
ProgressCallback = Callable[[int, int, str], None]


# Doubts that a command only mentions: the page asks, but a file such as customs and
# the statistics bureau publish it has to go in without an option.
ADVICE = frozenset(["gap", "above", "source", "region_column"])


@dataclass
class ProblemGroup:
    """The same fault in several lines: the first line, and how many there are."""

    LINES: ClassVar[int] = 8

    first: Problem
    count: int = 0
    lines: list[int] = field(default_factory=list)

    @property
    def shown_lines(self) -> str:
        """The first lines by number: 2, 5, 9 …"""
        lines = ", ".join(str(line) for line in sorted(self.lines) if line)
        return f"{lines} …" if self.count > len(self.lines) else lines

    def __str__(self) -> str:
        if self.count == 1:
            return str(self.first)
        words = {"count": self.count, "lines": self.shown_lines}
        more = _("%(count)s times, lines %(lines)s") % words
        return f"{self.first} [{more}]"


class ProblemList:
    """A list of problems that counts all and keeps the first ones to be shown."""

    def __init__(self, limit: int | None = None):
        self.limit = settings.IMPORT_SHOWN if limit is None else limit
        self.count = 0
        self.kinds: Counter[str] = Counter()
        self.items: list[Problem] = []
        self.groups: dict[tuple, ProblemGroup] = {}

    def append(self, problem: Problem) -> None:
        self.count += 1
        self.kinds[problem.kind] += 1
        self._group(problem)
        if len(self.items) < self.limit:
            self.items.append(problem)

    def _group(self, problem: Problem) -> None:
        """Count a problem with its like; past the limit, whatever its cells say, and
        past twice the limit with all of its kind."""
        key = problem.sheet, problem.column, problem.value, problem.message
        if key not in self.groups and len(self.groups) >= self.limit:
            problem = replace(problem, value="")
            key = problem.sheet, problem.column, "", problem.message
        group = self.groups.get(key)
        if group is None:
            if len(self.groups) >= 2 * self.limit:
                key = problem.kind, "", "", ""
                message = _("More faults of this kind; the first: %s")
                problem = replace(problem, message=message % problem.message)
            group = self.groups.setdefault(key, ProblemGroup(problem))
        group.count += 1
        if len(group.lines) < ProblemGroup.LINES and problem.line not in group.lines:
            group.lines.append(problem.line)

    def extend(self, items: Iterable[Problem]) -> None:
        for problem in items:
            self.append(problem)

    def in_order(self) -> None:
        """In the order of sheet and line, since parts of a file are compared in another
        order."""
        self.items.sort(key=lambda problem: (problem.sheet, problem.line))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.items)

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> Problem:
        return self.items[index]


@dataclass
class Plan:
    """Everything a file would do; nothing is written yet.

    Counts are exact. `steps` are all rows that would be written, each with its `kind`:
    new, changed or withdrawn. `token` changes with the file, its options and what it
    touches. `proposed` is what an editor may choose for the whole file, by option,
    where the file does not say it. A plan with errors cannot be applied.
    """

    file_name: str
    sha256: str
    layout: dict = field(default_factory=dict)
    options: Options = field(default_factory=Options)
    sheets: list[str] = field(default_factory=list)
    hidden_sheets: list[str] = field(default_factory=list)
    new_count: int = 0
    changed_count: int = 0
    withdrawn_count: int = 0
    unchanged: int = 0
    absent: int = 0
    errors: ProblemList = field(default_factory=ProblemList)
    warnings: ProblemList = field(default_factory=ProblemList)
    suspicious: ProblemList = field(
        default_factory=lambda: ProblemList(settings.IMPORT_DOUBTS)
    )
    tidied: Tidyings = field(default_factory=Tidyings)
    unknown_columns: list[str] = field(default_factory=list)
    unknown_names: dict[str, dict[str, int]] = field(default_factory=dict)
    proposed: dict[str, str] = field(default_factory=dict)
    steps: Spool = field(default_factory=Spool)
    token: str = ""

    @property
    def is_clean(self) -> bool:
        return not self.errors.count

    @property
    def write_count(self) -> int:
        """How many rows would be written."""
        return self.new_count + self.changed_count + self.withdrawn_count

    def add_step(self, step: Any) -> None:
        """Count a row that would be written and keep it."""
        self.steps.append(step)
        name = f"{step.kind}_count"
        setattr(self, name, getattr(self, name) + 1)

    def add_unknown(self, role: str, name: str, count: int = 1) -> None:
        """Count a row with an unknown name, by the name's role.

        With a count of 0 the name is only listed and does not block its rows.
        """
        names = self.unknown_names.setdefault(role, {})
        names[name] = names.get(name, 0) + count

    def refuse(self, problem: Problem) -> None:
        """Record an error; an unknown column is also listed by its heading."""
        if problem.kind == "unknown":
            self.unknown_columns.append(problem.column)
        self.errors.append(problem)


def refuse_doubts(plan: Plan, accepted: Collection[str]) -> None:
    """Refuse a plan with doubts that are neither accepted nor mere advice."""
    for kind, count in sorted(plan.suspicious.kinds.items()):
        if kind in accepted or kind in ADVICE:
            continue
        message = ngettext(
            "%(count)s doubt of the kind “%(kind)s”, listed below: look at it, then "
            "import with --accept %(kind)s.",
            "%(count)s doubts of the kind “%(kind)s”, listed below: look at them, then "
            "import with --accept %(kind)s.",
            count,
        ) % {"count": count, "kind": kind}
        plan.refuse(Problem(0, "", "", message, kind="doubt"))


def visible_sheets(plan: Plan, document: Document) -> Iterator:
    """The sheets to read: the chosen one, else all that are not hidden."""
    for sheet in document.chosen(plan.options.sheet):
        if _is_code_list(sheet):
            message = _("A list of codes from the template, left out.")
            plan.warnings.append(Problem(0, "", "", message, sheet.name, "codes"))
        elif sheet.is_hidden and not plan.options.sheet:
            message = _("Hidden sheet left out.")
            plan.warnings.append(Problem(0, "", "", message, sheet.name, "hidden"))
        else:
            yield sheet


def _is_code_list(sheet: Sheet | TextSheet) -> bool:
    if isinstance(sheet, TextSheet) or not sheet.rows or not sheet.rows[0]:
        return False
    return sheet.rows[0][0].text == LISTS_MARK


def tracker(progress: ProgressCallback | None) -> Callable[..., Iterator]:
    """A wrapper for iterables that reports to `progress` how far they are."""

    def track(items: Iterable, total: int, stage: str) -> Iterator:
        if progress is None:
            yield from items
            return
        last, count = 0.0, 0
        for count, item in enumerate(items, 1):
            yield item
            if count % 1000 == 0 and time.monotonic() - last > 0.3:
                last = time.monotonic()
                progress(count, total, stage)
        progress(count, total, stage)

    return track
