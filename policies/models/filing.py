"""Who issues acts, and the subjects they are filed under."""

from django.db import models
from django.db.models import BooleanField, Case, Exists, OuterRef, Value, When
from django.utils.translation import gettext_lazy as _

from cbec_site.base.codes import CodeField, code_constraint
from cbec_site.base.constraints import ConstraintsAtFields

from .policies import Policy


def has_any(acts):
    """The condition that there is one of these acts.

    As a plain EXISTS PostgreSQL makes it a join, and reads all acts of a body or topic
    to find the first.
    """
    return Case(
        When(Exists(acts), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )


class IssuerQuerySet(models.QuerySet):
    def published(self):
        """Bodies that issued a published policy."""
        acts = Policy.objects.published().filter(issuers=OuterRef("pk"))
        return self.filter(has_any(acts))


class TopicQuerySet(models.QuerySet):
    def published(self):
        """Topics of published policies."""
        acts = Policy.objects.published().filter(topics=OuterRef("pk"))
        return self.filter(has_any(acts))


class Issuer(ConstraintsAtFields):
    """A body that issues documents."""

    code = CodeField(_("code"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=200)

    objects = IssuerQuerySet.as_manager()

    class Meta:
        verbose_name = _("issuing body")
        verbose_name_plural = _("issuing bodies")
        ordering = ["name_zh_hans"]
        constraints = [code_constraint()]

    def __str__(self):
        return self.name


class Topic(ConstraintsAtFields):
    """A subject that policies are filed under."""

    code = CodeField(_("code"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=100)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["code"]
        constraints = [code_constraint()]

    def __str__(self):
        return self.name
