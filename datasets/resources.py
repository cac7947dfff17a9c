"""The columns of observations: public file, command and admin share them."""

from django.utils.translation import gettext_noop as _
from import_export import fields, resources

from cbec_site.base.csv_files import Column
from cbec_site.base.limits import ROWS_AT_ONCE

from .models import Observation


def first_note(row):
    return row["note_zh_hans"] or row["note_en"]


def printed_value(row):
    """The value with the digits its source prints."""
    value = row["value"]
    return None if value is None else f"{value:.{row['decimals']}f}"


OBSERVATION_COLUMNS = (
    Column("code", "code", _("Code that texts and formulas use; often empty.")),
    Column("indicator", "indicator__code", _("Code of the indicator.")),
    Column("region", "region__code", _("GB/T 2260, ISO 3166 or an own code.")),
    Column(
        "period",
        "period",
        _("2023, 2023-S1, 2023-Q4, 2023-07, 2023-07-01 or 2023-01-01/P9M."),
    ),
    Column("breakdown", "breakdown", _("What part of the whole; empty for all of it.")),
    Column("vintage", "vintage", _("Which edition of the series; often empty.")),
    Column("value", printed_value, _("With the digits printed; empty when missing.")),
    Column("unit", "unit", _("Code of the unit.")),
    Column("status", "status", _("SDMX observation status: A normal, P provisional.")),
    Column("qualifier", "qualifier", _("about, at_least or just_under; often empty.")),
    Column("source", "source__code", _("Code of the source; see the list of sources.")),
    Column("note", first_note, _("Note in Chinese, else in English.")),
    Column("note_en", "note_en", _("Note in English.")),
    Column("indicator_zh", "indicator__title_zh_hans", _("Indicator in Chinese.")),
    Column("indicator_en", "indicator__title_en", _("Indicator in English.")),
    Column("region_zh", "region__name_zh_hans", _("Region in Chinese.")),
    Column("region_en", "region__name_en", _("Region in English.")),
)
# What the two columns read that are made from more than one thing.
_READ_BY_HAND = ("value", "decimals", "note_zh_hans")
LOOKUPS = (
    *(column.value for column in OBSERVATION_COLUMNS if not callable(column.value)),
    *_READ_BY_HAND,
)


def observation_rows(queryset, *more):
    """The rows that OBSERVATION_COLUMNS read, in one query and bounded memory.

    `more` names further lookups for columns of one's own.
    """
    return queryset.values(*LOOKUPS, *more).iterator(chunk_size=ROWS_AT_ONCE)


def observation_row(observation: Observation):
    """The same row for an observation in hand."""
    row = {}
    for lookup in LOOKUPS:
        value = observation
        for part in lookup.split("__"):
            value = getattr(value, part)
        row[lookup] = value
    return row


def _field(column):
    return fields.Field(
        column_name=column.name,
        readonly=True,
        dehydrate_method=lambda observation: column.cell(observation_row(observation)),
    )


class ObservationExport(resources.ModelResource):
    """The same file from the admin, drafts included; imports go their own way."""

    class Meta:
        model = Observation
        fields = tuple(column.name for column in OBSERVATION_COLUMNS)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.fields = {column.name: _field(column) for column in OBSERVATION_COLUMNS}

    def get_queryset(self):
        return Observation.objects.with_labels()
