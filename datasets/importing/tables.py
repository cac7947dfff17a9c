"""One table to records: long and wide ones; every record knows its cell."""

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from datasets.units import MEASURES, Unit

from .cells import NotANumber, fit, read_number
from .columns import NAMES, PLAIN
from .folding import fold, fold_note, has_invisible, split_marks, tidy_name
from .headers import Surroundings, is_number, split_unit
from .printed_units import find_unit, unit_for_scale
from .problems import Problem
from .results import Reading, Record
from .times import NotAPeriod, read_period

TOTALS = frozenset(["合计", "总计", "小计", "总和", "total", "sum", "grandtotal"])


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
