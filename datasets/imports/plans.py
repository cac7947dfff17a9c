"""What a file would do to the database, whatever kind of rows it has."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from datasets.spreadsheets.documents import Document
from datasets.spreadsheets.problems import Problem
from datasets.spreadsheets.tidying import Tidyings

from .options import Options
from .spool import Spool

# Told (done, total, stage) a few times a second; total is 0 where nobody knows it.
ProgressCallback = Callable[[int, int, str], None]


class ProblemList:
    """Problems: all are counted, the first ones are kept to be shown."""

    def __init__(self, limit: int | None = None):
        self.limit = settings.IMPORT_SHOWN if limit is None else limit
        self.count = 0
        self.items: list[Problem] = []

    def append(self, item: Problem) -> None:
        self.count += 1
        if len(self.items) < self.limit:
            self.items.append(item)

    def extend(self, items: Iterable[Problem]) -> None:
        for item in items:
            self.append(item)

    def in_order(self) -> None:
        """By sheet and line: parts of a file are compared in an order of their own."""
        self.items.sort(key=lambda item: (item.sheet, item.line))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.items)

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> Problem:
        return self.items[index]


@dataclass
class Plan:
    """The whole answer to "what would this file do": nothing is written yet.

    Counts are exact. `steps` are all rows that would be written, each with its `kind`:
    new, changed or withdrawn. `token` changes with the file, with how it is read and
    with what it touches. A plan with errors cannot be applied.
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
    suspicious: ProblemList = field(default_factory=ProblemList)
    tidied: Tidyings = field(default_factory=Tidyings)
    unknown_columns: list[str] = field(default_factory=list)
    unknown_names: dict[str, dict[str, int]] = field(default_factory=dict)
    steps: Spool = field(default_factory=Spool)
    token: str = ""

    @property
    def is_clean(self) -> bool:
        return not self.errors.count

    @property
    def write_count(self) -> int:
        """How many rows would be written."""
        return self.new_count + self.changed_count + self.withdrawn_count

    def add_step(self, step) -> None:
        """Count a row that would be written and keep it."""
        self.steps.append(step)
        name = f"{step.kind}_count"
        setattr(self, name, getattr(self, name) + 1)

    def add_unknown(self, role: str, name: str) -> None:
        """Count a row with a name that stands for nothing, by its role."""
        names = self.unknown_names.setdefault(role, {})
        names[name] = names.get(name, 0) + 1

    def refuse(self, problem: Problem) -> None:
        """Keep an error; an unknown column is also listed by its heading."""
        if problem.kind == "unknown":
            self.unknown_columns.append(problem.column)
        self.errors.append(problem)


def visible_sheets(plan: Plan, document: Document) -> Iterator:
    """The sheets to read: the chosen one, else all that are not hidden."""
    for sheet in document.chosen(plan.options.sheet):
        if sheet.is_hidden and not plan.options.sheet:
            message = _("Hidden sheet left out.")
            plan.warnings.append(Problem(0, "", "", message, sheet.name, "hidden"))
        else:
            yield sheet


def every_so_often(progress: ProgressCallback | None) -> Callable[..., Iterator]:
    """A wrapper for iterables that tells `progress` how far they are."""

    def tell(items: Iterable, total: int, stage: str) -> Iterator:
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

    return tell
