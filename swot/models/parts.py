"""What an entry and a recommendation have in common."""

from cbec_site.base.publishing import PublishableQuerySet

from .texts import BoundText


class PartQuerySet(PublishableQuerySet):
    """Entries or recommendations: parts of an analysis."""

    def published(self):
        """Published parts of published analyses."""
        return super().published().filter(analysis__is_published=True)


class Part(BoundText):
    """An entry or a recommendation: it belongs to an analysis, which may be a draft."""

    objects = PartQuerySet.as_manager()

    class Meta(BoundText.Meta):
        abstract = True

    @property
    def is_public(self):
        return self.is_published and self.analysis.is_published
