"""How many public values an indicator, a region or a source has, kept as rows that
lists and pages use."""

from collections.abc import Collection, Mapping
from functools import cache

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from cbec_site.base.bulk_writes import in_parts
from cbec_site.base.limits import OBJECTS_AT_ONCE
from cbec_site.base.publishing import PublishableQuerySet

# What decides for which totals a value counts, and how.
DECIDING = ("indicator_id", "region_id", "source_id", "period", "is_published")
DECIDING += ("valid_from", "batch_id")

# The keys of the indicators, regions and sources whose totals may have changed.
Touched = Mapping[str, Collection[int]]


class Totals(models.Model):
    """The counts of the public values of one thing, and when they last changed.

    Without a value that is public or was once, there is no row. Written by
    `write_totals` in the transaction that writes the values.
    """

    observation_count = models.PositiveIntegerField(editable=False)
    indicator_count = models.PositiveIntegerField(editable=False)
    region_count = models.PositiveIntegerField(editable=False)
    # Values without a period count as of one period together.
    period_count = models.PositiveIntegerField(editable=False)
    dated_period_count = models.PositiveIntegerField(editable=False)
    first = models.DateField(null=True, editable=False)
    last = models.DateField(null=True, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self):
        return f"{self.pk}: {self.observation_count}"


# An import may say that its values hold since an earlier day; nobody saw them before
# it was made.
VALUE_SHOWN = Greatest("valid_from", Coalesce("batch__created_at", "valid_from"))
PUBLIC = Q(is_published=True, indicator__is_published=True)
COUNTED = {
    "observation_count": Count("pk", filter=PUBLIC),
    "indicator_count": Count("indicator", distinct=True, filter=PUBLIC),
    "region_count": Count("region", distinct=True, filter=PUBLIC),
    "period_count": Count("period", distinct=True, filter=PUBLIC),
    "dated_period_count": Count("period", distinct=True, filter=PUBLIC & ~Q(period="")),
    "first": Min("period_start", filter=PUBLIC),
    "last": Max("period_end", filter=PUBLIC),
    "changed_at": Max(VALUE_SHOWN),
}


def shown_values() -> models.QuerySet:
    """The values that are public, or were once."""
    observations, revisions = (
        apps.get_model("datasets", name).objects for name in ("Observation", "Revision")
    )
    was_public = revisions.filter(observation=OuterRef("pk"), is_published=True)
    return observations.filter(PUBLIC | Q(Exists(was_public)))


class IndicatorTotals(Totals):
    indicator = models.OneToOneField(
        "Indicator",
        on_delete=models.CASCADE,
        primary_key=True,
        editable=False,
        related_name="totals",
    )

    class Meta(Totals.Meta):
        verbose_name = _("totals of an indicator")
        verbose_name_plural = _("totals of indicators")


class RegionTotals(Totals):
    region = models.OneToOneField(
        "Region",
        on_delete=models.CASCADE,
        primary_key=True,
        editable=False,
        related_name="totals",
    )

    class Meta(Totals.Meta):
        verbose_name = _("totals of a region")
        verbose_name_plural = _("totals of regions")


class SourceTotals(Totals):
    source = models.OneToOneField(
        "Source",
        on_delete=models.CASCADE,
        primary_key=True,
        editable=False,
        related_name="totals",
    )

    class Meta(Totals.Meta):
        verbose_name = _("totals of a source")
        verbose_name_plural = _("totals of sources")


# In this order their things are locked.
TOTALS = {"indicator": IndicatorTotals, "region": RegionTotals, "source": SourceTotals}


def totals(*counts: str) -> dict:
    """For annotate(): these counts of an indicator, a region or a source."""
    return {count: Coalesce(f"totals__{count}", 0) for count in counts}


def touched_by(observations: models.QuerySet) -> Touched:
    """What these observations count for; three queries."""
    rows = observations.order_by()
    return {link: set(rows.values_list(link, flat=True).distinct()) for link in TOTALS}


def joined(*all_touched: Touched) -> Touched:
    """What any of these contain."""
    return {
        link: {key for touched in all_touched for key in touched.get(link, ())}
        for link in TOTALS
    }


def write_totals(touched: Touched) -> None:
    """Bring the totals of these indicators, regions and sources up to date."""
    with transaction.atomic(savepoint=False):
        for link, model in TOTALS.items():
            for keys in in_parts(sorted(touched.get(link, ()))):
                _write(model, link, keys)


def write_all_totals() -> None:
    """Bring the totals of everything up to date."""
    things = {link: model._meta.pk.related_model for link, model in TOTALS.items()}
    write_totals(
        {
            link: set(model.objects.values_list("pk", flat=True))
            for link, model in things.items()
        }
    )


def _write(model, link, keys):
    """The things are locked first, so that of two transactions that write values of one
    thing the later one counts the values of both."""
    if connection.features.has_select_for_update:
        things = model._meta.pk.related_model.objects.filter(pk__in=keys)
        list(things.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    made = [model(**row) for row in _counts(link).filter(**{f"{link}__in": keys})]
    if without := set(keys) - {row.pk for row in made}:
        model.objects.filter(pk__in=without).delete()
    model.objects.bulk_create(
        made,
        batch_size=OBJECTS_AT_ONCE,
        update_conflicts=True,
        unique_fields=[link],
        update_fields=list(COUNTED),
    )


@cache
def _counts(link):
    """The counts of everything; made once, as that takes longer than asking for one."""
    return shown_values().order_by().values(f"{link}_id").annotate(**COUNTED)


class CountedQuerySet(PublishableQuerySet):
    """Values, whose totals are written in the transaction that writes many of them."""

    def bulk_create(self, objs, *args, **kwargs):
        with transaction.atomic(savepoint=False):
            made = super().bulk_create(objs, *args, **kwargs)
            write_totals(
                {link: {getattr(row, f"{link}_id") for row in made} for link in TOTALS}
            )
        return made

    def update(self, **values):
        if values.keys().isdisjoint({*DECIDING, *TOTALS, "batch"}):
            return super().update(**values)
        with transaction.atomic(savepoint=False):
            keys = list(self.values_list("pk", flat=True))
            before = self._touched(keys)
            count = super().update(**values)
            write_totals(joined(before, self._touched(keys)))
        return count

    def _touched(self, keys):
        rows = self.model.objects
        return joined(
            *(touched_by(rows.filter(pk__in=part)) for part in in_parts(keys))
        )


class CountingQuerySet(PublishableQuerySet):
    """Indicators: with them their values become public, and are counted."""

    def update(self, **values):
        if "is_published" not in values:
            return super().update(**values)
        with transaction.atomic(savepoint=False):
            keys = list(self.values_list("pk", flat=True))
            count = super().update(**values)
            observations = apps.get_model("datasets", "Observation").objects
            for part in in_parts(keys):
                write_totals(touched_by(observations.filter(indicator__in=part)))
        return count
