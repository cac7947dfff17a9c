"""A table as files: its data, metadata and notes."""

import csv
import io
import json
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from cbec_site.base.formulas import guarded, workbook_text
from cbec_site.base.languages import sign

WIDEST = 60


@dataclass
class TableFacts:
    """What every file says about its table, in the reader's language.

    `changed_at` is when the most recently changed value was written; `address` is that
    of the page that shows the table, `licence` the terms of this site for its data.
    """

    title: str
    about: str
    sources: list
    changed_at: datetime | None
    address: str
    licence: str = ""
    notes: list = field(default_factory=list)

    @property
    def source_line(self):
        """The sources of the values, after a label; "" if there are none."""
        if not self.sources:
            return ""
        return gettext("Source: %(sources)s") % {"sources": self._sources}

    @property
    def _sources(self):
        return sign("; ").join(self.sources)

    @property
    def day(self):
        """The day of the most recent change in the site's time zone, or ""."""
        return localtime(self.changed_at).date().isoformat() if self.changed_at else ""

    @property
    def version_line(self):
        """The state of the data, for pictures seen without their page."""
        return gettext("Data as of %(day)s") % {"day": self.day} if self.day else ""

    @property
    def pairs(self):
        """(name, text) of each known fact."""
        pairs = [
            (gettext("Title"), self.title),
            (gettext("Description"), self.about),
            (gettext("Source"), self._sources),
            (gettext("Data version"), self.day),
            (gettext("Licence"), self.licence),
            (gettext("Address"), self.address),
        ]
        return [pair for pair in pairs if pair[1]]

    @staticmethod
    def dated(table):
        """The marked policies and events as lines of text, numbered as in the chart."""
        return [
            f"{number}{sign('. ')}{one.when}{sign(': ')}{one.title}"
            for number, one in enumerate(table.dated, 1)
        ]


def as_csv(table) -> str:
    """The table as CSV: a row for each period, and beside each value its notes."""
    file = io.StringIO()
    writer = csv.writer(file)
    for row in _data(table):
        writer.writerow(
            [guarded(cell) if isinstance(cell, str) else cell for cell in row]
        )
    return file.getvalue()


def as_json(table, facts: TableFacts) -> str:
    """The table as JSON: what it is, then its series with their values as text."""
    content = {
        "title": facts.title,
        "description": facts.about,
        "address": facts.address,
        "sources": facts.sources,
        "data_version": facts.day,
        "licence": facts.licence,
        "notes": [*facts.notes, *(f"{code}: {word}" for code, word in table.flags)],
        "series": [
            {
                "title": str(column.title),
                "unit": str(column.unit),
                "values": [
                    {
                        "period": str(label),
                        "value": column.cells[key].plain,
                        "remark": _remark(column.cells[key]),
                    }
                    for key, label in table.rows
                    if key in column.cells and column.cells[key].plain
                ],
            }
            for column in table.columns
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def workbook(table, facts: TableFacts) -> bytes:
    """An XLSX file with the sheets data, metadata and notes.

    Numbers are numbers with the digits of the table; where a value is qualified,
    flagged or revised, the column beside it says so.
    """
    book = Workbook()
    _write(book.active, gettext("Data"), _data(table))
    known = [[gettext("Field"), gettext("Content")], *([*pair] for pair in facts.pairs)]
    _write(book.create_sheet(), gettext("Metadata"), known)
    notes = [*facts.notes, *facts.dated(table)]
    notes += [f"{code}: {label}" for code, label in table.flags]
    rows = [[gettext("Note")], *([text] for text in notes if text)]
    _write(book.create_sheet(), gettext("Notes"), rows)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _data(table):
    heading = [table.row_heading]
    for column in table.columns:
        unit = f"{sign(' (')}{column.unit}{sign(')')}" if column.unit else ""
        heading += [f"{column.title}{unit}", gettext("Remark")]
    rows = [heading]
    for label, cells in table.lines:
        row = [str(label)]
        for cell in cells:
            value = cell.number if cell is not None and cell.plain else None
            row += [value, _remark(cell) if cell is not None else ""]
        rows.append(row)
    return rows


def _remark(cell):
    seen = cell.observation
    words = [cell.sign.strip()]
    if cell.beside is not None:
        words.append(gettext("computed by us from the other values"))
    if seen is None:
        words.append(gettext("computed by us from the other values"))
    elif cell.flagged:
        words.append(str(cell.flagged.get_status_display()))
    if cell.former:
        words.append(
            gettext("revised; first published as %(value)s") % {"value": cell.former}
        )
    return "; ".join(dict.fromkeys(filter(None, words)))


def _write(sheet, title, rows):
    sheet.title = title
    for row in rows:
        sheet.append(
            [workbook_text(cell) if isinstance(cell, str) else cell for cell in row]
        )
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column in sheet.columns:
        widest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(widest + 3, WIDEST)
    sheet.freeze_panes = "B2"
