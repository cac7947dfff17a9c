"""What names in files mean, as decided by editors."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NameMapping(models.Model):
    """A name in files of a source, and what it means here.

    `batches` is the model of the imports it applies to, such as datasets.ImportBatch;
    `source` the source chosen for the whole file, "" for none. `role` is what is named:
    a column, region, indicator, unit and so on. `code` is "" if rows (or a column) of
    that name are left out.
    """

    batches = models.CharField(_("imports"), max_length=60)
    source = models.CharField(_("code of the source"), max_length=64, blank=True)
    role = models.CharField(_("name of"), max_length=20)
    name = models.CharField(_("name in the file"), max_length=300)
    code = models.CharField(_("stands for"), max_length=120, blank=True)
    user = models.ForeignKey(
        "auth.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("editor"),
    )
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("name in files")
        verbose_name_plural = _("names in files")
        ordering = ["batches", "role", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["batches", "source", "role", "name"],
                name="datasets_namemapping_once",
                violation_error_message=_(
                    "This name is already mapped for this source."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.code or '—'}"
