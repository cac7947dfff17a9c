"""Reads a date as far as it is known, in every spelling; both kinds of import use
it."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cbec_site.base.dates import parse_partial_date
from datasets.spreadsheets.folding import fold

from .times import PeriodError, UnknownSpellingError, as_written

_DATE_HELP = gettext_lazy("Write 2021, 2021-03 or 2021-03-19.")
_TIME = re.compile(r"[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\Z", re.ASCII)
# 2024.3.19. and the 19th of March 2024
_SAID_BESIDE = re.compile(
    r"(?<=\d[-./]\d)\.\Z|(?<=\d[-./]\d\d)\.\Z|\Athe |(?<=\d(?:st|nd|rd|th)) of(?= )",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r" ?\(?(?:星期|周)[一二三四五六日天]\)?\Z")
# Words that make a date less certain than it is printed.
_VAGUE = re.compile(r"\A(?:截至|截止|至|as of)|[底末度]\Z", re.IGNORECASE)


def read_date(text: str) -> str:
    """2021, 2021-03 or 2021-03-19: a day as far as it is known, in every spelling.

    Raises PeriodError for any other kind of period, and for a number that only a
    spreadsheet program would read as a day.
    """
    plain = _SAID_BESIDE.sub("", _WEEKDAY.sub("", _TIME.sub("", fold(text))))
    if re.fullmatch(r"\d{5}(?:\.\d+)?", plain, re.ASCII):
        message = _("Only a spreadsheet program would read this number as a date.")
        raise PeriodError(f"{message} {_DATE_HELP}")
    try:
        date = as_written(plain)
    except UnknownSpellingError:
        raise PeriodError(str(_DATE_HELP)) from None
    if _VAGUE.search(plain) or not re.fullmatch(r"\d{4}(-\d\d){0,2}", date):
        raise PeriodError(str(_DATE_HELP))
    if int(date[:4]) < 1900:
        raise PeriodError(_("The year is before 1900."))
    try:
        parse_partial_date(date)
    except ValueError:
        raise PeriodError(_("This day does not exist.")) from None
    return date
