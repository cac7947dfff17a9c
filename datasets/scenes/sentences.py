"""Describes a chart in a sentence for each series."""

from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from django.utils.translation import get_language, gettext

from cbec_site.base.dates import partial_date
from cbec_site.base.languages import CHINESE, sign

SUMMARISED = 3
# From this percentage on, a change is given without decimals.
WHOLE_FROM = 10
# From this percentage on, a change reads better as a multiple.
TIMES_FROM = 1000


def summary(panels) -> str:
    """First and last value, change, peak and gap of the first series."""
    series = [one for panel in panels for one in panel.series if one.marks]
    return _joined([_sentence(one) for one in series[:SUMMARISED]])


def _joined(sentences):
    """Join sentences; in Chinese without spaces between them."""
    return ("" if get_language() == CHINESE.code else " ").join(sentences)


def _sentence(series):
    first, last = series.marks[0], series.marks[-1]
    peak = max(series.marks, key=lambda mark: mark.value)
    values = {
        "series": series.title + bracketed(series.unit),
        "first": first.label,
        "first_period": _in_sentence(first.period),
        "last": last.label,
        "last_period": _in_sentence(last.period),
        "peak": peak.label,
        "peak_period": _in_sentence(peak.period),
        "change": change(series),
    }
    if series.kind == "part":
        return (
            gettext("%(series)s: the largest part is %(peak_period)s with %(peak)s.")
            % values
        )
    if first is last:
        return gettext("%(series)s: %(first)s in %(first_period)s.") % values
    told = _course(values, peak.value not in (first.value, last.value)) % values
    missing = missing_years(series)
    if missing:
        gap = gettext("No values for %(years)s.") % {"years": _listed(missing)}
        told = _joined([told, gap])
    return told


def _listed(years):
    """The years of a gap: 2019, 2020, 2023; many consecutive ones as 1990 to 1999."""
    if len(years) > 3 and int(years[-1]) - int(years[0]) == len(years) - 1:
        ends = {"first": _in_sentence(years[0]), "last": _in_sentence(years[-1])}
        return gettext("%(first)s to %(last)s") % ends
    return sign("、").join(map(_in_sentence, years))


def _in_sentence(period):
    """A bare year as a sentence names it: 2022 in English, 2022年 in Chinese."""
    is_year = len(period) == 4 and period.isdecimal()
    return partial_date(period) if is_year else period


def bracketed(text):
    """A text in the brackets of the reader's language; "" if it is empty."""
    return f"{sign(' (')}{text}{sign(')')}" if text else ""


def _course(values, has_peak):
    """The sentence from the first value to the last, with change and peak if any."""
    if has_peak and values["change"]:
        return gettext(
            "%(series)s: from %(first)s in %(first_period)s to %(last)s in "
            "%(last_period)s (%(change)s); highest %(peak)s in %(peak_period)s."
        )
    if has_peak:
        return gettext(
            "%(series)s: from %(first)s in %(first_period)s to "
            "%(last)s in %(last_period)s; highest %(peak)s in "
            "%(peak_period)s."
        )
    if values["change"]:
        return gettext(
            "%(series)s: from %(first)s in %(first_period)s to %(last)s in "
            "%(last_period)s (%(change)s)."
        )
    return gettext(
        "%(series)s: from %(first)s in %(first_period)s to %(last)s in %(last_period)s."
    )


def change(series) -> str:
    """The change from the first value to the last with its sign; "" if none is known.

    For percentages in percentage points, else in per cent of the first value;
    approximate if one of the values is, and none if one is a mere bound.
    """
    first, last = series.marks[0], series.marks[-1]
    signs = f"{first.label}{last.label}"
    if "≥" in signs or "<" in signs:
        return ""
    if not series.is_rate and first.value <= 0:
        return ""
    about = "≈" if "≈" in signs else ""
    number = last.value - first.value
    if not series.is_rate:
        number = number / first.value * 100
        if number >= TIMES_FROM:
            times = (last.value / first.value).quantize(Decimal(1), ROUND_HALF_UP)
            return f"{about}×{times:,}"
    places = Decimal(1) if abs(number) >= WHOLE_FROM else Decimal("0.1")
    number = number.quantize(places, ROUND_HALF_UP)
    if number == number.to_integral_value():
        number = number.quantize(Decimal(1))
    direction = "+" if number > 0 else "−" if number < 0 else ""
    text = f"{about}{direction}{abs(number):,}"
    if series.is_rate:
        return gettext("%(number)s percentage points") % {"number": text}
    return f"{text}%"


def missing_years(series):
    """The years between its first and last for which a series of years has no value."""
    return [
        str(year)
        for before, after in pairwise(series.marks)
        if before.step == after.step == 1.0
        for year in range(int(before.x) + 1, int(after.x))
    ]
