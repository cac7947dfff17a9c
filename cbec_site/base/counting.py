"""Counting the rows of a list, and what belongs to them."""

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property


def count_by(link: str, rows: QuerySet):
    """For annotate(): how many of `rows` name the row of the list in `link`.

    Each list of `rows` is counted by itself, so that several of them do not multiply.
    """
    own = rows.filter(**{link: OuterRef("pk")}).order_by()
    count = own.values(link).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count), 0)


class Total(int):
    """How many rows there are, as far as they are counted."""

    def __new__(cls, number, is_capped=False):
        total = super().__new__(cls, number)
        total.is_capped = is_capped
        return total

    @property
    def text(self):
        """The number as pages show it: 1,000+ where there are more."""
        return f"{self:,}+" if self.is_capped else str(int(self))


def count_to(queryset: QuerySet, most: int) -> Total:
    """How many rows there are, up to `most`: no further row is looked at."""
    found = queryset.order_by().values("pk")[: most + 1].count()
    return Total(min(found, most), found > most)


class ShownTotal(Total):
    """A total that says where a template prints it that there are more."""

    @classmethod
    def of(cls, total):
        return cls(int(total), total.is_capped)

    def __str__(self):
        return self.text


class BoundedPaginator(Paginator):
    """Pages of the first rows of a list, so many as are counted.

    Whoever looks for one further down narrows the list or orders it otherwise.
    """

    most = 2_000

    @cached_property
    def count(self):
        return ShownTotal.of(count_to(self.object_list, self.most))
