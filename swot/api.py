"""Analyses, entries, recommendations and claims for programs."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _

from cbec_site.base.listing import (
    ListRouter,
    row_response,
)
from datasets.models import Observation
from policies.models import Policy

from .api_filters import (
    AnalysisFilters,
    ClaimFilters,
    CorrectionFilters,
    EntryFilters,
    RecommendationFilters,
)
from .models import Analysis, Claim, Correction, Entry, Event, Evidence, Recommendation
from .number_schemas import prepare_numbers
from .schemas import (
    AnalysisRow,
    ClaimRow,
    CorrectionRow,
    EntryRow,
    RecommendationRow,
)

router = ListRouter(tags=["swot"])


def in_order(name, queryset, to_attr=None):
    """Prefetch a relation without its drafts, by code; as a list with `to_attr`."""
    return Prefetch(name, queryset.published().order_by("code", "pk"), to_attr)


def evidence():
    return (
        in_order("observations", Observation.objects.with_labels()),
        in_order("policies", Policy.objects.all()),
        in_order("claims", Claim.objects.all()),
    )


def roles():
    """What entries rest on and in which role, without drafts."""
    evidence = Evidence.objects.published().with_targets()
    return Prefetch("evidence", evidence.order_by("pk"), to_attr="public_evidence")


router.add_list(
    "analyses",
    title=_("SWOT analyses"),
    queryset=lambda: (
        Analysis.objects.published()
        .select_related("region")
        .prefetch_related(
            in_order("entries", Entry.objects.all()),
            in_order("recommendations", Recommendation.objects.all()),
        )
    ),
    filters=AnalysisFilters,
    row=AnalysisRow,
    prepare=prepare_numbers,
    order=["slug"],
    example="region=520000",
)


def public_entries():
    return (
        Entry.objects.published()
        .select_related("analysis")
        .prefetch_related(
            *evidence(),
            roles(),
            in_order("events", Event.objects.all()),
            "moves",
            in_order("recommendations", Recommendation.objects.all()),
        )
    )


router.add_list(
    "entries",
    title=_("SWOT entries"),
    queryset=public_entries,
    filters=EntryFilters,
    row=EntryRow,
    prepare=prepare_numbers,
    order=["analysis__slug", "code"],
    example="quadrant=W",
)


@router.get(
    "/analyses/{code:analysis}/entries/{code:code}",
    response=EntryRow,
    summary=_("One SWOT entry"),
    operation_id="get_entry",
    url_name="entry",
)
def entry(request, analysis: str, code: str):
    chosen = get_object_or_404(public_entries(), analysis__slug=analysis, code=code)
    prepare_numbers([chosen])
    return row_response(request, EntryRow, chosen)


router.add_list(
    "recommendations",
    title=_("Recommendations"),
    queryset=lambda: (
        Recommendation.objects.published()
        .select_related("analysis")
        .prefetch_related(*evidence(), in_order("answers", Entry.objects.all()))
    ),
    filters=RecommendationFilters,
    row=RecommendationRow,
    prepare=prepare_numbers,
    order=["analysis__slug", "code"],
    example="answers=W1",
)


def public_claims():
    """Its relations are lists: Django makes a queryset for each relation of each row
    otherwise, a fifth of the time of a page."""
    relations = {
        "observations": Observation.objects.with_labels(),
        "entries": Entry.objects.all(),
        "recommendations": Recommendation.objects.all(),
    }
    return Claim.objects.published().prefetch_related(
        *(in_order(name, rows, f"public_{name}") for name, rows in relations.items())
    )


router.add_list(
    "claims",
    title=_("Claims"),
    queryset=public_claims,
    filters=ClaimFilters,
    row=ClaimRow,
    order=["code"],
    example="verdict=no",
)


@router.get(
    "/claims/{code:code}",
    response=ClaimRow,
    summary=_("One claim"),
    operation_id="get_claim",
    url_name="claim",
)
def claim(request, code: str):
    return row_response(
        request, ClaimRow, get_object_or_404(public_claims(), code=code)
    )


router.add_list(
    "corrections",
    title=_("Corrections"),
    queryset=lambda: (
        Correction.objects.published()
        .with_subjects()
        .prefetch_related(in_order("claims", Claim.objects.all()))
    ),
    filters=CorrectionFilters,
    row=CorrectionRow,
    order=["pk"],
    example="claim=C07",
)
