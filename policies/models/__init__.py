"""Policy documents, who issued them, their imports, and the pilot zones."""

from .batches import PolicyBatch, PolicyChange
from .events import PolicyEvent
from .filing import Issuer, Topic
from .force_periods import ForcePeriod
from .parts import PolicyAttachment, PolicyIssuer
from .pilot_zones import PilotZone
from .policies import Policy
from .relations import PolicyRelation, ProposedFact
from .saved_views import SavedView

__all__ = [
    "ForcePeriod",
    "Issuer",
    "PilotZone",
    "Policy",
    "PolicyAttachment",
    "PolicyBatch",
    "PolicyChange",
    "PolicyEvent",
    "PolicyIssuer",
    "PolicyRelation",
    "ProposedFact",
    "SavedView",
    "Topic",
]
