"""What values belong to: sources, regions, indicators and breakdowns."""

import re
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cbec_site.base.codes import CodeField, code_constraint
from cbec_site.base.constraints import ConstraintsAtFields
from cbec_site.base.official_hosts import host_of, is_official
from cbec_site.base.publishing import Publishable, SearchableQuerySet
from cbec_site.base.search_index.documents import Searched
from cbec_site.base.uses import uses
from datasets.signals import series_changed
from datasets.units import Unit

from .places import WithParents
from .totals import COUNTED, TOTALS, CountingQuerySet

# An indicator counts what exists, unless its title says that it was added or removed.
_CAME_OR_WENT = re.compile(
    r"新增|新设|新建|新批|净增|增[加设列]|获批|批准|引进|关[停闭]|注销|吊销|撤销|取消|退出|废止|流失|"
    r"\b(?:new|newly|added|additional|increase|approved|attracted|closed|cancell?ed|"
    r"removed|repealed|lost)\b",
    re.IGNORECASE,
)


class Series(ConstraintsAtFields):
    """Something that values belong to; a change is announced to the apps above."""

    class Meta:
        abstract = True

    @cached_property
    def totals_now(self) -> dict:
        """Its totals by name; none are there without values. One query."""
        rows = TOTALS[self._meta.model_name].objects.filter(pk=self.pk)
        return rows.values(*COUNTED).first() or {}

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Save together with what receivers do in consequence."""
        rows = type(self).objects
        before = rows.filter(pk=self.pk).first() if self.pk else None
        super().save(*args, **kwargs)
        if before:
            series_changed.send(
                sender=type(self),
                before=before,
                after=rows.get(pk=self.pk),
                reason=getattr(self, "_change_reason", "") or "",
            )


# Models of the apps above by the name of their link to what they are about, and by the
# name under which their rows are counted there.
_about = {"region": {}, "source": {}}


def makes_public(**counts):
    """Class decorator: a published row of this model makes what it is about public, as
    public values do.

    `counts` are links of the model (`region`, `source`), each with the name under which
    lists count the rows: `@makes_public(region="zone_count")`.
    """

    def register(model):
        for link, count in counts.items():
            _about[link][count] = model
        return model

    return register


def public_counts(link, count) -> dict[int, int]:
    """How many published rows are about each region or source that has any, by key."""
    rows = _about[link][count].objects.published().order_by()
    return dict(rows.values_list(link).annotate(Count("pk")))


def _public_about(link):
    """The keys of the regions or sources that something public is about, as queries.

    Of values the totals are asked.
    """
    yield TOTALS[link].objects.filter(observation_count__gt=0).values(link)
    for model in _about[link].values():
        yield model.objects.published().order_by().values(link)


# The source of values for which the paper gives none.
NO_SOURCE_NAMED = "paper-text"


class SourceQuerySet(SearchableQuerySet):
    def published(self):
        """The sources of public values."""
        is_source = [Q(pk__in=keys) for keys in _public_about("source")]
        return self.filter(reduce(or_, is_source))


class Source(Series):
    """Where values come from: a DCAT dataset with publisher and licence."""

    code = CodeField(_("code"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    citation = models.TextField(_("citation"), blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    licence = models.CharField(
        _("licence"), max_length=200, blank=True, help_text=_("Empty: not stated.")
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    accessed_on = models.DateField(_("accessed on"), null=True, blank=True)

    searched = Searched(
        number=9,
        titles=("code", "title_zh_hans", "title_en"),
        texts=("publisher_zh_hans", "publisher_en", "citation_zh_hans", "citation_en"),
        newest="published_on",
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["code"]
        constraints = [code_constraint()]

    def __str__(self):
        return self.title

    @property
    def is_publisher_named(self):
        """Whether there is a publisher whom the title does not name already."""
        return bool(self.publisher) and self.publisher not in self.title

    @property
    def has_no_licence(self):
        """Whether no licence is stated in either language."""
        return not (self.licence_zh_hans or self.licence_en)

    @property
    def is_secondary(self):
        """Whether its address is neither an authority's nor the study's."""
        host = host_of(self.url)
        return bool(self.url) and not is_official(self.url) and host != "doi.org"

    @property
    def names_none(self):
        """Whether it stands for values for which the paper names no source."""
        return self.code == NO_SOURCE_NAMED

    def get_absolute_url(self):
        return reverse("datasets:source-detail", args=[self.code])


class RegionQuerySet(SearchableQuerySet):
    def published(self):
        """The regions that something public is about, and the regions containing
        them."""
        return self.filter(pk__in=WithParents(Region, *_public_about("region")))


@uses("parent")
class Region(Series):
    """A place, with a code of GB/T 2260 in China, of ISO 3166 abroad, or our own."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("Country or territory")
        PROVINCE = "province", _("Province")
        CITY = "city", _("City or prefecture")
        DISTRICT = "district", _("District")
        AREA = "area", _("Other area")

    # Levels of nested regions: country, province, city, district and area.
    MOST_LEVELS = len(Kind)

    code = CodeField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )

    searched = Searched(number=8, titles=("code", "name_zh_hans", "name_en"))

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]
        constraints = [code_constraint()]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("datasets:region-detail", args=[self.code])

    def clean(self):
        """No region contains itself, and at most `MOST_LEVELS` are nested."""
        above, region = [], self.parent
        while region is not None and len(above) < self.MOST_LEVELS:
            above.append(region.pk)
            region = region.parent
        if self.pk in above:
            raise ValidationError({"parent": _("A region cannot be part of itself.")})
        levels = len(above) + self._levels_below() + 1
        if levels > self.MOST_LEVELS:
            text = _("Regions can be nested at most %(count)d levels deep.")
            raise ValidationError({"parent": text % {"count": self.MOST_LEVELS}})

    def _levels_below(self):
        """How many levels of regions it contains, counted up to `MOST_LEVELS`."""
        inside, levels = [self.pk] if self.pk else [], -1
        while inside and levels < self.MOST_LEVELS:
            levels += 1
            parts = Region.objects.filter(parent__in=inside)
            inside = list(parts.values_list("pk", flat=True))
        return max(levels, 0)


class Indicator(Series, Publishable):
    """What is measured: an SDMX series with its unit."""

    class Frequency(models.TextChoices):
        ANNUAL = "A", _("Annual")
        QUARTERLY = "Q", _("Quarterly")
        MONTHLY = "M", _("Monthly")
        IRREGULAR = "I", _("Irregular")

    class Kind(models.TextChoices):
        LEVEL = "level", _("Level")
        FLOW = "flow", _("Flow")
        RATE = "rate", _("Rate")
        SHARE = "share", _("Share")
        COUNT = "count", _("Count")

    class Direction(models.TextChoices):
        UP = "up", _("More is better")
        DOWN = "down", _("Less is better")
        NEUTRAL = "neutral", _("Neither")

    code = CodeField(_("code"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=200)
    definition = models.TextField(_("definition"), blank=True)
    unit = models.CharField(_("unit"), max_length=16, choices=Unit.choices)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=2)
    frequency = models.CharField(
        _("frequency"), max_length=1, choices=Frequency, default=Frequency.ANNUAL
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    direction = models.CharField(
        _("direction"), max_length=8, choices=Direction, default=Direction.NEUTRAL
    )

    searched = Searched(
        number=6,
        titles=("code", "title_zh_hans", "title_en"),
        texts=("definition_zh_hans", "definition_en"),
        newest="published_at",
    )

    objects = CountingQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["code"]
        constraints = [*Publishable.Meta.constraints, code_constraint()]

    def __str__(self):
        return self.title

    @property
    def unit_words(self):
        """The unit in a list for readers, to whom "ordinal" says nothing."""
        if self.unit == Unit.ORDINAL:
            return _("number in a sequence")
        return self.get_unit_display()

    @property
    def counts_changes(self) -> bool:
        """Whether it counts additions or removals, not what exists.

        Only the title says so: pilot zones approved, customs modes added.
        """
        titles = (self.title_zh_hans, self.title_en)
        return any(_CAME_OR_WENT.search(title or "") for title in titles)

    def get_absolute_url(self):
        return reverse("datasets:indicator-detail", args=[self.code])


def lock_series(indicators) -> None:
    """Make other writers of these series wait until the transaction ends.

    `indicators` are keys. They are locked in a fixed order and before anything else, so
    that there are no deadlocks. SQLite has one writer anyway.
    """
    wanted = sorted(set(indicators))
    for start in range(0, len(wanted), 500):
        series = Indicator.objects.filter(pk__in=wanted[start : start + 500])
        # What merely links to a series, such as a claim, does not have to wait.
        locked = series.select_for_update(no_key=True).order_by("pk")
        list(locked.values_list("pk"))


class Breakdown(models.Model):
    """The label that readers see for a breakdown code of observations."""

    code = models.CharField(_("code"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=160)

    class Meta:
        verbose_name = _("breakdown")
        verbose_name_plural = _("breakdowns")
        ordering = ["code"]

    def __str__(self):
        return self.title
