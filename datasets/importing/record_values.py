"""The value of a record, converted exactly to a unit that we store, or refused."""

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from datasets.spreadsheets.sheets import Cell
from datasets.units import MEASURES, Unit

from .cells import MAX_DECIMALS, Number, NumberError, fit, read_number
from .dimensions import check_frequency
from .printed_units import are_at_odds, find_unit, scale_of, unit_of
from .reading_result import Record, RowError
from .sdmx import check_currency, with_multiplier
from .times import part_in_column, part_of_year
from .titles import split_unit


def set_value(
    record: Record, text: str, cell: Cell, unit, for_all, has_decimal_commas=False
) -> list[str]:
    """Read the text of a cell into a record; returns what was done to it.

    `unit` is the (unit, power of ten) from heading, line or row, None if there is none;
    a unit in the cell itself takes precedence (`has_own_unit`). `for_all` is the unit
    of the whole file: here it only says what a bare 亿 counts. Raises NumberError.
    """
    number = read_number(
        text, is_percent=cell.is_percent, has_decimal_commas=has_decimal_commas
    )
    tidied = list(number.tidied)
    record.has_own_unit = _has_other_unit(number, unit or for_all)
    number, own, shift = _resolve_scale(number, unit or for_all)
    if own is None and unit is None and for_all is None and number.currency != "¥":
        own = number.currency or None
    if unit and not own:
        own, shift = unit
        number = _shifted(number, shift)
    if shift and not number.is_missing:
        tidied.append(own)
    record.value, record.qualifier = number.value, number.qualifier
    record.currency = number.currency
    record.decimals, record.unit = number.decimals, own or ""
    record.status = "O" if number.is_missing else "E" if record.qualifier else "A"
    if digits := record.more.pop("decimals", ""):
        record.decimals = _decimals(digits, record.decimals, bool(shift))
    return tidied


def _decimals(text, decimals, is_shifted):
    """The number of decimals from DECIMALS, at least as many as the value has."""
    if not re.fullmatch(r"\d{1,2}", text, re.ASCII) or int(text) > 15:
        raise NumberError(_("DECIMALS is a number of digits from 0 to 15."))
    return decimals if is_shifted else max(decimals, min(int(text), MAX_DECIMALS))


def _resolve_scale(number: Number, unit):
    """For a bare 万 or 亿 the column says what is counted; otherwise it is refused."""
    if not number.scale:
        return number, number.unit, 0
    if unit is None:
        raise NumberError(_("Say what is counted: 亿元 or 亿件, not 亿 alone."))
    unit_found = unit_of(MEASURES[unit[0]].dimension, number.scale)
    if unit_found is None:
        raise NumberError(_("This scale does not fit the unit of the column."))
    code, shift = unit_found
    return _shifted(number, shift), code, shift


def _has_other_unit(number: Number, unit) -> bool:
    """Whether a cell names a unit other than its heading or row: 5万元 under 亿元.

    Raises NumberError if it is unclear which of the two is meant: another currency, or
    5万 under 亿元, which may be 5万亿元.
    """
    if unit is None or number.is_missing:
        return False
    measured = scale_of(unit)
    own = measured[0], number.scale or measured[1]
    if number.unit:
        own = scale_of((number.unit, number.shift))
    if own[0] != measured[0] or (number.scale and own[1] < measured[1]):
        message = _("The cell names another unit than its heading, line or row.")
        raise NumberError(message)
    return own != measured and not (number.scale and measured[1] == 0)


def _shifted(number, shift):
    """Convert a number by this many powers of ten, exactly or not at all."""
    if not shift or number.is_missing:
        return number
    value, decimals = fit(number.value.scaleb(shift))
    return replace(number, value=value, decimals=decimals)


def give_unit(record: Record, unit) -> list[str]:
    """Give a record without a unit that of the whole file; may raise NumberError."""
    if record.unit or unit is None:
        return []
    record.unit, shift = unit
    if not shift or record.value is None:
        return []
    record.value, record.decimals = fit(record.value.scaleb(shift))
    return [record.unit]


def fill_units(reading) -> None:
    """Give a record without a unit the unit of the other records of its series."""
    known = {}
    for record in reading.records:
        if record.unit:
            known.setdefault((record.series, record.sheet), set()).add(record.unit)
    for record in reading.records:
        units = known.get((record.series, record.sheet), ())
        if not record.unit and len(units) == 1:
            record.unit = next(iter(units))
            if record.value is not None:
                reading.tidied.add(
                    record.sheet, record.source_row, "", record.raw,
                    str(Unit(record.unit).label), ["series_unit"],
                )  # fmt: skip


def unit_of_row(record: Record, named, titles, around, chosen):
    """The (unit, power of ten) of a value including its multiplier; or RowError.

    A unit in the row takes precedence over the one `chosen` for the whole file, and is
    noted in `around` if the two disagree. See `_agreed_unit` for the others.
    """
    unit = _agreed_unit(record, named, titles, around)
    unit = with_multiplier(unit, record.more, chosen)
    record.read_in = unit or chosen
    check_currency(record.read_in, record.more)
    if unit and are_at_odds(unit, chosen):
        around.not_chosen.append((record.source_row, record.raw))
    return unit


def _agreed_unit(record: Record, named, titles, around):
    """The unit from unit column, heading or label, else from a line above; or RowError.

    `named` are those of heading and label, `titles` the headings of the unit column and
    of the values.
    """
    text, given = record.more.pop("unit_text", ""), []
    if text:
        given = [find_unit(text)]
        if given == [None]:
            raise RowError(titles[0], text, _("Unknown unit."), "unit")
    part, part_unit = split_unit(record.breakdown)
    if part_unit and part and not titles[0]:
        # 公路（万吨） in a table whose rows have units of their own.
        record.breakdown, named = part, (*named, part_unit)
    given += [unit for unit in named if unit]
    if len(set(given)) > 1 or (given and are_at_odds(given[0], around.unit)):
        message = _("The heading and the row name different units.")
        raise RowError(titles[1], text or record.raw, message, "unit")
    if given:
        return given[0]
    return None if around.unknown_unit else around.unit


def part_below_years(title: str, cell: Cell, columns) -> str:
    """A part such as 1月 if all `columns` are years; "" if the row has its own
    period.

    `title` is the folded heading of the cell.
    """
    are_years = all(column.period.isdigit() for column in columns)
    return part_in_column(title, cell) if columns and are_years else ""


def set_period(record: Record, column, titles: dict[str, str]) -> None:
    """The period from heading and row, checked against FREQ and TIME_FORMAT; or
    RowError."""
    record.period = _join_periods(record, column, "period" in titles)
    for role in ("freq", "time_format"):
        if text := record.more.pop(role, ""):
            check_frequency(text, titles[role], record.period)


def _join_periods(record: Record, column, is_dated: bool) -> str:
    """The period from heading and row: 1-9月 in the row of 2022; or RowError.

    `is_dated` says that rows have a period of their own.
    """
    if record.part:
        return part_of_year(record.part, column.period)
    period = column.period or record.period
    if column.part and not column.period:
        is_year = record.period.isdigit()
        period = part_of_year(column.part, record.period) if is_year else ""
    if (not period and column.part) or (
        is_dated and column.period not in ("", record.period)
    ):
        message = _("The heading and the row name different periods.")
        raise RowError(column.title, record.period, message, "period")
    return period
