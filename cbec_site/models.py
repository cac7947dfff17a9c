"""What every app builds on: publication and dates of known precision."""

import datetime

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .words import holding


class SearchableQuerySet(models.QuerySet):
    """Rows of a model that names its `search_fields`, each language on its own."""

    def search(self, text):
        """Rows with every word of `text` in one of the search fields; all for ""."""
        return self.filter(holding(text, self.model.search_fields))


class PublishableQuerySet(SearchableQuerySet):
    def published(self):
        return self.filter(is_published=True)

    def to_confirm(self):
        """Drafts that wait for an editor to check them."""
        return self.filter(is_published=False)


class Publishable(models.Model):
    """Draft or published; the first publication is remembered."""

    is_published = models.BooleanField(
        _("published"),
        default=False,
        db_index=True,
        help_text=_("Drafts appear nowhere in public."),
    )
    published_at = models.DateTimeField(
        _("published at"), null=True, blank=True, editable=False
    )

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_published=False)
                | models.Q(published_at__isnull=False),
                name="%(app_label)s_%(class)s_published_has_moment",
                violation_error_message=_("What is published has a moment."),
            )
        ]

    def save(self, *args, **kwargs):
        self.stamp_publication()
        fields = kwargs.get("update_fields")
        if fields is not None and "is_published" in fields:
            kwargs["update_fields"] = {*fields, "published_at"}
        super().save(*args, **kwargs)

    def stamp_publication(self):
        """Remember the moment of the first publication (also before bulk writes)."""
        if self.is_published and self.published_at is None:
            self.published_at = timezone.now()

    def full_clean(self, *args, **kwargs):
        self.stamp_publication()
        super().full_clean(*args, **kwargs)


class Page(Publishable):
    """A page of prose that editors keep, such as the one on our method."""

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("body"), help_text=_("Markdown"))

    search_fields = ("title_zh_hans", "title_en", "body_zh_hans", "body_en")

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["slug"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("page", args=[self.slug])


class DatePrecision(models.TextChoices):
    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


def parse_partial_date(text):
    """Turn 2021, 2021-03 or 2021-03-19 into (date, precision); "" into (None, "").

    The date is the first day of what is known. Raises ValueError for other text.
    """
    if not text:
        return None, ""
    parts = [int(part) for part in text.split("-")]
    precision = {1: "year", 2: "month", 3: "day"}.get(len(parts))
    if precision is None:
        raise ValueError(text)
    return datetime.date(*(parts + [1, 1])[:3]), precision


def partial_date_text(value, precision):
    """Show no more of a date than is known: 2021, 2021-03 or 2021-03-19."""
    if value is None:
        return ""
    return value.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]
