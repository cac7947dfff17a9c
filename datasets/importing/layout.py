"""A sheet to records: long, wide and turned tables; every record knows its cell."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from datasets.units import MEASURES, Unit

from .cells import (
    NotANumber,
    find_unit,
    fit,
    fold,
    has_invisible,
    read_number,
    split_marks,
    tidy_name,
    unit_for_scale,
)
from .headers import (
    Surroundings,
    filled,
    find_table,
    is_note,
    is_number,
    join_header,
    period_of,
    read_note,
    role_of,
    split_unit,
)
from .problems import Problem
from .reading import Cell, Sheet
from .times import NotAPeriod, read_period

TOTALS = frozenset(["合计", "总计", "小计", "总和", "total", "sum", "grandtotal"])
NAMES = ("indicator", "region", "breakdown", "source", "code", "unit", "period")
PLAIN = ("code", "status", "source", "vintage", "note_en", "paper_location")
PLAIN += ("provenance", "is_published", "qualifier")


@dataclass
class Record:
    """One value as the file has it; names are not yet looked up."""

    series: str = ""
    region: str = ""
    period: str = ""
    breakdown: str = ""
    value: Decimal | None = None
    unit: str = ""
    decimals: int = 0
    status: str = "A"
    qualifier: str = ""
    note: str = ""
    sheet: str = ""
    source_row: int = 0
    source_col: int = 0
    raw: str = ""
    more: dict = field(default_factory=dict)


@dataclass
class Column:
    """A heading: its role, its place, and the series, period and unit it names."""

    place: int
    title: str
    role: str = ""
    series: str = ""
    period: str = ""
    unit: tuple[str, int] | None = None


@dataclass
class Reading:
    """What a sheet gave: records, problems, and the columns nobody knows.

    A column without a heading goes by its number: #5.
    """

    records: list[Record] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)


def read_sheet(sheet: Sheet) -> Reading:
    """All records of a sheet in the order of its cells."""
    reading = Reading(warnings=list(sheet.warnings))
    index, height, around = find_table(sheet.rows)
    if index < 0:
        return reading
    body = _collect_notes(sheet.rows, index + height, around)
    headings = join_header(sheet.rows, index, height)
    if turned := _turned(headings, body):
        headings, body = turned
    columns = [column_of(place, parts) for place, parts in enumerate(headings)]
    Table(sheet.name, columns, body, around, reading).read()
    reading.records.sort(key=lambda record: (record.source_row, record.source_col))
    return reading


def _collect_notes(rows, start, around):
    """The numbered rows below the header without notes and blank rows."""
    body = []
    for number, row in enumerate(rows[start:], start + 1):
        if is_note(row):
            read_note(row[filled(row)[0]].text, around)
        elif filled(row):
            body.append((number, [(place + 1, cell) for place, cell in enumerate(row)]))
    return body


def _turned(headings, body):
    """The same table with rows and columns swapped, where a row holds the periods."""
    for _number, row in body:
        label, *others = [cell.text for _column, cell in row]
        named = [text for text in others if fold(text)]
        if role_of(label) == "period" and named and all(map(period_of, named)):
            break
    else:
        return None
    if any(period_of(part) for parts in headings[1:] for part in parts):
        return None
    width = max(len(headings), *(len(row) for _number, row in body))
    titles = [headings[0]] + [[fold(row[0][1].text)] for _number, row in body]
    turned = []
    for place in range(1, width):
        title = " ".join(headings[place]) if place < len(headings) else ""
        cells = [((0, place + 1), Cell(title))]
        for number, row in body:
            cell = row[place][1] if place < len(row) else Cell("")
            cells.append(((number, place + 1), cell))
        turned.append((0, cells))
    return titles, turned


def column_of(place, parts) -> Column:
    """Sort out what the parts of a heading say."""
    column = Column(place, "/".join(parts))
    names = []
    for part in parts:
        text, unit = split_unit(part)
        column.unit = unit or column.unit
        if period := period_of(text):
            column.period = period
        elif text:
            names.append(split_unit(split_marks(text)[0])[0])
    column.series = "/".join(names)
    column.role = role_of(names[-1]) if names else ""
    return column


class Table:
    """One table on its way to records."""

    def __init__(self, sheet, columns, body, around: Surroundings, reading: Reading):
        self.sheet, self.columns, self.body = sheet, columns, body
        self.around, self.reading = around, reading
        self.roles = {}
        for column in columns:
            if column.role:
                self.roles.setdefault(column.role, column)
        self._name_labels()
        self.values = self._value_columns()

    def _name_labels(self):
        """Find out what unnamed text columns are: the series, else the breakdown."""
        roles = ("breakdown",)
        if "value" in self.roles:
            roles = ()
        elif any(column.period for column in self.columns):
            roles = ("indicator", "breakdown")
        for column in self.columns:
            if column.role or column.period or not self._is_text(column):
                continue
            for role in roles:
                if role not in self.roles:
                    column.role, self.roles[role] = role, column
                    break
            else:
                if column.title:
                    column.role = "unknown"
                    self.reading.unknown_columns.append(column.title)

    def _is_text(self, column):
        cells = [
            row[column.place][1] for _n, row in self.body if column.place < len(row)
        ]
        written = [cell for cell in cells if fold(cell.text)]
        return bool(written) and not any(is_number(cell) for cell in written)

    def _value_columns(self):
        if "value" in self.roles:
            strangers = [c for c in self.columns if not c.role and c.title]
            self.reading.unknown_columns += [column.title for column in strangers]
            return [self.roles["value"]]
        found = [c for c in self.columns if not c.role and (c.period or c.series)]
        return [column for column in found if column.title]

    def read(self):
        last = max((column.place for column in self.values), default=0)
        for number, row in self.body:
            self._check_cells(number, row, last)
            context = self._context(number, row)
            if context is None:
                continue
            for column in self.values:
                if column.place < len(row):
                    self._read_value(number, row[column.place], column, context)
        self._fill_units()

    def _check_cells(self, number, row, last):
        """No cell is dropped in silence: neither one too many nor one cut off."""
        known = {column.place for column in self.columns if column.title}
        known.update(column.place for column in self.columns if column.role)
        unknown = self.reading.unknown_columns
        written = [place for place, (_at, cell) in enumerate(row) if fold(cell.text)]
        for place in written:
            if place not in known and (title := f"#{place + 1}") not in unknown:
                unknown.append(title)
        # Workbooks and lines with a single note leave out cells; other lines do not.
        if not self.sheet and len(row) <= last and len(written) > 1:
            self._refuse(
                number, self.columns[last].title, "",
                _("The line has fewer cells than the heading; is it cut off?"),
                "short",
            )  # fmt: skip

    def _context(self, number, row):
        """What the label columns of a row say; None when the row is no observation."""
        texts = {
            role: row[column.place][1].text
            for role, column in self.roles.items()
            if column.place < len(row)
        }
        first = next((fold(cell.text) for _c, cell in row if fold(cell.text)), "")
        if re.sub(r"\s", "", first).lower() in TOTALS:
            value = next((c.text for c in self._cells(row) if is_number(c)), "")
            self._warn(number, "", value, _("total row, not an observation"), "total")
            return None
        for role, text in texts.items():
            if role in NAMES and has_invisible(text):
                message = _("invisible characters taken out of this name")
                self._warn(number, self.roles[role].title, text, message, "invisible")
        record = Record(sheet=self.sheet, region=self.around.region)
        marks = []
        for role in ("region", "indicator", "breakdown"):
            text, found = split_marks(texts.get(role, "").strip())
            text, marks = tidy_name(text), marks + found
            if not text:
                continue
            if role == "region":
                record.region = re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", text)
            elif role == "indicator":
                record.series = text
            else:
                record.breakdown = text
        notes = [self.around.marks[mark] for mark in marks if mark in self.around.marks]
        note = fold_note(texts.get("note", ""))
        record.note = " ".join([*notes, note] if note else notes)
        record.period = self._period(number, texts)
        if record.period is None:
            return None
        record.more = {
            role: fold(texts[role]) for role in PLAIN if fold(texts.get(role, ""))
        }
        if "note_en" in record.more:
            record.more["note_en"] = fold_note(texts["note_en"])
        if "unit" in texts and fold(texts["unit"]):
            record.more["unit_text"] = fold(texts["unit"])
        return record

    def _cells(self, row):
        return [row[c.place][1] for c in self.values if c.place < len(row)]

    def _period(self, number, texts):
        text = texts.get("period", "")
        if not fold(text):
            return "" if "period" in self.roles else self.around.period
        try:
            return read_period(split_marks(text)[0])
        except NotAPeriod as error:
            title = self.roles["period"].title
            self._refuse(number, title, text, str(error), "period")
            return None

    def _read_value(self, number, placed, column, context):
        place, cell = placed
        row_number, col_number = place if isinstance(place, tuple) else (number, place)
        raw = cell.text
        if raw == "" and self.sheet:
            return
        text, marks = split_marks(raw)
        record = replace(
            context,
            source_row=row_number,
            source_col=col_number,
            raw=raw,
            more=dict(context.more),
        )
        label, label_unit = split_unit(record.series) if record.series else ("", None)
        record.series = label
        if column.role != "value" and column.series:
            record.series = column.series if not label else label
        record.period = column.period or record.period
        try:
            unit = column.unit or label_unit or self._unit_column(record)
        except NotANumber:
            return
        self._set_value(record, text, cell, unit or self.around.unit, column)
        notes = [self.around.marks[mark] for mark in marks if mark in self.around.marks]
        record.note = " ".join([record.note, *notes]).strip() if notes else record.note

    def _unit_column(self, record):
        text = record.more.pop("unit_text", "")
        if not text:
            return None
        if unit := find_unit(text):
            return unit
        title = self.roles["unit"].title
        self._refuse(record.source_row, title, text, _("Unknown unit."), "unit")
        raise NotANumber

    def _set_value(self, record, text, cell, unit, column):
        record.more.pop("unit_text", None)
        try:
            number = read_number(text, is_percent=cell.is_percent)
            number, own = _resolve_scale(number, unit)
            if unit and not own:
                number = _shifted(number, unit[1])
        except NotANumber as error:
            self._refuse(
                record.source_row, column.title, record.raw, str(error), "value"
            )
            return
        record.value, record.qualifier = number.value, number.qualifier
        record.decimals = number.decimals
        if own:
            record.unit = own
        elif unit:
            code, shift = unit
            record.unit = code
            if shift and record.value is not None:
                self._warn(
                    record.source_row, column.title, record.raw,
                    _("converted exactly to %s") % Unit(code).label, "conversion",
                )  # fmt: skip
        record.status = "O" if number.is_missing else "E" if record.qualifier else "A"
        _apply_rough_note(record)
        self.reading.records.append(record)

    def _fill_units(self):
        """A column or row without a unit has the one its other cells name."""
        if "unit" in self.roles:
            return
        known = {}
        for record in self.reading.records:
            if record.unit:
                known.setdefault((record.series, record.sheet), set()).add(record.unit)
        for record in self.reading.records:
            units = known.get((record.series, record.sheet), ())
            if not record.unit and len(units) == 1:
                record.unit = next(iter(units))

    def _refuse(self, number, column, value, message, kind):
        self.reading.errors.append(
            Problem(number, column, value, message, self.sheet, kind)
        )

    def _warn(self, number, column, value, message, kind):
        self.reading.warnings.append(
            Problem(number, column, value, message, self.sheet, kind)
        )


def _resolve_scale(number, unit):
    """A bare 万 or 亿 takes its thing from the column; otherwise it is refused."""
    if not number.scale:
        return number, number.unit
    if unit is None:
        raise NotANumber(_("Say what is counted: 亿元 or 亿件, not 亿 alone."))
    found = unit_for_scale(number.scale, MEASURES[unit[0]].dimension)
    if found is None:
        raise NotANumber(_("This scale does not fit the unit of the column."))
    code, shift = found
    return _shifted(number, shift), code


def _shifted(number, shift):
    """A number of another unit, so many powers of ten apart: exact or refused."""
    if not shift or number.is_missing:
        return number
    value, decimals = fit(number.value.scaleb(shift))
    return replace(number, value=value, decimals=decimals)


_ROUGH = re.compile(r"(.*?)(?:均?为|是)?约数")


def _apply_rough_note(record):
    """A note 约数 makes the row's values approximate, 总额为约数 only those totals."""
    match = _ROUGH.match(record.note)
    if match is None or record.value is None or record.qualifier:
        return
    if not match[1] or record.series.split("/")[0] == match[1]:
        record.status, record.qualifier = "E", "about"


def fold_note(text: str) -> str:
    """A note as written, on one line and without invisible characters.

    The apostrophe goes that our file for Excel puts before what looks like a formula.
    """
    text = re.sub(r"\s*[\r\n]+\s*", "", text).strip()
    text = re.sub(r"\A'(?=[=+\-@])", "", text)
    return re.sub(r"[\u200b-\u200f\ufeff]", "", text).strip()
