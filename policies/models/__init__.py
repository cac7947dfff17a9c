"""Policy documents, who issued them, their imports, and the pilot zones."""

from .batches import PolicyBatch, PolicyChange
from .pilot_zones import PilotZone
from .policies import Issuer, Policy, PolicyIssuer, Topic

__all__ = [
    "Issuer",
    "PilotZone",
    "Policy",
    "PolicyBatch",
    "PolicyChange",
    "PolicyIssuer",
    "Topic",
]
