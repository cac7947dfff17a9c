"""Rows that many others rest on: reported without reading all of these."""

from collections.abc import Iterable

from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

# As many are shown; Django lists fewer by itself, with all that goes with them.
SHOWN = 50


class HeldByMany(list):
    """The first rows that protect others from deletion, and how many there are."""

    total = 0


def held_by_many(model: type[models.Model], objs: Iterable) -> HeldByMany:
    """What protects rows of a model directly; empty where that is no more than SHOWN.

    Two queries for each kind of row that protects, whatever their number.
    """
    held, protecting = HeldByMany(), []
    for relation in model._meta.related_objects:
        if relation.on_delete is not models.PROTECT:
            continue
        field = relation.field
        rows = relation.related_model._base_manager.filter(
            **{f"{field.name}__in": objs}
        )
        first = list(rows.select_related(field.name).order_by("pk")[: SHOWN + 1])
        held.total += rows.count() if len(first) > SHOWN else len(first)
        protecting += first[:SHOWN]
    if held.total <= SHOWN:
        return HeldByMany()
    # Their names may cost queries of their own: only what is shown is named.
    held += map(_listed, protecting)
    return held


def _listed(row):
    """A row as Django lists it, with a link where it has a page of its own."""
    meta = row._meta
    label = capfirst(meta.verbose_name)
    if type(row) not in admin.site._registry:
        return f"{label}: {row}"
    name = f"admin:{meta.app_label}_{meta.model_name}_change"
    return format_html(
        '{}: <a href="{}">{}</a>', label, reverse(name, args=[row.pk]), row
    )
