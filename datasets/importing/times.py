"""A printed period as a period of the grammar (D3): 2022年1-9月 is 2022-01-01/P9M."""

import datetime
import re

from django.utils.translation import gettext as _

from datasets.periods import period_bounds

from .folding import fold

_CHINESE = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_ORDINALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DASH = r"[-—–~至到]+"
_YEAR = r"(?P<y>\d{4})"

_PATTERNS = (
    (re.compile(rf"{_YEAR}(?:年度?|度)?(?:底|末)?\Z"), lambda m: m["y"]),
    (
        re.compile(rf"{_YEAR}(?:年)?[-/ ]?(?:第)?(?P<q>[一二三四1-4])季度?\Z"),
        lambda m: f"{m['y']}-Q{_ORDINALS[m['q']]}",
    ),
    (
        re.compile(rf"{_YEAR}(?:年)?[-/ ]?q(?P<q>[1-4])\Z", re.I),
        lambda m: f"{m['y']}-Q{m['q']}",
    ),
    (
        re.compile(rf"q(?P<q>[1-4])[-/ ]?{_YEAR}\Z", re.I),
        lambda m: f"{m['y']}-Q{m['q']}",
    ),
    (re.compile(rf"{_YEAR}年上半年\Z"), lambda m: f"{m['y']}-S1"),
    (re.compile(rf"{_YEAR}年下半年\Z"), lambda m: f"{m['y']}-S2"),
    (re.compile(rf"{_YEAR}-?[hs](?P<h>[12])\Z", re.I), lambda m: f"{m['y']}-S{m['h']}"),
    (re.compile(rf"{_YEAR}年前三季度\Z"), lambda m: f"{m['y']}-01-01/P9M"),
    (
        re.compile(rf"{_YEAR}年(?P<a>\d{{1,2}})月?{_DASH}(?P<b>\d{{1,2}})月(?:份)?\Z"),
        lambda m: _months(m["y"], m["a"], m["b"]),
    ),
    (
        re.compile(
            rf"{_YEAR}(?:年|[-/.])m?(?P<m>\d{{1,2}})(?:月(?:份)?)?(?:底|末)?\Z", re.I
        ),
        lambda m: f"{m['y']}-{int(m['m']):02}",
    ),
    (
        re.compile(
            rf"{_YEAR}(?:年|[-/.])(?P<m>\d{{1,2}})(?:月|[-/.])(?P<d>\d{{1,2}})日?\Z"
        ),
        lambda m: f"{m['y']}-{int(m['m']):02}-{int(m['d']):02}",
    ),
    (re.compile(rf"{_YEAR}-\d\d-\d\d/p\d{{1,3}}[ymd]\Z", re.I), lambda m: m[0].upper()),
)


class NotAPeriod(ValueError):
    """A cell that names no period we could be sure of."""


def _months(year, first, last):
    first, last = int(first), int(last)
    if not 1 <= first < last <= 12:
        raise NotAPeriod(_("This period does not exist."))
    return f"{year}-{first:02}-01/P{last - first + 1}M"


def read_period(text: str) -> str:
    """A period of the grammar from what an office prints.

    Raises NotAPeriod for two-digit years, labels such as FY2022 and days that do not
    exist.
    """
    shown = re.sub(r"\s+", "", fold(text))
    shown = re.sub(r"\A(?:截至|截止|至|as of)", "", shown, flags=re.I)
    shown = re.sub(r"[〇零○一二三四五六七八九]{4}(?=年|\Z)", _western, shown)
    for pattern, write in _PATTERNS:
        if match := pattern.match(shown):
            period = write(match)
            break
    else:
        raise NotAPeriod(
            _("This is no period we know; write 2022, 2022-Q1 or 2022-05.")
        )
    try:
        start, _end = period_bounds(period)
    except (ValueError, OverflowError):
        raise NotAPeriod(_("This period does not exist.")) from None
    if not 1900 <= start.year <= 2100:
        raise NotAPeriod(_("The year is outside 1900 to 2100."))
    return period


def _western(match):
    return match[0].translate(_CHINESE)


def date_period(value: datetime.date, number_format: str) -> str:
    """The period of a date cell: only as fine as the sheet shows it."""
    # Colours, conditions and words in a format are no part of the date: [Red]"Mid" yyyy
    shown = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", number_format).lower()
    if "d" in shown:
        return value.strftime("%Y-%m-%d")
    return value.strftime("%Y-%m") if "m" in shown else value.strftime("%Y")


_NAMED = re.compile(
    r"\d{4}年(?:\d{1,2}月?[-—–至]\d{1,2}月|\d{1,2}月|第?[一二三四]季度|[上下]半年)?"
    r"|\b(?:19|20)\d{2}\b"
)


def find_period(text: str) -> str:
    """The one period named in a title, "" when it names none or more than one."""
    shown = fold(text)
    if re.search(rf"\d{{4}}年?{_DASH}\d{{4}}", shown):
        return ""
    found = set(_NAMED.findall(shown))
    if len(found) != 1:
        return ""
    try:
        return read_period(found.pop())
    except NotAPeriod:
        return ""
