"""Lines between the rows of a table: applied to the rows below, listed, or refused."""

from django.utils.translation import gettext as _

from datasets.spreadsheets.sheets import Cell

from .headers import filled, is_number
from .lines import Line, read_line, read_lines
from .note_texts import is_of_some_values
from .printed_units import are_at_odds, find_unit, scale_of
from .reading_result import RowError
from .titles import unit_of_line


class Sections:
    """What the lines without a value say in a table.

    `period` is the year from a line above rows that name its months; `is_strict` says
    that rows may not name another year.
    """

    def __init__(self, table):
        self.table, self.around = table, table.around
        self.period, self.is_strict = "", False
        # A line that applies to the rows below, as long as none has followed.
        self.open: tuple[int, Line] | None = None

    def read(self, number: int, row: list) -> None:
        """Read a row without a value; RowError if it cannot be understood."""
        cells = [cell for _at, cell in row]
        places = filled(cells)
        if len(places) > 1:
            return self._read_names(
                number, row, [cells[position] for position in places]
            )
        for line in read_lines(cells[places[0]]):
            self._read_line(number, row, line)
        return None

    def _read_line(self, number, row, line):
        """Apply one thing that a line says."""
        if line.kind == "separator":
            return None
        if line.kind == "lost":
            message = _(
                "This line is not divided into cells as the others are; correct its "
                "delimiters or quotation marks."
            )
            raise RowError("", line.text, message, "line")
        if line.kind == "remark":
            return self._leave_out(number, line)
        reader = {"unit": self._read_unit, "period": self._read_period}
        return reader.get(line.kind, self._read_text)(number, row, line)

    def close(self) -> None:
        """Refuse a line at the end that no row follows."""
        if self.open is not None:
            number, line = self.open
            message = _("No values follow that this line could apply to; move it up.")
            self.table.refuse(number, "", line.text, message, "line")

    def _read_names(self, number, row, cells):
        """Read a row of several names that has no value."""
        for cell in (*cells, Cell(" ".join(cell.text for cell in cells))):
            line = read_line(cell)
            if line.kind == "unit" and (":" in line.text or "单位" in line.text):
                return self._read_unit(number, row, line)
        texts = [cell.plain for cell in cells]
        note = self.table.roles.get("note")
        if note and note.place < len(row) and is_number(row[note.place][1]):
            raise RowError(note.title, row[note.place][1].text, no_value(), "line")
        context, finds = self.table.context(number, row), self.table.finds
        names = (("region", context.region), ("indicator", context.series))
        if finds and any(name and not finds(role, name) for role, name in names):
            raise RowError("", " ".join(texts), no_value(), "line")
        return self._leave_out(number, Line("text", texts[0]))

    def _read_unit(self, number, row, line):
        """Apply a unit between the rows to the rows below, or refuse it."""
        unit, chosen = find_unit(line.given), self.table.chosen_unit
        if unit is None:
            raise RowError("", line.text, _("Unknown unit."), "unit")
        if not unit_of_line(line.text) and is_of_some_values(line.text):
            message = _("A unit of some of the values: write it into their rows.")
            raise RowError("", line.text, message, "unit")
        known = self.around.unit or chosen
        if known and scale_of(known) == scale_of(unit):
            return
        if (
            chosen
            or self.table.roles.keys() & {"value", "unit"}
            or any(are_at_odds(column.unit, unit) for column in self.table.values)
            # The rows above would have no unit.
            or (not known and self.table.has_records)
        ):
            message = _("This line names another unit than the rows around it.")
            raise RowError("", line.text, message, "unit")
        self.around.unit = unit
        self._hold(number, line)

    def _read_period(self, number, row, line):
        """Read 2012年 above rows of that year, or a row of 2012 without a value."""
        table, year = self.table, line.given[:4]
        if "value" in table.roles:
            raise RowError("", line.text, no_value(), "line")
        if "period" in table.roles:
            is_own = table.has_text(row, "period")
            if line.given.isdigit():
                self.period, self.is_strict = year, not is_own
            return self._leave_out(number, line) if is_own else self._hold(number, line)
        if any(column.period for column in table.values):
            if all(column.period == line.given for column in table.values):
                return None
            message = _("This line names another period than the headings.")
            raise RowError("", line.text, message, "line")
        self.around.period = line.given
        self.around.lines.pop("period", None)
        return self._hold(number, line)

    def _read_text(self, number, row, line):
        """Read a place or an indicator above its rows, or a row whose value is
        missing."""
        table, finds = self.table, self.table.finds
        is_whole = table.sheet or len(row) > table.last
        for role in ("region", "indicator"):
            is_own = table.has_text(row, role)
            if is_own and is_whole and (finds is None or finds(role, line.text)):
                return self._leave_out(number, line)
        for role in ("region", "indicator"):
            if finds and finds(role, line.given) and self._can_hold(role):
                setattr(self.around, role, line.given)
                self.around.lines.pop(role, None)
                return self._hold(number, line)
        raise RowError("", line.text, no_value(), "line")

    def _can_hold(self, role):
        """Whether rows may take their place or indicator from a line above them."""
        table = self.table
        if role in table.roles or role in table.chosen or "value" in table.roles:
            return False
        if any(column.series if role == "indicator" else column.region
               for column in table.values):  # fmt: skip
            return False
        # Rows above without one were read as the editor chose for the whole file.
        return bool(getattr(self.around, role)) or not table.has_records

    def _hold(self, number, line):
        self.open = number, line
        message = _("applies to the rows below")
        self.table.warn(number, "", line.text, message, "section")

    def _leave_out(self, number, line):
        self.around.take_words(number, line.text, is_of_all=False)
        message = _("row without a value, left out")
        self.table.warn(number, "", line.text, message, "novalue")


def no_value() -> str:
    """Advice on a line that cannot be understood."""
    return _(
        "This line has text but no value: a heading, or a row that lost its cells? "
        "Write what it says into the rows it applies to, or remove it."
    )
