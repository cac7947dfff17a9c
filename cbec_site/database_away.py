"""Responses while the database does not answer, or others keep it busy."""

from sqlite3 import SQLITE_BUSY, SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_LOCKED

from django.db import DatabaseError, InterfaceError, OperationalError
from django.shortcuts import render

RETRY_AFTER = "30"
SOON = "5"
# Not serializable, deadlock, lock not available (PostgreSQL, appendix A).
WAITED = ("40001", "40P01", "55P03")
# Connection exceptions, too many connections, shutdown and start-up of the server.
AWAY = ("08", "53300", "57P")


class Unavailable:
    """Asks visitors to try again when the database is busy or away: 503, Retry-After.

    SQLite has one writer, so that a large import makes others wait; PostgreSQL ends one
    of two transactions that wait for each other. Nothing of the request is stored then,
    and reloading the page sends the form again.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            return self.get_response(request)
        except DatabaseError as error:
            # Raised by middleware that reads the session.
            response = self.process_exception(request, error)
            if response is None:
                raise
            return response

    def process_exception(self, request, exception):
        if is_busy(exception):
            return _answer(request, "503.html", RETRY_AFTER)
        if is_away(exception):
            return _answer(request, "503-away.html", SOON)
        return None


def _answer(request, template, wait):
    response = render(request, template, status=503)
    response["Retry-After"] = wait
    response["Cache-Control"] = "no-store"
    return response


def is_busy(error: Exception) -> bool:
    """Whether a database gave up waiting for another transaction."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    # The extended codes have the plain one in their last byte.
    if code is not None and code & 0xFF in (SQLITE_BUSY, SQLITE_LOCKED):
        return True
    return getattr(cause, "sqlstate", None) in WAITED


def is_away(error: Exception) -> bool:
    """Whether the database cannot be used: it refuses, is silent or has no free
    connection."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in (SQLITE_CANTOPEN, SQLITE_IOERR)
    state = getattr(cause, "sqlstate", None)
    # Without an SQLSTATE the server was never reached, or the pool had no
    # connection.
    return state is None or state.startswith(AWAY)
