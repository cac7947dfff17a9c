"""What became of a file that was imported without a preview."""

from dataclasses import dataclass

from datasets.models.batches import Batch
from datasets.spreadsheets.tidying import notes_on

from .plans import Plan


@dataclass
class Outcome:
    """What happened: counts, problems, and the batch if something was written."""

    plan: Plan
    batch: Batch | None = None

    @property
    def is_accepted(self) -> bool:
        return self.plan.is_clean

    def as_json(self) -> dict:
        """One object for programs: status, counts, errors and warnings."""
        plan = self.plan
        accepted = self.is_accepted
        report = {
            "status": "ok" if accepted else "rejected",
            "new": plan.new_count if accepted else 0,
            "changed": plan.changed_count if accepted else 0,
            "unchanged": plan.unchanged if accepted else 0,
            "errors": [problem.as_json() for problem in plan.errors],
            "warnings": [note.as_json() for note in notes_on(plan)],
        }
        if plan.withdrawn_count:
            report["withdrawn"] = plan.withdrawn_count if accepted else 0
        return report | ({"batch": self.batch.pk} if self.batch else {})
