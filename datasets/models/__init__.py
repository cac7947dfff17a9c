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
from .totals import IndicatorTotals, RegionTotals, SourceTotals

__all__ = [
    "Breakdown",
    "Figure",
    "FigureObservation",
    "ImportBatch",
    "Indicator",
    "IndicatorTotals",
    "NameMapping",
    "Observation",
    "ObservationQuerySet",
    "Region",
    "RegionTotals",
    "Revision",
    "Source",
    "SourceTotals",
    "lock_series",
    "makes_public",
    "public_counts",
]
