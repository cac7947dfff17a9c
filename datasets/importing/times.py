"""A printed period as a period of the grammar (D3): 2022年1-9月 is 2022-01-01/P9M."""

import datetime
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cbec_site.base.dates import parse_partial_date
from datasets.periods import period_bounds
from datasets.spreadsheets.folding import figure_of_another_size, fold

_CHINESE = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_ORDINALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTHS = "一 二 三 四 五 六 七 八 九 十 十一 十二".split()
_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ENGLISH_MONTH = (
    r"(?P<n>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE_HELP = gettext_lazy("Write 2021, 2021-03 or 2021-03-19.")
_DASH = r"[-—–~至到]+"
_YEAR = r"(?P<y>\d{4})"


class NotAPeriod(ValueError):
    """A cell that names no period we could be sure of."""


class UnknownSpelling(NotAPeriod):
    """A cell that is printed as no period is."""


def _quarter(match):
    return f"{match['y']}-Q{_ORDINALS[match['q']]}"


def _month(match):
    return f"{match['y']}-{int(match['m']):02}"


def _named_month(match):
    return f"{match['y']}-{_ENGLISH.index(match['n'][:3].lower()) + 1:02}"


def _day(match):
    return f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}"


def _named_day(match):
    month = _ENGLISH.index(match["n"][:3].lower()) + 1
    return f"{match['y']}-{month:02}-{int(match['d']):02}"


def _range(match):
    first, last = int(match["a"]), int(match["b"])
    if not 1 <= first < last <= 12:
        raise NotAPeriod(_("This period does not exist."))
    return f"{match['y']}-{first:02}-01/P{last - first + 1}M"


# How a period may be printed, and how it is written then. Signs between year, month
# and day are all the same: 2022.1-9 is no day, and could be meant as a range.
_PATTERNS = tuple(
    (re.compile(rf"(?:{pattern})\Z", re.ASCII | re.IGNORECASE), write)
    for pattern, write in (
        (rf"{_YEAR}(?:年度?|度)?(?:底|末)?", lambda match: match["y"]),
        (rf"{_YEAR}年?[-/ ]?第?(?P<q>[一二三四1-4])季度?", _quarter),
        (rf"{_YEAR}年?[-/ ]?q(?P<q>[1-4])", _quarter),
        (rf"q(?P<q>[1-4])[-/ ]?{_YEAR}", _quarter),
        (rf"{_YEAR}年?上半年", lambda match: f"{match['y']}-S1"),
        (rf"{_YEAR}年?下半年", lambda match: f"{match['y']}-S2"),
        (rf"{_YEAR}-?[hs](?P<h>[12])", lambda match: f"{match['y']}-S{match['h']}"),
        (
            rf"{_YEAR}年?前[三3]季度(?:累计)?",
            lambda match: f"{match['y']}-01-01/P9M",
        ),
        (rf"{_YEAR}年(?P<a>\d{{1,2}})月?{_DASH}(?P<b>\d{{1,2}})月份?(?:累计)?", _range),
        (rf"{_YEAR}年(?P<m>\d{{1,2}})月份?(?:底|末)?", _month),
        (rf"{_YEAR}(?:[-/]m?|\.)(?P<m>\d{{1,2}})", _month),
        (rf"{_ENGLISH_MONTH}[-., ]*{_YEAR}", _named_month),
        (rf"{_YEAR}[-., ]*{_ENGLISH_MONTH}", _named_month),
        (rf"{_YEAR}年(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})[日号]?", _day),
        (rf"{_YEAR}(?P<m>\d\d)(?P<d>\d\d)", _day),
        (rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_ENGLISH_MONTH}[., ]*{_YEAR}", _named_day),
        (
            rf"{_ENGLISH_MONTH}\.?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[, ]+{_YEAR}",
            _named_day,
        ),
        (rf"{_YEAR}(?P<s>[-/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})", _day),
        (rf"{_YEAR}-\d\d-\d\d/p\d{{1,3}}[ymd]", lambda match: match[0].upper()),
    )
)


def read_period(text: str) -> str:
    """A period of the grammar from what an office prints.

    Raises NotAPeriod for two-digit years, labels such as FY2022 and days that do not
    exist.
    """
    period = _as_written(text)
    try:
        start, end = period_bounds(period)
    except (ValueError, OverflowError):
        raise NotAPeriod(_("This period does not exist.")) from None
    if not 1900 <= start.year <= end.year <= 2100:
        raise NotAPeriod(_("The year is outside 1900 to 2100."))
    return period


def _as_written(text):
    """What a spelling stands for, whether or not there is such a period."""
    shown = _in_figures(text)
    for pattern, write in _PATTERNS:
        if match := pattern.match(shown):
            return write(match)
    raise UnknownSpelling(
        _("This is no period we know; write 2022, 2022-Q1 or 2022-05.")
    )


def _in_figures(text):
    """A period without blanks and words before it, Chinese numerals as figures."""
    if char := figure_of_another_size(text):
        raise NotAPeriod(
            _("Write a footnote mark as [1]; %s could be taken for a figure.") % char
        )
    # Figures that stand apart are not one number.
    shown = re.sub(r"(?<!\d) | (?!\d)", "", fold(text))
    shown = re.sub(r"\A(?:截至|截止|至|as of)", "", shown, flags=re.I)
    shown = re.sub(r"[〇零○一二三四五六七八九]{4}(?=年|\Z)", _western, shown)
    shown = re.sub(r"(?<=年)[一二三四五六七八九十]{1,2}(?=月)", _western_month, shown)
    shown = re.sub(r"(?<=月)[一二三四五六七八九十廿卅]{1,3}(?=日)", _western_day, shown)
    if re.fullmatch(r"\d{4}\.1", shown):
        # A sheet that takes 2022.10 for a number keeps it as 2022.1.
        raise NotAPeriod(_("January or October? Write 2022-01 or 2022-10."))
    return shown


def _western(match):
    return match[0].translate(_CHINESE)


def _western_month(match):
    name = match[0]
    return str(_MONTHS.index(name) + 1) if name in _MONTHS else name


def _western_day(match):
    """十九 is 19, 二十一 and 廿一 are 21; what is no number stays."""
    name = match[0].replace("廿", "二十").replace("卅", "三十")
    found = re.fullmatch("([二三]?)(十?)([一二三四五六七八九]?)", name)
    if not found or (found[1] and not found[2]):
        return match[0]
    tens = int((found[1] or "一").translate(_CHINESE)) if found[2] else 0
    return str(tens * 10 + int((found[3] or "〇").translate(_CHINESE)))


_TIME = re.compile(r"[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\Z", re.ASCII)
_WEEKDAY = re.compile(r" ?\(?(?:星期|周)[一二三四五六日天]\)?\Z")
# Words that make a day or a year less sure than it is printed.
_VAGUE = re.compile(r"\A(?:截至|截止|至|as of)|[底末度]\Z", re.IGNORECASE)


def read_date(text: str) -> str:
    """2021, 2021-03 or 2021-03-19: a day as far as it is known, in every spelling.

    Raises NotAPeriod for whatever else a period may be, and for a number that stands
    for a day only in a spreadsheet program.
    """
    shown = _WEEKDAY.sub("", _TIME.sub("", fold(text)))
    if re.fullmatch(r"\d{5}(?:\.\d+)?", shown, re.ASCII):
        message = _("A number that only a spreadsheet program takes for a day.")
        raise NotAPeriod(f"{message} {_DATE_HELP}")
    try:
        date = _as_written(shown)
    except UnknownSpelling:
        raise NotAPeriod(str(_DATE_HELP)) from None
    if _VAGUE.search(shown) or not re.fullmatch(r"\d{4}(-\d\d){0,2}", date):
        raise NotAPeriod(str(_DATE_HELP))
    try:
        parse_partial_date(date)
    except ValueError:
        raise NotAPeriod(_("This day does not exist.")) from None
    return date


def part_of_year(text: str, year: str) -> str:
    """The period that 1-9月, 一季度 or May is of a year.

    "" where the text is no part of a year, or names its year itself.
    """
    if not fold(text) or period_of(text):
        return ""
    period = period_of(f"{year}年{text}") or period_of(f"{text} {year}")
    return "" if period == year else period


def period_of_row(cells: list[tuple[str, str]], around: str) -> str:
    """The period that (heading, text) of one row's cells name together.

    A year and a month stand in columns of their own, or the line above the table gives
    the year; `around` is its period. "" when nothing is said. Raises NotAPeriod.
    """
    written = [_spelled(title, text) for title, text in cells if fold(text)]
    if not written:
        return "" if cells else around
    full = [period for text in written if (period := period_of(text))]
    parts = [text for text in written if not period_of(text)]
    if len(written) == 1 and not (around and part_of_year(written[0], around[:4])):
        return read_period(written[0])
    if len(full) == 2 and len({period[:4] for period in full}) == 1 and not parts:
        # The year, and a month that names its year too.
        full = [period for period in full if not period.isdigit()]
    year = full[0] if full else around[:4]
    if len(full) <= 1 and len(parts) <= 1:
        found = part_of_year(parts[0], year) if parts and year.isdigit() else ""
        if found or not parts:
            return found or year
    raise NotAPeriod(_("The columns of this row name no single period."))


def _spelled(title, text):
    """A bare 5 in a column of months is May; of quarters, 1 is the first."""
    shown = fold(text)
    if re.fullmatch(r"\d{1,2}", shown, re.ASCII):
        if re.fullmatch("月份?|months?", fold(title), re.IGNORECASE):
            return f"{shown}月"
        if re.fullmatch("季度?|quarters?", fold(title), re.IGNORECASE):
            return f"{shown}季度"
    return text


def period_of(text: str) -> str:
    """The period a text is, "" when it is something else."""
    try:
        return read_period(text)
    except NotAPeriod:
        return ""


def date_period(value: datetime.date, number_format: str) -> str:
    """The period of a date cell: only as fine as the sheet shows it.

    Where it shows no year, nobody meant the one that is stored: 1-9 typed into a cell
    becomes the 9th of January of that day's year. What comes back is then no period.
    """
    # Colours, conditions and words in a format are no part of the date: [Red]"Mid" yyyy
    shown = re.sub(r'\[[^\]]*\]|"[^"]*"|[\\_*].', "", number_format).lower()
    if re.search(r"[hs]", shown) and "d" not in shown:
        return value.strftime("%H:%M:%S")
    if not re.search(r"[ye]", shown):
        return value.strftime("%m-%d")
    if "d" in shown:
        return value.strftime("%Y-%m-%d")
    return value.strftime("%Y-%m") if "m" in shown else value.strftime("%Y")


_NAMED = re.compile(
    r"\d{4}年(?:\d{1,2}月?[-—–~至]\d{1,2}月|\d{1,2}月|第?[一二三四1-4]季度|[上下]半年"
    r"|前[三3]季度)?|\b(?:19|20)\d{2}\b",
    re.ASCII,
)


def find_period(text: str) -> str:
    """The one period named in a title, "" when it names none or more than one."""
    shown = fold(text)
    if re.search(rf"\d{{4}}年?{_DASH}\d{{4}}", shown):
        return ""
    found = set(_NAMED.findall(shown))
    return period_of(found.pop()) if len(found) == 1 else ""
