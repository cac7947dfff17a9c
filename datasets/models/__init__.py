"""Sources, regions, indicators, observations and the figures drawn from them."""

from .batches import ImportBatch
from .catalogue import (
    Breakdown,
    Indicator,
    Region,
    Source,
    lock_series,
    makes_public,
    public_counts,
)
from .figures import Figure, FigureObservation
from .mappings import NameMapping
from .observations import Observation, ObservationQuerySet
from .revisions import Revision

__all__ = [
    "Breakdown",
    "Figure",
    "FigureObservation",
    "ImportBatch",
    "Indicator",
    "NameMapping",
    "Observation",
    "ObservationQuerySet",
    "Region",
    "Revision",
    "Source",
    "lock_series",
    "makes_public",
    "public_counts",
]
