"""Rows that belong to one act: its issuers and its files."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cbec_site.base.constraints import ConstraintsAtFields
from cbec_site.base.managers import WithLinks
from cbec_site.base.official_hosts import PATTERN as OFFICIAL_ADDRESS


class PolicyIssuer(ConstraintsAtFields):
    """One issuer of a policy and its position in the heading."""

    policy = models.ForeignKey(
        "policies.Policy", on_delete=models.CASCADE, verbose_name=_("policy")
    )
    issuer = models.ForeignKey(
        "policies.Issuer", on_delete=models.PROTECT, verbose_name=_("issuing body")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = models.Manager()
    named = WithLinks("issuer")

    class Meta:
        base_manager_name = "named"
        verbose_name = _("issuing body")
        verbose_name_plural = _("issuing bodies")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "issuer"],
                name="policies_policyissuer_once",
                violation_error_message=_("This body is already listed."),
            )
        ]

    def __str__(self):
        return str(self.issuer)


class PolicyAttachment(ConstraintsAtFields):
    """A file that belongs to an act, at the authority that issued it."""

    class Role(models.TextChoices):
        MAIN = "main", _("Main text")
        ANNEX = "annex", _("Annex")
        INTERPRETATION = "interpretation", _("Interpretation")
        TRANSLATION = "translation", _("Translation")

    policy = models.ForeignKey(
        "policies.Policy",
        on_delete=models.CASCADE,
        related_name="attachments",
        verbose_name=_("policy"),
    )
    role = models.CharField(_("role"), max_length=14, choices=Role, default=Role.ANNEX)
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    constraint_fields = {"policies_policyattachment_official": "url"}

    class Meta:
        verbose_name = _("attachment of an act")
        verbose_name_plural = _("attachments of acts")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "url"],
                name="policies_policyattachment_once",
                violation_error_message=_("This file is listed already."),
            ),
            models.CheckConstraint(
                condition=models.Q(url__iregex=OFFICIAL_ADDRESS),
                name="policies_policyattachment_official",
                violation_error_message=_(
                    "This is not a page of an authority (gov.cn)."
                ),
            ),
        ]

    def __str__(self):
        return self.title
