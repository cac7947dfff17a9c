"""Values that have a code, found by the words of their series, their period and number.

Texts and formulas refer to these values, so they are few compared with all stored ones:
their words are read once and kept until the public content changes. Other values are
found through their indicator.
"""

from collections.abc import Sequence

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import override

from datasets.models import Breakdown, Observation

from .base.dates import period
from .base.kept import kept
from .base.languages import CHINESE, ENGLISH, LANGUAGES, by_code, sign
from .base.limits import VALUES_READ
from .base.search_index.finding import MOST, Matches
from .base.search_index.folding import fold

# Codes of breakdowns and editions, whose titles readers see.
PARTS = ("breakdown", "vintage")
_WORDS = (
    "code",
    "period",
    "indicator__code",
    "indicator__title_zh_hans",
    "indicator__title_en",
    "region__code",
    "region__name_zh_hans",
    "region__name_en",
)


def named_values() -> list[tuple[int, str]]:
    """(key, folded words) of the newest public values with a code, in that order."""
    return kept("words of named values", _read)


def _read():
    rows = (
        Observation.objects.published()
        .with_code()
        .order_by(F("period_start").desc(nulls_last=True), "pk")
        .values_list("period_start", "pk", "value", "decimals", *_WORDS)[:VALUES_READ]
    )
    # Databases compare codes in different ways.
    ordered = sorted(rows, key=lambda row: (-_ordinal(row[0]), row[4]))
    return [
        (key, fold("\n".join([_digits(value, decimals), *filter(None, words)])))
        for _start, key, value, decimals, *words in ordered
    ]


def _ordinal(day):
    return day.toordinal() if day else 0


def _digits(value, decimals):
    return "" if value is None else f"{value:.{decimals}f}"


def find_values(terms: Sequence[str], most: int = MOST) -> Matches:
    """The values that have every term in their words."""
    keys = [
        key for key, words in named_values() if all(term in words for term in terms)
    ]
    return Matches(keys[:most], min(len(keys), most), len(keys) > most)


def value_rows() -> QuerySet:
    """The public values with everything that `ValueWords` shows."""
    titles = {
        f"{part}_{language.column}": Subquery(
            Breakdown.objects.filter(code=OuterRef(part)).values(
                f"title_{language.column}"
            )[:1]
        )
        for part in PARTS
        for language in LANGUAGES
    }
    return Observation.objects.published().with_labels().annotate(**titles)


class ValueWords:
    """How a result shows a value: its series, its period and its number.

    Needs a row of `value_rows`.
    """

    def __init__(self, row: Observation):
        self.row = row

    @property
    def title_zh_hans(self) -> str:
        return self._title(CHINESE.code)

    @property
    def title_en(self) -> str:
        return self._title(ENGLISH.code)

    def _title(self, code):
        row, column = self.row, by_code(code).column
        with override(code):
            names = [
                getattr(row.indicator, f"title_{column}"),
                getattr(row.region, f"name_{column}"),
            ]
            if not all(names):
                return ""
            names += [
                getattr(row, f"{part}_{column}") or getattr(row, part) for part in PARTS
            ]
            names.append(str(period(row.period)))
            return f"{' · '.join(filter(None, names))}{sign(': ')}{row.qualified_value}"
