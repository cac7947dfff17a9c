"""Counting the rows of a list, and what belongs to them."""

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property


def count_by(link: str, rows: QuerySet):
    """For annotate(): how many of `rows` name the row of the list in `link`.

    Each relation is counted in a subquery, so that several do not multiply.
    """
    own = rows.filter(**{link: OuterRef("pk")}).order_by()
    count = own.values(link).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count), 0)


class Total(int):
    """How many rows there are, up to the counting limit."""

    def __new__(cls, number, is_capped=False):
        total = super().__new__(cls, number)
        total.is_capped = is_capped
        return total

    @property
    def text(self):
        """The number as pages show it: 1,000+ where there are more."""
        return f"{self:,}+" if self.is_capped else str(int(self))


def count_to(queryset: QuerySet, most: int) -> Total:
    """How many rows there are, up to `most`: no further row is read."""
    counted = queryset.order_by().values("pk")[: most + 1].count()
    return Total(min(counted, most), counted > most)


class ShownTotal(Total):
    """A total that is printed in templates with a sign that there are more."""

    def __str__(self):
        return self.text


class BoundedPaginator(Paginator):
    """Pages of the first rows of a queryset, as many as are counted.

    To reach rows further down, readers narrow the list or change its order. The keys
    of these rows are read once: a search that has to read the whole table does so
    neither for the count nor for the page again.
    """

    most = 2_000

    @cached_property
    def keys(self):
        """The keys of the rows in their order, and one more if there are more."""
        rows = self.object_list.prefetch_related(None)
        return list(rows.values_list("pk", flat=True)[: self.most + 1])

    @cached_property
    def count(self):
        number = len(self.keys)
        return ShownTotal(min(number, self.most), number > self.most)

    def page(self, number):
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        keys = self.keys[: self.most][start : start + self.per_page]
        return self._get_page(self.object_list.filter(pk__in=keys), number, self)
