"""Pages of prose that editors keep."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base.codes import CodeField, code_constraint
from .base.publishing import Publishable


class Page(Publishable):
    """A page of prose that editors keep, such as the one on our method."""

    slug = CodeField(_("slug"), max_length=50, unique=True)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("body"), help_text=_("Markdown"))

    search_fields = ("title_zh_hans", "title_en", "body_zh_hans", "body_en")

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["slug"]
        constraints = [*Publishable.Meta.constraints, code_constraint("slug")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("page", args=[self.slug])


class ContentVersion(models.Model):
    """Counts the changes of what is public; written by triggers alone."""

    is_public_content = False

    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("version of the content")
        verbose_name_plural = _("versions of the content")
        default_permissions = ()

    def __str__(self):
        return str(self.pk)
