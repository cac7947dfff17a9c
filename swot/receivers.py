"""Check claims again in the transaction that changes what they read."""

from django.db.models import Count
from django.db.models.signals import (
    post_delete,
    post_save,
    pre_delete,
    pre_save,
)
from django.dispatch import receiver

from cbec_site.base.permanent_codes import keep_named, namers_asked
from datasets.models import Indicator, Observation, Region, Source
from datasets.signals import (
    Touched,
    changes_proposed,
    observations_changed,
    series_proposed,
    values_touched,
)
from policies.signals import policies_touched

from .claims.consequences import consequences, series_consequences
from .claims.rechecking import (
    index,
    keys_of,
    locked,
    reading_things,
    recheck,
    recheck_keys,
)
from .models import Entry, Recommendation
from .models.claims import Claim, VerdictChange
from .models.texts import binding_texts

NAMED = 50


@receiver(pre_save, sender=Observation)
def remember_key(instance, raw=False, **kwargs):
    """A value may get another code: claims on the old one lose it."""
    is_new = raw or instance._state.adding
    instance._old_keys = set() if is_new else keys_of([instance.pk])


@receiver(post_save, sender=Observation)
def check_after_save(instance, raw=False, **kwargs):
    if not raw:
        _recheck(instance, instance._old_keys | keys_of([instance.pk]))


@receiver(pre_delete, sender=Observation)
def remember_deleted_key(instance, **kwargs):
    instance._old_keys = keys_of([instance.pk])


@receiver(post_delete, sender=Observation)
def check_after_delete(instance, **kwargs):
    _recheck(instance, instance._old_keys)


@receiver(pre_save, sender=Indicator)
@receiver(pre_save, sender=Region)
@receiver(pre_save, sender=Source)
def remember_series(sender, instance, raw=False, **kwargs):
    """What claims know of the series a value belongs to."""
    is_new = raw or instance._state.adding
    instance._old_series = None if is_new else _series(sender, instance.pk)


@receiver(post_save, sender=Indicator)
@receiver(post_save, sender=Region)
@receiver(post_save, sender=Source)
def check_series(sender, instance, **kwargs):
    """A series that is renamed or withdrawn takes its values along."""
    old = instance._old_series
    new = _series(sender, instance.pk)
    if old and old != new:
        codes = {old[0], new[0]}
        claims = list(locked(reading_things(sender, [instance.pk], codes)))
        if old[0] != new[0]:
            # A claim that follows a coded value is found by the codes of its series.
            index(claim for claim in claims if claim.as_statement.is_latest)
        reason = getattr(instance, "_change_reason", "") or ""
        recheck(claims=claims, reason=reason)


@receiver(observations_changed)
def check_after_batch(observations, deleted, batch, reason, **kwargs):
    """One recheck for the whole batch."""
    keys = None if observations is None else keys_of(observations)
    if keys is None:
        recheck(batch=batch, reason=reason)
        return
    keys |= {(o.code, o.indicator.code, o.region.code) for o in deleted}
    recheck_keys(keys, batch=batch, reason=reason)


@receiver(changes_proposed)
def foresee(proposals, **kwargs):
    return consequences(proposals)


@receiver(series_proposed)
def foresee_series(things, **kwargs):
    return series_consequences(things)


@receiver(pre_save, sender=Claim)
def remember_verdict(instance, raw=False, **kwargs):
    instance._old_check = None
    if not raw and not instance._state.adding:
        stored = Claim.objects.filter(pk=instance.pk)
        instance._old_check = stored.values_list("verdict", "recomputed_value").first()
    if instance._old_check and instance.is_computed:
        # Only the checker changes these, whatever a form sent.
        instance.verdict, instance.recomputed_value = instance._old_check


@receiver(namers_asked, sender=Claim)
@receiver(namers_asked, sender=Observation)
def name_binding(sender, codes, **kwargs):
    """A text that binds a number holds no link to what it is, only its code."""
    return binding_texts("claim" if sender is Claim else "obs", codes)


keep_named(Claim)
keep_named(Observation)


@receiver(post_save, sender=Claim)
def check_claim(instance, raw=False, **kwargs):
    """What an editor sees after saving is what the checker says."""
    if raw:
        return
    index([instance])
    reason = getattr(instance, "_change_reason", "") or ""
    old_check, instance._old_check = instance._old_check, None
    if instance.is_computed:
        recheck(claims=[instance], reason=reason)
    elif old_check and old_check[0] != instance.verdict:
        VerdictChange.objects.create(
            claim=instance,
            old_verdict=old_check[0],
            new_verdict=instance.verdict,
            old_value=old_check[1],
            new_value=instance.recomputed_value,
            reason=reason,
        )


def _series(model, pk):
    names = {
        Indicator: ("code", "is_published", "title_zh_hans", "title_en"),
        Region: ("code", "name_zh_hans", "name_en"),
        Source: ("code",),
    }[model]
    return model.objects.filter(pk=pk).values_list(*names).first()


def _recheck(instance, keys):
    reason = getattr(instance, "_change_reason", "") or ""
    recheck_keys(keys, reason=reason)


@receiver(values_touched)
def name_entries(observations, **kwargs):
    """The published entries that rest on these observations."""
    entries = (
        Entry.objects.published()
        .filter(analysis__is_published=True, observations__in=observations)
        .select_related("analysis")
        .annotate(touched=Count("observations", distinct=True))
        .order_by("code")[:NAMED]
    )
    return [
        Touched("entry", e.code, e.title, e.get_absolute_url(), e.touched)
        for e in entries
    ]


@receiver(policies_touched)
def name_parts(codes, **kwargs):
    """The published entries and recommendations that rest on these policies."""
    found = []
    for kind, model in (("entry", Entry), ("recommendation", Recommendation)):
        parts = (
            model.objects.published()
            .filter(analysis__is_published=True, policies__code__in=codes)
            .select_related("analysis")
            .annotate(touched=Count("policies", distinct=True))
            .order_by("code")[:NAMED]
        )
        found += [
            Touched(kind, part.code, part.title, part.get_absolute_url(), part.touched)
            for part in parts
        ]
    return found
