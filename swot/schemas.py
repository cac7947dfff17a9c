"""What the API says about analyses, entries, recommendations and claims."""

import datetime
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema
from pydantic import BeforeValidator

from cbec_site.base.file_columns import InFile
from cbec_site.base.listing import HasPage, Text
from datasets.schemas import ObservationKey, RegionName
from swot.prose import plain_text

from .api_filters import VERDICTS
from .number_schemas import HasNumbers

# Text that editors wrote in Markdown, without the markup.
Prose = Annotated[str | None, BeforeValidator(lambda text: plain_text(text) or None)]

CONSEQUENCES = _(
    "What a contradiction does: meaning changes what the sentence says, number "
    "gives another number, rounding differs in the last printed digit only."
)


def codes(related):
    """The codes of related things that were prefetched."""
    return [row.code for row in related.all()]


class EventRow(Schema):
    """An event mentioned in the text; its date is as exact as known."""

    code: str
    title_zh: Text = Field(alias="title_zh_hans")
    title_en: Text
    date: str = Field(alias="happened_text")


class EvidenceRow(Schema):
    """One thing an entry rests on, its role (supports, weakens or context), and when it
    was checked.

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
    """When an entry moved to another quadrant, and why."""

    date: datetime.date = Field(alias="moved_on")
    from_quadrant: str = Field(alias="old_quadrant")
    to_quadrant: str = Field(alias="new_quadrant")
    reason_zh: Text = Field(alias="reason_zh_hans")
    reason_en: Text


class PartRow(HasPage, HasNumbers):
    """What entries and recommendations share; evidence is listed by code, without
    drafts."""

    analysis: Annotated[str, InFile(_("Analysis it belongs to."))] = Field(
        alias="analysis.slug"
    )
    code: Annotated[str, InFile(_("Code in the study."))]
    title_zh: Annotated[Text, InFile(_("Title in Chinese."))] = Field(
        alias="title_zh_hans"
    )
    title_en: Annotated[Text, InFile(_("Title in English."))]
    body_zh: Annotated[Prose, InFile(_("Text in Chinese."), turn=plain_text)] = Field(
        alias="body_zh_hans"
    )
    body_en: Annotated[Prose, InFile(_("Text in English."), turn=plain_text)]
    page_zh: str
    page_en: str
    observations: Annotated[
        list[ObservationKey], InFile(_("Codes of the values it rests on."))
    ]
    policies: Annotated[list[str], InFile(_("Codes of the policies it rests on."))]
    claims: Annotated[list[str], InFile(_("Codes of the claims it makes."))]

    @staticmethod
    def resolve_policies(part):
        return codes(part.policies)

    @staticmethod
    def resolve_claims(part):
        return codes(part.claims)


class EntryRow(PartRow):
    """A strength (S), weakness (W), opportunity (O) or threat (T)."""

    quadrant: Annotated[str, InFile(_("S, W, O or T."), before="code")]
    first_quadrant: Annotated[
        str,
        InFile(
            _("The quadrant it was first filed under; its code keeps that letter."),
            before="code",
        ),
    ]
    moves: list[MoveRow]
    events: Annotated[list[EventRow], InFile(_("Codes of the events it mentions."))]
    evidence: list[EvidenceRow] = Field(alias="public_evidence")
    recommendations: Annotated[
        list[str], InFile(_("Codes of the recommendations for it."))
    ]

    @staticmethod
    def resolve_moves(entry):
        return list(entry.moves.all())

    @staticmethod
    def resolve_recommendations(entry):
        return codes(entry.recommendations)


class RecommendationRow(PartRow):
    """Advice, the entries it answers, and the TOWS kinds that follow from them."""

    answers: Annotated[
        list[str], InFile(_("Codes of the entries it answers."), before="observations")
    ]
    tows: Annotated[list[str], InFile(_("SO, WO, ST or WT."), before="observations")]

    @staticmethod
    def resolve_answers(recommendation):
        return codes(recommendation.answers)


class ClaimRow(HasPage):
    """A checkable statement, what recomputing it gives, and the verdict."""

    code: Annotated[str, InFile(_("Code of the claim."))]
    statement_zh: Annotated[Text, InFile(_("Statement in Chinese."))] = Field(
        alias="statement_zh_hans"
    )
    statement_en: Annotated[Text, InFile(_("Statement in English."))]
    comparison: Annotated[str, InFile(_("The word that qualifies the number."))]
    stated_value: Annotated[Text, InFile(_("What the study states."))]
    stated_unit: Annotated[Text, InFile(_("Unit of the stated value."))]
    location: Annotated[Text, InFile(_("Where the study states it."))]
    formula: Annotated[Text, InFile(_("Arithmetic over codes of observations."))]
    computation_zh: Text = Field(alias="computation_zh_hans")
    computation_en: Text
    recomputed_value: Annotated[Text, InFile(_("What the data give."))]
    interval_low: Annotated[
        str | None, InFile(_("The least that rounding of the data allows."))
    ]
    interval_high: Annotated[
        str | None, InFile(_("The most that rounding of the data allows."))
    ]
    current_value: Annotated[
        str | None, InFile(_("What newer data give, in the stated unit."), added=True)
    ]
    current_period: Annotated[
        Text, InFile(_("The period of the newer data."), added=True)
    ]
    verdict: Annotated[str, InFile(VERDICTS)]
    consequence: Annotated[Text, InFile(CONSEQUENCES, added=True)]
    as_of: Annotated[
        datetime.date | None,
        InFile(_("The day whose data the statement is about."), added=True),
    ]
    explanation_zh: Annotated[Text, InFile(_("Why, in Chinese."))] = Field(
        alias="explanation_zh_hans"
    )
    explanation_en: Annotated[Text, InFile(_("Why, in English."))]
    checked_at: datetime.datetime | None
    accepted_reason_zh: Text
    accepted_reason_en: Text
    kind: Annotated[str, InFile(_("What the statement is compared with."))]
    finding: Annotated[Text, InFile(_("What an editor judged; empty if computed."))]
    remark_zh: Annotated[Text, InFile(_("Remark in Chinese."))] = Field(
        alias="remark_zh_hans"
    )
    remark_en: Annotated[Text, InFile(_("Remark in English."))]
    observations: Annotated[
        list[ObservationKey], InFile(_("Codes of the values it rests on."))
    ] = Field(alias="public_observations")
    entries: Annotated[list[str], InFile(_("Codes of the entries that make it."))]
    recommendations: Annotated[
        list[str], InFile(_("Codes of the recommendations that make it."))
    ]
    page_zh: str
    page_en: str

    @staticmethod
    def resolve_accepted_reason_zh(claim):
        return claim.accepted_reason_zh_hans if claim.is_accepted else None

    @staticmethod
    def resolve_accepted_reason_en(claim):
        return claim.accepted_reason_en if claim.is_accepted else None

    @staticmethod
    def resolve_current_value(claim):
        return plain_number(claim.current_value)

    @staticmethod
    def resolve_interval_low(claim):
        return plain_number(claim.interval_low)

    @staticmethod
    def resolve_interval_high(claim):
        return plain_number(claim.interval_high)

    @staticmethod
    def resolve_entries(claim):
        return [entry.code for entry in claim.public_entries]

    @staticmethod
    def resolve_recommendations(claim):
        return [part.code for part in claim.public_recommendations]


def plain_number(value: Decimal | None):
    """A stored number without the zeros that only fill its column."""
    return None if value is None else format(value.normalize(), "f")


class CorrectionRow(HasPage):
    """A correction of something published: before, now, why, and the claims
    affected."""

    date: Annotated[datetime.date, InFile(_("Day of the correction."))] = Field(
        alias="corrected_on"
    )
    what: Annotated[
        str, InFile(_("observation, claim, policy, entry, recommendation or text."))
    ]
    code: Annotated[Text, InFile(_("Its code, if it has one."))]
    title_zh: Annotated[Text, InFile(_("What was corrected, in Chinese."))] = Field(
        alias="title_zh_hans"
    )
    title_en: Annotated[Text, InFile(_("What was corrected, in English."))]
    old_value_zh: Annotated[Text, InFile(_("Before, in Chinese."))] = Field(
        alias="old_value_zh_hans"
    )
    old_value_en: Annotated[Text, InFile(_("Before, in English."))]
    new_value_zh: Annotated[Text, InFile(_("Now, in Chinese."))] = Field(
        alias="new_value_zh_hans"
    )
    new_value_en: Annotated[Text, InFile(_("Now, in English."))]
    reason_zh: Annotated[Text, InFile(_("Why, in Chinese."))] = Field(
        alias="reason_zh_hans"
    )
    reason_en: Annotated[Text, InFile(_("Why, in English."))]
    claims: Annotated[list[str], InFile(_("Codes of the claims affected."))]
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


class AnalysisRow(HasPage, HasNumbers):
    """A SWOT study of one region, and the publication it takes its facts from."""

    slug: Annotated[str, InFile(_("Its name in addresses."))]
    title_zh: Annotated[Text, InFile(_("Title in Chinese."))] = Field(
        alias="title_zh_hans"
    )
    title_en: Annotated[Text, InFile(_("Title in English."))]
    region: Annotated[RegionName, InFile(_("Code of the region."))]
    abstract_zh: Annotated[
        Prose, InFile(_("Abstract in Chinese."), turn=plain_text)
    ] = Field(alias="abstract_zh_hans")
    abstract_en: Annotated[Prose, InFile(_("Abstract in English."), turn=plain_text)]
    keywords_zh: Annotated[Text, InFile(_("Keywords in Chinese."))] = Field(
        alias="keywords_zh_hans"
    )
    keywords_en: Annotated[Text, InFile(_("Keywords in English."))]
    author_zh: Annotated[Text, InFile(_("Author of the study, in Chinese."))] = Field(
        alias="author_zh_hans"
    )
    author_en: Annotated[Text, InFile(_("Author of the study, in English."))]
    journal_zh: Annotated[Text, InFile(_("Journal, in Chinese."))] = Field(
        alias="journal_zh_hans"
    )
    journal_en: Annotated[Text, InFile(_("Journal, in English."))]
    year: Annotated[int, InFile(_("Year of publication."))]
    volume: Annotated[str, InFile(_("Volume of the journal."))]
    issue: Annotated[str, InFile(_("Issue of the journal."))]
    pages: Annotated[str, InFile(_("Pages in the journal, as printed."))]
    doi: Annotated[str, InFile(_("DOI of the study."))]
    references_zh: Text = Field(alias="references_zh_hans")
    references_en: Text
    entries: Annotated[list[str], InFile(_("Codes of its entries."))]
    recommendations: Annotated[list[str], InFile(_("Codes of its recommendations."))]
    page_zh: str
    page_en: str

    @staticmethod
    def resolve_entries(analysis):
        return codes(analysis.entries)

    @staticmethod
    def resolve_recommendations(analysis):
        return codes(analysis.recommendations)
