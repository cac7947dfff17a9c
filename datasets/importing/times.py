"""Turns a printed period into one of the grammar: 2022年1-9月 is 2022-01-01/P9M."""

import itertools
import re
from functools import lru_cache

from django.utils.translation import gettext as _

from datasets.english_months import ANY_NAMES, month_number
from datasets.periods import period_bounds
from datasets.spreadsheets.folding import figure_of_another_size, fold
from datasets.spreadsheets.sheets import Cell

_CHINESE = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_ORDINALS = {"一": 1, "二": 2, "三": 3, "四": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_ORDINALS |= {"first": 1, "second": 2, "third": 3, "fourth": 4}
_ORDINALS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_TENS = (
    "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十"
)
_TENS += " 二十一 二十二 二十三 二十四 二十五 二十六 二十七 二十八 二十九 三十 三十一"
_NUMERALS = {word: place for place, word in enumerate(_TENS.split(), 1)}
_NUMERALS |= {
    f"廿{word}": 20 + place for word, place in _NUMERALS.items() if place < 10
}
_ENGLISH_MONTH = rf"(?P<n>{ANY_NAMES})"
_DASH = r"[-—–~至到]+"
_YEAR = r"(?P<y>\d{4})"
_Q = r"(?P<q>[一二三四1-4]|i{1,3}|iv)"


class PeriodError(ValueError):
    """A cell does not name a period unambiguously."""


def _ordinal(text):
    return int(text) if text.isdigit() else _ORDINALS[text.lower()]


def _year(match):
    return match["y"]


class UnknownSpellingError(PeriodError):
    """A cell is not written like any period."""


def _quarter(match):
    return f"{match['y']}-Q{_ordinal(match['q'])}"


def _quarters(match):
    first, last = _ordinal(match["a"]), _ordinal(match["b"])
    return _months(match["y"], first * 3 - 2, last * 3)


def _half(match):
    return f"{match['y']}-S{_ordinal(match['h'])}"


def _month(match):
    return f"{match['y']}-{int(match['m']):02}"


def _slash_month(match):
    if int(match["m"]) == (int(match["y"]) + 1) % 100:
        # 2010/11 is the year from 2010 to 2011 as often as November.
        raise PeriodError(
            _(
                "A month, or a year that spans two calendar years? Write 2010-11 "
                "for a month, or the first day and the length: 2010-07-01/P12M."
            )
        )
    return _month(match)


def _named_month(match):
    return f"{match['y']}-{month_number(match['n']):02}"


def _named_months(match):
    return _months(match["y"], month_number(match["n"]), month_number(match["o"]))


def _day(match):
    return f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}"


def _named_day(match):
    return f"{match['y']}-{month_number(match['n']):02}-{int(match['d']):02}"


def _range(match):
    return _months(match["y"], int(match["a"]), int(match["b"]))


def _first_months(match):
    return _months(match["y"], 1, int(match["b"]))


def _same_year(match):
    if match["y"] != match["z"]:
        raise PeriodError(_("This period runs over more than one year."))
    return _range(match)


def _months(year, first, last):
    if not 1 <= first < last <= 12:
        raise PeriodError(_("This period does not exist."))
    return f"{year}-{first:02}-01/P{last - first + 1}M"


# How a period may be printed, and its normal form. The separators of year, month and
# day have to be the same: 2022.1-9 is not a day and could be meant as a range.
_PATTERNS = tuple(
    (re.compile(rf"(?:{pattern})\Z", re.ASCII | re.IGNORECASE), write)
    for pattern, write in (
        (rf"{_YEAR}(?:年度?|度)?(?:底|末|全年)?", _year),
        (rf"{_YEAR}-a1", _year),
        (rf"{_YEAR}\[yr(?P=y)\]", _year),
        (rf"{_YEAR}年?[-/ ]?第?{_Q}季度?", _quarter),
        (rf"{_YEAR}年?[-/ ]?q(?P<q>[1-4])", _quarter),
        (rf"q(?P<q>[1-4])[-/ ]?{_YEAR}", _quarter),
        (rf"(?P<q>[1-4])q ?{_YEAR}", _quarter),
        (
            r"(?P<q>first|second|third|fourth|1st|2nd|3rd|4th) ?quarter ?(?:of ?)?"
            + _YEAR,
            _quarter,
        ),
        (
            rf"{_YEAR}年第?(?P<a>[一二三1-3]){_DASH}第?(?P<b>[二三四2-4])季度(?:累计)?",
            _quarters,
        ),
        (rf"{_YEAR}年?上半年", lambda match: f"{match['y']}-S1"),
        (rf"{_YEAR}年?下半年", lambda match: f"{match['y']}-S2"),
        (rf"{_YEAR}-?[hs](?P<h>[12])", _half),
        (rf"[hs](?P<h>[12])[-/ ]?{_YEAR}", _half),
        (rf"(?P<h>[12])h ?{_YEAR}", _half),
        (rf"(?P<h>first|second)half(?:of)?{_YEAR}", _half),
        (
            rf"{_YEAR}年?前[三3]季度(?:累计)?",
            lambda match: f"{match['y']}-01-01/P9M",
        ),
        (rf"{_YEAR}年[前头](?P<b>\d{{1,2}})个?月(?:累计)?", _first_months),
        (rf"{_YEAR}年(?P<a>\d{{1,2}})月?{_DASH}(?P<b>\d{{1,2}})月份?(?:累计)?", _range),
        (
            rf"{_YEAR}(?:年|[-./])(?P<a>\d{{1,2}})月?{_DASH}"
            r"(?P<z>\d{4})(?:年|[-./])(?P<b>\d{1,2})月?(?:累计)?",
            _same_year,
        ),
        (rf"{_YEAR}年(?P<m>\d{{1,2}})月份?(?:底|末)?", _month),
        (rf"{_YEAR}/(?P<m>\d{{1,2}})", _slash_month),
        (rf"{_YEAR}(?:[-/]m?|m|\.)(?P<m>\d{{1,2}})", _month),
        (rf"{_ENGLISH_MONTH}[-., ]*{_YEAR}", _named_month),
        (rf"{_YEAR}[-., ]*{_ENGLISH_MONTH}", _named_month),
        (
            rf"{_ENGLISH_MONTH}\.?(?:{_DASH}|to)(?P<o>{ANY_NAMES})[., ]*{_YEAR}",
            _named_months,
        ),
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
    """The period of the grammar for a period as printed.

    Raises PeriodError for two-digit years, labels such as FY2022, what could be two
    periods (2010/11), and days that do not exist.
    """
    period, fault = _read(text)
    if fault is not None:
        raise PeriodError(fault)
    return period


def period_of(text: str) -> str:
    """The period that a text names; "" if it is something else."""
    return _read(text)[0]


def _read(text):
    """(period, None), or ("", the error)."""
    try:
        return _written(_in_figures(text)), None
    except PeriodError as error:
        return "", str(error)


def _written(plain):
    period = _spelled_out(plain)
    try:
        start, end = period_bounds(period)
    except (ValueError, OverflowError):
        raise PeriodError(_("This period does not exist.")) from None
    if not 1900 <= start.year <= end.year <= 2100:
        raise PeriodError(_("The year is outside 1900 to 2100."))
    return period


def as_written(text: str) -> str:
    """The period of a spelling, even if there is no such day; or PeriodError."""
    return _spelled_out(_in_figures(text))


def _spelled_out(plain):
    for pattern, write in _PATTERNS:
        if match := pattern.match(plain):
            return write(match)
    raise UnknownSpellingError(
        _("This period is not recognised; write 2022, 2022-Q1 or 2022-05.")
    )


def _in_figures(text):
    """A period without spaces and leading words, Chinese numerals turned into
    digits."""
    if char := figure_of_another_size(text):
        raise PeriodError(
            _("Write a footnote mark as [1]; %s could be taken for a digit.") % char
        )
    plain = plain_figures(fold(text))
    plain = re.sub(r"\A(?:截至|截止|至|as of)", "", plain, flags=re.IGNORECASE)
    if re.fullmatch(r"\d{4}\.1", plain):
        # A sheet that takes 2022.10 for a number stores it as 2022.1.
        raise PeriodError(_("January or October? Write 2022-01 or 2022-10."))
    return plain


def plain_figures(text: str) -> str:
    """A date or period without spaces, Chinese numerals turned into digits."""
    # Digits with spaces between them are not one number.
    return western_figures(re.sub(r"(?<!\d) | (?!\d)", "", text))


def western_figures(text: str) -> str:
    """A text with the Chinese numerals of its dates turned into digits:
    二〇一二年一至八月."""
    text = re.sub(r"[〇零○一二三四五六七八九]{4}(?=年|\Z)", _western, text)
    return re.sub(
        r"(?<=[年月至到—–-])[一二三四五六七八九十廿]{1,3}(?=[月日号至到—–-])",
        _small_number,
        text,
    )


def _western(match):
    return match[0].translate(_CHINESE)


def _small_number(match):
    return str(_NUMERALS.get(match[0], match[0]))


@lru_cache(4096)
def part_of_year(text: str, year: str) -> str:
    """The period that 1-9月, 一季度 or May is of a year.

    "" if the text is not a part of a year, or names its year itself.
    """
    if period_of(text):
        return ""
    period = period_of(f"{year}年{text}") or period_of(f"{text} {year}")
    return "" if period == year else period


def period_of_row(cells: list[tuple[str, Cell]], around: str) -> str:
    """The period that one row's cells name together, each with its folded heading.

    Year and month may be in separate columns, or a line above the table gives the year;
    `around` is the period of that line. "" if there is no period. Raises PeriodError.
    """
    written = [_spelled(title, cell) for title, cell in cells if cell.plain]
    if not written:
        return "" if cells else around
    if len(written) == 1:
        return _part(written[0], around[:4]) or read_period(written[0])
    full = list(filter(None, map(period_of, written)))
    parts = list(itertools.filterfalse(period_of, written))
    together = _together(full, parts, around[:4]) if parts else _of_one_year(full)
    if not together:
        raise PeriodError(_("The columns of this row name different periods."))
    return together


def _part(text, year):
    return part_of_year(text, year) if year else ""


def _of_one_year(full):
    """The period of a column with the year and one that names year and month; "" for
    any others."""
    if len(full) != 2 or full[0][:4] != full[1][:4]:
        return ""
    within = [period for period in full if not period.isdigit()]
    return within[0] if len(within) == 1 else ""


def _together(full, parts, around):
    """The period of a year and a part of it; "" if they do not form a single one."""
    if len(full) > 1 or len(parts) > 1:
        return ""
    year = full[0] if full else around
    return part_of_year(parts[0], year) if year.isdigit() else ""


def part_in_column(title: str, cell: Cell) -> str:
    """A part of a year without its year (1月, 一季度) in a column of periods, else
    ""; `title` is the folded heading."""
    shown = _spelled(title, cell)
    return shown if part_of_year(shown, "2000") else ""


def _spelled(title, cell):
    """Spell out bare numbers: 5 in a column of months is May, 1 in one of quarters
    Q1."""
    plain = cell.plain
    # 1² is the month 1 with a footnote mark, and not the month 12.
    if re.fullmatch(r"\d{1,2}", plain, re.ASCII) and not figure_of_another_size(
        cell.text
    ):
        if re.fullmatch("月份?|months?", title, re.IGNORECASE):
            return f"{plain}月"
        if re.fullmatch("季度?|quarters?", title, re.IGNORECASE):
            return f"{plain}季度"
    return cell.text
