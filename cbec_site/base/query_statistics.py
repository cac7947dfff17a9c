"""What the database knows about its tables when it plans a query.

SQLite gathers it only on request, and forgets what it knew about a table that a
migration rebuilds: the first page of a million observations then takes 300 ms instead
of 20. PostgreSQL gathers it by itself within some minutes; until then the article of a
study that has just been loaded takes seconds.
"""

import logging

from django.db import DatabaseError, connections, transaction

logger = logging.getLogger(__name__)

# So many rows written at once may change the best plan of a query.
MANY = 10_000


def refresh(using: str = "default") -> None:
    """Gather statistics on all tables: a second for a million rows; on SQLite writers
    wait."""
    try:
        analyse(connections[using])
    except DatabaseError:
        # Queries are answered all the same.
        logger.warning("The database's statistics are old.", exc_info=True)


def analyse(connection) -> None:
    """Gather statistics on the site's tables, in the transaction that is open, if any.

    Not on the catalogues of PostgreSQL, of which some belong to all databases of
    a server: in a transaction they would stay locked until its end.
    """
    names = []
    if connection.vendor == "postgresql":
        names = map(
            connection.ops.quote_name,
            connection.introspection.django_table_names(only_existing=True),
        )
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(names)}")


def refresh_after(written: int) -> None:
    """Gather statistics once the transaction that wrote so many rows is over."""
    if written >= MANY:
        transaction.on_commit(refresh)
