"""Updates a site that loaded the study earlier to what is shipped now.

What editors changed or deleted stays so: a cell of a policy is written only while it
has what was shipped last, and a row is added only if it never existed. Policies and
values go through the imports, so that a batch shows each change and can undo it.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models, transaction

from cbec_site.base.search_index.writing import indexed_at_the_end
from cbec_site.shipped_reasons import UPDATED
from datasets.importing.importer import observations
from datasets.models import Breakdown, Indicator, Observation, Region, Source
from datasets.spreadsheets.sheets import Cell
from policies.force import Kind
from policies.importing.bodies import Directory
from policies.importing.columns import Column, column_of
from policies.importing.importer import policies
from policies.importing.snapshots import snapshot
from policies.models import (
    Issuer,
    PilotZone,
    Policy,
    PolicyBatch,
    PolicyChange,
    ProposedFact,
    SavedView,
    Topic,
)
from swot.models import Analysis, Claim

from .checks import read_checks, reason_to_stay
from .data import indicator_values, source_values
from .files import StudyNotLoadedError, table, translated
from .fill_empty import fill_empty
from .library import view_values, zone_values
from .study import SLUG

# Names of the batches that wrote what is shipped.
LOADED = "policies.csv"
VALUES_LOADED = "newer_observations.csv"
VALUES = f"update of the shipped {VALUES_LOADED}"


@dataclass
class Update:
    """What an update does: rows added by kind, and each change in words."""

    added: dict[str, int] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(self.added.values()) and not self.lines

    def add(self, kind: str, count: int) -> None:
        self.added[kind] = self.added.get(kind, 0) + count


def update_study(*, dry_run: bool = False) -> Update:
    """Write what is newly shipped, or with `dry_run` only report it.

    Raises StudyNotLoadedError when the study was never loaded here.
    """
    if not Analysis.history.filter(slug=SLUG).exists():
        raise StudyNotLoadedError("The study was never loaded here: run load_study.")
    update = Update()
    with transaction.atomic():
        with indexed_at_the_end():
            _add_catalogue(update)
            _update_policies(update)
            _update_zones(update)
            _add_proposed_facts(update)
            _add_observations(update)
            _update_claims(update)
            for row in _never_there(SavedView, table("policies", "saved_views")):
                _create(SavedView, **view_values(row))
                update.add("saved views", 1)
        if dry_run:
            transaction.set_rollback(True)
    return update


def _never_there(model, rows: Iterable[dict], key: str = "code") -> list[dict]:
    """The shipped rows that the site does not have and never had."""
    known = set(model.history.values_list(key, flat=True))
    known |= set(model.objects.values_list(key, flat=True))
    return [row for row in rows if row[key] not in known]


def _create(model, **values):
    """A new row whose history says that the update brought it."""
    row = model(**values)
    row._change_reason = UPDATED
    row.save()
    return row


def _add_catalogue(update: Update) -> None:
    for row in _never_there(Source, table("datasets", "sources")):
        _create(Source, code=row["code"], **source_values(row))
        update.add("sources", 1)
    regions = {region.code: region for region in Region.objects.all()} | {"": None}
    for row in _never_there(Region, table("datasets", "regions")):
        regions[row["code"]] = _create(
            Region,
            code=row["code"],
            kind=row["kind"],
            parent=regions[row["parent"]],
            **translated(row, "name"),
        )
        update.add("regions", 1)
    for row in _never_there(Indicator, table("datasets", "indicators")):
        _create(Indicator, is_published=True, **indicator_values(row))
        update.add("indicators", 1)
    for row in _never_there(Breakdown, table("datasets", "breakdowns")):
        _create(Breakdown, code=row["code"], **translated(row, "title"))
        update.add("breakdowns", 1)
    for model, name in ((Issuer, "issuers"), (Topic, "topics")):
        for row in _never_there(model, table("policies", name)):
            _create(model, code=row["code"], **translated(row, "name"))
            update.add(name, 1)
    update.lines += fill_empty(reason=UPDATED)


def _update_policies(update: Update) -> None:
    """Import new policies whole, and of the others the cells that nobody changed."""
    rows = table("policies", "policies")
    columns = {name: column_of(name) for name in rows[0]}
    stored = {policy.code: policy for policy in Policy.objects.with_labels()}
    new = {row["code"] for row in _never_there(Policy, rows)}
    written = []
    for row in rows:
        if row["code"] in new:
            written.append(row)
        elif policy := stored.get(row["code"]):
            cells = _untouched(policy, row, columns)
            if cells:
                names = ", ".join(sorted(cells))
                update.lines.append(f"policy {policy.code}: {names}")
                written.append({"code": policy.code} | cells)
    _import(policies, UPDATED, rows[0], written, update, "policies")


def _untouched(policy: Policy, row: dict, columns: dict[str, Column]) -> dict[str, str]:
    """The cells of a shipped row that differ from a policy, where nobody edited it."""
    base, now, directory = _as_shipped(policy.code), snapshot(policy), Directory()
    cells = {}
    for heading, column in columns.items():
        text, name = row[heading], column.name
        if name in ("code", "is_published") or not text:
            continue
        shipped = column.read(Cell(text), directory)
        if name == "topics":
            shipped = sorted(shipped)
        if shipped == now[name]:
            continue
        if name in base:
            is_edited = now[name] != base[name]
        else:
            # Batches from before acts had events and relations.
            is_edited = not _is_as_migrated(policy)
        if not is_edited:
            cells[heading] = text
    return cells


def _as_shipped(code: str) -> dict:
    """Each column of a policy as the newest batch that wrote shipped data left it.

    A batch records whole policies; it wrote only the columns that it changed.
    """
    changes = PolicyChange.objects.filter(
        code=code,
        batch__file_name__in=(LOADED, UPDATED),
        batch__undoes__isnull=True,
        after__isnull=False,
    ).exclude(batch__state=PolicyBatch.State.UNDONE)
    base = {}
    for change in changes.order_by("-batch__created_at", "-pk"):
        for name, value in change.after.items():
            is_written = change.before is None or change.before.get(name) != value
            if is_written:
                base.setdefault(name, value)
    return base


def _is_as_migrated(policy: Policy) -> bool:
    """Whether a policy has only the event that was made from its former status."""
    is_stated = all(event.kind == Kind.STATED for event in policy.events.all())
    return is_stated and not policy.relations.all()


def _import(importer, name, headings, rows, update, kind) -> None:
    """Import rows as a file named `name`; StudyNotLoadedError says what is wrong."""
    if not rows:
        return
    file = io.StringIO()
    writer = csv.DictWriter(file, list(headings), lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    outcome = importer.import_file(
        file.getvalue().encode(), file_name=name, keep_file=False
    )
    if not outcome.is_accepted:
        raise StudyNotLoadedError("\n".join(map(str, outcome.plan.errors)))
    update.add(kind, outcome.plan.new_count)


def _update_zones(update: Update) -> None:
    rows = table("policies", "pilot_zones")
    acts = dict(Policy.objects.values_list("code", "pk"))
    regions = {region.code: region for region in Region.objects.all()}
    new = {row["code"] for row in _never_there(PilotZone, rows)}
    stored = {zone.code: zone for zone in PilotZone.objects.all()}
    for row in rows:
        values = zone_values(row, acts)
        if row["code"] in new:
            region = regions[row["region"]]
            _create(PilotZone, code=row["code"], region=region, **values)
            update.add("pilot zones", 1)
        elif zone := stored.get(row["code"]):
            _update_zone(zone, values, update)


def _update_zone(zone: PilotZone, values: dict, update: Update) -> None:
    """Set the fields of a zone that still contain what was shipped first or last."""
    shipped = zone.history.filter(
        models.Q(history_type="+") | models.Q(history_change_reason=UPDATED)
    )
    base = shipped.order_by("-history_id").first()
    changed = [
        name
        for name, value in values.items()
        if getattr(zone, name) != value
        and base is not None
        and getattr(zone, name) == getattr(base, name)
    ]
    if not changed:
        return
    for name in changed:
        setattr(zone, name, values[name])
    zone._change_reason = UPDATED
    zone.save()
    names = ", ".join(name.removesuffix("_id") for name in changed)
    update.lines.append(f"pilot zone {zone.code}: {names}")


def _add_proposed_facts(update: Update) -> None:
    """Values to confirm, unless an editor has dealt with them before."""
    acts = dict(Policy.objects.values_list("code", "pk"))
    dealt = set(ProposedFact.history.values_list("policy_id", "field"))
    for row in table("policies", "proposed_facts"):
        policy = acts.get(row.pop("policy"))
        if policy and (policy, row["field"]) not in dealt:
            _create(ProposedFact, policy_id=policy, **row)
            update.add("facts to confirm", 1)


def _add_observations(update: Update) -> None:
    """New values, and changed facts about values that nobody edited.

    An editor who deleted a value keeps it deleted.
    """
    rows = table("datasets", "newer_observations")
    shipped = Observation.objects.filter(batch__file_name__in=(VALUES_LOADED, VALUES))
    stored = {seen.code: seen for seen in shipped}
    written = _never_there(Observation, rows)
    for row in rows:
        seen = stored.get(row["code"])
        changed = _told_otherwise(seen, row) if seen else []
        if not changed:
            continue
        update.lines.append(f"value {seen.code}: {', '.join(changed)}")
        if changed == ["is_published"]:
            # Editors decide whether readers see a value that is stored.
            seen.is_published = row["is_published"] == "yes"
            seen._change_reason = UPDATED
            seen.save()
        else:
            written.append(row)
    _import(observations, VALUES, rows[0], written, update, "observations")


def _told_otherwise(seen: Observation, row: dict) -> list[str]:
    """The columns other than the value that differ from what is stored."""
    told = {
        "note": seen.note_zh_hans or "",
        "note_en": seen.note_en or "",
        "is_published": "yes" if seen.is_published else "no",
    }
    return [name for name, text in told.items() if row[name] != text]


def _update_claims(update: Update) -> None:
    """Add to claims what overtook them and why they stay, unless an editor has."""
    checks, shipped = read_checks(), table("swot", "claims")
    codes = set(Observation.objects.exclude(code="").values_list("code", flat=True))
    claims = {claim.code: claim for claim in Claim.objects.all()}
    for row in shipped:
        if claim := claims.get(row["code"]):
            _update_claim(claim, row, checks[row["code"]]["successor"], codes, update)


def _update_claim(claim, row, successor, codes, update: Update) -> None:
    values = reason_to_stay(row)
    if claim.stated_value != row["stated_value"] or claim.formula != row["formula"]:
        # The reason applies to the contradiction in the shipped data.
        values = {}
    if successor in codes:
        values["successor"] = successor
    missing = [
        name
        for name in values
        if not getattr(claim, name) and not _was_ever_set(claim, name)
    ]
    if not missing:
        return
    for name in missing:
        setattr(claim, name, values[name])
    claim._change_reason = UPDATED
    claim.save()
    update.lines.append(f"claim {claim.code}: {', '.join(missing)}")


def _was_ever_set(claim: Claim, name: str) -> bool:
    return any(claim.history.values_list(name, flat=True))
