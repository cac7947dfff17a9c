"""What names in files mean: decided in a preview, remembered for the source.

A mapping is {role: {name: code}}; the code "" leaves the rows or the column out, and
None, allowed only in an editor's decisions, forgets what was remembered.
"""

from datasets.models.batches import Batch
from datasets.models.mappings import NameMapping
from datasets.spreadsheets.folding import fold

Mapping = dict[str, dict[str, str]]
# The lengths of the model's fields.
MAX_NAME, MAX_CODE = 300, 120


def name_key(name: str) -> str:
    """A name as mappings store it."""
    return fold(name)[:MAX_NAME]


def remembered(label: str, source: str) -> Mapping:
    """The remembered mapping of a source ("" for none) in imports of a model."""
    rows = NameMapping.objects.filter(batches=label, source=source)
    mapping: Mapping = {}
    for role, name, code in rows.values_list("role", "name", "code"):
        mapping.setdefault(role, {})[name] = code
    return mapping


def combined(known: Mapping, said: dict[str, dict[str, str | None]]) -> Mapping:
    """The remembered mapping, overridden by an editor's decisions for this file."""
    mapping = {}
    for role in known.keys() | said.keys():
        names = known.get(role, {}) | said.get(role, {})
        kept = {name: code for name, code in names.items() if code is not None}
        if kept:
            mapping[role] = dict(sorted(kept.items()))
    return dict(sorted(mapping.items()))


def remember(batch: Batch, said: dict[str, dict[str, str | None]], source: str) -> None:
    """Remember the decisions on this file for the next file of its source."""
    label = batch._meta.label
    for role, names in said.items():
        for name, code in names.items():
            key = {"batches": label, "source": source, "role": role, "name": name}
            if code is None:
                NameMapping.objects.filter(**key).delete()
            else:
                values = {"code": code, "user": batch.user}
                NameMapping.objects.update_or_create(**key, defaults=values)
