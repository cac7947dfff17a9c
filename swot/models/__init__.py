"""The analysis, its texts and claims, and what readers report about them."""

from .analyses import Analysis
from .claims import Claim, ClaimInput, VerdictChange
from .corrections import Correction, Report, ReportSender
from .entries import Entry
from .events import Event
from .evidence import Evidence
from .quadrant_moves import Quadrant, QuadrantMove
from .recommendations import Recommendation

__all__ = [
    "Analysis",
    "Claim",
    "ClaimInput",
    "Correction",
    "Entry",
    "Event",
    "Evidence",
    "Quadrant",
    "QuadrantMove",
    "Recommendation",
    "Report",
    "ReportSender",
    "VerdictChange",
]
