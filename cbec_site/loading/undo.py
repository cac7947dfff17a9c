"""Undoes what `update_study` wrote, except what has been changed since."""

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from cbec_site.base.search_index.writing import indexed_at_the_end
from cbec_site.shipped_reasons import TAKEN_BACK, UPDATED
from datasets.importing.importer import observations
from datasets.models import (
    Breakdown,
    ImportBatch,
    Indicator,
    Observation,
    Region,
    Source,
)
from policies.importing.importer import policies
from policies.models import (
    Issuer,
    PilotZone,
    PolicyBatch,
    ProposedFact,
    SavedView,
    Topic,
)
from swot.models import Claim

from .update import VALUES, Update

# Rows that depend on others are removed before them.
BEFORE_BATCHES = (Claim, SavedView, ProposedFact, PilotZone, Observation)
AFTER_BATCHES = (Issuer, Topic, Indicator, Breakdown, Region, Source)
BATCHES = (
    (observations, ImportBatch, VALUES),
    (policies, PolicyBatch, UPDATED),
)


def undo_update() -> Update:
    """Undo all updates still in effect; returns what was undone, in words.

    A row is removed, or its former fields restored, only while its newest version is
    the one that an update wrote. Batches are undone as in the admin: ValidationError
    names what stands in the way, and then nothing is undone.
    """
    undone = Update()
    with transaction.atomic(), indexed_at_the_end():
        for model in BEFORE_BATCHES:
            _undo_rows(model, undone)
        for importer, model, name in BATCHES:
            _undo_batches(importer, model, name, undone)
        for model in AFTER_BATCHES:
            _undo_rows(model, undone)
    return undone


def _undo_batches(importer, model, name, undone):
    standing = model.objects.filter(file_name=name, undoes__isnull=True)
    for batch in standing.exclude(state=model.State.UNDONE).order_by("-pk"):
        importer.undo(batch)
        undone.lines.append(f"import {batch.pk}: {name}")


def _undo_rows(model, undone):
    kind = model._meta.verbose_name
    updated = model.history.filter(history_change_reason=UPDATED).values("id")
    for row in model.objects.filter(pk__in=updated).order_by("-pk"):
        newest = row.history.order_by("-history_id").first()
        if newest is None or newest.history_change_reason != UPDATED:
            continue
        label = str(getattr(row, "code", row))
        if newest.history_type == "+":
            if not _delete(row):
                continue
        else:
            _put_back(row, newest.prev_record or row.revisions.first())
        undone.lines.append(f"{kind} {label}")


def _delete(row) -> bool:
    """Whether the row could be deleted; it stays if something newer depends on it."""
    try:
        with transaction.atomic():
            row.delete()
    except (ProtectedError, RestrictedError):
        return False
    return True


def _put_back(row, former):
    """Save the row with its former fields, except those of values, which imports
    restore."""
    for field in row._meta.concrete_fields:
        # History has both languages of a text, not the field that reads one of
        # them.
        if not field.primary_key and hasattr(former, field.attname):
            setattr(row, field.attname, getattr(former, field.attname))
    row._change_reason = TAKEN_BACK
    row.save()
