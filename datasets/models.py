"""Sources, regions, indicators, observations and the figures drawn from them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cbec_site.models import Publishable, PublishableQuerySet, SearchableQuerySet

from .periods import period_bounds
from .units import MEASURES, Unit, format_value


class Source(models.Model):
    """Where values come from: a DCAT dataset with publisher and licence."""

    code = models.SlugField(_("code"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    citation = models.TextField(_("citation"), blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    licence = models.CharField(
        _("licence"), max_length=200, blank=True, help_text=_("Empty: not stated.")
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    accessed_on = models.DateField(_("accessed on"), null=True, blank=True)

    search_fields = (
        "code",
        "title_zh_hans",
        "title_en",
        "publisher_zh_hans",
        "publisher_en",
        "citation_zh_hans",
        "citation_en",
    )

    objects = SearchableQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["code"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("datasets:source-detail", args=[self.code])


class Region(models.Model):
    """A place: GB/T 2260 in China, ISO 3166 abroad, else an own code."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("Country or territory")
        PROVINCE = "province", _("Province")
        CITY = "city", _("City or prefecture")
        DISTRICT = "district", _("District")
        AREA = "area", _("Other area")

    code = models.CharField(_("code"), max_length=12, unique=True)
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

    search_fields = ("code", "name_zh_hans", "name_en")

    objects = SearchableQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("datasets:region-detail", args=[self.code])


class Indicator(Publishable):
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

    code = models.SlugField(_("code"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=200)
    definition = models.TextField(_("definition"), blank=True)
    unit = models.CharField(_("unit"), max_length=16, choices=Unit)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=2)
    frequency = models.CharField(
        _("frequency"), max_length=1, choices=Frequency, default=Frequency.ANNUAL
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    direction = models.CharField(
        _("direction"), max_length=8, choices=Direction, default=Direction.NEUTRAL
    )

    search_fields = (
        "code",
        "title_zh_hans",
        "title_en",
        "definition_zh_hans",
        "definition_en",
    )

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["code"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("datasets:indicator-detail", args=[self.code])


class ObservationQuerySet(PublishableQuerySet):
    def published(self):
        return self.filter(is_published=True, indicator__is_published=True)

    def with_labels(self):
        """Bring along everything a table row prints."""
        return self.select_related("indicator", "region", "source")


class Observation(Publishable):
    """One value of one indicator, for one region, period, breakdown and vintage."""

    class Status(models.TextChoices):
        """SDMX CL_OBS_STATUS."""

        NORMAL = "A", _("Normal")
        BREAK = "B", _("Time series break")
        DEFINITION = "D", _("Definition differs")
        ESTIMATED = "E", _("Estimated")
        FORECAST = "F", _("Forecast")
        EXPERIMENTAL = "G", _("Experimental")
        HOLIDAY = "H", _("Missing, holiday or weekend")
        IMPUTED = "I", _("Imputed")
        DEROGATION = "J", _("Derogation")
        INCLUDED_ELSEWHERE = "K", _("Included in another category")
        NOT_COLLECTED = "L", _("Missing, exists but not collected")
        CANNOT_EXIST = "M", _("Missing, cannot exist")
        NOT_SIGNIFICANT = "N", _("Not significant")
        MISSING = "O", _("Missing")
        PROVISIONAL = "P", _("Provisional")
        SUPPRESSED = "Q", _("Missing, suppressed")
        SPECIAL_EVENT = "S", _("Special event")
        LOW_RELIABILITY = "U", _("Low reliability")
        UNVALIDATED = "V", _("Unvalidated")
        INCLUDES_OTHER = "W", _("Includes another category")

    WITHOUT_VALUE = ["H", "K", "L", "M", "O", "Q"]

    class Qualifier(models.TextChoices):
        NONE = "", _("none")
        ABOUT = "about", _("about")
        AT_LEAST = "at_least", _("at least")
        JUST_UNDER = "just_under", _("just under")

    code = models.SlugField(
        _("code"),
        max_length=64,
        blank=True,
        help_text=_("Only where a text or formula names this value."),
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        related_name="observations",
        verbose_name=_("indicator"),
    )
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        related_name="observations",
        verbose_name=_("region"),
    )
    period = models.CharField(
        _("period"),
        max_length=20,
        blank=True,
        help_text=_("2024, 2024-Q1, 2024-03 or 2024-01-01/P9M; empty if not dated"),
    )
    period_start = models.DateField(null=True, editable=False)
    period_end = models.DateField(null=True, editable=False)
    breakdown = models.CharField(_("breakdown"), max_length=120, blank=True)
    value = models.DecimalField(
        _("value"), max_digits=24, decimal_places=6, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=16, choices=Unit)
    decimals = models.PositiveSmallIntegerField(
        _("printed decimals"), default=0, help_text=_("Digits the source prints.")
    )
    status = models.CharField(
        _("status"), max_length=1, choices=Status, default=Status.NORMAL
    )
    qualifier = models.CharField(
        _("qualifier"), max_length=10, choices=Qualifier, blank=True, default=""
    )
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        related_name="observations",
        verbose_name=_("source"),
    )
    vintage = models.CharField(
        _("vintage"),
        max_length=20,
        blank=True,
        help_text=_("Which edition of the series: first releases stay apart."),
    )
    note = models.TextField(_("note"), blank=True)
    paper_location = models.CharField(
        _("location in the paper"), max_length=120, blank=True
    )
    provenance = models.CharField(_("provenance"), max_length=500, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        indexes = [
            models.Index(fields=["indicator", "region", "period_start"]),
        ]
        constraints = Publishable.Meta.constraints + [
            models.UniqueConstraint(
                fields=[
                    "indicator",
                    "region",
                    "period",
                    "breakdown",
                    "source",
                    "vintage",
                ],
                name="datasets_observation_unique_key",
                violation_error_message=_(
                    "This series already has a value for this period, source and "
                    "vintage."
                ),
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=~models.Q(code=""),
                name="datasets_observation_unique_code",
                violation_error_message=_("Another value has this code."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    value__isnull=True, status__in=["H", "K", "L", "M", "O", "Q"]
                )
                | (
                    models.Q(value__isnull=False)
                    & ~models.Q(status__in=["H", "K", "L", "M", "O", "Q"])
                ),
                name="datasets_observation_value_unless_missing",
                violation_error_message=_("Give a value or mark it as missing."),
            ),
            models.CheckConstraint(
                condition=models.Q(decimals__lte=6),
                name="datasets_observation_decimals_stored",
                violation_error_message=_("At most six decimals can be stored."),
            ),
        ]

    def __str__(self):
        return self.code or f"{self.indicator_id} {self.region_id} {self.period}"

    def clean(self):
        errors = {}
        try:
            self.set_bounds()
        except ValueError:
            errors["period"] = _("Write 2024, 2024-Q1, 2024-03 or 2024-01-01/P9M.")
        if (
            self.indicator_id
            and self.unit
            and MEASURES[self.unit].dimension != MEASURES[self.indicator.unit].dimension
        ):
            errors["unit"] = _("This unit does not fit the indicator.")
        if errors:
            raise ValidationError(errors)

    def save(self, *args, **kwargs):
        self.set_bounds()
        super().save(*args, **kwargs)

    def set_bounds(self):
        """Derive the first and last day from the period; ValueError if malformed."""
        self.period_start, self.period_end = (
            period_bounds(self.period) if self.period else (None, None)
        )

    @property
    def plain_value(self):
        """The value with the digits its source prints, or "" when missing."""
        return "" if self.value is None else f"{self.value:.{self.decimals}f}"

    @property
    def qualified_value(self):
        """The value with its unit and, where the source says so, about or at least."""
        words = {
            self.Qualifier.ABOUT: _("about %(value)s"),
            self.Qualifier.AT_LEAST: _("at least %(value)s"),
            self.Qualifier.JUST_UNDER: _("just under %(value)s"),
        }.get(self.qualifier, "%(value)s")
        return words % {"value": self.display_value}

    @property
    def is_flagged(self):
        """Whether readers should be told the status."""
        return self.status != self.Status.NORMAL

    @property
    def display_value(self):
        """The value with its unit for the reader's language."""
        return format_value(
            self.value, self.unit, self.decimals, get_language() or "en"
        )


class Breakdown(models.Model):
    """How readers see the breakdown code of an observation."""

    code = models.CharField(_("code"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=160)

    class Meta:
        verbose_name = _("breakdown")
        verbose_name_plural = _("breakdowns")
        ordering = ["code"]

    def __str__(self):
        return self.title


class Figure(Publishable):
    """A chart with number, title, series, note and the source line of its data."""

    class ChartType(models.TextChoices):
        COLUMNS = "columns", _("Columns")
        COLUMNS_LINE = "columns_line", _("Columns with a line")
        SHARE = "share", _("Parts of a whole")
        INDEX = "index", _("Index lines")
        STEP = "step", _("Step line with columns")

    number = models.CharField(_("number"), max_length=8, unique=True)
    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    chart_type = models.CharField(_("chart type"), max_length=16, choices=ChartType)
    note = models.TextField(_("note"), blank=True)
    source_line = models.CharField(_("source line"), max_length=300, blank=True)
    observations = models.ManyToManyField(
        Observation,
        through="FigureObservation",
        related_name="figures",
        verbose_name=_("observations"),
    )

    search_fields = (
        "number",
        "title_zh_hans",
        "title_en",
        "subtitle_zh_hans",
        "subtitle_en",
        "note_zh_hans",
        "note_en",
    )

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["number"]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        return reverse("datasets:figure-detail", args=[self.slug])


class FigureObservation(models.Model):
    """A point of a figure and whether the paper or an official source states it."""

    class Role(models.TextChoices):
        PAPER = "paper", _("Stated in the paper")
        TEXT = "text", _("Stated elsewhere in the paper")
        OFFICIAL = "official", _("Official publication")

    figure = models.ForeignKey(Figure, on_delete=models.CASCADE, related_name="points")
    observation = models.ForeignKey(
        Observation, on_delete=models.PROTECT, related_name="points"
    )
    role = models.CharField(_("role"), max_length=8, choices=Role)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "observation"],
                name="datasets_figureobservation_once",
                violation_error_message=_("The figure already has this point."),
            )
        ]

    def __str__(self):
        return f"{self.figure.number}: {self.observation}"


class ImportBatch(models.Model):
    """One import: which file, by whom, when, and what it did."""

    file_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    user = models.ForeignKey(
        "auth.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("editor"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    new_count = models.PositiveIntegerField(_("new"), default=0)
    changed_count = models.PositiveIntegerField(_("changed"), default=0)
    unchanged_count = models.PositiveIntegerField(_("unchanged"), default=0)

    class Meta:
        verbose_name = _("import batch")
        verbose_name_plural = _("import batches")
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.file_name} ({self.created_at:%Y-%m-%d})"
