"""What the API says about sources, regions, indicators, observations and figures."""

import datetime

from django.urls import reverse
from django.utils.translation import override
from ninja import Field, Schema

from cbec_site.base.addresses import site_address
from cbec_site.base.listing import HasPage, Text

from .units import MEASURES, Unit


def english_unit(code):
    with override("en"):
        return str(Unit(code).label)


class IndicatorName(Schema):
    code: str
    title_zh: Text = Field(alias="title_zh_hans")
    title_en: Text


class RegionName(Schema):
    code: str
    name_zh: Text = Field(alias="name_zh_hans")
    name_en: Text


class RegionRow(RegionName):
    """A place; `kind` is country, province, city, district or area."""

    kind: str
    parent: RegionName | None


class SourceRow(Schema):
    """Where values come from, under which licence, and when they were read."""

    code: str
    title_zh: Text = Field(alias="title_zh_hans")
    title_en: Text
    publisher_zh: Text = Field(alias="publisher_zh_hans")
    publisher_en: Text
    citation_zh: Text = Field(alias="citation_zh_hans")
    citation_en: Text
    licence_zh: Text = Field(alias="licence_zh_hans")
    licence_en: Text
    url: Text
    published_on: datetime.date | None
    accessed_on: datetime.date | None


class InUnit(Schema):
    """What a measured thing says of its `unit`: the names in `unit_zh`, `unit_en`."""

    @staticmethod
    def resolve_unit_zh(item):
        return MEASURES[item.unit].zh

    @staticmethod
    def resolve_unit_en(item):
        return english_unit(item.unit)


class IndicatorRow(IndicatorName, InUnit, HasPage):
    """What is measured, and where its values are."""

    definition_zh: Text = Field(alias="definition_zh_hans")
    definition_en: Text
    unit: str
    unit_zh: str
    unit_en: str
    decimals: int
    frequency: str
    kind: str
    direction: str
    observation_count: int
    observations: str
    page_zh: str
    page_en: str

    @staticmethod
    def resolve_observations(indicator, context):
        base = site_address(context["request"])
        return f"{base}{reverse('api:observations')}?indicator={indicator.code}"


class ObservationRow(InUnit):
    """One value; `value` is a decimal number as text, with the digits printed.

    `valid_from` is the moment since which the site shows it so.
    """

    code: Text
    indicator: IndicatorName
    region: RegionName
    period: Text
    period_start: datetime.date | None
    period_end: datetime.date | None
    breakdown: Text
    breakdown_zh: Text
    breakdown_en: Text
    vintage: Text
    value: str | None
    unit: str
    unit_zh: str
    unit_en: str
    decimals: int
    status: str
    qualifier: Text
    note_zh: Text = Field(alias="note_zh_hans")
    note_en: Text
    location: Text = Field(alias="paper_location")
    valid_from: datetime.datetime
    source: SourceRow

    @staticmethod
    def resolve_value(observation):
        return observation.plain_value or None


class ObservationKey(Schema):
    """Enough to find one value in the list of observations."""

    code: Text
    indicator: str = Field(alias="indicator.code")
    region: str = Field(alias="region.code")
    period: Text
    breakdown: Text
    vintage: Text
    source: str = Field(alias="source.code")


class FigureRow(HasPage):
    """A chart; `data` is the address of its points."""

    number: str
    slug: str
    title_zh: Text = Field(alias="title_zh_hans")
    title_en: Text
    subtitle_zh: Text = Field(alias="subtitle_zh_hans")
    subtitle_en: Text
    chart_type: str
    note_zh: Text = Field(alias="note_zh_hans")
    note_en: Text
    source_line_zh: Text = Field(alias="source_line_zh_hans")
    source_line_en: Text
    point_count: int
    data: str
    page_zh: str
    page_en: str

    @staticmethod
    def resolve_data(figure, context):
        path = reverse("api:figure", args=[figure.slug])
        return site_address(context["request"]) + path


class PointRow(Schema):
    """A point of a figure: stated in the paper (paper, text) or official."""

    role: str
    observation: ObservationRow


class FigureData(FigureRow):
    """A figure with its published points, in their order."""

    points: list[PointRow] = Field(alias="public_points")
