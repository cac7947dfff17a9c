"""What the API says about analyses, entries, recommendations and claims."""

from decimal import Decimal

from ninja import Field, Schema

from cbec_site.listing import HasPage, Text
from datasets.schemas import ObservationKey, RegionName


def codes(related):
    """The codes of related things that were prefetched."""
    return [item.code for item in related.all()]


class EventRow(Schema):
    """Something dated in the text; the date shows what is known of it."""

    code: str
    title_zh: Text = Field(alias="title_zh_hans")
    title_en: Text
    date: str = Field(alias="happened_text")


class PartRow(HasPage):
    """What entries and recommendations share; evidence goes by code, without drafts."""

    analysis: str = Field(alias="analysis.slug")
    code: str
    title_zh: Text = Field(alias="title_zh_hans")
    title_en: Text
    body_zh: Text = Field(alias="body_zh_hans")
    body_en: Text
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
    events: list[EventRow]
    recommendations: list[str]

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
    """A checkable statement; `verdict` is yes, rounding, no or n/a."""

    code: str
    statement_zh: Text = Field(alias="statement_zh_hans")
    statement_en: Text
    stated_value: Text
    stated_unit: Text
    location: Text
    formula: Text
    recomputed_value: Text
    interval_low: str | None
    interval_high: str | None
    verdict: str
    kind: str
    remark_zh: Text = Field(alias="remark_zh_hans")
    remark_en: Text
    observations: list[ObservationKey]
    entries: list[str]
    recommendations: list[str]
    page_zh: str
    page_en: str

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


class AnalysisRow(HasPage):
    """A SWOT study of one region, and the publication it takes its facts from."""

    slug: str
    title_zh: Text = Field(alias="title_zh_hans")
    title_en: Text
    region: RegionName
    abstract_zh: Text = Field(alias="abstract_zh_hans")
    abstract_en: Text
    keywords_zh: Text = Field(alias="keywords_zh_hans")
    keywords_en: Text
    author_zh: Text = Field(alias="author_zh_hans")
    author_en: Text
    journal_zh: Text = Field(alias="journal_zh_hans")
    journal_en: Text
    year: int
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
