"""Drafts, and what editors said about them."""

import datetime

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# How long after its moment a draft is late: the worker looks every few seconds.
LATE = datetime.timedelta(minutes=1)


class DraftQuerySet(models.QuerySet):
    def of(self, row):
        """The drafts of a stored row."""
        kind = ContentType.objects.get_for_model(row, for_concrete_model=True)
        return self.filter(content_type=kind, object_id=row.pk)

    def waiting(self):
        """Open drafts that all editors of their kind see."""
        return self.filter(state__in=Draft.WAITING)

    def private(self, user):
        """What a user has typed but neither saved nor discarded."""
        return self.filter(state=Draft.State.PRIVATE, author=user)

    def due(self, moment=None):
        """Approved drafts that are due to go live."""
        moment = moment or timezone.now()
        return self.filter(state=Draft.State.SCHEDULED, live_at__lte=moment)


class Draft(models.Model):
    """A filled-in form that was not applied: `fields` is what the browser sent.

    `object_id` is null for a row that does not exist yet. Whatever the form does when
    it is saved (validation, parts, both languages, consequences) happens when the draft
    is replayed, not before.
    """

    # No public page shows drafts, so the page cache can ignore them.
    is_public_content = False

    class State(models.TextChoices):
        PRIVATE = "private", _("Typed, not saved")
        OPEN = "open", _("Draft")
        SUBMITTED = "submitted", _("Waiting for review")
        RETURNED = "returned", _("Returned")
        SCHEDULED = "scheduled", _("Scheduled")
        PUBLISHED = "published", pgettext_lazy("state", "Published")
        DISCARDED = "discarded", _("Discarded")

    WAITING = (State.OPEN, State.SUBMITTED, State.RETURNED, State.SCHEDULED)

    content_type = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, verbose_name=_("kind")
    )
    object_id = models.PositiveBigIntegerField(_("row"), null=True, blank=True)
    # Distinguishes several new rows that one user types at the same time.
    token = models.CharField(max_length=32, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=200, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="drafts",
        verbose_name=_("author"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="approved_drafts",
        verbose_name=_("approved by"),
    )
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.PRIVATE, db_index=True
    )
    fields = models.JSONField(default=dict)
    live_at = models.DateTimeField(_("goes live at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("is withdrawn at"), null=True, blank=True)
    message = models.TextField(blank=True)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-updated_at", "-pk"]
        permissions = [("review_draft", "Can approve and return drafts")]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=models.Q(
                    state__in=["open", "submitted", "returned", "scheduled"]
                ),
                name="drafts_one_waiting_draft_a_row",
                violation_error_message=_("There is a draft of this already."),
            ),
            models.UniqueConstraint(
                fields=["author", "content_type", "object_id"],
                condition=models.Q(state="private"),
                name="drafts_one_private_draft_a_row",
                violation_error_message=_("There is a draft of this already."),
            ),
            models.UniqueConstraint(
                fields=["author", "content_type", "token"],
                condition=models.Q(state="private", object_id__isnull=True),
                name="drafts_one_private_draft_a_form",
                violation_error_message=_("There is a draft of this already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="scheduled")
                | models.Q(live_at__isnull=False),
                name="drafts_scheduled_has_moment",
                violation_error_message=_("Say when it goes live."),
            ),
            models.CheckConstraint(
                condition=models.Q(live_at__isnull=True)
                | models.Q(expires_at__isnull=True)
                | models.Q(expires_at__gt=models.F("live_at")),
                name="drafts_expires_after_it_goes_live",
                violation_error_message=_("It must be withdrawn after it goes live."),
            ),
        ]

    def __str__(self):
        return self.title or self.content_type.name

    @property
    def is_late(self) -> bool:
        """Whether it should have gone live and nothing has taken it up."""
        is_scheduled = self.state == self.State.SCHEDULED
        return is_scheduled and self.live_at < timezone.now() - LATE

    @staticmethod
    def kind_of(model) -> ContentType:
        """The kind of the rows of a model."""
        return ContentType.objects.get_for_model(model)

    @property
    def data(self) -> QueryDict:
        """What the form sent, as a form takes it."""
        data = QueryDict(mutable=True)
        for name, values in self.fields.items():
            data.setlist(name, values)
        return data

    @property
    def model_admin(self):
        """The admin of the draft's kind; None where it is no longer registered."""
        return admin.site._registry.get(self.content_type.model_class())

    @property
    def target(self):
        """The stored row, or None for one that does not exist (any more)."""
        if self.object_id is None:
            return None
        model = self.content_type.model_class()
        return model._base_manager.filter(pk=self.object_id).first()

    @property
    def is_editing(self):
        """Whether its author is still working on it and may submit it for review."""
        return self.state in (self.State.PRIVATE, self.State.OPEN, self.State.RETURNED)

    @property
    def is_waiting(self):
        return self.state in self.WAITING

    @property
    def is_open_for_work(self):
        """Whether it may still be published."""
        return self.is_waiting or self.state == self.State.PRIVATE

    def get_edit_url(self):
        """The change form filled in with the draft."""
        kind = f"{self.content_type.app_label}_{self.content_type.model}"
        if self.object_id is None:
            address = reverse(f"admin:{kind}_add")
        else:
            address = reverse(f"admin:{kind}_change", args=[self.object_id])
        return f"{address}?draft={self.pk}"


class DraftEvent(models.Model):
    """What happened to a draft, who did it and what they said; never public."""

    is_public_content = False

    class Act(models.TextChoices):
        SAVED = "saved", _("saved")
        SUBMITTED = "submitted", _("submitted for review")
        RETURNED = "returned", _("returned")
        COMMENTED = "commented", _("commented")
        SCHEDULED = "scheduled", _("approved and scheduled")
        PUBLISHED = "published", _("published")
        FAILED = "failed", _("could not be published")
        DISCARDED = "discarded", _("discarded")

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="events")
    act = models.CharField(_("act"), max_length=9, choices=Act)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    text = models.TextField(_("words"), blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("event of a draft")
        verbose_name_plural = _("events of drafts")
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.get_act_display()} {self.at:%Y-%m-%d %H:%M}"


class DeletedRow(models.Model):
    """What an editor deleted, as it was stored, until it is brought back.

    `rows` are the row and all that went with it, as Django writes rows for programs;
    `links` are [model, key, field, target] of rows that stayed and lost their link.
    """

    is_public_content = False

    content_type = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, verbose_name=_("kind")
    )
    object_id = models.PositiveBigIntegerField(_("row"))
    title = models.CharField(_("title"), max_length=200)
    rows = models.JSONField(default=list, editable=False)
    links = models.JSONField(default=list, editable=False)
    reason = models.CharField(_("reason"), max_length=100, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("deleted by"),
    )
    deleted_at = models.DateTimeField(_("deleted at"), default=timezone.now)
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("brought back by"),
    )
    restored_at = models.DateTimeField(_("brought back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("deleted row")
        verbose_name_plural = _("recycle bin")
        ordering = ["-deleted_at", "-pk"]
        default_permissions = ()

    def __str__(self):
        return self.title

    @staticmethod
    def model_of(row: dict) -> type[models.Model]:
        """The model of one of the kept `rows`."""
        return apps.get_model(row["model"])
