"""The files that the admin exports; each can be imported again."""

import io

import openpyxl
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


class Workbook(XLSX):
    """A workbook whose text is text: a note that begins with = is no formula."""

    def export_data(self, dataset, **kwargs):
        book = openpyxl.load_workbook(
            io.BytesIO(super().export_data(dataset, **kwargs))
        )
        for row in book.active.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.data_type = "s"
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()


FORMATS = [CSV, ExcelCSV, Workbook]
