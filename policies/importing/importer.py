"""What the desk and the worker ask of the import of policies."""

from dataclasses import dataclass, field
from itertools import islice

from django.conf import settings

from datasets.imports.previews import Shown, plan_waiting, read_shown, shown_json
from policies.batches import PolicyBatch
from policies.dependents import ask_touched

from .batch import apply_plan, undo
from .plan import Options, Plan, Step, make_plan

__all__ = ["apply_plan", "plan_of", "preview_json", "read_preview", "undo"]

# Beyond so many policies nobody is told what rests on each.
MANY = 5000


@dataclass
class Preview(Shown):
    """The part of a plan that a page shows: the first of its steps."""

    steps: list[Step] = field(default_factory=list)

    @property
    def needs_reason(self) -> bool:
        """Whether something published rests on what would change."""
        return bool(self.touched)


def plan_of(batch: PolicyBatch, progress=None) -> Plan:
    """What the file of a waiting batch would do."""
    return plan_waiting(batch, make_plan, Options, Plan, progress)


def preview_json(plan: Plan) -> dict:
    """A plan as it is kept with its batch; asks what rests on the policies."""
    stored = (step.code for step in plan.steps if step.before)
    touched = ask_touched(islice(stored, MANY)) if plan.is_clean else []
    steps = list(islice(plan.steps, settings.IMPORT_SHOWN))
    return shown_json(plan, touched) | {"steps": steps}


def read_preview(found: dict) -> Preview:
    """The preview kept as JSON."""
    steps = [Step._make(item) for item in found["steps"]]
    return Preview(**read_shown(found) | {"steps": steps})
