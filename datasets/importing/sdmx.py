"""Columns of SDMX-CSV and of statistical offices that change what a value means."""

import re
from itertools import pairwise

from django.utils.translation import gettext as _

from datasets.units import CURRENCIES, Unit

from .dimensions import check_dimensions
from .printed_units import find_unit, scale_of, unit_of
from .reading_result import RowError

# Merge, append and information: each keeps what the file does not mention.
_MERGES = ("", "m", "merge", "a", "append", "i", "information")
_FREE = ("", "f", "free", "可公开", "公开")
_CONFIDENTIAL = (
    "c",
    "n",
    "a",
    "o",
    "t",
    "g",
    "m",
    "r",
    "s",
    "d",
    "confidential",
    "不公开",
)
_SCALES = {
    "units": 0, "unit": 0, "ones": 0, "thousands": 3, "thousand": 3, "millions": 6,
    "million": 6, "billions": 9, "billion": 9, "trillions": 12, "trillion": 12,
    "个": 0, "千": 3, "万": 4, "百万": 6, "亿": 8, "十亿": 9, "万亿": 12,
}  # fmt: skip
# Marks that Eurostat sets beside a value, as codes of OBS_STATUS.
_FLAGS = {
    "p": "P",
    "e": "E",
    "s": "E",
    "b": "B",
    "d": "D",
    "f": "F",
    "u": "U",
    "n": "N",
}


def check_action(text: str) -> None:
    """Raises RowError for a row to be deleted or replaced: files can only add and
    merge."""
    if text.lower() not in _MERGES:
        message = _(
            "Rows can only be added or merged (ACTION M, A or I); delete or "
            "replace a value on its page."
        )
        raise RowError("ACTION", text, message, "action")


def is_free(text: str) -> bool:
    """Whether CONF_STATUS lets a value be published; RowError for an unknown code."""
    code = text.split(":", maxsplit=1)[0].strip().lower()
    if code not in (*_FREE, *_CONFIDENTIAL):
        raise RowError("CONF_STATUS", text, _("Unknown status; use F or C."), "status")
    return code in _FREE


def status_of_flag(text: str) -> str:
    """The code of OBS_STATUS that a flag stands for; RowError for an unknown flag."""
    if text.lower() not in _FLAGS:
        message = _("Unknown status; use a code such as A, P or O.")
        raise RowError("OBS_FLAG", text, message, "status")
    return _FLAGS[text.lower()]


def name_columns(columns) -> None:
    """Treat columns after codes as their names, which SDMX-CSV 2 adds on request.

    They follow the code (REF_AREA, Reference area) if the file has the column
    STRUCTURE_NAME.
    """
    if not any(column.title.lower() == "structure_name" for column in columns):
        return
    for before, column in pairwise(columns):
        is_code = re.fullmatch("[A-Z][A-Z0-9_]+", before.title)
        if is_code and re.search("[a-z]", column.title) and before.role:
            column.role, column.series, column.period = "label", "", ""


def read_row(more: dict[str, str], titles: dict[str, str]) -> list[tuple[str, str]]:
    """Apply ACTION, CONF_STATUS and flags to the fields of a row; or RowError.

    `titles` are the headings by role. Returns the (title, code) of dimensions that mean
    an ordinary value.
    """
    check_action(more.pop("action", ""))
    if not is_free(more.pop("conf_status", "")):
        more["is_published"] = "no"
    if "status" in more:
        # P: Provisional value
        more["status"] = more["status"].split(":", maxsplit=1)[0].strip()
    if flag := more.pop("flag", ""):
        status = status_of_flag(flag)
        if more.setdefault("status", status).upper() != status:
            message = _("The flag of this value and the status of its row differ.")
            raise RowError(titles.get("flag", "OBS_FLAG"), flag, message, "status")
    return check_dimensions(more, titles)


def with_multiplier(unit, more: dict[str, str], chosen):
    """The unit multiplied by UNIT_MULT, SCALE or 系数 of the row; `unit` without these.

    `chosen` is the unit for the whole file, for rows that have none. RowError if the
    two do not fit together.
    """
    columns = [(role, more.pop(role)) for role in _READERS if role in more]
    if not columns:
        return unit
    exponents = {_exponent(role, text) for role, text in columns}
    text = ", ".join(text for _role, text in columns)
    if len(exponents) > 1:
        raise RowError(
            "UNIT_MULT", text, _("These columns name different scales."), "unit"
        )
    exponent, base = exponents.pop(), unit or chosen
    if base is None:
        message = _("A scale without a unit: add a column with the unit.")
        raise RowError("UNIT_MULT", text, message, "unit")
    dimension, scale = scale_of(base)
    if scale and (exponent or unit is None):
        message = _("The unit has a scale of its own; one of the two is wrong.")
        raise RowError("UNIT_MULT", text, message, "unit")
    return unit_of(dimension, exponent) if exponent else base


def check_currency(unit, more: dict[str, str]) -> None:
    """Raises RowError if the currency of a row (币种) is not that of its `unit`."""
    text = more.pop("currency", "").split(":", maxsplit=1)[0]
    if not text:
        return
    currency = scale_of(find_unit(text) or (Unit.COUNT, 0))
    if currency[0] not in CURRENCIES or currency[1]:
        raise RowError("CURRENCY", text, _("Unknown currency."), "unit")
    dimension = scale_of(unit)[0] if unit else ""
    if dimension in ("", *CURRENCIES) and dimension != currency[0]:
        message = _("The unit of this row is of another currency, or missing.")
        raise RowError("CURRENCY", text, message, "unit")


def _exponent(role, text):
    exponent = _READERS[role](re.sub(r":.*", "", text).strip().replace(",", "").lower())
    if exponent is None or not 0 <= exponent <= 15:
        message = _("Unknown scale; write the power of ten, such as 8 for 亿.")
        raise RowError("UNIT_MULT", text, message, "unit")
    return exponent


def _power(text):
    return int(text) if re.fullmatch(r"\d{1,2}", text, re.ASCII) else None


def _factor(text):
    """The power of ten of a factor: 4 for 10000."""
    return len(text) - 1 if re.fullmatch("10*", text) else _SCALES.get(text)


def _scale(text):
    """The power of ten of a scale given in words, as a power or as a factor."""
    if text in _SCALES:
        return _SCALES[text]
    if re.fullmatch(r"1000+", text):
        return len(text) - 1
    return int(text) if text in ("0", "3", "6", "9", "12") else None


_READERS = {"unit_mult": _power, "scale": _scale, "factor": _factor}
