"""Imports of policies: the batch, and each policy before and after it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cbec_site.base.constraints import ConstraintsAtFields
from datasets.models.batches import Batch


class PolicyBatch(Batch):
    """An import of policies."""

    class Meta(Batch.Meta):
        abstract = False
        verbose_name = _("policy import")
        verbose_name_plural = _("policy imports")
        permissions = [("import_policy", _("Can import policies"))]


class PolicyChange(ConstraintsAtFields):
    """What a batch did to one policy: `before` is null if it added the policy, `after`
    if it removed it."""

    is_public_content = False

    batch = models.ForeignKey(
        PolicyBatch,
        on_delete=models.CASCADE,
        related_name="changes",
        verbose_name=_("policy import"),
    )
    code = models.CharField(_("code"), max_length=12)
    line = models.PositiveIntegerField(_("line"), default=0)
    before = models.JSONField(_("before"), null=True, blank=True)
    after = models.JSONField(_("after"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of a policy")
        verbose_name_plural = _("changes of policies")
        ordering = ["line", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "code"],
                name="policies_policychange_once",
                violation_error_message=_("A batch changes a policy once."),
            ),
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False),
                name="policies_policychange_says_something",
                violation_error_message=_("Say what was there before or after."),
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def is_new(self):
        return self.before is None
