"""What the preview page shows of any plan, stored as JSON with the waiting batch.

A large file is thus read once in the background and shown as often as needed.
"""

from dataclasses import asdict, dataclass, field
from itertools import islice

from django.conf import settings

from datasets.dependents import Touched
from datasets.spreadsheets.problems import Problem
from datasets.spreadsheets.tidying import Tidied

from .plans import Plan, ProblemGroup

LISTS = {
    "errors": "error_count",
    "warnings": "warning_count",
    "suspicious": "suspicious_count",
}
GROUPS = {"error_groups": "errors", "warning_groups": "warnings"}
_PLAIN = (
    "new_count changed_count withdrawn_count unchanged absent unknown_columns "
    "unknown_names proposed sheets hidden_sheets layout sha256 token"
).split()


@dataclass
class Preview:
    """The part of a plan that a page shows, whatever its rows are."""

    new_count: int = 0
    changed_count: int = 0
    withdrawn_count: int = 0
    unchanged: int = 0
    absent: int = 0
    error_groups: list[ProblemGroup] = field(default_factory=list)
    warning_groups: list[ProblemGroup] = field(default_factory=list)
    error_count: int = 0
    warning_count: int = 0
    suspicious_count: int = 0
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    suspicious: list[Problem] = field(default_factory=list)
    tidied: list[Tidied] = field(default_factory=list)
    tidied_count: int = 0
    touched: list[Touched] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    unknown_names: dict[str, dict[str, int]] = field(default_factory=dict)
    proposed: dict[str, str] = field(default_factory=dict)
    mapping: dict[str, dict[str, str]] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)
    hidden_sheets: list[str] = field(default_factory=list)
    layout: dict = field(default_factory=dict)
    sha256: str = ""
    token: str = ""
    row_pages: list[int] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.error_count

    @property
    def needs_reason(self) -> bool:
        """Whether an editor has to give a reason: something public would read
        differently."""
        return False

    @property
    def write_count(self) -> int:
        """How many rows would be written."""
        return self.new_count + self.changed_count + self.withdrawn_count


def preview_json(plan: Plan) -> dict:
    """The fields of a Preview that are common to all plans, as JSON."""
    stored = {name: getattr(plan, name) for name in _PLAIN}
    for name, count in LISTS.items():
        listed = getattr(plan, name)
        stored[count] = listed.count
        stored[name] = [asdict(problem) for problem in listed]
    for name, listed in GROUPS.items():
        groups = getattr(plan, listed).groups.values()
        in_order = sorted(groups, key=lambda group: min(group.lines))
        stored[name] = [asdict(group) for group in in_order]
    tidied = islice(plan.tidied, settings.IMPORT_SHOWN)
    return stored | {
        "tidied": [asdict(group) for group in tidied],
        "tidied_count": plan.tidied.count,
        "mapping": plan.options.mapping,
    }


def read_preview(stored: dict) -> dict:
    """The same fields with problems and dependents as objects."""
    problems = {
        name: [Problem(**problem) for problem in stored[name]] for name in LISTS
    }
    # A file may have been waiting since before tidied cells were listed.
    tidied = [Tidied(**problem) for problem in stored.get("tidied", ())]
    groups = {
        name: [
            ProblemGroup(Problem(**group["first"]), group["count"], group["lines"])
            for group in stored.get(name, ())
        ]
        for name in GROUPS
    }
    touched = [Touched(**problem) for problem in stored["touched"]]
    return stored | problems | {"tidied": tidied, "touched": touched} | groups
