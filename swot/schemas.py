"""What the API says about analyses, entries, recommendations and claims."""

import datetime
from decimal import Decimal
from typing import Annotated

from ninja import Field, Schema
from pydantic import BeforeValidator

from cbec_site.base.listing import HasPage, Text
from datasets.schemas import ObservationKey, RegionName
from swot.prose import plain_text

# What editors write in Markdown, without its markup.
Prose = Annotated[str | None, BeforeValidator(lambda text: plain_text(text) or None)]


def codes(related):
    """The codes of related things that were prefetched."""
    return [item.code for item in related.all()]


class EventRow(Schema):
    """Something dated in the text; the date shows what is known of it."""

    code: str
    title_zh: Text = Field(alias="title_zh_hans")
    title_en: Text
    date: str = Field(alias="happened_text")


class EvidenceRow(Schema):
    """One thing an entry rests on: supports, weakens or context, and when checked.

    `verdict` is that of a claim; null for other evidence.
    """

    kind: str
    code: Text
    role: str
    verdict: Text
    note_zh: Text = Field(alias="note_zh_hans")
    note_en: Text
    checked_on: datetime.date | None

    @staticmethod
    def resolve_verdict(evidence):
        return evidence.claim.verdict if evidence.claim else None

    @staticmethod
    def resolve_kind(evidence):
        return evidence.target._meta.model_name

    @staticmethod
    def resolve_code(evidence):
        return evidence.figure.slug if evidence.figure else evidence.target.code


class MoveRow(Schema):
    """When an entry went to another quadrant, and why."""

    date: datetime.date = Field(alias="moved_on")
    from_quadrant: str = Field(alias="old_quadrant")
    to_quadrant: str = Field(alias="new_quadrant")
    reason_zh: Text = Field(alias="reason_zh_hans")
    reason_en: Text


class PartRow(HasPage):
    """What entries and recommendations share; evidence goes by code, without drafts."""

    analysis: str = Field(alias="analysis.slug")
    code: str
    title_zh: Text = Field(alias="title_zh_hans")
    title_en: Text
    body_zh: Prose = Field(alias="body_zh_hans")
    body_en: Prose
    page_zh: str
    page_en: str
    observations: list[ObservationKey]
    policies: list[str]
    claims: list[str]

    @staticmethod
    def resolve_policies(part):
        return codes(part.policies)

    @staticmethod
    def resolve_claims(part):
        return codes(part.claims)


class EntryRow(PartRow):
    """A strength (S), weakness (W), opportunity (O) or threat (T)."""

    quadrant: str
    first_quadrant: str
    moves: list[MoveRow]
    events: list[EventRow]
    evidence: list[EvidenceRow] = Field(alias="public_evidence")
    recommendations: list[str]

    @staticmethod
    def resolve_moves(entry):
        return list(entry.moves.all())

    @staticmethod
    def resolve_recommendations(entry):
        return codes(entry.recommendations)


class RecommendationRow(PartRow):
    """Advice, the entries it answers, and the TOWS kinds that follow from them."""

    answers: list[str]
    tows: list[str]

    @staticmethod
    def resolve_answers(recommendation):
        return codes(recommendation.answers)


class ClaimRow(HasPage):
    """A checkable statement, what recomputing it gives, and the verdict."""

    code: str
    statement_zh: Text = Field(alias="statement_zh_hans")
    statement_en: Text
    comparison: str
    stated_value: Text
    stated_unit: Text
    location: Text
    formula: Text
    computation_zh: Text = Field(alias="computation_zh_hans")
    computation_en: Text
    recomputed_value: Text
    interval_low: str | None
    interval_high: str | None
    verdict: str
    consequence: Text
    as_of: datetime.date | None
    explanation_zh: Text = Field(alias="explanation_zh_hans")
    explanation_en: Text
    checked_at: datetime.datetime | None
    accepted_reason_zh: Text
    accepted_reason_en: Text
    kind: str
    finding: Text
    remark_zh: Text = Field(alias="remark_zh_hans")
    remark_en: Text
    observations: list[ObservationKey]
    entries: list[str]
    recommendations: list[str]
    page_zh: str
    page_en: str

    @staticmethod
    def resolve_accepted_reason_zh(claim):
        return claim.accepted_reason_zh_hans if claim.is_accepted else None

    @staticmethod
    def resolve_accepted_reason_en(claim):
        return claim.accepted_reason_en if claim.is_accepted else None

    @staticmethod
    def resolve_interval_low(claim):
        return plain_number(claim.interval_low)

    @staticmethod
    def resolve_interval_high(claim):
        return plain_number(claim.interval_high)

    @staticmethod
    def resolve_entries(claim):
        return codes(claim.entries)

    @staticmethod
    def resolve_recommendations(claim):
        return codes(claim.recommendations)


def plain_number(value: Decimal | None):
    """A stored number without the zeros that only fill its column."""
    return None if value is None else format(value.normalize(), "f")


class CorrectionRow(HasPage):
    """Something published that was wrong: before, now, why, and the claims affected."""

    date: datetime.date = Field(alias="corrected_on")
    what: str
    code: Text
    title_zh: Text = Field(alias="title_zh_hans")
    title_en: Text
    old_value_zh: Text = Field(alias="old_value_zh_hans")
    old_value_en: Text
    new_value_zh: Text = Field(alias="new_value_zh_hans")
    new_value_en: Text
    reason_zh: Text = Field(alias="reason_zh_hans")
    reason_en: Text
    claims: list[str]
    page_zh: str
    page_en: str

    @staticmethod
    def resolve_what(correction):
        return correction.subject_kind or "text"

    @staticmethod
    def resolve_code(correction):
        return subject_code(correction)

    @staticmethod
    def resolve_claims(correction):
        return codes(correction.claims)


def subject_code(correction):
    """The code of what was corrected, where that is public and has one."""
    if correction.page is None:
        return ""
    return getattr(correction, correction.subject_kind).code


class AnalysisRow(HasPage):
    """A SWOT study of one region, and the publication it takes its facts from."""

    slug: str
    title_zh: Text = Field(alias="title_zh_hans")
    title_en: Text
    region: RegionName
    abstract_zh: Prose = Field(alias="abstract_zh_hans")
    abstract_en: Prose
    keywords_zh: Text = Field(alias="keywords_zh_hans")
    keywords_en: Text
    author_zh: Text = Field(alias="author_zh_hans")
    author_en: Text
    journal_zh: Text = Field(alias="journal_zh_hans")
    journal_en: Text
    year: int
    volume: str
    issue: str
    pages: str
    doi: str
    references_zh: Text = Field(alias="references_zh_hans")
    references_en: Text
    entries: list[str]
    recommendations: list[str]
    page_zh: str
    page_en: str

    @staticmethod
    def resolve_entries(analysis):
        return codes(analysis.entries)

    @staticmethod
    def resolve_recommendations(analysis):
        return codes(analysis.recommendations)
