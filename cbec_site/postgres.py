"""Connections to PostgreSQL that do not wait for ever for a server that is silent."""

import psycopg
from psycopg.errors import OperationalError

# Seconds; a request that finds no connection gives up after as long (settings.py).
PATIENCE = 1.5


class CheckedConnection(psycopg.Connection):
    """A connection whose own `execute` gives up after `PATIENCE`, and closes it.

    This is how the pool asks whether a connection still works, and how the content's
    version is read: both take a millisecond, or there is nobody who answers. Cursors,
    which is what Django has, wait as long as their query takes.
    """

    _patience: float | None = None

    def execute(self, *args, **kwargs):
        self._patience = PATIENCE
        try:
            return super().execute(*args, **kwargs)
        finally:
            self._patience = None

    def wait(self, gen, interval=0.1, timeout=None):
        try:
            return super().wait(gen, interval, timeout or self._patience)
        except psycopg.errors._WaitTimeout:
            self.pgconn.finish()
            raise OperationalError("The database does not answer.") from None
