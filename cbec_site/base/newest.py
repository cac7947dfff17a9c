"""The newest moment of what belongs to a row, as a column of a query."""

from django.db.models import Max, OuterRef, QuerySet, Subquery, Value


def newest(rows: QuerySet, link: str, moment) -> Subquery:
    """The newest moment of the rows that a path links to the outer row; None without.

    `moment` is the name of a field, or an expression.
    """
    linked = rows.filter(**{link: OuterRef("pk")}).order_by()
    # A constant, so that all of the rows are one group.
    group = linked.annotate(all_of_them=Value(1)).values("all_of_them")
    return Subquery(group.annotate(newest=Max(moment)).values("newest"))


def newest_version(model, link: str = "id") -> Subquery:
    """When the outer row, or a part that names it in the field `link`, was last
    saved."""
    return newest(model.history.model.objects, link, "history_date")
