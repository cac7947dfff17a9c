"""Publication: what is public, and since when.

Whatever shows a model to readers (page, list, API, sitemap, feed, search, the choices
of a filter) asks its queryset for `published()`. A model whose rows are public for a
reason other than their own flag, such as a source of public values, defines that there.
"""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .constraints import ConstraintsAtFields
from .search_index.finding import count_matching, matching, matching_common
from .search_index.writing import index_rows, indexed

PERMISSIONS = ("add", "change", "delete", "view", "publish")


class SearchableQuerySet(models.QuerySet):
    """Rows of a model that declares in `searched` what can be found."""

    def search(self, text, *, is_common=False):
        """Rows whose searched texts contain every term of `text`; all rows for "".

        `is_common` says that many rows do, of which the first are read.
        """
        find = matching_common if is_common else matching
        return find(self, self.as_searched(text))

    def count_found(self, text):
        """How many rows `search` gives, counted up to a limit; see `count_matching`."""
        return count_matching(self, self.as_searched(text))

    def as_searched(self, text):
        """What a reader looks for, in the form in which texts have it."""
        return text

    def bulk_create(self, objs, *args, **kwargs):
        """Create many rows; the search index is written in the same transaction."""
        with transaction.atomic(savepoint=False):
            made = super().bulk_create(objs, *args, **kwargs)
            if self._is_searched:
                index_rows(self.model, [row.pk for row in made])
        return made

    @property
    def _is_searched(self):
        return "searched" in vars(self.model)

    def update(self, **values):
        """Change many rows; the search index is written in the same transaction."""
        if not self._is_searched or not self.model.searched.reads(values):
            return super().update(**values)
        with indexed(self.model, list(self.values_list("pk", flat=True))):
            return super().update(**values)


class PublishableQuerySet(SearchableQuerySet):
    def published(self):
        """The rows that readers may see."""
        return self.filter(is_published=True)

    def to_confirm(self):
        """Unpublished rows, which wait for an editor to check them."""
        return self.filter(is_published=False)


def prefetch_published(model: type[models.Model], name: str) -> models.Prefetch:
    """Prefetch the relation `name` to a model, published rows only."""
    return models.Prefetch(name, model.objects.published())


class Publishable(ConstraintsAtFields):
    """Published or not; the moment of first publication is remembered."""

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
        # Permission to write drafts does not include permission to publish.
        default_permissions = PERMISSIONS
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_published=False)
                | models.Q(published_at__isnull=False),
                name="%(app_label)s_%(class)s_published_has_moment",
                violation_error_message=_(
                    "Published content needs its time of publication."
                ),
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
        """Whether `published()` would contain this row as it is in memory."""
        return self.is_published

    def stamp_publication(self):
        """Remember the moment of the first publication (also before bulk writes)."""
        if self.is_published and self.published_at is None:
            self.published_at = timezone.now()

    def full_clean(self, *args, **kwargs):
        self.stamp_publication()
        super().full_clean(*args, **kwargs)
