"""Applies notes and the lines around a table to its values, once all are read."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from datasets.models import Observation
from datasets.spreadsheets.folding import fold, fold_note
from datasets.spreadsheets.problems import Problem
from datasets.spreadsheets.sheets import Cell

from .columns import Headings
from .note_texts import names_currency, unit_in_note
from .printed_units import are_at_odds, find_unit
from .reading_result import Reading, Record
from .titles import TableContext

_IN_TWO_LANGUAGES = re.compile(
    r"(?=.*\bzh:)en: ?(?P<en>.*?) ?[;,|] ?zh: ?(?P<zh>.*)", re.DOTALL
)
_ROUGH = re.compile(r"(.*?)(?:均?为|是)?约数")


def set_notes(record: Record, labels: dict[str, Cell]) -> None:
    """Set the notes of a row from its cells by role, as written.

    SDMX may have both languages in one cell: en:…;zh:…
    """
    note = fold_note(labels["note"].text) if "note" in labels else ""
    parts = _IN_TWO_LANGUAGES.fullmatch(note)
    record.note = parts["zh"] if parts else note
    if parts:
        record.more["note_en"] = parts["en"]
    if "note_en" in labels and labels["note_en"].text:
        record.more["note_en"] = fold_note(labels["note_en"].text)


def explain(record: Record, around: TableContext) -> None:
    """Add to a record's note the notes that its footnote marks stand for.

    A note 约数 makes all values of the row approximate, 总额为约数 only the totals.
    """
    notes = [*around.explain(record.marks), record.note]
    notes += around.explain(record.cell_marks)
    record.note = " ".join(filter(None, notes))
    if record.called and record.status == "A":
        record.status = record.called
    elif record.status == "A" and not record.more.get("status"):
        around.take_words(record.source_row, record.note, is_of_all=False)
    if printed := unit_in_note(fold(record.note)):
        _compare_unit(record, printed, around)
    match = _ROUGH.match(record.note)
    if match is None or record.value is None or record.qualifier:
        return
    if not match[1] or record.series.split("/")[0] == match[1]:
        record.status, record.qualifier = "E", "about"


def finish(reading: Reading, headings: Headings, sheet: str = "") -> None:
    """Report what was taken from the lines around a table, and what was not."""

    def warn(line, text, message, kind):
        reading.warnings.append(Problem(line, "", text, message, sheet, kind))

    around = headings.around
    for role, (line, text) in around.lines.items():
        if headings.uses(role):
            given = getattr(around, role)
            message = _("taken from this line for the whole table: %s") % given
            warn(
                line, text, message, "labelled" if role in around.labelled else "above"
            )
    for line, text in around.lines_calling:
        label = Observation.Status(around.called).label
        message = _("every value is marked “%s”") % label
        warn(line, text, message, "preliminary")
    for line, text in around.unused_notes():
        around.take_words(line, text, is_of_all=False)
    _warn_of_words(around, warn)
    _warn_of_units(around, warn)
    for line, text in around.unused_notes():
        warn(line, text, _("note below or above the table, left out"), "note")
        if names_currency(text):
            message = _("This note names a currency: are the values in that currency?")
            warn(line, text, message, "currency")


def _warn_of_units(around, warn):
    """Point out once each where cells, notes and rows name units of their own."""
    if around.own_units:
        line, text = around.own_units[0]
        message = ngettext(
            "%s cell names another unit than its heading or row; its own is taken",
            "%s cells name another unit than their heading or row; their own is taken",
            len(around.own_units),
        ) % (len(around.own_units),)  # fmt: skip
        warn(line, text, message, "own_unit")
    if around.other_units:
        line, text = around.other_units[0]
        message = ngettext(
            "%s note names another unit than its value was read in: which is right?",
            "%s notes name another unit than their values were read in: which is "
            "right?",
            len(around.other_units),
        ) % (len(around.other_units),)  # fmt: skip
        warn(line, text, message, "own_unit")
    if around.not_chosen:
        line, text = around.not_chosen[0]
        message = ngettext(
            "%s value has another unit in its row than was chosen for the whole file; "
            "that of its row is taken",
            "%s values have another unit in their rows than was chosen for the whole "
            "file; that of their rows is taken",
            len(around.not_chosen),
        ) % (len(around.not_chosen),)  # fmt: skip
        warn(line, text, message, "chosen")


def _warn_of_words(around, warn):
    """Report once what notes call values, and which lines are about plans."""
    if count := len(around.notes_calling):
        line, text = around.notes_calling[0]
        message = ngettext(
            "%s note calls values preliminary, estimated or forecast; give them their "
            "status",
            "%s notes call values preliminary, estimated or forecast; give them their "
            "status",
            count,
        ) % (count,)  # fmt: skip
        warn(line, text, message, "preliminary_note")
    if around.wanted:
        line, text = around.wanted[0]
        message = _("plans or targets? Only what was counted is imported as a value")
        warn(line, text, message, "wanted")


def _compare_unit(record, printed, around):
    """Report a note that names a unit other than the one its value was read in."""
    unit = find_unit(printed)
    if unit is None or record.read_in is None or are_at_odds(unit, record.read_in):
        around.other_units.append((record.source_row, record.note))
