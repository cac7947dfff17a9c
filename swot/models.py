"""The analysis: entries, what they rest on, recommendations and events."""

import functools
import operator

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cbec_site.models import DatePrecision, Publishable, partial_date_text

from .claims import Claim, ClaimInput, VerdictChange
from .corrections import Correction, Report, ReportSender
from .evidence import EvidenceQuerySet, keep, keep_linked
from .moves import Quadrant, QuadrantMove
from .texts import BoundText

__all__ = [
    "Analysis",
    "Claim",
    "ClaimInput",
    "Correction",
    "Entry",
    "Event",
    "Evidence",
    "QuadrantMove",
    "Recommendation",
    "Report",
    "ReportSender",
    "VerdictChange",
]


class Analysis(BoundText):
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
    volume = models.CharField(_("volume"), max_length=20, blank=True)
    issue = models.CharField(_("issue"), max_length=20, blank=True)
    pages = models.CharField(
        _("page numbers"),
        max_length=40,
        blank=True,
        help_text=_("As printed: 7510, 1–12."),
    )
    doi = models.CharField("DOI", max_length=80)
    references = models.TextField(_("references"), blank=True)

    text_field = "abstract"
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


class Entry(BoundText):
    """A strength, weakness, opportunity or threat, with its evidence."""

    Quadrant = Quadrant

    analysis = models.ForeignKey(
        Analysis,
        on_delete=models.CASCADE,
        related_name="entries",
        verbose_name=_("analysis"),
    )
    code = models.CharField(_("code"), max_length=8)
    quadrant = models.CharField(_("quadrant"), max_length=1, choices=Quadrant)
    first_quadrant = models.CharField(
        _("first filed under"),
        max_length=1,
        choices=Quadrant,
        default="",
        editable=False,
    )
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("body"))
    observations = models.ManyToManyField(
        "datasets.Observation",
        through="Evidence",
        through_fields=("entry", "observation"),
        related_name="entries",
        verbose_name=_("observations"),
    )
    figures = models.ManyToManyField(
        "datasets.Figure",
        through="Evidence",
        through_fields=("entry", "figure"),
        related_name="entries",
        verbose_name=_("figures"),
    )
    policies = models.ManyToManyField(
        "policies.Policy",
        through="Evidence",
        through_fields=("entry", "policy"),
        related_name="entries",
        verbose_name=_("policies"),
    )
    claims = models.ManyToManyField(
        Claim,
        through="Evidence",
        through_fields=("entry", "claim"),
        related_name="entries",
        verbose_name=_("claims"),
    )
    events = models.ManyToManyField(
        Event,
        through="Evidence",
        through_fields=("entry", "event"),
        related_name="entries",
        verbose_name=_("events"),
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
                condition=models.Q(
                    code__startswith=models.F("first_quadrant"),
                    first_quadrant__in=["S", "W", "O", "T"],
                ),
                name="swot_entry_code_names_quadrant",
                violation_error_message=_(
                    "The code starts with the quadrant the entry was first filed under."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def save(self, *args, **kwargs):
        self.file_first()
        super().save(*args, **kwargs)

    def full_clean(self, *args, **kwargs):
        self.file_first()
        super().full_clean(*args, **kwargs)

    def file_first(self):
        """A new entry is first filed under its quadrant; the code keeps that letter."""
        if not self.first_quadrant:
            self.first_quadrant = self.quadrant

    def get_absolute_url(self):
        return reverse("swot:entry-detail", args=[self.analysis.slug, self.code])


def _one_target():
    """Exactly one of the five targets is given."""
    names = ("observation", "figure", "policy", "claim", "event")
    cases = [
        models.Q(**{f"{name}__isnull": name != given for name in names})
        for given in names
    ]
    return functools.reduce(operator.or_, cases)


class Evidence(models.Model):
    """What an entry rests on, in which role, and when an editor last looked."""

    class Role(models.TextChoices):
        SUPPORTS = "supports", _("Supports")
        WEAKENS = "weakens", _("Weakens")
        CONTEXT = "context", _("Context")

    entry = models.ForeignKey(
        Entry,
        on_delete=models.CASCADE,
        related_name="evidence",
        verbose_name=_("entry"),
    )
    observation = models.ForeignKey(
        "datasets.Observation",
        on_delete=keep,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("observation"),
    )
    figure = models.ForeignKey(
        "datasets.Figure",
        on_delete=keep,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("figure"),
    )
    policy = models.ForeignKey(
        "policies.Policy",
        on_delete=keep,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("policy"),
    )
    claim = models.ForeignKey(
        Claim,
        on_delete=keep,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("claim"),
    )
    event = models.ForeignKey(
        Event,
        on_delete=keep,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("event"),
    )
    role = models.CharField(
        _("role"), max_length=8, choices=Role, default=Role.SUPPORTS
    )
    note = models.TextField(_("note"), blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["entry", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=_one_target(),
                name="swot_evidence_one_target",
                violation_error_message=_(
                    "Name one observation, figure, policy, claim or event."
                ),
            ),
            models.UniqueConstraint(
                fields=["entry", "observation"],
                name="swot_evidence_observation_once",
                violation_error_message=_("The entry already rests on this."),
            ),
            models.UniqueConstraint(
                fields=["entry", "figure"],
                name="swot_evidence_figure_once",
                violation_error_message=_("The entry already rests on this."),
            ),
            models.UniqueConstraint(
                fields=["entry", "policy"],
                name="swot_evidence_policy_once",
                violation_error_message=_("The entry already rests on this."),
            ),
            models.UniqueConstraint(
                fields=["entry", "claim"],
                name="swot_evidence_claim_once",
                violation_error_message=_("The entry already rests on this."),
            ),
            models.UniqueConstraint(
                fields=["entry", "event"],
                name="swot_evidence_event_once",
                violation_error_message=_("The entry already rests on this."),
            ),
        ]

    def __str__(self):
        return f"{self.entry.code}: {self.target}"

    @property
    def target(self):
        """The observation, figure, policy, claim or event."""
        return (
            self.observation or self.figure or self.policy or self.claim or self.event
        )


class Recommendation(BoundText):
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


keep_linked(Recommendation)
# What was said in public to be affected stays named.
keep_linked(Correction)
