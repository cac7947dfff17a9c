"""Indexes that models cannot name the same on both databases.

Lists of policies go by the day of publication; days that are not known come last either
way. PostgreSQL's index has to say so, SQLite takes no such words in an index. They are
made after `migrate`, each time: SQLite loses them whenever a table is rebuilt.
"""

from django.db import connections

TABLE = "policies_policy"
ORDERS = {
    "policies_policy_newest": {"postgresql": "DESC NULLS LAST", "sqlite": "DESC"},
    "policies_policy_oldest": {"postgresql": "ASC", "sqlite": "ASC"},
}


def add_indexes(using="default", **kwargs) -> None:
    """Make the indexes that are missing where the table is there."""
    database = connections[using]
    with database.cursor() as cursor:
        if TABLE not in database.introspection.table_names(cursor):
            return
        for name, orders in ORDERS.items():
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {name} ON {TABLE} "
                f"(published_on {orders[database.vendor]}, code) WHERE is_published"
            )
