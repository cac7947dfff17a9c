"""Claims: what is stated, how it is computed, and what the checker says about it."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cbec_site.base.codes import CodeField, validate_unreserved
from cbec_site.base.permanent_codes import check_code_is_free
from cbec_site.base.publishing import Publishable
from cbec_site.base.search_index.documents import Searched
from cbec_site.base.uses import uses
from datasets.models import Observation
from datasets.periods import period_bounds
from datasets.units import MEASURES
from swot.checking.expressions import ExpressionError, validate
from swot.checking.formulas import names_in, parse_formula
from swot.checking.verdicts import (
    FINDINGS,
    NUMBERLESS,
    Comparison,
    Consequence,
    Verdict,
)
from swot.prose import plain_text

from .claim_queries import ClaimQuerySet
from .claim_rules import CONSTRAINTS, OTHER_PAGES, check_successor
from .claim_statement import ClaimStatement
from .claim_words import ClaimWords
from .verdict_changes import VerdictChange

# The unit of a claim in words.
VERBAL = "TEXT"


@uses("observations")
class Claim(ClaimStatement, ClaimWords, Publishable):
    """A checkable statement of the study and what recomputing it gives."""

    Verdict = Verdict
    Comparison = Comparison

    class Kind(models.TextChoices):
        ARITHMETIC = "arithmetic", _("Arithmetic")
        CONSISTENCY = "consistency", _("Consistency")
        EXTERNAL = "external", _("Against official figures")

    class Finding(models.TextChoices):
        """What an editor decided where arithmetic cannot."""

        DATE = "date", _("Date")
        WORDING = "wording", _("Wording")
        SCOPE = "scope", _("Scope")
        SOURCE = "source", _("Source")
        JUDGEMENT = "judgement", _("Judgement")

    class PeriodPolicy(models.TextChoices):
        FIXED = "fixed", _("True of the named period")
        LATEST = "latest", _("Must follow the newest period")

    class Vintage(models.TextChoices):
        FIRST = "first release", _("First release")
        REVISED = "revised", _("Revised")

    code = CodeField(
        _("code"),
        max_length=12,
        unique=True,
        validators=[validate_unreserved(*OTHER_PAGES)],
    )
    statement = models.TextField(_("statement"))
    stated_value = models.CharField(_("stated value"), max_length=120, blank=True)
    comparison = models.CharField(
        _("comparison"),
        max_length=12,
        choices=Comparison.choices,
        default=Comparison.EXACTLY,
        help_text=_("The word that qualifies the number."),
    )
    stated_low = models.DecimalField(
        _("stated number"),
        max_digits=24,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("In the stated unit; the lower one of a range."),
    )
    stated_high = models.DecimalField(
        _("upper end of the range"),
        max_digits=24,
        decimal_places=6,
        null=True,
        blank=True,
    )
    stated_decimals = models.SmallIntegerField(
        _("decimals of the stated number"),
        default=0,
        help_text=_("Negative when the number is rounded to tens, hundreds …"),
    )
    stated_unit = models.CharField(_("stated unit"), max_length=16, blank=True)
    location = models.CharField(_("location in the paper"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    finding = models.CharField(
        _("editor finding"),
        max_length=10,
        choices=Finding,
        blank=True,
        help_text=_("Only where no arithmetic can decide; the verdict is then yours."),
    )
    formula = models.TextField(
        _("formula"),
        blank=True,
        help_text=_(
            "Arithmetic over observation codes. It replaces the expression; clear "
            "it to build the expression by hand."
        ),
    )
    expression = models.JSONField(
        _("expression"), null=True, blank=True, help_text=_("What is computed.")
    )
    period_policy = models.CharField(
        _("period"),
        max_length=8,
        choices=PeriodPolicy,
        default=PeriodPolicy.FIXED,
    )
    subject_period = models.CharField(
        _("about the period"),
        max_length=20,
        blank=True,
        help_text=_(
            "If given, data of other periods are not compared with the statement."
        ),
    )
    subject_region = models.ForeignKey(
        "datasets.Region",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("about the region"),
    )
    subject_vintage = models.CharField(
        _("about the edition"), max_length=20, choices=Vintage, blank=True
    )
    as_of = models.DateField(
        _("written against the data of"),
        null=True,
        blank=True,
        help_text=_(
            "A value revised later does not contradict the statement: it supersedes it."
        ),
    )
    successor = models.CharField(
        _("followed by"),
        max_length=64,
        blank=True,
        help_text=_(
            "Code of a newer value; the newest value of its series is what holds now."
        ),
    )
    verdict = models.CharField(
        _("verdict"),
        max_length=12,
        choices=Verdict.choices,
        default=Verdict.NOT_TESTABLE,
    )
    consequence = models.CharField(
        _("what the contradiction does"),
        max_length=10,
        choices=Consequence.choices,
        blank=True,
        editable=False,
    )
    recomputed_value = models.CharField(
        _("recomputed value"),
        max_length=120,
        blank=True,
        help_text=_("Six significant digits, or the other reading of a finding."),
    )
    computed_value = models.DecimalField(
        _("computed value"), max_digits=24, decimal_places=6, null=True, editable=False
    )
    interval_low = models.DecimalField(
        _("lowest possible"), max_digits=24, decimal_places=6, null=True, blank=True
    )
    interval_high = models.DecimalField(
        _("highest possible"), max_digits=24, decimal_places=6, null=True, blank=True
    )
    current_value = models.DecimalField(
        _("value now"), max_digits=24, decimal_places=6, null=True, editable=False
    )
    current_period = models.CharField(
        _("period of the value now"), max_length=20, blank=True, editable=False
    )
    computation = models.TextField(_("computation"), blank=True, editable=False)
    explanation = models.TextField(_("explanation"), blank=True, editable=False)
    # A digest of what the words above were made from; see `swot.claims.fingerprints`.
    words_digest = models.CharField(max_length=32, blank=True, editable=False)
    checked_at = models.DateTimeField(_("checked at"), null=True, editable=False)
    accepted_reason = models.TextField(
        _("why the contradiction stays"),
        blank=True,
        help_text=_("Applies only to the value computed when the reason was written."),
    )
    accepted_value = models.CharField(max_length=120, blank=True, editable=False)
    remark = models.TextField(_("remark"), blank=True)
    observations = models.ManyToManyField(
        "datasets.Observation",
        blank=True,
        related_name="claims",
        verbose_name=_("observations"),
    )

    searched = Searched(
        number=4,
        titles=("code", "statement_zh_hans", "statement_en"),
        texts=("remark_zh_hans", "remark_en"),
        newest="published_at",
        plain=plain_text,
    )

    constraint_fields = {
        "swot_claim_arithmetic_contradicts": "verdict",
        "swot_claim_finding_of_an_editor": "finding",
    }

    objects = ClaimQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["code"]
        constraints = Publishable.Meta.constraints + CONSTRAINTS

    def __str__(self):
        return self.code

    def clean(self):
        """Parse the formula, and refuse what could never be computed or compared."""
        check_code_is_free(self)
        if not self.finding and self.stated_unit and self.stated_unit not in MEASURES:
            raise ValidationError({"stated_unit": _("There is no such unit.")})
        self.clean_subject_period()
        self.clean_expression()
        check_successor(self)
        needs_number = self.expression and self.comparison not in NUMBERLESS
        if needs_number and self.stated_low is None:
            raise ValidationError({"stated_low": _("Give the number to compare with.")})

    def clean_subject_period(self):
        """Raise ValidationError unless the period can be compared with those of
        data."""
        try:
            if self.subject_period:
                period_bounds(self.subject_period)
        except (ValueError, OverflowError):
            text = _("“%(period)s” is not a period.") % {"period": self.subject_period}
            raise ValidationError({"subject_period": text}) from None

    def clean_expression(self):
        """Fill `expression` from `formula`; raise ValidationError if either is
        invalid."""
        field = "formula" if self.formula and not self.finding else "expression"
        try:
            if field == "formula":
                named = Observation.objects.named(names_in(self.formula))
                units = dict(named.values_list("code", "unit"))
                self.expression = parse_formula(self.formula, units, self.stated_unit)
            elif self.expression is not None:
                validate(self.expression)
        except ExpressionError as error:
            raise ValidationError({field: str(error)}) from None

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Store with an acceptance the value it was given for, and record a new
        finding."""
        reasons = (self.accepted_reason_zh_hans or "", self.accepted_reason_en or "")
        if not any(reasons):
            self.accepted_value = ""
        elif reasons != self._stored_reasons():
            self.accepted_value = self.recomputed_value
        old_check = self._stored_check()
        if old_check and self.is_computed:
            # Only the checker changes these, whatever a form sends.
            self.verdict, self.recomputed_value = old_check
        if self.is_computed and self.verdict in FINDINGS:
            self.verdict = Verdict.NOT_TESTABLE
        if not self.is_computed:
            self.consequence = ""
        super().save(*args, **kwargs)
        if old_check and not self.is_computed:
            self._note_verdict(*old_check)

    def _stored_check(self):
        """(verdict, recomputed value) as stored in the database; None for a new
        claim."""
        stored = type(self).objects.filter(pk=self.pk)
        return stored.values_list("verdict", "recomputed_value").first()

    def _note_verdict(self, old_verdict, old_value):
        """Record the change if an editor's finding changed the verdict."""
        if old_verdict != self.verdict:
            VerdictChange.objects.create(
                claim=self,
                old_verdict=old_verdict,
                new_verdict=self.verdict,
                old_value=old_value,
                new_value=self.recomputed_value,
                reason=getattr(self, "_change_reason", "") or "",
            )

    def _stored_reasons(self):
        stored = type(self).objects.filter(pk=self.pk)
        names = ("accepted_reason_zh_hans", "accepted_reason_en")
        return tuple(text or "" for text in stored.values_list(*names).first() or ())

    def get_absolute_url(self):
        return reverse("swot:claim-detail", args=[self.code])

    @property
    def is_verbal(self):
        """Whether words are compared, not numbers; they stay in Chinese."""
        return self.stated_unit == VERBAL

    @property
    def is_computed(self):
        """Whether the checker decides; otherwise the verdict is an editor's finding."""
        return self.expression is not None

    @property
    def is_accepted(self):
        """Whether an editor accepted exactly this contradiction, with a reason."""
        return bool(self.accepted_reason) and (
            not self.is_computed or self.accepted_value == self.recomputed_value
        )
