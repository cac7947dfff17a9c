"""Analyses, entries, recommendations and claims for programs."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _

from cbec_site.base.csv_files import Column, joined
from cbec_site.base.listing import (
    ListRouter,
    row_response,
)
from datasets.models import Observation
from policies.models import Policy
from swot.prose import plain_text

from .api_filters import (
    VERDICTS,
    AnalysisFilters,
    ClaimFilters,
    CorrectionFilters,
    EntryFilters,
    RecommendationFilters,
)
from .models import Analysis, Claim, Correction, Entry, Event, Evidence, Recommendation
from .schemas import (
    AnalysisRow,
    ClaimRow,
    CorrectionRow,
    EntryRow,
    RecommendationRow,
    codes,
    plain_number,
    subject_code,
)

router = ListRouter(tags=["swot"])


def in_order(name, queryset):
    """Prefetch a relation without its drafts, by code."""
    return Prefetch(name, queryset.published().order_by("code", "pk"))


def evidence():
    return (
        in_order("observations", Observation.objects.with_labels()),
        in_order("policies", Policy.objects.all()),
        in_order("claims", Claim.objects.all()),
    )


def roles():
    """What entries rest on and in which role, without drafts."""
    found = Evidence.objects.published().with_targets()
    return Prefetch("evidence", found.order_by("pk"), to_attr="public_evidence")


def prose_column(name, lookup, help):
    """A text without its Markdown."""
    return Column(name, lambda row: plain_text(getattr(row, lookup)), help)


def codes_column(name, help):
    """The codes of a relation in one cell."""
    return Column(
        name, lambda row: joined(filter(None, codes(getattr(row, name)))), help
    )


CODE_AND_TITLE = (
    Column("code", "code", _("Code in the study.")),
    Column("title_zh", "title_zh_hans", _("Title in Chinese.")),
    Column("title_en", "title_en", _("Title in English.")),
    prose_column("body_zh", "body_zh_hans", _("Text in Chinese.")),
    prose_column("body_en", "body_en", _("Text in English.")),
)


EVIDENCE_COLUMNS = (
    codes_column("observations", _("Codes of the values it rests on.")),
    codes_column("policies", _("Codes of the policies it rests on.")),
    codes_column("claims", _("Codes of the claims it makes.")),
)


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
    order=["slug"],
    columns=[
        Column("slug", "slug", _("Its name in addresses.")),
        Column("title_zh", "title_zh_hans", _("Title in Chinese.")),
        Column("title_en", "title_en", _("Title in English.")),
        Column("region", "region__code", _("Code of the region.")),
        prose_column("abstract_zh", "abstract_zh_hans", _("Abstract in Chinese.")),
        prose_column("abstract_en", "abstract_en", _("Abstract in English.")),
        Column("keywords_zh", "keywords_zh_hans", _("Keywords in Chinese.")),
        Column("keywords_en", "keywords_en", _("Keywords in English.")),
        Column("author_zh", "author_zh_hans", _("Author of the study, in Chinese.")),
        Column("author_en", "author_en", _("Author of the study, in English.")),
        Column("journal_zh", "journal_zh_hans", _("Journal, in Chinese.")),
        Column("journal_en", "journal_en", _("Journal, in English.")),
        Column("year", "year", _("Year of publication.")),
        Column("volume", "volume", _("Volume of the journal.")),
        Column("issue", "issue", _("Issue of the journal.")),
        Column("pages", "pages", _("Pages in the journal, as printed.")),
        Column("doi", "doi", _("DOI of the study.")),
        codes_column("entries", _("Codes of its entries.")),
        codes_column("recommendations", _("Codes of its recommendations.")),
    ],
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
    order=["analysis__slug", "code"],
    columns=[
        Column("analysis", "analysis__slug", _("Analysis it belongs to.")),
        Column("quadrant", "quadrant", _("S, W, O or T.")),
        Column(
            "first_quadrant",
            "first_quadrant",
            _("The one it was first filed under; its code keeps that letter."),
        ),
        *CODE_AND_TITLE,
        *EVIDENCE_COLUMNS,
        codes_column("events", _("Codes of the events it mentions.")),
        codes_column("recommendations", _("Codes of the recommendations for it.")),
    ],
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
    found = get_object_or_404(public_entries(), analysis__slug=analysis, code=code)
    return row_response(request, EntryRow, found)


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
    order=["analysis__slug", "code"],
    columns=[
        Column("analysis", "analysis__slug", _("Analysis it belongs to.")),
        *CODE_AND_TITLE,
        codes_column("answers", _("Codes of the entries it answers.")),
        Column("tows", lambda row: joined(row.tows), _("SO, WO, ST or WT.")),
        *EVIDENCE_COLUMNS,
    ],
    example="answers=W1",
)


CONSEQUENCES = _(
    "What a contradiction does: meaning changes what the sentence says, number gives "
    "another number, rounding is a slip of the last digit."
)


def public_claims():
    return Claim.objects.published().prefetch_related(
        in_order("observations", Observation.objects.with_labels()),
        in_order("entries", Entry.objects.all()),
        in_order("recommendations", Recommendation.objects.all()),
    )


router.add_list(
    "claims",
    title=_("Claims"),
    queryset=public_claims,
    filters=ClaimFilters,
    row=ClaimRow,
    order=["code"],
    columns=[
        Column("code", "code", _("Code of the claim.")),
        Column("statement_zh", "statement_zh_hans", _("Statement in Chinese.")),
        Column("statement_en", "statement_en", _("Statement in English.")),
        Column("comparison", "comparison", _("The word that goes with the number.")),
        Column("stated_value", "stated_value", _("What the study states.")),
        Column("stated_unit", "stated_unit", _("Unit of that.")),
        Column("location", "location", _("Where the study states it.")),
        Column("formula", "formula", _("Arithmetic over codes of observations.")),
        Column("recomputed_value", "recomputed_value", _("What the data give.")),
        Column(
            "interval_low",
            lambda claim: plain_number(claim.interval_low),
            _("The least that rounding of the data allows."),
        ),
        Column(
            "interval_high",
            lambda claim: plain_number(claim.interval_high),
            _("The most that rounding of the data allows."),
        ),
        Column("verdict", "verdict", VERDICTS),
        Column("explanation_zh", "explanation_zh_hans", _("Why, in Chinese.")),
        Column("explanation_en", "explanation_en", _("Why, in English.")),
        Column("kind", "kind", _("What the statement is held against.")),
        Column("finding", "finding", _("What an editor judged; empty if computed.")),
        Column("remark_zh", "remark_zh_hans", _("Remark in Chinese.")),
        Column("remark_en", "remark_en", _("Remark in English.")),
        codes_column("observations", _("Codes of the values it rests on.")),
        codes_column("entries", _("Codes of the entries that make it.")),
        codes_column("recommendations", _("Codes of the recommendations with it.")),
        Column("consequence", "consequence", CONSEQUENCES),
        Column("as_of", "as_of", _("The day whose data the statement is about.")),
    ],
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
    columns=[
        Column("date", "corrected_on", _("Day of the correction.")),
        Column(
            "what",
            lambda row: row.subject_kind or "text",
            _("observation, claim, policy, entry, recommendation or text."),
        ),
        Column("code", subject_code, _("Code of that, where it has one.")),
        Column("title_zh", "title_zh_hans", _("What was corrected, in Chinese.")),
        Column("title_en", "title_en", _("What was corrected, in English.")),
        Column("old_value_zh", "old_value_zh_hans", _("Before, in Chinese.")),
        Column("old_value_en", "old_value_en", _("Before, in English.")),
        Column("new_value_zh", "new_value_zh_hans", _("Now, in Chinese.")),
        Column("new_value_en", "new_value_en", _("Now, in English.")),
        Column("reason_zh", "reason_zh_hans", _("Why, in Chinese.")),
        Column("reason_en", "reason_en", _("Why, in English.")),
        codes_column("claims", _("Codes of the claims affected.")),
    ],
    example="claim=C07",
)
