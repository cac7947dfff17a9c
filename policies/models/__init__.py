"""Policy documents, who issued them, their imports, and the pilot zones."""

from .batches import PolicyBatch, PolicyChange
from .events import PolicyEvent
from .pilot_zones import PilotZone
from .policies import Issuer, Policy, PolicyIssuer, Topic
from .relations import PolicyRelation, ProposedFact

__all__ = [
    "Issuer",
    "PilotZone",
    "Policy",
    "PolicyBatch",
    "PolicyChange",
    "PolicyEvent",
    "PolicyIssuer",
    "PolicyRelation",
    "ProposedFact",
    "Topic",
]
