"""Counting what belongs to the rows of a list."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


def count_by(link: str, rows: QuerySet):
    """For annotate(): how many of `rows` name the row of the list in `link`.

    Each list of `rows` is counted by itself, so that several of them do not multiply.
    """
    own = rows.filter(**{link: OuterRef("pk")}).order_by()
    count = own.values(link).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count), 0)
