"""What an editor is shown of a plan: counts, first rows, problems, consequences."""

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from itertools import islice

from django.utils.translation import gettext as _

from cbec_site.base.limits import FOLLOWED_ONE_BY_ONE
from datasets.chart_series import every_of
from datasets.charts import FigureTable, series_key, series_table
from datasets.dependents import Consequence, ask_consequences, ask_touched
from datasets.imports.previews import Preview
from datasets.models import Indicator, Observation, Region, Source

from .comparison import Step
from .plan import Change, ObservationPlan, new_fields, proposal, stored_fields

CHARTS = 6
SHOWN = (
    "indicator_id region_id source_id period breakdown vintage value unit decimals "
    "status qualifier is_published note_zh_hans note_en code paper_location provenance"
).split()


@dataclass
class ObservationPreview(Preview):
    """The part of a plan that a page shows."""

    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    consequences: list[Consequence] = field(default_factory=list)

    @property
    def needs_reason(self) -> bool:
        """Whether something public would read differently; unpublished rows need no
        reason."""
        return any(consequence.is_public for consequence in self.consequences)

    def charts(self) -> list[tuple[str, FigureTable]]:
        """(title, before and after) of the first series that would change."""
        groups = defaultdict(list)
        for change in (*self.changed, *self.new):
            if change.after.value is not None and change.after.period:
                groups[series_key(change.after)].append(change)
        return [_chart(changes) for changes in islice(groups.values(), CHARTS)]


def preview_details(plan: ObservationPlan) -> dict:
    """What the preview shows of observations, as JSON, with their consequences."""
    is_foreseen = plan.is_clean and plan.write_count
    consequences = ask_consequences(plan.proposals()) if is_foreseen else []
    touched = _touched(plan) if is_foreseen else []
    return {
        "touched": [asdict(thing) for thing in touched],
        "new": [_change_json(change) for change in plan.new],
        "changed": [_change_json(change) for change in plan.changed],
        "consequences": [asdict(thing) for thing in consequences],
    }


def _touched(plan):
    """What shows or rests on the first values that would change, be added or go."""
    steps = (step for step in plan.steps if step.stored is not None)
    changed, gained, lost = [], [], []
    for step in islice(steps, FOLLOWED_ONE_BY_ONE):
        after = proposal(step)
        before = step.stored.value is not None and step.stored.is_published
        is_shown = after.value is not None and after.is_published
        changed.append(step.stored.pk)
        if before != is_shown:
            (gained if is_shown else lost).append(step.stored.pk)
    return ask_touched(changed, gained, lost)


def read_details(stored: dict) -> dict:
    """The same as fields of the preview; three queries for the names in it."""
    names = _names(stored)
    changes = {
        name: [_read_change(change, names) for change in stored[name]]
        for name in ("new", "changed")
    }
    consequences = [Consequence(**change) for change in stored["consequences"]]
    return changes | {"consequences": consequences}


def step_json(step: Step) -> dict:
    """A row that would be written, as JSON; a value to be withdrawn has no line."""
    row, before, after = step.row, None, step.fields
    if step.stored is not None:
        before = stored_fields(step.stored)
        after = before | after
    else:
        after = new_fields(row)
    return {
        "line": row.line if row else 0,
        "column": row.place if row else 0,
        "raw": row.raw if row else "",
        "after": _shown(after),
        "before": before and _shown(before),
    }


def _shown(fields):
    value = fields["value"]
    # What is neither compared nor written is left out.
    shown = {name: fields.get(name, "") for name in SHOWN}
    return shown | {"value": None if value is None else f"{Decimal(value):f}"}


def read_changes(rows: list[dict]) -> list[Change]:
    """Such rows as a page shows them; three queries for the names in them."""
    names = _names({"new": rows, "changed": []})
    return [_read_change(row, names) for row in rows]


def _change_json(change):
    return {
        "line": change.line,
        "column": change.column,
        "raw": change.raw,
        "after": _fields(change.after),
        "before": change.before and _fields(change.before),
    }


def _fields(observation):
    fields = {name: getattr(observation, name) for name in SHOWN}
    value = fields["value"]
    return fields | {"value": None if value is None else f"{value:f}"}


def _names(stored):
    """The indicators, regions and sources that the shown rows name."""
    rows = [change["after"] for name in ("new", "changed") for change in stored[name]]
    models = {"indicator": Indicator, "region": Region, "source": Source}
    return {
        name: model.objects.in_bulk({row[f"{name}_id"] for row in rows})
        for name, model in models.items()
    }


def _read_change(change, names):
    before = change["before"] and _observation(change["before"], names)
    return Change(
        change["line"],
        change["column"],
        _observation(change["after"], names),
        before or None,
        change["raw"],
    )


def _observation(fields, names):
    value = fields["value"]
    observation = Observation(
        **fields | {"value": None if value is None else Decimal(value)}
    )
    for name, known in names.items():
        if (thing := known.get(fields[f"{name}_id"])) is not None:
            setattr(observation, name, thing)
    return observation


def _chart(changes):
    """One series as stored and as it would be."""
    first = changes[0].after
    stored = list(
        Observation.objects.filter(
            indicator=first.indicator_id,
            region=first.region_id,
            breakdown=first.breakdown,
            source=first.source_id,
            vintage=first.vintage,
            value__isnull=False,
            period_start__isnull=False,
        )
        .with_labels()
        .order_by("-period_start")[:60]
    )
    after = {row.period: row for row in stored}
    for change in changes:
        change.after.set_bounds()
        after[change.after.period] = change.after
    # One axis has periods of one kind.
    every = every_of(first.period)
    stored = [row for row in stored if every_of(row.period) == every]
    after = {key: row for key, row in after.items() if every_of(key) == every}
    title = f"{first.indicator.title} · {first.region.name}"
    return title, before_and_after(stored, list(after.values()))


def before_and_after(stored, proposed) -> FigureTable:
    """Two columns over the same periods; "before" is left out where nothing was."""
    table = series_table(proposed)
    (column,) = table.columns
    column.title, column.mark = _("After"), "bar"
    if stored:
        (old,) = series_table(stored).columns
        old.title, old.mark, old.role = _("Before"), "bar", "official"
        table.columns.insert(0, old)
    return table
