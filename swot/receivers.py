"""Recheck claims in the same transaction that changes the data they read."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from cbec_site.base.permanent_codes import protect_named
from datasets.models import Indicator, Observation, Region, Source
from datasets.signals import observations_changed, series_changed

from .claims.rechecking import (
    claims_reading_objects,
    index,
    keys_of,
    locked,
    recheck,
    recheck_keys,
)
from .models.claims import Claim

# The fields of a series that claims depend on.
KNOWN = {
    Indicator: ("code", "is_published", "title_zh_hans", "title_en"),
    Region: ("code", "name_zh_hans", "name_en"),
    Source: ("code",),
}

protect_named(Claim)
protect_named(Observation)


@receiver(observations_changed)
def check_after_change(observations, former, batch, reason, **kwargs):
    """One recheck for the whole batch; claims that read a deleted code lose their
    value."""
    keys = None if observations is None else keys_of(observations)
    if keys is None:
        recheck(batch=batch, reason=reason)
        return
    keys |= {(o.code, o.indicator.code, o.region.code) for o in former}
    recheck_keys(keys, batch=batch, reason=reason)


@receiver(series_changed)
def check_after_series(sender, before, after, reason, **kwargs):
    """Renaming or unpublishing a series affects all its values."""
    if all(getattr(before, name) == getattr(after, name) for name in KNOWN[sender]):
        return
    codes = {before.code, after.code}
    claims = list(locked(claims_reading_objects(sender, [after.pk], codes)))
    if before.code != after.code:
        # A claim that reads a value by its code is found through the codes of the
        # series.
        index(claim for claim in claims if claim.as_statement.is_latest)
    recheck(claims=claims, reason=reason)


@receiver(post_save, sender=Claim)
def check_claim(instance, raw=False, **kwargs):
    """After saving, the editor sees the checker's verdict."""
    if raw:
        return
    index([instance])
    if instance.is_computed:
        reason = getattr(instance, "_change_reason", "") or ""
        recheck(claims=[instance], reason=reason)
