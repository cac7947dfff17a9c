"""Keys of regions together with those of the regions containing them."""

from django.db.models import BigIntegerField
from django.db.models.expressions import Expression


class WithParents(Expression):
    """For `pk__in`: the keys that the queries give of rows of a tree, and those of all
    their ancestors; one pass up the tree.
    """

    def __init__(self, model, *queries, parent="parent_id"):
        super().__init__(output_field=BigIntegerField())
        self.model = model
        self.queries = queries
        self.parent = parent

    def as_sql(self, compiler, connection):
        table = connection.ops.quote_name(self.model._meta.db_table)
        parent = connection.ops.quote_name(self.parent)
        first, parameters = [], []
        for query in self.queries:
            keys = query.query.get_compiler(connection=connection)
            sql, values = keys.as_sql()
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
