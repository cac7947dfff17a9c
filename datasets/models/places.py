"""Keys of regions together with those of the regions containing them."""

from django.db.models import BigIntegerField
from django.db.models.expressions import Expression


class WithParents(Expression):
    """For `pk__in`: the keys of rows of a tree, and of all their ancestors.

    One pass up the tree: the condition of each queryset is evaluated once per row, not
    once per level.
    """

    def __init__(self, *querysets, parent="parent_id"):
        super().__init__(output_field=BigIntegerField())
        self.querysets = querysets
        self.parent = parent

    def as_sql(self, compiler, connection):
        model = self.querysets[0].model
        table = connection.ops.quote_name(model._meta.db_table)
        parent = connection.ops.quote_name(self.parent)
        first, parameters = [], []
        for queryset in self.querysets:
            keys = queryset.order_by().values("pk").query
            sql, values = keys.get_compiler(connection=connection).as_sql()
            first.append(sql)
            parameters += values
        # Quoted names and SQL that Django made; values are in the parameters.
        own = " UNION ".join(first)
        up = (
            f"SELECT r.{parent} FROM {table} r JOIN above ON r.id = above.id "  # noqa: S608
            f"WHERE r.{parent} IS NOT NULL"
        )
        sql = f"(WITH RECURSIVE above(id) AS ({own} UNION {up}) SELECT id FROM above)"  # noqa: S608
        return sql, parameters
