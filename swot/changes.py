"""What readers of a published study have to know of what came after it."""

from dataclasses import dataclass

from cbec_site.base.limits import CORRECTIONS_SHOWN
from datasets.models import Observation

from .freshness import needing_review
from .models import Claim, Correction, Entry

CLAIMS_SHOWN = 20


@dataclass(frozen=True)
class Changes:
    """Statements overtaken by newer data, entries to review, corrections, revisions.

    `entries` are (entry, reasons) pairs; `revised_count` is how many public values say
    something else than when they were first published here.
    """

    overtaken: list[Claim]
    entries: list
    corrections: list[Correction]
    revised_count: int

    def __bool__(self):
        parts = (self.overtaken, self.entries, self.corrections, self.revised_count)
        return any(map(bool, parts))


def changes_since(analysis) -> Changes:
    """What has changed since the study was published, newest corrections first."""
    entries = Entry.objects.published().filter(analysis=analysis).order_by("code")
    reasons = needing_review(entries.values_list("pk", flat=True))
    superseded = Claim.objects.published().filter(verdict=Claim.Verdict.SUPERSEDED)
    corrections = Correction.objects.published().order_by("-corrected_on", "-pk")
    revised = Observation.objects.published().filter(revisions__isnull=False)
    return Changes(
        overtaken=list(superseded.order_by("code")[:CLAIMS_SHOWN]),
        entries=[
            (entry, reasons[entry.pk]) for entry in entries if entry.pk in reasons
        ],
        corrections=list(corrections[:CORRECTIONS_SHOWN]),
        revised_count=revised.distinct().count(),
    )
