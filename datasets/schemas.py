"""API schemas of sources, regions, indicators, observations and figures."""

import datetime
from typing import Annotated

from django.urls import reverse
from django.utils.translation import gettext_noop as _
from django.utils.translation import override
from ninja import Field, Schema

from cbec_site.base.addresses import site_address
from cbec_site.base.file_columns import InFile
from cbec_site.base.listing import HasPage, Text

from .observation_cells import (
    PrintedValue,
    first_note,
    first_note_expression,
    printed_value,
)
from .units import MEASURES, Unit


def english_unit(code):
    with override("en"):
        return str(Unit(code).label)


class IndicatorName(Schema):
    code: Annotated[str, InFile(_("Code of the indicator."))]
    title_zh: Annotated[Text, InFile(_("Title in Chinese."))] = Field(
        alias="title_zh_hans"
    )
    title_en: Annotated[Text, InFile(_("Title in English."))]


class RegionName(Schema):
    code: Annotated[str, InFile(_("GB/T 2260, ISO 3166 or a code of our own."))]
    name_zh: Annotated[Text, InFile(_("Name in Chinese."))] = Field(
        alias="name_zh_hans"
    )
    name_en: Annotated[Text, InFile(_("Name in English."))]


class RegionRow(RegionName):
    """A place; `kind` is country, province, city, district or area."""

    kind: Annotated[str, InFile(_("Kind of region."))]
    parent: Annotated[RegionName | None, InFile(_("Code of the region it is part of."))]


class SourceRow(Schema):
    """Where values come from, under which licence, and when they were read."""

    code: Annotated[str, InFile(_("Code of the source."))]
    title_zh: Annotated[Text, InFile(_("Title in Chinese."))] = Field(
        alias="title_zh_hans"
    )
    title_en: Annotated[Text, InFile(_("Title in English."))]
    publisher_zh: Annotated[Text, InFile(_("Publisher in Chinese."))] = Field(
        alias="publisher_zh_hans"
    )
    publisher_en: Annotated[Text, InFile(_("Publisher in English."))]
    citation_zh: Annotated[Text, InFile(_("Citation in Chinese."))] = Field(
        alias="citation_zh_hans"
    )
    citation_en: Annotated[Text, InFile(_("Citation in English."))]
    licence_zh: Annotated[Text, InFile(_("Licence; empty if not stated."))] = Field(
        alias="licence_zh_hans"
    )
    licence_en: Annotated[Text, InFile(_("Licence; empty if not stated."))]
    url: Annotated[Text, InFile(_("Address."))]
    published_on: Annotated[datetime.date | None, InFile(_("Day of publication."))]
    accessed_on: Annotated[datetime.date | None, InFile(_("Day it was read."))]


class InUnit(Schema):
    """Adds the names of a row's `unit` as `unit_zh` and `unit_en`."""

    @staticmethod
    def resolve_unit_zh(item):
        return MEASURES[item.unit].zh

    @staticmethod
    def resolve_unit_en(item):
        return english_unit(item.unit)


class IndicatorRow(IndicatorName, InUnit, HasPage):
    """What is measured, and where its values are."""

    definition_zh: Annotated[Text, InFile(_("Definition in Chinese."))] = Field(
        alias="definition_zh_hans"
    )
    definition_en: Annotated[Text, InFile(_("Definition in English."))]
    unit: Annotated[str, InFile(_("Code of the unit."))]
    unit_zh: str
    unit_en: str
    decimals: Annotated[int, InFile(_("Digits after the point."))]
    frequency: Annotated[str, InFile(_("A year, Q quarter, M month, I irregular."))]
    kind: Annotated[str, InFile(_("Kind of indicator."))]
    direction: Annotated[str, InFile(_("Whether more is better: up, down, neutral."))]
    observation_count: Annotated[int, InFile(_("Published values."))]
    observations: str
    page_zh: str
    page_en: str

    @staticmethod
    def resolve_observations(indicator, context):
        base = site_address(context["request"])
        return f"{base}{reverse('api:observations')}?indicator={indicator.code}"


def names_in_file(name, lookup, chinese, english):
    """Help texts of the two columns with the names of something that has a code."""
    return (
        InFile(chinese, column=f"{name}_zh", lookup=f"{lookup}_zh_hans", added=True),
        InFile(english, column=f"{name}_en", lookup=f"{lookup}_en", added=True),
    )


class ObservationRow(InUnit):
    """One value; `value` is a decimal number as text, with the digits printed.

    `valid_from` is the moment from which the site has shown this value. The importer
    can read the file too; its rows, which can be hundreds of thousands, are made from
    dicts.
    """

    code: Annotated[
        Text, InFile(_("Code that texts and formulas use; often empty."), lookup="code")
    ]
    indicator: Annotated[
        IndicatorName,
        InFile(_("Code of the indicator."), lookup="indicator__code"),
        *names_in_file(
            "indicator",
            "indicator__title",
            _("Indicator in Chinese."),
            _("Indicator in English."),
        ),
    ]
    region: Annotated[
        RegionName,
        InFile(_("GB/T 2260, ISO 3166 or a code of our own."), lookup="region__code"),
        *names_in_file(
            "region", "region__name", _("Region in Chinese."), _("Region in English.")
        ),
    ]
    period: Annotated[
        Text,
        InFile(
            _("2023, 2023-S1, 2023-Q4, 2023-07, 2023-07-01 or 2023-01-01/P9M."),
            lookup="period",
        ),
    ]
    period_start: datetime.date | None
    period_end: datetime.date | None
    breakdown: Annotated[
        Text,
        InFile(_("What part of the whole; empty for all of it."), lookup="breakdown"),
    ]
    breakdown_zh: Text
    breakdown_en: Text
    vintage: Annotated[
        Text,
        InFile(_("Which edition of the series; often empty."), lookup="vintage"),
    ]
    value: Annotated[
        str | None,
        InFile(
            _("With the digits printed; empty when missing."),
            lookup=printed_value,
            expression=PrintedValue(),
        ),
    ]
    unit: Annotated[str, InFile(_("Code of the unit."), lookup="unit")]
    unit_zh: str
    unit_en: str
    decimals: int
    status: Annotated[
        str,
        InFile(_("SDMX observation status: A normal, P provisional."), lookup="status"),
    ]
    qualifier: Annotated[
        Text,
        InFile(_("about, at_least or just_under; often empty."), lookup="qualifier"),
    ]
    source: Annotated[
        SourceRow,
        InFile(
            _("Code of the source; see the list of sources."), lookup="source__code"
        ),
    ]
    note_zh: Annotated[
        Text,
        InFile(
            _("Note in Chinese, else in English."),
            column="note",
            lookup=first_note,
            expression=first_note_expression(),
        ),
    ] = Field(alias="note_zh_hans")
    note_en: Annotated[Text, InFile(_("Note in English."), lookup="note_en")]
    location: Text = Field(alias="paper_location")
    valid_from: datetime.datetime

    @staticmethod
    def resolve_value(observation):
        return observation.plain_value or None


class ObservationKey(Schema):
    """The key of one value in the list of observations."""

    code: Text
    indicator: str = Field(alias="indicator.code")
    region: str = Field(alias="region.code")
    period: Text
    breakdown: Text
    vintage: Text
    source: str = Field(alias="source.code")


class FigureRow(HasPage):
    """A chart; `data` is the address of its points."""

    number: Annotated[str, InFile(_("Number of the figure."))]
    slug: Annotated[str, InFile(_("Its name in addresses."))]
    title_zh: Annotated[Text, InFile(_("Title in Chinese."))] = Field(
        alias="title_zh_hans"
    )
    title_en: Annotated[Text, InFile(_("Title in English."))]
    subtitle_zh: Annotated[Text, InFile(_("Subtitle in Chinese."))] = Field(
        alias="subtitle_zh_hans"
    )
    subtitle_en: Annotated[Text, InFile(_("Subtitle in English."))]
    chart_type: Annotated[str, InFile(_("How it is drawn."))]
    note_zh: Annotated[Text, InFile(_("Note in Chinese."))] = Field(
        alias="note_zh_hans"
    )
    note_en: Annotated[Text, InFile(_("Note in English."))]
    source_line_zh: Annotated[Text, InFile(_("Source in Chinese."))] = Field(
        alias="source_line_zh_hans"
    )
    source_line_en: Annotated[Text, InFile(_("Source in English."))]
    point_count: Annotated[int, InFile(_("Published points."))]
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
