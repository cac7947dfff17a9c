"""The import of policies."""

from dataclasses import asdict, dataclass, field
from itertools import islice

from django.conf import settings

from cbec_site.base.limits import FOLLOWED_ONE_BY_ONE
from datasets.imports.importer import Importer
from datasets.imports.previews import Preview
from policies.dependents import ask_touched
from policies.models import PolicyBatch

from . import writing
from .plan import PolicyOptions, PolicyPlan, Step, compare


@dataclass
class PolicyPreview(Preview):
    """The part of a plan that a page shows: the first of its steps."""

    steps: list[Step] = field(default_factory=list)

    @property
    def needs_reason(self) -> bool:
        """Whether anything published rests on the policies that would change."""
        return bool(self.touched)


class PolicyImporter(Importer):
    """Files of policies: one act a row, found by its code."""

    model = PolicyBatch
    options_class = PolicyOptions
    plan_class = PolicyPlan
    preview_class = PolicyPreview

    def compare(self, plan, document, size, track):
        compare(plan, document, track)

    def preview_details(self, plan):
        """The first steps, and what rests on the policies that they change."""
        stored = (step.code for step in plan.steps if step.before)
        touched = (
            ask_touched(islice(stored, FOLLOWED_ONE_BY_ONE)) if plan.is_clean else []
        )
        return {
            "touched": [asdict(thing) for thing in touched],
            "steps": list(islice(plan.steps, settings.IMPORT_SHOWN)),
        }

    def read_details(self, stored):
        return {"steps": self.read_rows(stored["steps"])}

    def row_json(self, step):
        return list(step)

    def read_rows(self, rows):
        return [Step._make(row) for row in rows]

    def lock(self, plan):
        writing.lock_policies()

    def lock_batch(self, batch):
        writing.lock_policies()

    def write(self, plan, batch, track):
        return writing.write(plan, batch, track)

    def restore(self, batch, undoing):
        return writing.restore(batch, undoing)


policies = PolicyImporter()
