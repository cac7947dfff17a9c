"""What readers of a published study have to know about what has changed since."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from cbec_site.base.kept import kept_rows
from cbec_site.base.languages import LANGUAGES
from cbec_site.base.limits import CORRECTIONS_SHOWN
from cbec_site.base.reads import state_of
from datasets.models import Observation, Revision

from .freshness import needing_review
from .models import (
    Analysis,
    Claim,
    Correction,
    Evidence,
    Recommendation,
)

CLAIMS_SHOWN = 20
# Fields that are not shown here, so that the page does not change with them.
BODIES = ("body", *(f"body_{language.column}" for language in LANGUAGES))


@dataclass(frozen=True)
class Changes:
    """Statements overtaken by newer data, entries to review, corrections, revisions.

    `entries` are (entry, reasons) pairs; `revised_count` is how many public values have
    changed since they were first published here.
    """

    overtaken: list[Claim]
    entries: list
    corrections: list[Correction]
    revised_count: int

    def __bool__(self):
        parts = (self.overtaken, self.entries, self.corrections, self.revised_count)
        return any(map(bool, parts))


def changes_since(analysis) -> Changes:
    """What has changed since the study was published, newest corrections first.

    Each study shows its own entries, recommendations and claims, and the values that
    these rest on or read. Claims that belong to no part are shown with the study if
    there is only one, else with none: nobody has said whose they are.
    """
    key = "changes", state_of(analysis)
    overtaken, entries, corrections, revised_count = (
        kept_rows((*key, read.__name__), lambda read=read: read(analysis))
        for read in (overtaken_claims, own_entries, corrections_of, revised)
    )
    reasons = needing_review([entry.pk for entry in entries])
    return Changes(
        overtaken=overtaken,
        entries=[
            (entry, reasons[entry.pk]) for entry in entries if entry.pk in reasons
        ],
        corrections=corrections,
        revised_count=revised_count,
    )


def overtaken_claims(analysis):
    _entries, _advice, claims = public_parts(analysis)
    superseded = claims.filter(verdict=Claim.Verdict.SUPERSEDED).distinct()
    return list(superseded.order_by("code")[:CLAIMS_SHOWN])


def own_entries(analysis):
    entries, _advice, _claims = public_parts(analysis)
    return list(entries.in_order().defer(*BODIES))


def corrections_of(analysis):
    """The newest corrections of the study's parts and of the values they rest on."""
    entries, advice, claims = public_parts(analysis)
    corrections = Correction.objects.published().filter(
        Q(entry__in=entries)
        | Q(recommendation__in=advice)
        | Q(claim__in=claims)
        | Q(claims__in=claims)
        | Q(observation__in=values_of(entries, advice, claims))
    )
    newest = corrections.distinct().order_by("-corrected_on", "-pk")
    return list(newest[:CORRECTIONS_SHOWN])


def revised(analysis):
    """How many values that the study rests on were revised."""
    has_former = Exists(Revision.objects.filter(observation=OuterRef("pk")))
    return values_of(*public_parts(analysis)).filter(has_former).count()


def public_parts(analysis):
    """The published entries, recommendations and claims of a study, as queries."""
    entries = analysis.entries.published().order_by("code")
    advice = analysis.recommendations.published()
    others = Analysis.objects.published().exclude(pk=analysis.pk)
    own = Q(entries__in=entries) | Q(recommendations__in=advice)
    own |= Q(~Exists(others), entries=None, recommendations=None)
    return entries, advice, Claim.objects.published().filter(own)


def values_of(entries, recommendations, claims):
    """The public values that entries and recommendations rest on or claims read.

    Starts from the links, which name only a few of possibly many values.
    """
    links = [
        Evidence.objects.filter(entry__in=entries, observation__isnull=False),
        Recommendation.observations.through.objects.filter(
            recommendation__in=recommendations
        ),
        Claim.observations.through.objects.filter(claim__in=claims),
    ]
    keys = [rows.order_by().values("observation") for rows in links]
    return Observation.objects.published().filter(pk__in=keys[0].union(*keys[1:]))
