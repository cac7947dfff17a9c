"""The file of policies that the admin exports; its columns are those of the import."""

from import_export import fields, resources

from .importing.columns import COLUMNS
from .importing.snapshots import snapshot
from .models import Policy


def _field(column):
    return fields.Field(
        column_name=column.name,
        readonly=True,
        dehydrate_method=lambda policy: column.text(snapshot(policy)[column.name]),
    )


class PolicyExport(resources.ModelResource):
    """Every column, drafts included; imports use the importer instead."""

    class Meta:
        model = Policy
        fields = tuple(column.name for column in COLUMNS)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.fields = {column.name: _field(column) for column in COLUMNS}

    def get_queryset(self):
        return Policy.objects.with_labels()
