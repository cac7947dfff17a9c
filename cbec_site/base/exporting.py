"""The files that the admin exports; each can be imported again."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportMixin
from import_export.formats.base_formats import CSV, XLSX
from unfold.contrib.import_export.forms import ExportForm

from .acts import acted
from .csv_files import BYTE_ORDER_MARK
from .formulas import (
    LONGEST,
    fits_workbook,
    guarded,
    length_in_workbook,
    workbook_text,
)


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
    """A workbook in which no text is run as a formula.

    It is refused (`LongTextError`) where a text does not fit into a cell: imported
    again, what was cut would replace the whole.
    """

    def export_data(self, dataset, **kwargs):
        for row in dataset:
            for heading, cell in zip(dataset.headers, row, strict=True):
                if isinstance(cell, str) and not fits_workbook(cell):
                    raise LongTextError(row[0], heading, cell)
        return super().export_data(_guarded(dataset, workbook_text), **kwargs)


class LongTextError(ValueError):
    """A text that does not fit into a cell of a workbook; the export form shows it."""

    def __init__(self, row, heading, text):
        super().__init__(
            gettext(
                "No workbook was made: %(heading)s of %(row)s has %(length)s "
                "characters, and a cell holds %(most)s. Choose CSV, which takes texts "
                "of any length."
            )
            % {
                "heading": heading,
                "row": row,
                "length": f"{length_in_workbook(text):,}",
                "most": f"{LONGEST:,}",
            }
        )


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
