"""Dates of known precision and periods, as codes and in words."""

import datetime
import re

from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _


class DatePrecision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


def parse_partial_date(text):
    """Turn 2021, 2021-03 or 2021-03-19 into (date, precision); "" into (None, "").

    The date is the first day of what is known. Raises ValueError for other text.
    """
    if not text:
        return None, ""
    parts = [int(part) for part in text.split("-")]
    precision = {1: "year", 2: "month", 3: "day"}.get(len(parts))
    if precision is None:
        raise ValueError(text)
    return datetime.date(*[*parts, 1, 1][:3]), precision


def machine_time(value) -> str:
    """A day or moment for the `datetime` attribute of HTML: to the second."""
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    return localtime(value).isoformat(timespec="seconds")


def partial_date_text(value, precision):
    """A date as far as it is known: 2021, 2021-03 or 2021-03-19."""
    if value is None:
        return ""
    return value.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def partial_date(value):
    """A date of known precision: 2021, 2021-03 or 2021-03-19 in the page's words."""
    if not value:
        return ""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return gettext("%(year)d") % {"year": parts[0]}
    day = datetime.date(*[*parts, 1][:3])
    return date_format(day, "DATE_FORMAT" if len(parts) == 3 else "YEAR_MONTH_FORMAT")


# Several months, the first of them by its first day: 2022-01-01/P9M.
_MONTHS = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-01/P(\d{1,3})M")


def _months(year, month, length):
    """January to September 2022, July 2022 to June 2023, July 2022."""
    if length <= 1:
        return partial_date(f"{year}-{month:02}")
    years, last = divmod(month - 1 + length - 1, 12)
    if month == 1 and not years:
        # A name in English, a number in Chinese.
        form = pgettext("format of the last of several months", "F")
        return gettext("January to %(month)s %(year)s") % {
            "month": date_format(datetime.date(year, last + 1, 1), form),
            "year": year,
        }
    return gettext("%(first)s to %(last)s") % {
        "first": partial_date(f"{year}-{month:02}"),
        "last": partial_date(f"{year + years}-{last + 1:02}"),
    }


def period(value):
    """A period of the grammar in words: 2022-Q1, 2022-01-01/P9M, 2022-11, 2022."""
    if not value:
        return gettext("not dated")
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return gettext("Q%(quarter)s %(year)s") % {
            "year": match[1],
            "quarter": match[2],
        }
    if match := re.fullmatch(r"(\d{4})-S([12])", value):
        return gettext("H%(half)s %(year)s") % {"year": match[1], "half": match[2]}
    if match := _MONTHS.fullmatch(value):
        return _months(*map(int, match.groups()))
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
        return partial_date(value)
    return value
