"""Policy documents, who issued them, and what they are about."""

import datetime

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cbec_site.base.codes import (
    CodeField,
    code_constraint,
    unreserved_constraint,
    validate_unreserved,
)
from cbec_site.base.dates import DatePrecision, partial_date_text
from cbec_site.base.official_hosts import PATTERN as OFFICIAL_ADDRESS
from cbec_site.base.publishing import Publishable
from cbec_site.base.search_index.documents import Searched
from cbec_site.base.uses import uses
from policies.document_numbers import parse_number
from policies.force import force_on

from .querysets import PolicyQuerySet
from .relations import PolicyRelation

# An act that expires within this time is shown to editors.
SOON = datetime.timedelta(days=90)
# The condition that something leads a reader to the act or says why nothing does.
HAS_SOURCE = (
    ~models.Q(source_url="")
    | (models.Q(text_zh_hans__isnull=False) & ~models.Q(text_zh_hans=""))
    | (models.Q(text_en__isnull=False) & ~models.Q(text_en=""))
    | ~models.Q(no_source_reason="")
)
# Addresses next to /policies/<code>/, which no code may take.
OTHER_PAGES = ("feed", "pilot-zones")


@uses("issuers", "topics")
class Policy(Publishable):
    """An official act: who issued it, when, under which number, about what."""

    class Level(models.TextChoices):
        NATIONAL = "national", _("National")
        PROVINCIAL = "provincial", _("Provincial")
        MUNICIPAL = "municipal", _("Municipal")

    class DocumentKind(models.TextChoices):
        LAW = "law", _("Law")
        REGULATION = "regulation", _("Regulation")
        MEASURES = "measures", _("Measures")
        PLAN = "plan", _("Plan")
        IMPLEMENTATION = "implementation", _("Implementation plan")
        REPLY = "reply", _("Reply")
        NOTICE = "notice", _("Notice")
        OPINIONS = "opinions", _("Opinions")
        ANNOUNCEMENT = "announcement", _("Announcement")
        INTERPRETATION = "interpretation", _("Interpretation")

    class TextScope(models.TextChoices):
        EXCERPT = "excerpt", _("Excerpt")
        FULL = "full", _("Full text")

    code = CodeField(
        _("code"),
        max_length=12,
        unique=True,
        validators=[validate_unreserved(*OTHER_PAGES)],
    )
    title = models.CharField(_("title"), max_length=300)
    document_number = models.CharField(_("document number"), max_length=80, blank=True)
    is_number_confirmed = models.BooleanField(
        _("document number confirmed"),
        default=False,
        help_text=_("Readers see the number only once it is confirmed."),
    )
    issuers = models.ManyToManyField(
        "policies.Issuer",
        through="PolicyIssuer",
        related_name="policies",
        verbose_name=_("issuing bodies"),
    )
    level = models.CharField(_("level"), max_length=12, choices=Level)
    kind = models.CharField(
        _("kind of document"), max_length=14, choices=DocumentKind, blank=True
    )
    written_on = models.DateField(_("date written"), null=True, blank=True)
    written_precision = models.CharField(
        _("known to the"), max_length=5, choices=DatePrecision, blank=True
    )
    is_written_confirmed = models.BooleanField(
        _("date written confirmed"),
        default=False,
        help_text=_("Readers see the date only once it is confirmed."),
    )
    published_on = models.DateField(_("date published"), null=True, blank=True)
    published_precision = models.CharField(
        _("known to the"), max_length=5, choices=DatePrecision, blank=True
    )
    topics = models.ManyToManyField(
        "policies.Topic",
        blank=True,
        related_name="policies",
        verbose_name=_("topics"),
    )
    summary = models.TextField(_("summary"), blank=True)
    source_url = models.URLField(
        _("official page"),
        max_length=500,
        blank=True,
        help_text=_("A page of an authority (gov.cn); others belong in the note."),
    )
    is_link_dead = models.BooleanField(
        _("official page cannot be reached"), default=False, editable=False
    )
    link_checked_at = models.DateTimeField(
        _("official page tried at"), null=True, editable=False
    )
    text = models.TextField(
        _("text of the act"),
        blank=True,
        help_text=_(
            "Markdown, an article under each heading. English only where there is an "
            "official translation."
        ),
    )
    text_scope = models.CharField(
        _("how much of it"),
        max_length=8,
        choices=TextScope,
        default=TextScope.EXCERPT,
    )
    licence_note = models.CharField(_("terms of the text"), max_length=300, blank=True)
    no_source_reason = models.TextField(
        _("why neither address nor text"),
        blank=True,
        help_text=_("For editors only; needed to publish without an official source."),
    )
    in_table_1 = models.BooleanField(_("in Table 1 of the study"), default=False)
    paper_location = models.CharField(
        _("location in the paper"), max_length=120, blank=True
    )
    verification = models.TextField(
        _("verification note"), blank=True, help_text=_("For editors only.")
    )

    searched = Searched(
        number=5,
        titles=("code", "title_zh_hans", "title_en"),
        texts=("summary_zh_hans", "summary_en", "text_zh_hans", "text_en"),
        newest="published_on",
        watches=("document_number", "is_number_confirmed"),
    )

    constraint_fields = {
        "policies_policy_written_precision": "written_precision",
        "policies_policy_published_precision": "published_precision",
        "policies_policy_has_source": "no_source_reason",
        "policies_policy_official_address": "source_url",
    }

    objects = PolicyQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        permissions = [("export_policy", _("Can export policies"))]
        ordering = ["code"]
        indexes = [
            models.Index(fields=["published_on"], name="policies_policy_by_day"),
            # For the acts that are not yet in force.
            # A partial index for what waits for editors: few of many rows.
            models.Index(
                fields=["code"],
                condition=models.Q(title_en="") | models.Q(title_en__isnull=True),
                name="policies_policy_no_english",
            ),
            models.Index(
                fields=["code"],
                condition=models.Q(is_link_dead=True),
                name="policies_policy_link_dead",
            ),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            code_constraint(),
            unreserved_constraint(*OTHER_PAGES),
            models.CheckConstraint(
                condition=models.Q(written_on__isnull=True, written_precision="")
                | models.Q(
                    written_on__isnull=False, written_precision__in=DatePrecision.values
                ),
                name="policies_policy_written_precision",
                violation_error_message=_("Say how precisely the date is known."),
            ),
            models.CheckConstraint(
                condition=models.Q(published_on__isnull=True, published_precision="")
                | models.Q(
                    published_on__isnull=False,
                    published_precision__in=DatePrecision.values,
                ),
                name="policies_policy_published_precision",
                violation_error_message=_("Say how precisely the date is known."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_published=False) | HAS_SOURCE,
                name="policies_policy_has_source",
                violation_error_message=_(
                    "Give the official page or the text, or say why there is neither."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(source_url="")
                | models.Q(source_url__iregex=OFFICIAL_ADDRESS),
                name="policies_policy_official_address",
                violation_error_message=_(
                    "This is not a page of an authority (gov.cn): put it in the note."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("policies:policy-detail", args=[self.code])

    @property
    def has_source(self):
        """Whether readers are led to the act itself: to its page or its text."""
        return bool(self.source_url or self.text_zh_hans or self.text_en)

    @property
    def published_text(self):
        return partial_date_text(self.published_on, self.published_precision)

    @property
    def written_text(self):
        if not self.is_written_confirmed:
            return ""
        return partial_date_text(self.written_on, self.written_precision)

    @property
    def dated_text(self):
        """The date to cite it by: publication, else writing; "" if neither is known."""
        return self.published_text or self.written_text

    @property
    def public_number(self):
        return self.document_number if self.is_number_confirmed else ""

    @property
    def made_on(self):
        """The first day on which the act can have existed, as far as confirmed."""
        if self.is_written_confirmed and self.written_on:
            return self.written_on
        return self.published_on

    @property
    def public_events(self):
        """The events that readers may see; uses the prefetched rows."""
        return [event for event in self.read_along("events") if event.is_public]

    def force(self, day=None):
        """Whether the act is in force on a day, today by default, and why."""
        return force_on(day or timezone.localdate(), self.public_events, self.made_on)

    @property
    def in_force_today(self):
        """The force today, for lists that need a field."""
        return self.force()

    @property
    def has_lineage(self):
        """Whether readers may see what it carries out, or what carries it out."""
        relations = PolicyRelation.objects.published().filter(
            models.Q(policy=self) | models.Q(other=self),
            kind=PolicyRelation.Kind.IMPLEMENTS,
            other__isnull=False,
        )
        return relations.exists()

    @property
    def number_parts(self):
        """Mark, year and serial of the confirmed number; None where it has none."""
        return parse_number(self.public_number)

    @property
    def issuer_list(self):
        """Issuers in the order of the document; uses the prefetched rows."""
        return [row.issuer for row in self.read_along("policyissuer_set")]

    @property
    def topic_list(self):
        """The topics; uses the prefetched rows."""
        return self.read_along("topics")

    def read_along(self, name):
        """The rows of a relation, by its name, as the queryset has prefetched them.

        Plain lists of `with_read_cells()` or `with_read_labels()`, if there are any.
        """
        rows = vars(self).get(f"read_{name}")
        return list(getattr(self, name).all()) if rows is None else rows
