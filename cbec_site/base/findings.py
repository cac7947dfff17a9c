"""Findings on a row: what blocks its publication, or deserves a look before it."""

from collections import defaultdict
from collections.abc import Iterator

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .drafts.checklist import Finding
from .history import PARTS, both, owner_link, texts_of
from .languages import CHINESE, ENGLISH
from .publishing import Publishable
from .word_changes import words_changed

MISSING, CURRENT, OLDER = "missing", "current", "older"


def language_findings(row) -> Iterator[Finding]:
    """Missing Chinese blocks publication; missing and older English are mentioned."""
    texts = texts_of(type(row))
    if not texts:
        return
    # A note may be empty in both languages.
    is_optional = type(row)._meta.get_field(texts[0]).blank
    if is_optional and not any(getattr(row, f"{name}_zh_hans") for name in texts):
        return
    if not getattr(row, f"{texts[0]}_{CHINESE.column}", ""):
        yield Finding(_("The Chinese is missing."), True, f"#id_{texts[0]}_zh_hans")
    state, _passage = english_states(type(row), [row])[row.pk]
    if state == MISSING:
        yield Finding(_("The English is missing."), url=f"#id_{texts[0]}_en")
    elif state == OLDER:
        text = _("The Chinese was changed after the English.")
        yield Finding(text, url=admin_address(row, "history"))


def english_states(model, rows) -> dict:
    """{key: (MISSING, CURRENT or OLDER, changed words)} of rows, from their history.

    English is older where the newest change of a Chinese text came after that of the
    English; the words are what that text said when the English was last changed, and
    says now. One query.
    """
    names = texts_of(model)
    columns = [f"{name}_{lang.column}" for name in names for lang in (CHINESE, ENGLISH)]
    versions = defaultdict(list)
    kept = model.history.filter(id__in=[row.pk for row in rows]).order_by("history_id")
    for version in kept.values("id", *columns):
        versions[version["id"]].append(version)
    return {row.pk: _state(row, names, versions[row.pk]) for row in rows}


def _state(row, names, versions):
    if not getattr(row, f"{names[0]}_{ENGLISH.column}", ""):
        return MISSING, []
    for name in names:
        chinese, english = f"{name}_{CHINESE.column}", f"{name}_{ENGLISH.column}"
        told = [(v[chinese] or "", v[english] or "") for v in versions]
        last = max(
            (n for n in range(len(told)) if n == 0 or told[n][1] != told[n - 1][1]),
            default=0,
        )
        if told and told[-1][1] and told[last][0] != told[-1][0]:
            return OLDER, words_changed(told[last][0], told[-1][0])
    return CURRENT, []


def dead_relations(row) -> Iterator[Finding]:
    """What the row or one of its parts refers to that readers do not see.

    One query for each kind of part, and one for everything referred to.
    """
    hidden = [
        model.objects.filter(pk__in=keys)
        .exclude(pk__in=model.objects.published().filter(pk__in=keys))
        .order_by()
        for model, keys in _named(row).items()
        if keys and issubclass(model, Publishable)
    ]
    hidden_keys = _keys(hidden)
    for model in sorted(hidden_keys, key=lambda model: model._meta.label):
        for other in model.objects.filter(pk__in=hidden_keys[model]):
            text = _("%(kind)s “%(row)s” is not published.") % {
                "kind": capfirst(other._meta.verbose_name),
                "row": both(other),
            }
            yield Finding(text, True, admin_address(other))


def _named(row) -> dict:
    """The keys of the rows that a row and its parts link to, by model."""
    by_model = defaultdict(set)
    _add_links(by_model, type(row), [row])
    plain = []
    for name in PARTS.get(type(row), ()):
        parts, owner = getattr(row, name), owner_link(type(row), name)
        if owner is None:
            plain.append(parts.order_by())
        elif any(f.is_relation and f.name != owner for f in parts.model._meta.fields):
            # Read anew: parts may have been written since.
            vars(row).get("_prefetched_objects_cache", {}).pop(name, None)
            models.prefetch_related_objects([row], name)
            _add_links(by_model, parts.model, parts.all(), owner)
    for model, keys in _keys(plain).items():
        by_model[model] |= keys
    return by_model


def _keys(querysets: list) -> dict:
    """The keys of the rows of querysets, by model; one query."""
    numbered = [
        queryset.values_list(models.Value(number), "pk")
        for number, queryset in enumerate(querysets)
    ]
    by_model = defaultdict(set)
    if numbered:
        for number, key in numbered[0].union(*numbered[1:], all=True):
            by_model[querysets[number].model].add(key)
    return by_model


def _add_links(by_model, model, rows, owner=None):
    for field in model._meta.fields:
        if field.is_relation and field.name != owner:
            keys = {getattr(row, field.attname) for row in rows} - {None}
            by_model[field.related_model] |= keys


def admin_address(row, page="change") -> str:
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[row.pk])
