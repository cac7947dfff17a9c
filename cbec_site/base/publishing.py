"""Publication: what is public, and since when.

Whatever shows a model to readers (page, list, API, sitemap, feed, search, a choice of
a filter) asks its queryset for `published()`. A model whose rows are public for another
reason than their own mark, such as a source of public values, says so there.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .constraints import ConstraintsAtFields
from .search_text import all_words_match

PERMISSIONS = ("add", "change", "delete", "view", "publish")


class SearchableQuerySet(models.QuerySet):
    """Rows of a model that names its `search_fields`, each language on its own."""

    def search(self, text):
        """Rows with every word of `text` in one of the search fields; all for ""."""
        return self.filter(all_words_match(text, self.model.search_fields))


class PublishableQuerySet(SearchableQuerySet):
    def published(self):
        """The rows that readers may see."""
        return self.filter(is_published=True)

    def to_confirm(self):
        """Drafts that wait for an editor to check them."""
        return self.filter(is_published=False)


def prefetch_published(model: type[models.Model], name: str) -> models.Prefetch:
    """Prefetch the relation `name` to a model without its drafts."""
    return models.Prefetch(name, model.objects.published())


class Publishable(ConstraintsAtFields):
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
        # Who may write a draft does not for that reason decide what the public sees.
        default_permissions = PERMISSIONS
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

    @property
    def is_public(self):
        """Whether `published()` has this row, as it is in hand."""
        return self.is_published

    def stamp_publication(self):
        """Remember the moment of the first publication (also before bulk writes)."""
        if self.is_published and self.published_at is None:
            self.published_at = timezone.now()

    def full_clean(self, *args, **kwargs):
        self.stamp_publication()
        super().full_clean(*args, **kwargs)
