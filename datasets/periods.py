"""The grammar of TIME_PERIOD: year, half-year, quarter, month, day, range."""

import calendar
import datetime
import re

_YEAR = re.compile(r"(\d{4})\Z", re.ASCII)
_HALF = re.compile(r"(\d{4})-S([12])\Z", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-Q([1-4])\Z", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z", re.ASCII)
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})/P(\d{1,3})([YMD])\Z", re.ASCII)

# How a breakdown names the base year of a value: base=2019.
BASE = "base="


def has_base(breakdown: str) -> bool:
    """Whether a breakdown means growth or increase over a base year."""
    return breakdown.startswith(BASE)


def period_bounds(text: str) -> tuple[datetime.date, datetime.date]:
    """First and last day of a period such as 2022, 2022-Q1 or 2022-01-01/P9M.

    Raises ValueError for text outside the grammar and for impossible dates.
    """
    if match := _YEAR.match(text):
        return _months(int(match[1]), 1, 12)
    if match := _HALF.match(text):
        return _months(int(match[1]), int(match[2]) * 6 - 5, 6)
    if match := _QUARTER.match(text):
        return _months(int(match[1]), int(match[2]) * 3 - 2, 3)
    if match := _MONTH.match(text):
        return _months(int(match[1]), int(match[2]), 1)
    if match := _DAY.match(text):
        day = datetime.date(*map(int, match.groups()))
        return day, day
    if match := _RANGE.match(text):
        start = datetime.date.fromisoformat(match[1])
        count = int(match[2])
        if count == 0:
            raise ValueError(text)
        if match[3] == "D":
            return start, start + datetime.timedelta(days=count - 1)
        return start, _shift(start, count * (12 if match[3] == "Y" else 1))
    raise ValueError(text)


def _months(year, month, count):
    start = datetime.date(year, month, 1)
    return start, _shift(start, count)


def _shift(start, months):
    """The last day of a span of whole months."""
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    day = min(start.day, calendar.monthrange(year, month)[1])
    return datetime.date(year, month, day) - datetime.timedelta(days=1)
