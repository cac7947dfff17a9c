"""The analysis: entries, recommendations, events, and the claims they make."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cbec_site.models import DatePrecision, Publishable, partial_date_text
from datasets.units import Unit


class Analysis(Publishable):
    """One SWOT study of one region."""

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    region = models.ForeignKey(
        "datasets.Region",
        on_delete=models.PROTECT,
        related_name="analyses",
        verbose_name=_("region"),
    )
    abstract = models.TextField(_("abstract"))
    keywords = models.CharField(_("keywords"), max_length=300, blank=True)
    author = models.CharField(_("author of the study"), max_length=120)
    journal = models.CharField(_("journal"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    doi = models.CharField("DOI", max_length=80)
    references = models.TextField(_("references"), blank=True)

    search_fields = (
        "title_zh_hans",
        "title_en",
        "abstract_zh_hans",
        "abstract_en",
        "keywords_zh_hans",
        "keywords_en",
    )

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("SWOT analysis")
        verbose_name_plural = _("SWOT analyses")
        ordering = ["slug"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("swot:analysis-detail", args=[self.slug])


class Claim(Publishable):
    """A checkable statement of the study and what recomputing it gives."""

    class Verdict(models.TextChoices):
        HOLDS = "yes", _("holds")
        ROUNDING = "rounding", _("holds after rounding")
        CONTRADICTED = "no", _("contradicted")
        NOT_TESTABLE = "n/a", _("not testable")

    class Kind(models.TextChoices):
        ARITHMETIC = "arithmetic", _("Arithmetic")
        CONSISTENCY = "consistency", _("Consistency")
        EXTERNAL = "external", _("Against official figures")

    code = models.CharField(_("code"), max_length=12, unique=True)
    statement = models.TextField(_("statement"))
    stated_value = models.CharField(_("stated value"), max_length=120, blank=True)
    stated_unit = models.CharField(_("stated unit"), max_length=16, blank=True)
    location = models.CharField(_("location in the paper"), max_length=120)
    formula = models.TextField(
        _("formula"), blank=True, help_text=_("Arithmetic over observation codes.")
    )
    recomputed_value = models.CharField(
        _("recomputed value"), max_length=120, blank=True
    )
    interval_low = models.DecimalField(
        _("lowest possible"), max_digits=24, decimal_places=6, null=True, blank=True
    )
    interval_high = models.DecimalField(
        _("highest possible"), max_digits=24, decimal_places=6, null=True, blank=True
    )
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    remark = models.TextField(_("remark"), blank=True)
    observations = models.ManyToManyField(
        "datasets.Observation",
        blank=True,
        related_name="claims",
        verbose_name=_("observations"),
    )

    search_fields = (
        "code",
        "statement_zh_hans",
        "statement_en",
        "remark_zh_hans",
        "remark_en",
    )

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["code"]
        constraints = Publishable.Meta.constraints + [
            models.CheckConstraint(
                condition=models.Q(interval_low__isnull=True)
                | models.Q(interval_low__lte=models.F("interval_high")),
                name="swot_claim_interval_ordered",
                violation_error_message=_("The interval starts above its end."),
            )
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("swot:claim-detail", args=[self.code])

    @property
    def unit_label(self):
        return Unit(self.stated_unit).label if self.stated_unit in Unit else ""


class Event(Publishable):
    """Something dated in the text that is not an official act."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    title = models.CharField(_("title"), max_length=200)
    happened_on = models.DateField(_("date"))
    happened_precision = models.CharField(
        _("known to the"), max_length=5, choices=DatePrecision
    )
    region = models.ForeignKey(
        "datasets.Region",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("region"),
    )
    paper_location = models.CharField(
        _("location in the paper"), max_length=120, blank=True
    )
    verification = models.TextField(_("verification note"), blank=True)

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["happened_on", "code"]

    def __str__(self):
        return self.title

    @property
    def happened_text(self):
        return partial_date_text(self.happened_on, self.happened_precision)


class Entry(Publishable):
    """A strength, weakness, opportunity or threat, with its evidence."""

    class Quadrant(models.TextChoices):
        STRENGTH = "S", _("Strength")
        WEAKNESS = "W", _("Weakness")
        OPPORTUNITY = "O", _("Opportunity")
        THREAT = "T", _("Threat")

    analysis = models.ForeignKey(
        Analysis,
        on_delete=models.CASCADE,
        related_name="entries",
        verbose_name=_("analysis"),
    )
    code = models.CharField(_("code"), max_length=8)
    quadrant = models.CharField(_("quadrant"), max_length=1, choices=Quadrant)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("body"))
    observations = models.ManyToManyField(
        "datasets.Observation",
        blank=True,
        related_name="entries",
        verbose_name=_("observations"),
    )
    policies = models.ManyToManyField(
        "policies.Policy",
        blank=True,
        related_name="entries",
        verbose_name=_("policies"),
    )
    claims = models.ManyToManyField(
        Claim, blank=True, related_name="entries", verbose_name=_("claims")
    )
    events = models.ManyToManyField(
        Event, blank=True, related_name="entries", verbose_name=_("events")
    )

    search_fields = ("code", "title_zh_hans", "title_en", "body_zh_hans", "body_en")

    class Meta:
        verbose_name = _("SWOT entry")
        verbose_name_plural = _("SWOT entries")
        ordering = ["analysis", "code"]
        constraints = Publishable.Meta.constraints + [
            models.UniqueConstraint(
                fields=["analysis", "code"],
                name="swot_entry_unique_code",
                violation_error_message=_("The analysis already has this code."),
            ),
            models.CheckConstraint(
                condition=models.Q(code__startswith=models.F("quadrant")),
                name="swot_entry_code_names_quadrant",
                violation_error_message=_("The code starts with the quadrant."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("swot:entry-detail", args=[self.analysis.slug, self.code])


class Recommendation(Publishable):
    """What the study advises, and the entries it answers."""

    analysis = models.ForeignKey(
        Analysis,
        on_delete=models.CASCADE,
        related_name="recommendations",
        verbose_name=_("analysis"),
    )
    code = models.CharField(_("code"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("body"))
    answers = models.ManyToManyField(
        Entry,
        blank=True,
        related_name="recommendations",
        verbose_name=_("answers"),
    )
    observations = models.ManyToManyField(
        "datasets.Observation",
        blank=True,
        related_name="recommendations",
        verbose_name=_("observations"),
    )
    policies = models.ManyToManyField(
        "policies.Policy",
        blank=True,
        related_name="recommendations",
        verbose_name=_("policies"),
    )
    claims = models.ManyToManyField(
        Claim, blank=True, related_name="recommendations", verbose_name=_("claims")
    )

    search_fields = Entry.search_fields

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["analysis", "code"]
        constraints = Publishable.Meta.constraints + [
            models.UniqueConstraint(
                fields=["analysis", "code"],
                name="swot_recommendation_unique_code",
                violation_error_message=_("The analysis already has this code."),
            )
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse(
            "swot:recommendation-detail", args=[self.analysis.slug, self.code]
        )

    @property
    def tows(self):
        """TOWS kinds (SO, WO, ST, WT) that follow from the published answers."""
        quadrants = {entry.quadrant for entry in self.answers.all()}
        return [kind for kind in ("SO", "WO", "ST", "WT") if set(kind) <= quadrants]
