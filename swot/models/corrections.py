"""What readers report, and what editors correct in public."""

import functools
import operator

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cbec_site.base.constraints import ConstraintsAtFields
from cbec_site.base.publishing import Publishable, PublishableQuerySet
from cbec_site.base.search_index.documents import Searched
from cbec_site.base.uses import uses
from swot.prose import plain_text

from .protection import owned_link, protecting_link


class Report(ConstraintsAtFields):
    """A reader says that something is wrong. Nothing of it is ever public."""

    is_public_content = False

    class Kind(models.TextChoices):
        CLAIM = "claim", _("Claim")
        OBSERVATION = "observation", _("Observation")
        INDICATOR = "indicator", _("Indicator")
        FIGURE = "figure", _("Figure")
        POLICY = "policy", _("Policy")
        ENTRY = "entry", _("SWOT entry")
        RECOMMENDATION = "recommendation", _("Recommendation")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        NEW = "new", _("Waiting for an answer")
        ANSWERED = "answered", _("Answered")
        CORRECTED = "corrected", _("Corrected")
        REJECTED = "rejected", _("Rejected")

    about_kind = models.CharField(
        pgettext_lazy("subject", "about"), max_length=16, choices=Kind
    )
    about_code = models.CharField(_("code"), max_length=120, blank=True)
    language = models.CharField(
        _("language of the page"), max_length=8, choices=settings.LANGUAGES
    )
    text = models.TextField(_("report"), max_length=2000)
    proposed_value = models.CharField(_("proposed value"), max_length=200, blank=True)
    source_url = models.URLField(_("source given"), max_length=500, blank=True)
    contact = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Only to answer; empty it afterwards.")
    )
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.NEW, db_index=True
    )
    answer = models.TextField(_("answer"), blank=True)
    created_at = models.DateTimeField(_("reported at"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("answered by"),
    )

    class Meta:
        verbose_name = _("report from a reader")
        verbose_name_plural = _("reports from readers")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="new", answered_at__isnull=True)
                | (~models.Q(state="new") & models.Q(answered_at__isnull=False)),
                name="swot_report_answered_has_moment",
                violation_error_message=_(
                    "An answered report needs the time of the answer."
                ),
            )
        ]

    def __str__(self):
        return f"{self.get_about_kind_display()} {self.about_code}".strip()

    def save(self, *args, **kwargs):
        self.stamp_answer()
        super().save(*args, **kwargs)

    def full_clean(self, *args, **kwargs):
        self.stamp_answer()
        super().full_clean(*args, **kwargs)

    def stamp_answer(self):
        """Store the time of the answer; a reopened report has none."""
        if self.state == self.State.NEW:
            self.answered_at = self.answered_by = None
        elif self.answered_at is None:
            self.answered_at = timezone.now()


class ReportSender(models.Model):
    """A record that someone has just sent a report, so that nobody sends hundreds.

    `digest` is keyed and valid for one day; no address is stored, and rows are deleted
    after a day.
    """

    is_public_content = False

    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["digest", "sent_at"])]

    def __str__(self):
        return f"{self.digest[:8]} {self.sent_at:%H:%M}"


SUBJECTS = ("claim", "observation", "policy", "entry", "recommendation")


class CorrectionQuerySet(PublishableQuerySet):
    def with_subjects(self):
        """Fetch what was corrected, too, to link to it."""
        return self.select_related(
            "claim",
            "observation__indicator",
            "policy",
            "entry__analysis",
            "recommendation__analysis",
        )


def _one_subject_at_most():
    """At most one is filled; none where a correction outlives what it is about."""
    cases = [
        models.Q(**{f"{name}__isnull": True for name in SUBJECTS if name != given})
        for given in SUBJECTS
    ]
    return functools.reduce(operator.or_, cases)


def _subject(model, label):
    return models.ForeignKey(
        model,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=label,
    )


@uses("observation", "policy", "claim", "claims", "entry", "recommendation")
class Correction(Publishable):
    """Something published that was wrong: what it said, what it says now, and why."""

    title = models.CharField(
        _("what was corrected"),
        max_length=200,
        help_text=_("In words that can be understood on their own."),
    )
    observation = _subject("datasets.Observation", _("observation"))
    claim = _subject("swot.Claim", _("claim"))
    policy = _subject("policies.Policy", _("policy"))
    entry = _subject("swot.Entry", _("SWOT entry"))
    recommendation = _subject("swot.Recommendation", _("recommendation"))
    old_value = models.CharField(
        _("old value"), max_length=500, help_text=_("With its unit, as it was shown.")
    )
    new_value = models.CharField(_("new value"), max_length=500)
    reason = models.TextField(_("reason"))
    corrected_on = models.DateField(_("corrected on"), default=timezone.localdate)
    claims = models.ManyToManyField(
        "swot.Claim",
        through="CorrectionClaim",
        blank=True,
        related_name="touched_by",
        verbose_name=_("claims affected"),
    )
    report = models.ForeignKey(
        Report,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("report from a reader"),
        help_text=_("Not shown; publishing the correction settles the report."),
    )

    searched = Searched(
        number=10,
        titles=("title_zh_hans", "title_en"),
        texts=("reason_zh_hans", "reason_en"),
        newest="corrected_on",
        plain=plain_text,
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-corrected_on", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=_one_subject_at_most(),
                name="swot_correction_one_subject",
                violation_error_message=_(
                    "Name one observation, claim, policy, entry or recommendation."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    @transaction.atomic
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        report = self.report
        if self.is_published and report and report.state == Report.State.NEW:
            report.state = Report.State.CORRECTED
            report.save()

    def get_absolute_url(self):
        return f"{reverse('swot:correction-list')}#correction-{self.pk}"

    @property
    def subject_kind(self):
        """One of observation, claim, policy, entry, recommendation; or ""."""
        return next((name for name in SUBJECTS if getattr(self, f"{name}_id")), "")

    @property
    def what(self):
        """The kind of thing in the active language: a value, a claim or a text."""
        labels = {"observation": _("Observation"), "claim": _("Claim")}
        return labels.get(self.subject_kind, _("Text"))

    @property
    def page(self):
        """The public thing that shows what was corrected, or None."""
        subject = self.subject_kind and getattr(self, self.subject_kind)
        if not subject or not subject.is_public:
            return None
        return subject.indicator if self.subject_kind == "observation" else subject


class CorrectionClaim(models.Model):
    """A claim that was publicly said to be affected; it stays named."""

    correction = owned_link(Correction)
    claim = protecting_link("swot.Claim")

    class Meta:
        default_permissions = ()
        verbose_name = _("link of a correction")
        verbose_name_plural = _("links of a correction")
        db_table = "swot_correction_claims"
        unique_together = [("correction", "claim")]

    def __str__(self):
        return str(self.correction)
