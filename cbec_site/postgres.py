"""PostgreSQL connections that do not wait forever for a silent server."""

import psycopg
from psycopg.errors import OperationalError

# Seconds; a request without a connection gives up after the same time (settings.py).
PATIENCE = 1.5


class CheckedConnection(psycopg.Connection):
    """A connection whose own `execute` gives up after `PATIENCE`, and closes it.

    This is how the pool checks whether a connection still works, and how the content
    version is read: both take a millisecond unless the server is gone. Cursors, which
    Django uses, wait as long as their query takes.
    """

    _patience: float | None = None

    def execute(self, *args, **kwargs):
        self._patience = PATIENCE
        try:
            return super().execute(*args, **kwargs)
        finally:
            self._patience = None

    def wait(self, gen, interval=0.1, timeout=None):
        # psycopg itself ends waits with a limit of their own, such as for a notice.
        if self._patience is None or timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self._patience)
        except psycopg.errors._WaitTimeout:
            self.pgconn.finish()
            raise OperationalError("The database does not answer.") from None
