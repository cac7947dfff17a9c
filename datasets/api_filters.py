"""The filters of the data lists of the API."""

from typing import Annotated

from django.utils.translation import gettext_noop as _
from ninja import Field
from pydantic import AfterValidator

from cbec_site.base.listing import (
    Code,
    Codes,
    Filters,
    FiltersWithWords,
    Words,
    choice,
    optional,
)

from .models import (
    Indicator,
    Observation,
    Region,
)
from .periods import period_bounds
from .units import Unit
from .versions import as_of, parse_moment, restored


def _in_grammar(text):
    try:
        period_bounds(text)
    except (ValueError, OverflowError) as error:
        raise ValueError("Write 2024, 2024-Q1, 2024-03 or 2024-01-01/P9M.") from error
    return text


def _is_moment(text):
    try:
        parse_moment(text)
    except ValueError as error:
        raise ValueError("Write 2024-03-31 or 2024-03-31T12:00:00Z.") from error
    return text


Period = Annotated[Words, AfterValidator(_in_grammar)]


Moment = Annotated[Words, AfterValidator(_is_moment)]


class ObservationFilters(Filters):
    indicator: Codes = Field([], description=_("Code of an indicator; repeatable."))
    region: Codes = Field([], description=_("Code of a region; repeatable."))
    period_from: Period | None = optional(
        _("Only periods that start with this one or later.")
    )
    period_to: Period | None = optional(
        _("Only periods that end with this one or earlier.")
    )
    breakdown: str | None = optional(_("Code of a breakdown; empty for the whole."))
    source: Codes = Field([], description=_("Code of a source; repeatable."))
    status: list[choice(Observation.Status)] = Field(
        [], max_length=20, description=_("SDMX observation status; repeatable.")
    )
    vintage: str | None = optional(_("Edition of the series; empty for the usual one."))
    as_of: Moment | None = optional(
        _("The values as they were here at the end of a day, or at a moment.")
    )

    def apply(self, queryset):
        asked = {
            "indicator__code__in": self.indicator,
            "region__code__in": self.region,
            "source__code__in": self.source,
        }
        if self.as_of:
            queryset = as_of(queryset, parse_moment(self.as_of), self.status)
        else:
            asked["status__in"] = self.status
        queryset = queryset.filter(**{key: v for key, v in asked.items() if v})
        if self.period_from:
            start, _end = period_bounds(self.period_from)
            queryset = queryset.filter(period_start__gte=start)
        if self.period_to:
            _start, end = period_bounds(self.period_to)
            queryset = queryset.filter(period_end__lte=end)
        if self.breakdown is not None:
            queryset = queryset.filter(breakdown=self.breakdown)
        if self.vintage is not None:
            queryset = queryset.filter(vintage=self.vintage)
        return queryset

    @property
    def shows_as_stored(self):
        return not self.as_of

    def shown(self, row):
        return row if self.shows_as_stored else restored(row)


class IndicatorFilters(Filters):
    kind: choice(Indicator.Kind) | None = optional(_("Kind of indicator."))
    frequency: choice(Indicator.Frequency) | None = optional(
        _("How often it is measured.")
    )
    unit: choice(Unit) | None = optional(_("Code of the unit."))

    def apply(self, queryset):
        return queryset.filter(**self.model_dump(exclude_none=True))


class RegionFilters(Filters):
    kind: choice(Region.Kind) | None = optional(_("Kind of region."))
    parent: Code | None = optional(_("Code of the region it is part of."))

    def apply(self, queryset):
        if self.kind:
            queryset = queryset.filter(kind=self.kind)
        if self.parent:
            queryset = queryset.filter(parent__code=self.parent)
        return queryset


class SourceFilters(FiltersWithWords):
    q: Words | None = optional(_("Words in title or publisher."))


class FigureFilters(Filters):
    indicator: Code | None = optional(_("Code of an indicator that it shows."))
    region: Code | None = optional(_("Code of a region that it shows."))

    def apply(self, queryset):
        asked = {
            "indicator__code": self.indicator,
            "region__code": self.region,
        }
        asked = {key: value for key, value in asked.items() if value}
        if not asked:
            return queryset
        observations = Observation.objects.published().filter(**asked)
        return queryset.filter(pk__in=observations.values("figures"))
