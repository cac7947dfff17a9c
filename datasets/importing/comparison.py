"""Compares the rows of a file with the database, one part at a time.

Stored values are read per series, many series in one query, and compared in memory.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from cbec_site.base.limits import ROWS_AT_ONCE
from cbec_site.base.permanent_codes import code_in_use, texts_naming
from datasets.models import Observation
from datasets.spreadsheets.folding import fold_marks, fold_note
from datasets.spreadsheets.problems import Problem
from datasets.units import MEASURES

from .rows import Row, key_of, series_of

# How many series one query reads: both databases limit the size of a condition.
INDICATORS_AT_ONCE, REGIONS_AT_ONCE = 40, 800
# A changed value this many times larger or smaller needs an editor's confirmation.
JUMP = 5
# A new value this many times its neighbour in the series may be a power of ten off.
DECADE = 8
# How far a new value may lie outside the range of its series.
OUTSIDE = 4


class StoredObservation(NamedTuple):
    """An observation as stored; its fields have the order of `values_list`."""

    indicator: int
    region: int
    period: str
    breakdown: str
    source: int
    vintage: str
    pk: int
    value: Decimal | None
    unit: str
    decimals: int
    status: str
    qualifier: str
    note_zh_hans: str
    note_en: str
    code: str
    is_published: bool
    valid_from: object
    batch: int | None

    @property
    def key(self) -> tuple:
        return key_of(
            self.indicator, self.region, self.period, self.breakdown, self.source,
            self.vintage,
        )  # fmt: skip

    @property
    def series(self) -> tuple:
        return series_of(self.key)


class Step(NamedTuple):
    """The result of comparing one row: `kind` is new, changed or withdrawn."""

    kind: str
    row: Row | None
    stored: StoredObservation | None
    fields: dict


class Comparison:
    """Compares parts of a file, counts, and reports what an editor should know."""

    def __init__(self, report, warn, suspect, withdraw_absent=False):
        self.report, self.warn, self.suspect = report, warn, suspect
        self.withdraw_absent = withdraw_absent
        self.unchanged = self.absent = 0

    def part(self, rows: list[Row]) -> Iterator[Step]:
        """What a part of the file would do; no series is split between parts."""
        wanted = self._without_duplicates(rows)
        self._check_codes(wanted.values())
        series = set(map(series_of, wanted))
        history = defaultdict(dict)
        seen, changed = set(), []
        for stored in stored_rows(wanted.values()):
            key = stored.key
            row, own = wanted.get(key), series_of(key)
            if own in series:
                if row is None:
                    yield from self._absent(stored)
                _remember(history[own], stored)
            if row is not None:
                seen.add(key)
                self._compare_publication(row, stored)
                if fields := self._differences(row, stored):
                    changed.append((row, stored, fields))
                else:
                    self.unchanged += 1
        self._check_given_up(changed)
        for row, stored, fields in changed:
            self._suspect_change(row, stored)
            yield Step("changed", row, stored, fields)
        years = None
        for key, row in wanted.items():
            if key not in seen:
                past = history and history.get(series_of(key))
                if past:
                    years = years or _years(wanted.values())
                    self._suspect_new(row, past, years[row.series])
                yield Step("new", row, None, {})

    def _absent(self, stored):
        if stored.is_published:
            self.absent += 1
            if self.withdraw_absent:
                yield Step("withdrawn", None, stored, {"is_published": False})

    def _without_duplicates(self, rows):
        """One row for each key; equal repeats are reported, contradictory ones
        refused."""
        first, repeated = {}, defaultdict(list)
        for row in rows:
            key = row.key
            if first.setdefault(key, row) is not row:
                repeated[key].append(row)
        for key, others in repeated.items():
            self._judge(first[key], others)
            if len({_said(row) for row in (first[key], *others)}) > 1:
                del first[key]
        return first

    def _judge(self, first, others):
        same = [first, *others]
        if len({_said(row) for row in same}) == 1:
            message = _("duplicate of row %s, same value") % first.line
            for row in others:
                self.warn(problem(row, message, "duplicate"))
            return
        is_one_value = len({(row.number, row.unit, row.status) for row in same}) == 1
        for row in same:
            rivals = ", ".join(str(other.line) for other in same if other is not row)
            message = (
                _("the value of row %s, with another note, code or qualifier")
                if is_one_value
                else _("conflict with row %s")
            )
            self.report(problem(row, message % rivals, "conflict"))

    def _check_codes(self, rows):
        """A code names one value: refuse a code that another value has."""
        coded = {}
        for row in rows:
            if row.code and coded.setdefault(row.code, row) is not row:
                self.report(code_problem(row, _("Another value has this code.")))
        codes = list(coded)
        for start in range(0, len(codes), REGIONS_AT_ONCE):
            taken = Observation.objects.filter(
                code__in=codes[start : start + REGIONS_AT_ONCE]
            ).values_list("code", *KEY)
            for code, *key in taken:
                if key_of(*key) != coded[code].key:
                    message = _("Another value has this code.")
                    self.report(code_problem(coded[code], message))

    def _check_given_up(self, changed):
        """A code that texts name must stay: refuse to change it."""
        rows = {stored.code: row for row, stored, new in changed if "code" in new}
        for code, texts in texts_naming(Observation, rows).items():
            self.report(code_problem(rows[code], code_in_use(code, texts)))

    def _differences(self, row: Row, stored: StoredObservation) -> dict:
        """The fields that would change; what the file does not say stays as it is."""
        number = row.number
        is_same = _in_unit(number, row.unit, stored.unit) == stored.value
        differences = {}
        if not is_same:
            if number is None and not row.says_status:
                # An empty cell never erases a value; only an explicit
                # status does.
                message = _("The stored value is kept: the cell is empty.")
                self.warn(problem(row, message, "kept"))
                return {}
            differences["value"] = number
            for name in ("unit", "decimals", "status", "qualifier"):
                if getattr(row, name) != getattr(stored, name):
                    differences[name] = getattr(row, name)
        else:
            if row.says_status and row.status != stored.status:
                differences["status"] = row.status
            if row.says_qualifier and row.qualifier != stored.qualifier:
                differences["qualifier"] = row.qualifier
        for name in ("note_zh_hans", "note_en", "code"):
            given = getattr(row, name)
            # A note that an editor wrote on several lines comes back on one
            # line.
            if given and not _is_same_note(given, getattr(stored, name) or ""):
                differences[name] = given
        return differences

    def _compare_publication(self, row, stored):
        """Report what the file says about publication: stored values keep their
        state."""
        if not row.says_published or row.is_published == stored.is_published:
            return
        if stored.is_published:
            message = _(
                "The file says that this value is not for the public, but it stays "
                "public here: withdraw it on its page."
            )
            self.suspect(problem(row, message, "publication"))
        else:
            message = _("This value stays a draft; publish it on its page.")
            self.warn(problem(row, message, "publication"))

    def _suspect_change(self, row, stored):
        new = row.number
        if not stored.value or not new:
            return
        ratio = abs(new / _in_unit(stored.value, stored.unit, row.unit))
        if ratio >= JUMP or ratio * JUMP <= 1:
            message = _(
                "The stored value is %s: is the decimal point in the wrong place?"
            ) % (f"{stored.value:.{stored.decimals}f}")
            self.suspect(problem(row, message, "suspicious"))

    def _suspect_new(self, row, past, years):
        if row.number is None or not row.period.isdecimal():
            return
        year, base = int(row.period), _in_base(row.number, row.unit)
        nearest = min(past, key=lambda other: (abs(other - year), other))
        before = past[nearest]
        if before > 0 and base > 0:
            ratio = base / before
            values = [value for value in past.values() if value > 0]
            if ratio >= DECADE or ratio * DECADE <= 1:
                message = _(
                    "Differs from the value of %(year)s by a power of ten: is the "
                    "decimal point in the wrong place?"
                ) % {"year": nearest}
                self.suspect(problem(row, message, "suspicious"))
            elif len(values) >= 3 and not (
                min(values) / OUTSIDE <= base <= max(values) * OUTSIDE
            ):
                message = _("Far outside anything the series has had before.")
                self.suspect(problem(row, message, "suspicious"))
        if not {year - 1, year + 1} & (past.keys() | years):
            message = _(
                "There is a gap: the nearest value of the series is for %(year)s."
            ) % {"year": nearest}
            self.suspect(problem(row, message, "gap"))


KEY = ("indicator", "region", "period", "breakdown", "source", "vintage")


def stored_rows(rows) -> Iterator[StoredObservation]:
    """The stored observations for the pairs of indicator and region of some rows."""
    regions = defaultdict(set)
    for row in rows:
        regions[row.indicator].add(row.region)
    for condition in _conditions(regions):
        stored = Observation.objects.filter(condition).values_list(
            *StoredObservation._fields
        )
        yield from map(
            StoredObservation._make, stored.iterator(chunk_size=ROWS_AT_ONCE)
        )


def _conditions(regions):
    condition, count, size = Q(), 0, 0
    for indicator, places in sorted(regions.items()):
        places = sorted(places)
        for start in range(0, len(places), REGIONS_AT_ONCE):
            part = places[start : start + REGIONS_AT_ONCE]
            if count and (
                count >= INDICATORS_AT_ONCE or size + len(part) > REGIONS_AT_ONCE
            ):
                yield condition
                condition, count, size = Q(), 0, 0
            condition |= Q(indicator=indicator, region__in=part)
            count, size = count + 1, size + len(part)
    if count:
        yield condition


def problem(row: Row, message: str, kind: str) -> Problem:
    """A problem with the value of a row."""
    return Problem(row.line, "value", row.raw, message, row.sheet, kind)


def code_problem(row: Row, message: str) -> Problem:
    """A problem with the code of a row."""
    return Problem(row.line, "code", row.code, message, row.sheet, "code")


def _in_unit(value, unit, target):
    if value is None or unit == target:
        return value
    return value.scaleb(MEASURES[unit].exponent - MEASURES[target].exponent)


def _in_base(value, unit):
    return value.scaleb(MEASURES[unit].exponent)


def _said(row):
    """What a row says of its value; rows of one key that differ in it contradict."""
    notes = fold_marks(row.note_zh_hans), fold_marks(row.note_en)
    return row.number, row.unit, row.status, row.qualifier, row.code, *notes


def _is_same_note(given, stored):
    """Whether two notes differ at most in width, composition and line ends."""
    return given == stored or fold_marks(given) == fold_marks(fold_note(stored))


def _remember(years, stored):
    if stored.value is not None and stored.period.isdecimal():
        years[int(stored.period)] = _in_base(stored.value, stored.unit)


def _years(rows):
    """The years of each series in the file itself."""
    years = defaultdict(set)
    for row in rows:
        if row.period.isdecimal():
            years[row.series].add(int(row.period))
    return years
