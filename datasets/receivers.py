"""Keeps the totals of indicators, regions and sources up to date as values change.

Values written in bulk through their queryset are followed there.
"""

from django.db import connections
from django.db.models.signals import post_migrate

from cbec_site.base.bulk_writes import in_parts

from .models import Indicator, Observation, SourceTotals
from .models.totals import (
    DECIDING,
    TOTALS,
    Touched,
    touched_by,
    write_all_totals,
    write_totals,
)
from .signals import observations_changed, series_changed


def after_values(observations, former, touched=None, **kwargs):
    if touched is None:
        touched = _touched(observations, former)
    write_totals(touched)


def _touched(observations, former) -> Touched:
    """What values count or counted for that count otherwise than before."""
    now = {
        key: decides
        for part in in_parts(observations)
        for key, *decides in Observation.objects.filter(pk__in=part).values_list(
            "pk", *DECIDING
        )
    }
    then = {row.pk: [getattr(row, name) for name in DECIDING] for row in former}
    changed = [key for key in now.keys() | then.keys() if now.get(key) != then.get(key)]
    states = [rows[key] for key in changed for rows in (now, then) if key in rows]
    named = [dict(zip(DECIDING, state, strict=True)) for state in states]
    return {link: {one[f"{link}_id"] for one in named} for link in TOTALS}


def after_series(sender, before, after, **kwargs):
    if sender is Indicator and before.is_published != after.is_published:
        write_totals(touched_by(after.observations.filter(is_published=True)))


def after_migrate(sender, using="default", **kwargs):
    """Write the totals once, after the upgrade that added them."""
    existing = connections[using].introspection.table_names()
    tables = {model._meta.db_table for model in (Observation, *TOTALS.values())}
    if not tables <= set(existing) or SourceTotals.objects.exists():
        return
    if Observation.objects.exists():
        write_all_totals()


def connect(app) -> None:
    observations_changed.connect(after_values)
    series_changed.connect(after_series)
    post_migrate.connect(after_migrate, sender=app)
