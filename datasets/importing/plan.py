"""What a file would do to the database: new, changed, unchanged, wrong."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from datasets.dependents import Proposal
from datasets.imports.mappings import name_key
from datasets.imports.options import Options
from datasets.imports.plans import Plan, visible_sheets
from datasets.imports.spool import Spool
from datasets.models import Observation
from datasets.spreadsheets.documents import Document
from datasets.spreadsheets.folding import fold
from datasets.spreadsheets.problems import Problem
from datasets.units import MEASURES

from .checking import Checker
from .comparison import Comparison, Step, StoredObservation
from .comtrade import words_for
from .layout import read_sheet
from .longtable import LongTable
from .names import Names
from .national import COUNTRY_CODE
from .preview_token import make_token
from .printed_units import find_unit, units_named
from .reading_options import ReadingOptions
from .reading_result import Reading
from .rows import Partitions, Row
from .source_lines import source_doubts
from .validity import check_moment

# What was inferred from ambiguous words and has to be ticked by an editor.
TICKED = frozenset(
    "above preliminary_note wanted own_unit chosen region_column partner "
    "currency half_filled sheet".split()
)


@dataclass(frozen=True)
class ObservationOptions(Options):
    """What an editor chooses for the whole file, where no column gives it.

    `drafts` leaves new values unpublished; a public value that changes stays public.
    `withdraw_absent` concerns the published values of the file's series. `moment` is
    the moment from which the values are valid here, by default now: not in the future,
    and not before the newest version of a value that the file changes.
    """

    indicator: str = ""
    region: str = ""
    source: str = ""
    unit: str = ""
    drafts: bool = False
    moment: datetime.datetime | None = None

    @property
    def printed_unit(self) -> tuple[str, int] | None:
        """The stored unit and power of ten of `unit`; None for none or an unknown
        one."""
        return find_unit(fold(self.unit))


# What an observation has besides its key and value, by its name in the preview.
DETAILS = {
    "breakdown": gettext_lazy("breakdown"),
    "vintage": gettext_lazy("vintage"),
    "source": gettext_lazy("source"),
    "status": gettext_lazy("status"),
    "qualifier": gettext_lazy("qualifier"),
    "note_zh_hans": gettext_lazy("note (Chinese)"),
    "note_en": gettext_lazy("note (English)"),
    "code": gettext_lazy("code"),
    "paper_location": gettext_lazy("location in the paper"),
    "provenance": gettext_lazy("provenance"),
    "is_published": gettext_lazy("published"),
}


@dataclass
class Change:
    """A row of the file that would be written: `before` is None for a new one."""

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
    def details(self) -> list[tuple[str, str, str]]:
        """(label, before, after) of everything else that would be written besides value
        and key; for a new row only what differs from the defaults."""
        return [
            (label, old, new)
            for name, label in DETAILS.items()
            if (new := self._text(self.after, name))
            != (old := self._text(self.before, name))
        ]

    def _text(self, observation, name):
        if observation is None or not getattr(observation, name, True):
            return "" if name != "is_published" or observation is None else _("no")
        if name == "source":
            return str(observation.source)
        if name == "is_published":
            return _("yes")
        if name in ("status", "qualifier"):
            return str(getattr(observation, f"get_{name}_display")())
        return getattr(observation, name) or ""

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

    `new` and `changed` contain the first changes, to be shown; `steps` contains all of
    them, one per row; `indicators` are the keys of those whose series it touches.
    """

    options: ObservationOptions = field(default_factory=ObservationOptions)
    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    indicators: frozenset[int] = frozenset()
    steps: Spool = field(default_factory=lambda: Spool(_step))

    def refuse(self, problem: Problem) -> None:
        """Record an error; a name that an editor can decide about is also listed."""
        is_listed = problem.column in self.unknown_columns
        if problem.kind == "dimension" and not is_listed:
            self.unknown_columns.append(problem.column)
        name = unknown_unit(problem)
        if name:
            self.add_unknown("unit", name)
        super().refuse(problem)

    def proposals(self) -> Iterator[Proposal]:
        """Every observation as it would be, one by one."""
        return (proposal(step) for step in self.steps)


def unknown_unit(problem: Problem) -> str:
    """The unit that a problem reports as unknown; "" for any other problem."""
    wordings = _("Unknown unit."), _("Unknown unit, named in line %s.")
    if not any(problem.message.startswith(w.partition("%")[0]) for w in wordings):
        return ""
    name = name_key(problem.value.replace("：", ":").rpartition(":")[2])
    return name if name and find_unit(name) is None else ""


def compare(plan: ObservationPlan, document: Document, size: int, track) -> None:
    """Fill a plan with what the sheets of a document would do to the database."""
    options = plan.options
    checker = Checker(options, plan.refuse, plan.add_unknown)
    if options.unit and options.printed_unit is None:
        plan.refuse(Problem(0, "unit", options.unit, _("Unknown unit."), kind="unit"))
    parts = Partitions.for_size(size)
    with units_named(options.mapping.get("unit", {})):
        for sheet in visible_sheets(plan, document):
            parts.extend(track(_rows(plan, sheet, checker, options), 0, "reading"))
    if not len(parts) and plan.is_clean:
        message = _("No table with values was found.")
        plan.refuse(Problem(0, "", "", message, kind="empty"))
    plan.warnings.extend(checker.name_warnings())
    plan.suspicious.extend(checker.choice_doubts())
    plan.indicators = frozenset(parts.indicators)
    # Before the values are read, so that any later change also changes the token.
    plan.token = make_token(plan)
    _compare(plan, parts, checker.names, track)
    if options.drafts and plan.changed_count:
        message = _("Values that are public already change for readers at once.")
        plan.suspicious.append(Problem(0, "", "", message, kind="public"))
    if options.moment is not None:
        check_moment(plan, options.moment)


def _rows(plan, sheet, checker, options) -> Iterator[Row]:
    """The rows of a sheet; faults of the others go to the plan."""
    reading_options = ReadingOptions.of(options, checker.look_up, checker.new_titles())
    table = LongTable.begin(sheet, checker, reading_options)
    if table is not None:
        reading = table.reading
        yield from table.rows()
    else:
        reading = read_sheet(sheet, reading_options)
        yield from checker.rows(reading)
    _take_over(plan, reading, options)
    plan.suspicious.extend(source_doubts(reading.warnings, checker, options.source))


def _take_over(plan, reading: Reading, options):
    for problem in reading.errors:
        plan.refuse(problem)
    for problem in reading.warnings:
        listed = plan.suspicious if problem.kind in TICKED else plan.warnings
        listed.append(problem)
    plan.tidied.take(reading.tidied)
    if reading.proposes_country and not options.region:
        plan.proposed = {"region": COUNTRY_CODE}
    for title in reading.unknown_columns:
        if title in options.columns_left_out:
            continue
        line = reading.header or 1
        words = reading.words.get(title) or words_for(title)
        plan.refuse(Problem(line, title, "", words, kind="unknown"))


def _compare(plan, parts, names: Names, track):
    comparison = Comparison(
        plan.refuse,
        plan.warnings.append,
        plan.suspicious.append,
        withdraw_absent=plan.options.withdraw_absent,
    )
    total = len(parts)
    steps = (steps for rows in parts for steps in comparison.part(rows))
    for step in track(steps, total, "comparing"):
        plan.add_step(step)
        listed = {"new": plan.new, "changed": plan.changed}.get(step.kind)
        if listed is not None and len(listed) < settings.IMPORT_SHOWN:
            listed.append(_change(step, names))
    plan.unchanged, plan.absent = comparison.unchanged, comparison.absent
    plan.new.sort(key=lambda change: change.line)
    plan.changed.sort(key=lambda change: change.line)


def _step(stored_row) -> Step:
    """A step, rebuilt from its form on disk."""
    kind, row, stored, fields = stored_row
    return Step(
        kind, row and Row._make(row), stored and StoredObservation._make(stored), fields
    )


def new_fields(row: Row) -> dict:
    """The values of a new observation by attname, without moments and batch."""
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


def _change(step: Step, names: Names) -> Change:
    row, stored = step.row, step.stored
    if stored is None:
        fields = {name: v for name, v in new_fields(row).items() if name != "note"}
        return Change(row.line, row.place, _named(fields, names), raw=row.raw)
    fields = stored_fields(stored)
    return Change(
        row.line,
        row.place,
        _named(fields | step.fields, names),
        _named(fields, names),
        row.raw,
    )


def stored_fields(stored: StoredObservation) -> dict:
    """The values of a stored observation by attname."""
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


def proposal(step: Step) -> Proposal:
    """A step as a proposal, to ask for its consequences."""
    if step.kind == "new":
        fields = new_fields(step.row)
        return Proposal(
            **{n: fields[n] for n in Proposal.__dataclass_fields__ if n in fields}
        )
    fields = stored_fields(step.stored) | step.fields
    known = {n: fields[n] for n in Proposal.__dataclass_fields__ if n in fields}
    return Proposal(**known, id=step.stored.pk)
