"""The files that the admin exports; each can be imported again."""

from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportMixin
from import_export.formats.base_formats import CSV, XLSX
from unfold.contrib.import_export.forms import ExportForm

from .acts import acted
from .csv_files import BYTE_ORDER_MARK
from .formulas import guarded, workbook_text


class PlainCSV(CSV):
    """CSV in which no text is run as a formula."""

    def export_data(self, dataset, **kwargs):
        return _guarded(dataset).export("csv", **kwargs)


class ExcelCSV(PlainCSV):
    """CSV with the byte-order mark by which Excel recognises the encoding."""

    def get_title(self):
        return _("CSV for Excel")

    def export_data(self, dataset, **kwargs):
        return BYTE_ORDER_MARK + super().export_data(dataset, **kwargs)


class Workbook(XLSX):
    """A workbook in which no text is run as a formula."""

    def export_data(self, dataset, **kwargs):
        return super().export_data(_guarded(dataset, workbook_text), **kwargs)


def _guarded(dataset, safe=guarded):
    """The rows of an export with an apostrophe before what looks like a formula."""
    for number, row in enumerate(dataset):
        dataset[number] = [
            safe(cell) if isinstance(cell, str) else cell for cell in row
        ]
    return dataset


FORMATS = [PlainCSV, ExcelCSV, Workbook]


class RecordedExport(ExportMixin):
    """The export of a model's list, announced so that it can be recorded."""

    export_formats = FORMATS
    export_form_class = ExportForm

    def _do_file_export(self, file_format, request, queryset, export_form=None):
        response = super()._do_file_export(file_format, request, queryset, export_form)
        acted.send(
            self.model,
            act="exported",
            subject=self.model._meta.label,
            detail=request.META.get("QUERY_STRING", ""),
        )
        return response
