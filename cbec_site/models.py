"""Pages of prose that editors keep."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from swot.prose import plain_text

from .base.codes import CodeField, code_constraint
from .base.publishing import Publishable
from .base.search_index.documents import Searched


class Page(Publishable):
    """A page of prose that editors keep, such as the one on our method."""

    slug = CodeField(_("slug"), max_length=50, unique=True)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("body"), help_text=_("Markdown"))

    searched = Searched(
        number=11,
        titles=("title_zh_hans", "title_en"),
        texts=("body_zh_hans", "body_en"),
        newest="published_at",
        plain=plain_text,
    )

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
    """Counts changes of public content; written only by triggers."""

    is_public_content = False

    # Counts on SQLite, where a changed key would cost each written row far more.
    number = models.PositiveBigIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("version of the content")
        verbose_name_plural = _("versions of the content")
        default_permissions = ()

    def __str__(self):
        return str(self.pk)


class WorkerHeartbeat(models.Model):
    """When a background worker was last alive; one row."""

    is_public_content = False

    at = models.DateTimeField(_("alive at"))

    class Meta:
        verbose_name = _("heartbeat of the worker")
        verbose_name_plural = _("heartbeats of the worker")
        default_permissions = ()

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def beat(cls):
        """Record that a worker is alive now."""
        cls.objects.update_or_create(pk=1, defaults={"at": timezone.now()})

    @classmethod
    def last(cls):
        """The moment when a worker was last alive, None if none ever was."""
        return cls.objects.filter(pk=1).values_list("at", flat=True).first()

    @classmethod
    def age(cls):
        """Seconds since a worker was last alive, None if none ever was."""
        moment = cls.last()
        return None if moment is None else (timezone.now() - moment).total_seconds()
