"""What the desk and the worker ask of the import of observations."""

from datasets.imports.previews import plan_waiting
from datasets.models import ImportBatch

from .batch import apply_plan, undo
from .plan import Options, Plan, make_plan
from .preview import preview_json, read_preview

__all__ = ["apply_plan", "plan_of", "preview_json", "read_preview", "undo"]


def plan_of(batch: ImportBatch, progress=None) -> Plan:
    """What the file of a waiting batch would do."""
    return plan_waiting(batch, make_plan, Options, Plan, progress)
