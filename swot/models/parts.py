"""What an entry and a recommendation have in common."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cbec_site.base.codes import CodeField, code_constraint
from cbec_site.base.publishing import PublishableQuerySet
from cbec_site.base.search_index.documents import Searched
from swot.prose import plain_text

from .texts import BoundText


class PartQuerySet(PublishableQuerySet):
    """Entries or recommendations: parts of an analysis."""

    def published(self):
        """Published parts of published analyses."""
        return super().published().filter(analysis__is_published=True)

    def in_order(self):
        """As readers see them: by study, then by code."""
        return self.order_by("analysis__slug", "code")


class Part(BoundText):
    """An entry or a recommendation. Its analysis may be a draft."""

    code = CodeField(_("code"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("body"))

    objects = PartQuerySet.as_manager()

    class Meta(BoundText.Meta):
        abstract = True
        ordering = ["analysis", "code"]
        constraints = [
            *BoundText.Meta.constraints,
            code_constraint(),
            models.UniqueConstraint(
                fields=["analysis", "code"],
                name="swot_%(class)s_unique_code",
                violation_error_message=_("The analysis already has this code."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    @property
    def is_public(self):
        return self.is_published and self.analysis.is_published


def part_searched(number: int) -> Searched:
    """What the search reads of entries and recommendations; `number` is the kind."""
    return Searched(
        number=number,
        titles=("code", "title_zh_hans", "title_en"),
        texts=("body_zh_hans", "body_en"),
        newest="published_at",
        plain=plain_text,
    )
