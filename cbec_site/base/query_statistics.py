"""What SQLite knows of its tables when it chooses how to answer a query.

PostgreSQL gathers it by itself. SQLite does only when it is told to, and forgets what
it knew of a table that a migration makes anew: the first page of a million observations
then takes 300 ms instead of 20.
"""

import logging

from django.db import DatabaseError, connections, transaction

logger = logging.getLogger(__name__)

# So many rows written at once may change how a query is answered best.
MANY = 10_000


def refresh(using: str = "default") -> None:
    """Look at all tables: about a second for a million rows, which writers wait for."""
    database = connections[using]
    if database.vendor != "sqlite":
        return
    try:
        with database.cursor() as cursor:
            cursor.execute("ANALYZE")
    except DatabaseError:
        # Queries are answered all the same.
        logger.warning("The database's statistics are old.", exc_info=True)


def refresh_after(written: int) -> None:
    """Look at the tables once the transaction that wrote so many rows is over."""
    if written >= MANY:
        transaction.on_commit(refresh)
