"""Imports: files, and what became of them."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """One import: which file, by whom, when, why, and what it did."""

    is_public_content = False

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        APPLIED = "applied", _("Applied")
        FAILED = "failed", _("Failed")
        UNDONE = "undone", _("Undone")

    file_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    file = models.FileField(_("file"), upload_to="%Y/%m", blank=True)
    layout = models.JSONField(_("encoding and layout"), default=dict, blank=True)
    user = models.ForeignKey(
        "auth.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("editor"),
    )
    preview = models.JSONField(_("preview"), default=dict, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.APPLIED
    )
    message = models.TextField(_("message"), blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    new_count = models.PositiveIntegerField(_("new"), default=0)
    changed_count = models.PositiveIntegerField(_("changed"), default=0)
    unchanged_count = models.PositiveIntegerField(_("unchanged"), default=0)
    undoes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name=_("undoes"),
    )

    class Meta:
        abstract = True
        verbose_name = _("import batch")
        verbose_name_plural = _("import batches")
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.file_name} ({self.created_at:%Y-%m-%d})"

    @property
    def is_applied(self):
        return self.state == self.State.APPLIED

    @property
    def is_failed(self):
        return self.state == self.State.FAILED

    @property
    def is_pending(self):
        """Whether its file is still waiting, for an editor or for the worker."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def what_happened(self):
        """What happened to it, in the reader's language; "" if there is nothing to say.

        The first line of `message` is stored untranslated; further lines, from older
        versions, are for the operator.
        """
        first = self.message.partition("\n")[0]
        return gettext(first) if first else ""


class ImportBatch(Batch):
    """An import of observations."""

    class Meta(Batch.Meta):
        abstract = False
        permissions = [("import_observation", _("Can import observations"))]
