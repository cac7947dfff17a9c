"""Queries for claims."""

from django.db import models

from cbec_site.base.publishing import PublishableQuerySet
from swot.checking.verdicts import Verdict


class ClaimQuerySet(PublishableQuerySet):
    def unaccepted(self):
        """Contradicted claims that no editor has accepted with a reason
        (`Claim.is_accepted`)."""
        is_silent = models.Q()
        for name in ("accepted_reason_zh_hans", "accepted_reason_en"):
            is_silent &= models.Q(**{name: ""}) | models.Q(**{f"{name}__isnull": True})
        is_outdated = models.Q(expression__isnull=False) & ~models.Q(
            accepted_value=models.F("recomputed_value")
        )
        return self.filter(is_silent | is_outdated, verdict=Verdict.CONTRADICTED)
