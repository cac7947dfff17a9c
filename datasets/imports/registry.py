"""Which importer reads and writes the batches of a model.

Each app registers its own in `ready()`; code that has a batch asks here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasets.models.batches import Batch

    from .importer import Importer

_importers: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    """Have `importer` handle the batches of its model."""
    _importers[importer.model._meta.label] = importer


def importer_for(label: str) -> Importer:
    """The importer whose batches have the model `label`, such as policies.PolicyBatch.

    Raises KeyError when no app registered one.
    """
    return _importers[label]


def importer_of(batch: Batch) -> Importer:
    """The importer of a batch."""
    return importer_for(batch._meta.label)


def importers() -> list[Importer]:
    """All importers, in the order in which their apps are installed."""
    return list(_importers.values())
