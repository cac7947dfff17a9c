"""The history of rows: what it records, and how two versions of a row differ.

A version contains the columns of both languages, but not the field without a language,
which reads whichever column fits the reader. What belongs to a row but is stored in
other tables (issuers, topics, evidence) is recorded with it in `parts`, as text.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modeltranslation.translator import NotRegistered, translator
from simple_history import register

from .languages import LANGUAGES
from .limits import OBJECTS_AT_ONCE
from .word_changes import words_changed

# The names of the relations that belong to the versions of a model.
PARTS: dict[type[models.Model], tuple[str, ...]] = {}
# Fields that say how a row came about and are not written by editors.
_UNCOMPARED = ("published_at",)


class VersionParts(models.Model):
    """Parts of a version stored in other tables: {relation: [[key, text], ...]}.

    None where it was not recorded.
    """

    parts = models.JSONField(null=True, editable=False)

    class Meta:
        abstract = True


def keep_history(
    model: type[models.Model],
    app: str,
    parts: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
):
    """Record each version of a model's rows, with the relations named in `parts`.

    Fields named in `without` say nothing to people and are left out.
    """
    PARTS[model] = parts
    left_out = [*texts_of(model), *without]
    register(model, app=app, bases=(VersionParts,), excluded_fields=left_out)


def texts_of(model: type[models.Model]) -> list[str]:
    """The fields that exist in both languages, in the order of the model."""
    try:
        names = translator.get_options_for_model(model).fields
    except NotRegistered:
        return []
    # The library has no order of its own; models put a row's name first.
    order = [field.name for field in model._meta.get_fields()]
    return sorted(names, key=order.index)


def note_parts(model: type[models.Model], keys: Iterable) -> None:
    """Record with the newest version of each row the parts it has now.

    Call it in the transaction that wrote the version, after the parts are stored.
    """
    if not PARTS.get(model):
        return
    keys = list(keys)
    rows = model._base_manager.filter(pk__in=keys).prefetch_related(*_lookups(model))
    parts = {
        row.pk: {name: _described(row, name) for name in PARTS[model]} for row in rows
    }
    versions = model.history.filter(
        pk__in=model.history.filter(id__in=keys)
        .order_by()
        .values("id")
        .annotate(newest=models.Max("history_id"))
        .values("newest")
    )
    changed = []
    for version in versions:
        version.parts = parts.get(version.id)
        changed.append(version)
    model.history.model.objects.bulk_update(
        changed, ["parts"], batch_size=OBJECTS_AT_ONCE
    )


def owner_link(model, name) -> str | None:
    """The field by which the parts of a relation name their row; None for a link."""
    relation = getattr(model, name)
    return None if hasattr(relation, "through") else relation.rel.field.name


def _lookups(model) -> list[str]:
    """The parts of a model and what these link to."""
    lookups = []
    for name in PARTS[model]:
        lookups.append(name)
        if owner := owner_link(model, name):
            links = _links(getattr(model, name).rel.related_model, owner)
            lookups += [f"{name}__{link}" for link in links]
    return lookups


def _links(model, owner) -> list[str]:
    fields = [field.name for field in model._meta.fields if field.is_relation]
    return [name for name in fields if name != owner]


def _described(row, name) -> list[list]:
    owner = owner_link(type(row), name)
    told = [
        [part.pk, _of_part(part, owner) if owner else both(part)]
        for part in getattr(row, name).all()
    ]
    return sorted(told, key=lambda pair: pair[1])


def _of_part(part, owner) -> str:
    """The fields of a part in words: what it links to, and in what way."""
    hidden = {"id", owner, *texts_of(type(part))}
    told = []
    for field in part._meta.fields:
        value = None if field.name in hidden else getattr(part, field.name)
        if value not in (None, "", False):
            told.append(both(value) if field.is_relation else str(value))
    return " · ".join(told)


def both(row) -> str:
    """The name of a row in both languages, independent of the reader."""
    names = texts_of(type(row))[:1]
    told = [
        getattr(row, f"{name}_{language.column}") or ""
        for name in names
        for language in LANGUAGES
    ]
    code = getattr(row, "code", "")
    return " ".join(filter(None, [code, " / ".join(filter(None, told))])) or str(row)


@dataclass(frozen=True)
class Change:
    """A field that differs: (language name or "", changed words) for each language."""

    label: str
    texts: list[tuple[str, list[tuple[str, str]]]]


def changes_between(older, newer) -> list[Change]:
    """The differences between two versions of a row, in the order of its fields."""
    model = newer.instance_type
    columns = {}
    for name in texts_of(model):
        for language in LANGUAGES:
            columns[f"{name}_{language.column}"] = (name, language.name)
    changes: dict[str, Change] = {}
    for field in newer.tracked_fields:
        before, after = _shown(older, field), _shown(newer, field)
        if before == after or field.name in _UNCOMPARED:
            continue
        name, language = columns.get(field.name, (field.name, ""))
        label = capfirst(model._meta.get_field(name).verbose_name)
        change = changes.setdefault(name, Change(str(label), []))
        change.texts.append((language, words_changed(before, after)))
    return [*changes.values(), *_parts_between(older, newer)]


def _shown(version, field) -> str:
    value = getattr(version, field.attname)
    if value is None:
        return ""
    if field.choices:
        return str(getattr(version, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if field.is_relation:
        row = field.related_model._base_manager.filter(pk=value).first()
        return both(row) if row else str(value)
    return str(value)


def _parts_between(older, newer) -> list[Change]:
    if older.parts is None or newer.parts is None:
        return []
    changes = []
    for name in newer.parts:
        before = [text for _key, text in older.parts.get(name, [])]
        after = [text for _key, text in newer.parts[name]]
        if before == after:
            continue
        gone = [("old", text) for text in before if text not in after]
        added = [("new", text) for text in after if text not in before]
        texts = [("", [pair]) for pair in gone + added]
        changes.append(Change(_part_label(newer.instance_type, name), texts))
    return changes


def _part_label(model, name) -> str:
    for relation in model._meta.get_fields():
        if relation.name == name:
            return str(capfirst(relation.verbose_name))
        is_named = getattr(relation, "get_accessor_name", lambda: None)() == name
        if is_named:
            return str(capfirst(relation.related_model._meta.verbose_name_plural))
    return name
