"""The columns of observations: public file, command and admin share them."""

from import_export import fields, resources

from cbec_site.base.file_columns import columns_of
from cbec_site.base.limits import ROWS_AT_ONCE

from .models import Observation
from .schemas import ObservationRow

OBSERVATION_COLUMNS = columns_of(ObservationRow)
# Lookups of the two columns that are made from more than one field.
_READ_BY_HAND = ("value", "decimals", "note_zh_hans")
LOOKUPS = (
    *(column.value for column in OBSERVATION_COLUMNS if not callable(column.value)),
    *_READ_BY_HAND,
)


def observation_rows(queryset, *more):
    """The rows that OBSERVATION_COLUMNS read, in one query and bounded memory.

    `more` names further lookups for additional columns. All are columns of the table:
    none stands for the language of the reader, which every row would be asked for.
    """
    return queryset.raw_values(*LOOKUPS, *more).iterator(chunk_size=ROWS_AT_ONCE)


def observation_row(observation: Observation):
    """The same row for an observation in memory."""
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
    """The same file from the admin, with unpublished rows; imports do not use it."""

    class Meta:
        model = Observation
        fields = tuple(column.name for column in OBSERVATION_COLUMNS)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.fields = {column.name: _field(column) for column in OBSERVATION_COLUMNS}

    def get_queryset(self):
        return Observation.objects.with_labels()
