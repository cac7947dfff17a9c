"""The list of policies as a workbook, with the filters of the page."""

import io

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from cbec_site.base.addresses import site_address
from cbec_site.base.file_columns import columns_of
from cbec_site.base.formulas import workbook_text
from cbec_site.base.media_types import XLSX

from .api import PolicyRow, public_policies
from .filters import PolicyFilter

# A workbook is made in memory, so longer lists come only as CSV.
MOST_ROWS = 5_000


class PolicyWorkbook(View):
    """The same rows and columns as the CSV file of the API."""

    parameters = tuple(PolicyFilter.base_filters)
    http_method_names = ["get", "head", "options"]

    def get(self, request):
        filterset = PolicyFilter(request.GET, public_policies(), request=request)
        if not filterset.is_valid():
            raise BadRequest("One of the filters cannot be used.")
        rows = list(filterset.qs.order_by("code")[: MOST_ROWS + 1])
        if len(rows) > MOST_ROWS:
            raise BadRequest("Too many rows for a workbook: narrow it or take the CSV.")
        about = [
            (_("Title"), _("Policies")),
            (_("Address"), site_address(request) + request.get_full_path()),
            (_("Day"), timezone.localdate().isoformat()),
        ]
        response = HttpResponse(workbook(rows, about), XLSX)
        response["Content-Disposition"] = 'attachment; filename="policies.xlsx"'
        return response


def workbook(rows, about) -> bytes:
    """An XLSX file with a sheet of the data and a sheet that describes them."""
    columns = columns_of(PolicyRow)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Data"))
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, column.name) for column in columns])
    for row in rows:
        sheet.append([_cell(column.cell(row)) for column in columns])
    facts = book.create_sheet(_("Metadata"))
    for pair in about:
        facts.append([_cell(text) for text in pair])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _bold(sheet, text):
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _cell(value):
    return workbook_text("" if value is None else str(value))
