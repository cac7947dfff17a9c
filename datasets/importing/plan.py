"""What a file would do to the database: new, changed, unchanged, wrong."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from datasets.dependents import Proposal
from datasets.models import Observation
from datasets.spreadsheets.documents import Content, read_document
from datasets.spreadsheets.problems import Problem
from datasets.spreadsheets.tidying import Tidyings
from datasets.units import MEASURES

from .checking import Checker
from .columns import ReadingOptions
from .comparison import Comparison, Found, StoredObservation
from .layout import read_sheet
from .longtable import LongTable
from .names import Names
from .preview_token import make_token
from .printed_units import find_unit
from .reading_result import Reading
from .rows import Partitions, Row, Spool

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Options:
    """What an editor says for the whole file: names of what no column gives.

    `withdraw_absent` takes values out of the public data that the database has in the
    series of the file and the file has not.
    """

    indicator: str = ""
    region: str = ""
    source: str = ""
    unit: str = ""
    sheet: str = ""
    encoding: str = ""
    ignore: frozenset = frozenset()
    withdraw_absent: bool = False


@dataclass
class Change:
    """A row of the file that would write: `before` is None when it is new."""

    line: int
    column: int
    after: Observation
    before: Observation | None = None
    raw: str = ""

    @property
    def difference(self) -> Decimal | None:
        """New minus old value in the new unit; None without two numbers."""
        old = self._old_value
        return None if old is None else self.after.value - old

    @property
    def percent(self) -> Decimal | None:
        """The difference in percent of the old value, to one decimal."""
        difference = self.difference
        if difference is None or not self._old_value:
            return None
        return (difference / self._old_value * 100).quantize(Decimal("0.1"))

    @property
    def _old_value(self):
        before, after = self.before, self.after
        if before is None or before.value is None or after.value is None:
            return None
        shift = MEASURES[before.unit].exponent - MEASURES[after.unit].exponent
        return before.value.scaleb(shift)


class ProblemList:
    """Problems: all are counted, the first ones are kept to be shown."""

    def __init__(self, limit: int | None = None):
        self.limit = settings.IMPORT_SHOWN if limit is None else limit
        self.count, self.items = 0, []

    def append(self, item: Problem) -> None:
        self.count += 1
        if len(self.items) < self.limit:
            self.items.append(item)

    def extend(self, items) -> None:
        for item in items:
            self.append(item)

    def in_order(self) -> None:
        """By sheet and line: parts of a file are compared in an order of their own."""
        self.items.sort(key=lambda item: (item.sheet, item.line))

    def __iter__(self):
        return iter(self.items)

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, place):
        return self.items[place]


@dataclass
class Plan:
    """The whole answer to "what would this file do": nothing is written yet.

    Counts are exact; `new` and `changed` hold the first of them to be shown, `steps`
    all of them.
    """

    file_name: str
    sha256: str
    layout: dict = field(default_factory=dict)
    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    new_count: int = 0
    changed_count: int = 0
    withdrawn_count: int = 0
    unchanged: int = 0
    absent: int = 0
    errors: ProblemList = field(default_factory=ProblemList)
    warnings: ProblemList = field(default_factory=ProblemList)
    suspicious: ProblemList = field(default_factory=ProblemList)
    tidied: Tidyings = field(default_factory=Tidyings)
    unknown_columns: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    hidden_sheets: list[str] = field(default_factory=list)
    options: Options = field(default_factory=Options)
    indicators: frozenset = frozenset()
    token: str = ""
    steps: Spool = field(default_factory=lambda: Spool(_found))

    @property
    def is_clean(self) -> bool:
        return not self.errors.count

    @property
    def write_count(self) -> int:
        """How many observations would be written."""
        return self.new_count + self.changed_count + self.withdrawn_count

    def proposals(self) -> Iterator[Proposal]:
        """Every observation as it would be, one after the other."""
        return (proposal(found) for found in self.steps)


def make_plan(
    source: bytes | str | Path | Content,
    *,
    file_name: str = "",
    options: Options | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Read a file and compare it with the database.

    `progress` is told (done, total, stage) a few times a second. Raises
    UnreadableFileError when the file cannot be read at all; every other fault is listed
    in `errors`, and a plan with errors cannot be applied.
    """
    options = options or Options()
    content = source if isinstance(source, Content) else Content(source)
    document = read_document(content, encoding=options.encoding)
    plan = Plan(file_name, content.sha256, document.layout, options=options)
    checker = Checker(options, plan.errors.append)
    if options.unit and find_unit(options.unit) is None:
        message = _("Unknown unit.")
        plan.errors.append(Problem(0, "unit", options.unit, message, kind="unit"))
    parts = Partitions.for_size(content.size)
    plan.sheets, plan.hidden_sheets = document.names
    tell = every_so_often(progress)
    for sheet in document.chosen(options.sheet):
        if sheet.is_hidden and not options.sheet:
            plan.warnings.append(
                Problem(0, "", "", _("Hidden sheet left out."), sheet.name, "hidden")
            )
            continue
        parts.extend(tell(_rows(plan, sheet, checker, options), 0, "reading"))
    if not len(parts) and plan.is_clean:
        plan.errors.append(
            Problem(0, "", "", _("No table with values was found."), kind="empty")
        )
    plan.indicators = frozenset(parts.indicators)
    # Before the values are read: what changes from here on changes the token too.
    plan.token = make_token(plan)
    _compare(plan, parts, checker.names, options, tell)
    return plan


def _rows(plan, sheet, checker, options) -> Iterator[Row]:
    """The rows of a sheet; what is wrong with the others goes to the plan."""
    wishes = ReadingOptions(
        options.ignore,
        find_unit(options.unit),
        lambda name: not isinstance(checker.look_up("indicator", name), str),
    )
    table = LongTable.begin(sheet, checker, wishes)
    if table is not None:
        reading = table.reading
        yield from table.rows()
    else:
        reading = read_sheet(sheet, wishes)
        for record in reading.records:
            if (row := checker.row(record)) is not None:
                yield row
    _take_over(plan, reading, options)


def _take_over(plan, reading: Reading, options):
    plan.errors.extend(reading.errors)
    plan.warnings.extend(reading.warnings)
    plan.tidied.take(reading.tidied)
    for title in reading.unknown_columns:
        if title in options.ignore:
            continue
        plan.unknown_columns.append(title)
        plan.errors.append(
            Problem(
                1,
                title,
                "",
                _("Unknown column; correct its heading or have it ignored."),
                kind="unknown",
            )
        )


def _compare(plan, parts, names: Names, options, tell):
    comparison = Comparison(
        plan.errors.append,
        plan.warnings.append,
        plan.suspicious.append,
        withdraw_absent=options.withdraw_absent,
    )
    total = len(parts)
    found = (found for rows in parts for found in comparison.part(rows))
    for step in tell(found, total, "comparing"):
        plan.steps.append(step)
        if step.kind == "new":
            plan.new_count += 1
        elif step.kind == "changed":
            plan.changed_count += 1
        else:
            plan.withdrawn_count += 1
        shown = {"new": plan.new, "changed": plan.changed}.get(step.kind)
        if shown is not None and len(shown) < settings.IMPORT_SHOWN:
            shown.append(_change(step, names))
    plan.unchanged, plan.absent = comparison.unchanged, comparison.absent
    for listed in (plan.errors, plan.warnings, plan.suspicious):
        listed.in_order()
    plan.new.sort(key=lambda change: change.line)
    plan.changed.sort(key=lambda change: change.line)


def every_so_often(progress: Progress | None):
    """A wrapper for iterables that tells `progress` how far they are."""

    def tell(items, total, stage):
        if progress is None:
            yield from items
            return
        last, count = 0.0, 0
        for count, item in enumerate(items, 1):
            yield item
            if count % 1000 == 0 and time.monotonic() - last > 0.3:
                last = time.monotonic()
                progress(count, total, stage)
        progress(count, total, stage)

    return tell


def _found(item) -> Found:
    """A step as it was before it went to disk."""
    kind, row, stored, fields = item
    return Found(
        kind, row and Row._make(row), stored and StoredObservation._make(stored), fields
    )


def new_fields(row: Row) -> dict:
    """What a new observation holds, by attname; moments and batch aside."""
    return {
        "indicator_id": row.indicator,
        "region_id": row.region,
        "period": row.period,
        "breakdown": row.breakdown,
        "source_id": row.source,
        "vintage": row.vintage,
        "value": row.number,
        "unit": row.unit,
        "decimals": row.decimals,
        "status": row.status,
        "qualifier": row.qualifier,
        "code": row.code,
        "note": row.note_zh_hans or row.note_en,
        "note_zh_hans": row.note_zh_hans,
        "note_en": row.note_en,
        "paper_location": row.paper_location,
        "provenance": row.provenance,
        "is_published": row.is_published,
    }


def _change(found: Found, names: Names) -> Change:
    row, stored = found.row, found.stored
    if stored is None:
        fields = {name: v for name, v in new_fields(row).items() if name != "note"}
        return Change(row.line, row.place, _named(fields, names), raw=row.raw)
    fields = _stored_fields(stored)
    return Change(
        row.line,
        row.place,
        _named(fields | found.fields, names),
        _named(fields, names),
        row.raw,
    )


def _stored_fields(stored: StoredObservation) -> dict:
    fields = stored._asdict()
    for name in ("indicator", "region", "source", "batch"):
        fields[f"{name}_id"] = fields.pop(name)
    return fields


def _named(fields, names: Names) -> Observation:
    """An observation, not saved, that needs no query to show its labels."""
    observation = Observation(**fields)
    for name in ("indicator", "region", "source"):
        known = getattr(names, f"{name}s").by_id
        if (thing := known.get(fields[f"{name}_id"])) is not None:
            setattr(observation, name, thing)
    return observation


def proposal(found: Found) -> Proposal:
    """A step as others foresee its consequences."""
    if found.kind == "new":
        fields = new_fields(found.row)
        return Proposal(
            **{n: fields[n] for n in Proposal.__dataclass_fields__ if n in fields}
        )
    fields = _stored_fields(found.stored) | found.fields
    known = {n: fields[n] for n in Proposal.__dataclass_fields__ if n in fields}
    return Proposal(**known, id=found.stored.pk)
