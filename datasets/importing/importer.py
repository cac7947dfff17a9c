"""The import of observations."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from datasets.imports.importer import Importer
from datasets.models import ImportBatch, lock_series

from . import undo, writing
from .plan import ObservationOptions, ObservationPlan, compare
from .preview import (
    ObservationPreview,
    preview_details,
    read_changes,
    read_details,
    step_json,
)
from .preview_token import make_token


class ObservationImporter(Importer):
    """Files of observations: one value each, identified by series and period."""

    model = ImportBatch
    options_class = ObservationOptions
    plan_class = ObservationPlan
    preview_class = ObservationPreview

    def compare(self, plan, document, size, track):
        compare(plan, document, size, track)

    def preview_details(self, plan):
        return preview_details(plan)

    def read_details(self, stored):
        return read_details(stored)

    def row_json(self, step):
        return step_json(step)

    def read_rows(self, rows):
        return read_changes(rows)

    def lock(self, plan):
        lock_series(plan.indicators)

    def lock_batch(self, batch):
        lock_series(undo.series_of(batch))

    def has_changed(self, plan):
        return make_token(plan) != plan.token

    def write(self, plan, batch, track):
        return writing.write(plan, batch, track)

    def undo(self, batch, **how):
        try:
            return super().undo(batch, **how)
        except IntegrityError:
            message = _("Undoing this would restore a code that another value now has.")
            raise ValidationError(message) from None

    def check_undo(self, batch):
        undo.check_undo(batch)

    def restore(self, batch, undoing):
        return undo.restore(batch, undoing)


observations = ObservationImporter()
