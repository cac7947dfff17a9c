"""What a file would do to the database: new, changed, unchanged, wrong."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from datasets.dependents import Proposal
from datasets.imports.options import Options
from datasets.imports.plans import Plan, visible_sheets
from datasets.imports.spool import Spool
from datasets.models import Observation
from datasets.spreadsheets.documents import Document
from datasets.spreadsheets.problems import Problem
from datasets.units import MEASURES

from .checking import Checker
from .comparison import Comparison, Found, StoredObservation
from .layout import read_sheet
from .longtable import LongTable
from .names import Names
from .preview_token import make_token
from .printed_units import find_unit
from .reading_options import ReadingOptions
from .reading_result import Reading
from .rows import Partitions, Row
from .validity import check_moment


@dataclass(frozen=True)
class ObservationOptions(Options):
    """What an editor says for the whole file: names of what no column gives.

    `withdraw_absent` concerns the published values of the series of the file. `moment`
    is since when the values hold here, now if not given: not in the future, and not
    before the newest version of a value that the file changes.
    """

    indicator: str = ""
    region: str = ""
    source: str = ""
    unit: str = ""
    moment: datetime.datetime | None = None


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


@dataclass
class ObservationPlan(Plan):
    """What a file of observations would do.

    `new` and `changed` hold the first changes to be shown, `steps` all of them, each a
    Found; `indicators` are the keys of those whose series it touches.
    """

    options: ObservationOptions = field(default_factory=ObservationOptions)
    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    indicators: frozenset[int] = frozenset()
    steps: Spool = field(default_factory=lambda: Spool(_found))

    def proposals(self) -> Iterator[Proposal]:
        """Every observation as it would be, one after the other."""
        return (proposal(found) for found in self.steps)


def compare(plan: ObservationPlan, document: Document, size: int, tell) -> None:
    """Fill a plan with what the sheets of a document would do to the database."""
    options = plan.options
    checker = Checker(options, plan.refuse)
    if options.unit and find_unit(options.unit) is None:
        plan.refuse(Problem(0, "unit", options.unit, _("Unknown unit."), kind="unit"))
    parts = Partitions.for_size(size)
    for sheet in visible_sheets(plan, document):
        parts.extend(tell(_rows(plan, sheet, checker, options), 0, "reading"))
    if not len(parts) and plan.is_clean:
        message = _("No table with values was found.")
        plan.refuse(Problem(0, "", "", message, kind="empty"))
    plan.indicators = frozenset(parts.indicators)
    # Before the values are read: what changes from here on changes the token too.
    plan.token = make_token(plan)
    _compare(plan, parts, checker.names, tell)
    if options.moment is not None:
        check_moment(plan, options.moment)


def _rows(plan, sheet, checker, options) -> Iterator[Row]:
    """The rows of a sheet; what is wrong with the others goes to the plan."""
    wishes = ReadingOptions.of(options, checker.look_up)
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
        message = _("Unknown column; correct its heading or have it ignored.")
        line = reading.header or 1
        plan.refuse(Problem(line, title, "", message, kind="unknown"))


def _compare(plan, parts, names: Names, tell):
    comparison = Comparison(
        plan.refuse,
        plan.warnings.append,
        plan.suspicious.append,
        withdraw_absent=plan.options.withdraw_absent,
    )
    total = len(parts)
    found = (found for rows in parts for found in comparison.part(rows))
    for step in tell(found, total, "comparing"):
        plan.add_step(step)
        shown = {"new": plan.new, "changed": plan.changed}.get(step.kind)
        if shown is not None and len(shown) < settings.IMPORT_SHOWN:
            shown.append(_change(step, names))
    plan.unchanged, plan.absent = comparison.unchanged, comparison.absent
    plan.new.sort(key=lambda change: change.line)
    plan.changed.sort(key=lambda change: change.line)


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
