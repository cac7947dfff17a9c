"""The analysis, its texts and claims, and readers' reports about them."""

from .analyses import Analysis, AnalysisFigure
from .claims import Claim
from .corrections import Correction, CorrectionClaim, Report, ReportSender
from .entries import Entry
from .events import Event
from .evidence import Evidence
from .quadrant_moves import Quadrant, QuadrantMove
from .recommendations import (
    Recommendation,
    RecommendationAnswer,
    RecommendationClaim,
    RecommendationObservation,
    RecommendationPolicy,
)
from .verdict_changes import ClaimInput, VerdictChange

__all__ = [
    "Analysis",
    "AnalysisFigure",
    "Claim",
    "ClaimInput",
    "Correction",
    "CorrectionClaim",
    "Entry",
    "Event",
    "Evidence",
    "Quadrant",
    "QuadrantMove",
    "Recommendation",
    "RecommendationAnswer",
    "RecommendationClaim",
    "RecommendationObservation",
    "RecommendationPolicy",
    "Report",
    "ReportSender",
    "VerdictChange",
]
