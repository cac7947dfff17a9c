"""What names of files stand for: said in a preview, remembered for the source.

A mapping is {role: {name: code}}; the code "" leaves the rows or the column out, and
None, only in what an editor says, forgets what was remembered.
"""

from datasets.models.batches import Batch
from datasets.models.mappings import NameMapping
from datasets.spreadsheets.folding import fold

Mapping = dict[str, dict[str, str]]
# As the model holds them.
MAX_NAME, MAX_CODE = 300, 120


def name_key(name: str) -> str:
    """A name as mappings have it."""
    return fold(name)[:MAX_NAME]


def remembered(label: str, source: str) -> Mapping:
    """What the names of a source ("" for none) stand for in imports of a model."""
    rows = NameMapping.objects.filter(batches=label, source=source)
    mapping: Mapping = {}
    for role, name, code in rows.values_list("role", "name", "code"):
        mapping.setdefault(role, {})[name] = code
    return mapping


def combined(known: Mapping, said: dict[str, dict[str, str | None]]) -> Mapping:
    """What was remembered, with what an editor says of this file before it."""
    mapping = {}
    for role in known.keys() | said.keys():
        names = known.get(role, {}) | said.get(role, {})
        kept = {name: code for name, code in names.items() if code is not None}
        if kept:
            mapping[role] = dict(sorted(kept.items()))
    return dict(sorted(mapping.items()))


def remember(batch: Batch, said: dict[str, dict[str, str | None]], source: str) -> None:
    """Keep for the next file of the source what was said of this one."""
    label = batch._meta.label
    for role, names in said.items():
        for name, code in names.items():
            key = {"batches": label, "source": source, "role": role, "name": name}
            if code is None:
                NameMapping.objects.filter(**key).delete()
            else:
                values = {"code": code, "user": batch.user}
                NameMapping.objects.update_or_create(**key, defaults=values)
