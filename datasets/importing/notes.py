"""What notes and the lines around a table mean for its values, once all are read."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from datasets.spreadsheets.problems import Problem

from .columns import Headings
from .note_texts import is_preliminary, names_currency
from .reading_result import Reading, Record
from .titles import TableContext

_ROUGH = re.compile(r"(.*?)(?:均?为|是)?约数")


def explain(record: Record, around: TableContext) -> None:
    """Put the notes that its footnote marks stand for into the note of a record.

    A note 约数 makes the row's values approximate, 总额为约数 only those totals.
    """
    notes = [*around.explain(record.marks), record.note]
    notes += around.explain(record.cell_marks)
    record.note = " ".join(filter(None, notes))
    if record.is_preliminary and record.status == "A":
        record.status = "P"
    elif (
        record.status == "A"
        and not record.more.get("status")
        and (is_preliminary(record.note))
    ):
        around.preliminary_notes.append((record.source_row, record.note))
    match = _ROUGH.match(record.note)
    if match is None or record.value is None or record.qualifier:
        return
    if not match[1] or record.series.split("/")[0] == match[1]:
        record.status, record.qualifier = "E", "about"


def finish(reading: Reading, headings: Headings, sheet: str = "") -> None:
    """Tell what was taken from the lines around a table, and what was not."""

    def warn(line, text, message, kind):
        reading.warnings.append(Problem(line, "", text, message, sheet, kind))

    around = headings.around
    for role, (line, text) in around.lines.items():
        if role not in headings.roles and headings.uses(role):
            given = getattr(around, role)
            message = _("taken from this line for the whole table: %s") % given
            warn(
                line, text, message, "labelled" if role in around.labelled else "above"
            )
    for line, text in around.preliminary:
        warn(line, text, _("every value is marked provisional"), "preliminary")
    if around.preliminary_notes:
        line, text = around.preliminary_notes[0]
        message = ngettext(
            "%s value is called preliminary in its note only",
            "%s values are called preliminary in their notes only",
            len(around.preliminary_notes),
        ) % (len(around.preliminary_notes),)  # fmt: skip
        warn(line, text, message, "preliminary_note")
    if around.own_units:
        line, text = around.own_units[0]
        message = ngettext(
            "%s cell names another unit than its heading or row; its own is taken",
            "%s cells name another unit than their heading or row; their own is taken",
            len(around.own_units),
        ) % (len(around.own_units),)  # fmt: skip
        warn(line, text, message, "own_unit")
    for line, text in around.unused_notes():
        warn(line, text, _("note below or above the table, left out"), "note")
        if names_currency(text):
            message = _("This note names a currency: is it that of the values?")
            warn(line, text, message, "currency")
