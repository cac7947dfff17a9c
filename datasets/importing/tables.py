"""Turns one table, long or wide, into records; every record knows its cell."""

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from datasets.spreadsheets.folding import close_up, split_marks, tidy_name
from datasets.spreadsheets.problems import Problem
from datasets.spreadsheets.sheets import Cell
from datasets.spreadsheets.tidying import done_to_name

from .columns import NAMES, PLAIN, Headings
from .half_filled import HalfFilled
from .headers import is_number
from .named_places import NamedPlaces
from .notes import set_notes
from .reading_result import Faults, Reading, Record, RowError
from .record_values import fill_units, part_below_years
from .row_faults import note_headless, refuse_short, reversed_names
from .sdmx import read_row
from .sections import Sections
from .split_years import SplitYears
from .table_values import give_unit_of_file, read_value
from .times import PeriodError, period_of_row
from .titles import TableContext
from .totals import is_all_partners, is_total

_BLANK = Cell("")
# What a spreadsheet shows for a formula that failed.
BROKEN = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)\Z", re.IGNORECASE)


class Table:
    """Turns rows into records: `row` reads each of them, `finish` checks the whole."""

    def __init__(self, headings: Headings, reading: Reading, sheet: str = ""):
        self.headings, self.reading, self.sheet = headings, reading, sheet
        self.around: TableContext = headings.around
        self.roles, self.values = headings.roles, headings.values
        self.last = max((column.place for column in self.values), default=0)
        columns = headings.columns
        self.known = {c.place for c in columns if c.title or c.role}
        self.titles = [c.title for c in columns if c.title]
        # Whether nothing had to be done to the names of the last row.
        self.has_plain_names = False
        self.sections = Sections(self)
        self.half_filled = HalfFilled()
        self.split_years = SplitYears()
        for column in self.values:
            self.split_years.note_heading(column.title)
        self.places = NamedPlaces(self.finds)

    @property
    def finds(self):
        """A function that finds what a name in a role stands for, or None."""
        return self.headings.options.finds

    @property
    def chosen(self) -> dict[str, str]:
        """The indicator and region that an editor chose for the whole file."""
        return self.headings.options.chosen

    @property
    def chosen_unit(self):
        """The unit that an editor chose for the whole file, None if none."""
        return self.headings.options.unit

    @property
    def has_records(self) -> bool:
        """Whether a value was read."""
        return bool(self.reading.records)

    def refuse(self, number, column, value, message, kind) -> None:
        """Report a fault of a line."""
        self._report(self.reading.errors, number, column, value, message, kind)

    def warn(self, number, column, value, message, kind) -> None:
        """Report what an editor should know about a line."""
        self._report(self.reading.warnings, number, column, value, message, kind)

    def row(self, number: int, row: list) -> None:
        """Read one row, [(place, cell), …]; its faults are reported."""
        faults = Faults()
        with faults:
            if self._is_whole(number, row):
                for fault in reversed_names(row, self.headings.columns, self.known):
                    faults.add(fault)
                self._read(number, row, faults)
        for fault in faults.errors:
            self._report(self.reading.errors, number, *fault.args)

    def _read(self, number, row, faults):
        """Read a row; what is wrong with it goes to `faults` or is reported."""
        if faults.errors and not self._has_value(row):
            return
        if not faults.errors and self._is_left_out(number, row):
            return
        context = self._labels(number, row, faults)
        context.refused = faults.kinds
        if not faults.errors:
            self.sections.open = None
        for column in self.values:
            if column.place < len(row):
                self._value(number, row, column, context)

    def finish(self) -> None:
        """Find the units that can only be known from all rows together."""
        self.sections.close()
        self.check_whole()
        if "unit" in self.roles:
            return
        fill_units(self.reading)
        records, self.reading.records = self.reading.records, []
        for record in records:
            faults = Faults()
            with faults:
                give_unit_of_file(self, record)
            self.keep(record, faults)

    def _report(self, problems, number, column, value, message, kind):
        problems.append(Problem(number, column, value, message, self.sheet, kind))

    def _is_whole(self, number, row):
        """Report surplus and missing cells; returns whether the row has any text."""
        written = [position for position, (_at, cell) in enumerate(row) if cell.plain]
        if headless := set(written) - self.known:
            note_headless(headless, self.reading, self.headings.options.ignore)
        # Workbooks and lines with a single note leave out cells; other lines do not.
        if not self.sheet:
            refuse_short(row, self.headings.columns[self.last])
        return bool(written)

    def _is_left_out(self, number, row):
        """Whether a row is not data: totals, repeated headings, no value."""
        texts = [tidy_name(cell.text) for _at, cell in row if cell.plain]
        warn = self.reading.warnings
        if texts == self.titles:
            message = _("the heading once more, left out")
            self._report(warn, number, "", texts[0], message, "heading")
            return True
        names = texts[:1]
        names += [self._label(row, role).text for role in ("region", "indicator")]
        has_partners = self.headings.has_partners
        partner = self._label(row, "breakdown").text if has_partners else ""
        if is_all_partners(partner) or any(map(is_total, names)):
            cells = [row[c.place][1] for c in self.values if c.place < len(row)]
            value = next((cell.text for cell in cells if is_number(cell)), "")
            message = _("total row, not an observation")
            self._report(warn, number, "", value, message, "total")
            return True
        if self._has_value(row) or not self.values:
            return False
        if not self.sheet and "value" in self.roles and len(texts) > 1:
            return False  # One value a line: an empty cell says that it is missing.
        self.sections.read(number, row)
        return True

    def _has_value(self, row):
        cells = [row[c.place][1] for c in self.values if c.place < len(row)]
        return any(cell.plain or self._is_within_value(cell) for cell in cells)

    def _is_within_value(self, cell):
        """Whether a cell is a further part of a merged cell that holds a value."""
        return cell.area and cell.area[0] in {column.place for column in self.values}

    def _label(self, row, role):
        """The cell of a role in a row, blank if no column has that role."""
        column = self.roles.get(role)
        return column.cell(row) if column else _BLANK

    def has_text(self, row, role) -> bool:
        """Whether the column of a role says something in a row."""
        return bool(self._label(row, role).plain)

    def context(self, number, row):
        """What the label columns of a row say; RowError if it is not an observation."""
        faults = Faults()
        record = self._labels(number, row, faults)
        for fault in faults.errors:
            raise fault
        return record

    def _labels(self, number, row, faults):
        """What the label columns of a row say as a record; each cell by itself."""
        labels = {role: self._label(row, role) for role in self.roles}
        self.half_filled.note(number, labels)
        for role in (*NAMES, "note"):
            if role in labels and BROKEN.match(labels[role].plain):
                message = _("The sheet shows an error here.")
                title, text = self.roles[role].title, labels[role].text
                faults.add(RowError(title, text, message, role))
        record = Record(sheet=self.sheet, region=self.around.region)
        with faults:
            self.headings.refuse_doubts()
        self._set_names(record, number, row, labels)
        record.also = tuple(
            (column.role, text)
            for column in self.headings.seconds
            if column.role != "period"
            and (text := close_up(tidy_name(column.cell(row).text)))
        )
        if (column := self.roles.get("period")) is not None:
            cell = column.cell(row).without_marks
            record.part = part_below_years(column.plain, cell, self.values)
        if not record.part and "period" not in faults.kinds:
            with faults:
                record.period = self._period(row)
        record.more = {
            role: cell.plain
            for role, cell in labels.items()
            if role in PLAIN and cell.plain
        }
        with faults:
            self.headings.note_usual(read_row(record.more, self.headings.titles))
        set_notes(record, labels)
        if unit := labels.get("unit", _BLANK).plain:
            record.more["unit_text"] = unit
        return record

    def _set_names(self, record, number, row, labels):
        """Set region, series and breakdown without marks, and note what was tidied."""
        self.has_plain_names = True
        fields = {"region": "region", "indicator": "series", "breakdown": "breakdown"}
        for role in NAMES:
            raw = labels.get(role, _BLANK).text
            if not raw:
                continue
            text, marks, name = raw, [], labels[role].plain
            if role in (*fields, "period"):
                text, marks = split_marks(raw.strip())
            if role in fields:
                name = tidy_name(text)
                name = name if role == "indicator" else close_up(name)
                setattr(record, fields[role], name)
            elif marks:
                name = Cell(text).plain
            record.marks += tuple(marks)
            kinds = done_to_name(raw, name) + ["mark"] * bool(marks)
            column = self.roles[role]
            area = row[column.place][1].area
            if area and area[0] == column.place:
                kinds.append("merged")
            self.tidied(number, column.title, raw, name, kinds)
            self.has_plain_names = self.has_plain_names and not kinds
        for role in ("region", "indicator"):
            if role in self.roles and not getattr(record, fields[role]):
                record.blank += (role,)
        if "region" in record.blank:
            record.region = ""

    def tidied(self, number, column, raw, became, kinds):
        """List what was done to the text of a cell."""
        self.reading.tidied.add(self.sheet, number, column, raw, became, kinds)

    def _period(self, row):
        columns = [self.roles["period"]] if "period" in self.roles else []
        columns += [c for c in self.headings.seconds if c.role == "period"]
        cells = [column.cell(row).without_marks for column in columns]
        headed = [(c.plain, cell) for c, cell in zip(columns, cells, strict=True)]
        section = self.sections.period
        try:
            period = period_of_row(headed, section or self.around.period)
        except PeriodError as error:
            text = " ".join(cell.text for cell in cells).strip()
            raise RowError(columns[0].title, text, str(error), "period") from None
        for column, cell in zip(columns, cells, strict=True):
            self.split_years.note(column.title, cell)
        if not section:
            self.headings.note_year(cells)
        if self.sections.is_strict and section != period[:4]:
            message = _("This row names another year than the line above it.")
            raise RowError(columns[0].title, period, message, "period")
        return period

    def check_whole(self) -> None:
        """Check what can only be seen from all rows together.

        Refuses periods that may be split years or months, and reports places outside
        the one named in a caption, which may be trading partners.
        """
        try:
            self.split_years.check()
        except RowError as fault:
            self.refuse(self.around.header, *fault.args)
        self.half_filled.warn(self.headings.titles, self.warn)
        if outside := self.places.outside(self.around):
            line, text = self.around.lines["region"]
            message = _("The rows are of places outside the one named here: %s.")
            self.warn(line, "", text, message % ", ".join(outside[:5]), "partner")

    def _value(self, number, row, column, context):
        position, cell = row[column.place]
        row_number, col_number = (
            position if isinstance(position, tuple) else (number, position)
        )
        is_within = self._is_within_value(cell)
        if cell.text == "" and self.sheet and not cell.fault and not is_within:
            return
        record = replace(
            context,
            source_row=row_number,
            source_col=col_number,
            raw=cell.area[1] if is_within else cell.text,
            more=dict(context.more),
        )
        faults = Faults(context.refused)
        if is_within:
            message = _("Merged cells hold one value; write it into each of them.")
            faults.add(RowError(column.title, record.raw, message, "value"))
        else:
            read_value(self, record, cell, column, faults)
        self.keep(record, faults)

    def keep(self, record: Record, faults: Faults) -> None:
        """Keep a record; one with faults, which are reported, only to be checked."""
        for fault in faults.errors:
            self._report(self.reading.errors, record.source_row, *fault.args)
        record.refused = faults.kinds
        kept = self.reading.refused if faults.kinds else self.reading.records
        kept.append(record)
