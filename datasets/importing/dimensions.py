"""Dimensions and attributes of SDMX that can change what a value means.

Codes for an ordinary value are accepted; any other is refused with an explanation, and
an editor decides about the column: a breakdown, or left out for the chosen indicator.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .reading_result import RowError

# Not applicable, in any version of SDMX; and no fixed frequency.
_NOTHING = frozenset(["", "~", "_Z", "_X"])
_ANY_FREQUENCY = frozenset(["", "~", "_z", "_x", "i", "irregular", "不定期"])


@dataclass(frozen=True)
class Dimension:
    """A column's name, its codes for ordinary values, and what other codes mean."""

    headings: str
    usual: frozenset[str]
    words: Promise


DIMENSIONS = {
    "adjustment": Dimension(
        "adjustment seasonal_adjust seasonal_adjustment s_adj season_adj",
        _NOTHING | {"N", "NSA"},
        gettext_lazy(
            "Seasonally adjusted values are a series of their own: choose its "
            "indicator for the whole file and leave this column out."
        ),
    ),
    "prices": Dimension(
        "prices price_base price_type prices_type",
        _NOTHING | {"V"},
        gettext_lazy(
            "Values in constant prices are a series of their own: choose its indicator "
            "for the whole file and leave this column out."
        ),
    ),
    "counterpart": Dimension(
        "counterpart_area counterpart_country counterpart",
        _NOTHING | {"W", "W0", "W00", "W1", "WLD", "WORLD"},
        gettext_lazy(
            "Values with one partner: keep the rows of the world (W), or read this "
            "column as the breakdown."
        ),
    ),
    "transformation": Dimension(
        "transformation",
        _NOTHING | {"N"},
        gettext_lazy(
            "Computed values such as growth rates are a series of their own: choose "
            "its indicator for the whole file and leave this column out."
        ),
    ),
    "index_base": Dimension(
        "unit_index_base base_per base_period ref_year_price index_base",
        _NOTHING,
        gettext_lazy(
            "Values of a base period are a series of their own: choose its indicator "
            "for the whole file and leave this column out."
        ),
    ),
    "valuation": Dimension(
        "valuation",
        _NOTHING,
        gettext_lazy(
            "Goods may be valued with freight (c.i.f.) or without (f.o.b.): choose the "
            "indicator for the whole file and leave this column out."
        ),
    ),
    "pre_break": Dimension(
        "pre_break_value obs_pre_break",
        _NOTHING,
        gettext_lazy(
            "The value before a break is a value of its own: give it a row, or leave "
            "this column out."
        ),
    ),
}
_FREQUENCIES = {
    word: kind
    for kind, words in {
        "year": "a annual yearly p1y 602 年 年度",
        "half": "s h semi-annual half-yearly p6m 604 半年 半年度",
        "quarter": "q quarterly p3m 608 季 季度",
        "month": "m monthly p1m 610 月 月度",
        "day": "d b daily business p1d 102 日",
    }.items()
    for word in words.split()
}
_LENGTHS = {4: "year", 7: "month", 10: "day"}


def heading_words() -> dict[str, str]:
    """The headings of each role, as `headers` lists them."""
    return {role: dimension.headings for role, dimension in DIMENSIONS.items()}


def check_dimensions(more: dict[str, str], titles: dict[str, str]) -> list[tuple]:
    """The (title, code) of a row's dimensions that mean an ordinary value; or RowError.

    Removes them from `more`; `titles` are the headings by role.
    """
    usual = []
    for role, dimension in DIMENSIONS.items():
        text = more.pop(role, "")
        code = text.split(":", maxsplit=1)[0].strip().upper()
        if code not in dimension.usual:
            raise RowError(titles[role], text, str(dimension.words), "dimension")
        if code not in _NOTHING:
            usual.append((titles[role], text))
    return usual


@lru_cache(4096)
def is_of_frequency(text: str, period: str) -> bool | None:
    """Whether a period fits a frequency (A, Q: Quarterly, P1M); None if unknown.

    Ranges such as the first nine months fit any frequency.
    """
    word = text.split(":", maxsplit=1)[0].strip().lower()
    if word in _ANY_FREQUENCY:
        return True
    kind = _FREQUENCIES.get(word)
    return kind and ("/" in period or kind == _kind_of(period))


def _kind_of(period):
    if len(period) == 7 and not period[5:].isdigit():
        return "quarter" if period[5] == "Q" else "half"
    return _LENGTHS.get(len(period), "")


def check_frequency(text: str, title: str, period: str) -> None:
    """RowError if FREQ or TIME_FORMAT does not fit the period of the row."""
    is_of_it = is_of_frequency(text, period) if period else True
    if is_of_it is None:
        message = _("Unknown frequency; use A, S, Q, M or D.")
        raise RowError(title, text, message, "period")
    if not is_of_it:
        message = _("This frequency does not go with the period %s.") % period
        raise RowError(title, text, message, "period")
