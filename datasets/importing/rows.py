"""A row of a file after its names are looked up: compact, stored on disk as it is."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from datasets.imports.spool import Spool
from datasets.spreadsheets.folding import fold_key


def key_of(indicator, region, period, breakdown, source, vintage) -> tuple:
    """The key of an observation; spellings of one breakdown count as one."""
    if breakdown:
        breakdown = fold_key(breakdown)
    return indicator, region, period, breakdown, source, vintage


def series_of(key: tuple) -> tuple:
    """The key of a series: that of an observation without its period."""
    indicator, region, _period, breakdown, source, vintage = key
    return indicator, region, breakdown, source, vintage


class Row(NamedTuple):
    """One value with the ids of what it is about, and the cell it came from.

    `value` is the plain decimal as text, None if missing. `says_status`,
    `says_qualifier` and `says_published` say whether the file itself gave them.
    """

    line: int
    place: int
    sheet: str
    raw: str
    indicator: int
    region: int
    period: str
    breakdown: str
    source: int
    vintage: str
    value: str | None
    unit: str
    decimals: int
    status: str
    qualifier: str
    code: str = ""
    note_zh_hans: str = ""
    note_en: str = ""
    paper_location: str = ""
    provenance: str = ""
    is_published: bool = True
    says_status: bool = False
    says_qualifier: bool = False
    says_published: bool = False

    @property
    def key(self) -> tuple:
        """The key of the observation, however its names are spelled."""
        return key_of(
            self.indicator, self.region, self.period, self.breakdown, self.source,
            self.vintage,
        )  # fmt: skip

    @property
    def series(self) -> tuple:
        """The same without the period."""
        return series_of(self.key)

    @property
    def number(self) -> Decimal | None:
        return None if self.value is None else Decimal(self.value)


class Partitions:
    """Rows in parts small enough for memory; a series is never split."""

    def __init__(self, count: int):
        self.parts = [Spool(Row._make) for _ in range(count)]
        self.indicators: set[int] = set()

    @classmethod
    def for_size(cls, size: int) -> "Partitions":
        """As many parts as a file of this many bytes needs."""
        return cls(max(1, min(64, size // 3_000_000)))

    def extend(self, rows: Iterable[Row]) -> None:
        parts, count, indicators = self.parts, len(self.parts), self.indicators
        for row in rows:
            indicators.add(row.indicator)
            parts[hash((row.indicator, row.region)) % count].append(row)

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def __iter__(self) -> Iterator[list[Row]]:
        return (list(part) for part in self.parts)
