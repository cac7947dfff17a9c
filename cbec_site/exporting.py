"""The files that the desk exports; each can be imported again."""

from django.utils.translation import gettext_lazy as _
from import_export.formats.base_formats import CSV, XLSX

from .csv_files import BYTE_ORDER_MARK, neutralised


class ExcelCSV(CSV):
    """CSV that Excel opens as it is meant: with a mark, without running formulas."""

    def get_title(self):
        return _("CSV for Excel")

    def export_data(self, dataset, **kwargs):
        for place, row in enumerate(dataset):
            dataset[place] = [
                neutralised(cell) if isinstance(cell, str) else cell for cell in row
            ]
        return BYTE_ORDER_MARK + dataset.export("csv", **kwargs)


FORMATS = [CSV, ExcelCSV, XLSX]
