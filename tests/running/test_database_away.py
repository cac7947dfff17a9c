"""A database that does not answer means 503 at once, with a message; no other error."""

import sqlite3

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection
from psycopg_pool import PoolTimeout

from cbec_site.database_away import is_away, is_busy


def wrapped(cause):
    error = OperationalError(*cause.args)
    error.__cause__ = cause
    return error


def sqlite_error(code):
    cause = sqlite3.OperationalError("x")
    cause.sqlite_errorcode = code
    return wrapped(cause)


AWAY = {
    "refused": wrapped(psycopg.OperationalError("connection refused")),
    "pool": wrapped(PoolTimeout("no connection")),
    "shutdown": wrapped(psycopg.errors.AdminShutdown("bye")),
    "crowded": wrapped(psycopg.errors.TooManyConnections("full")),
    "lost": wrapped(psycopg.errors.ConnectionFailure("gone")),
    "closed": InterfaceError("the connection is closed"),
    "missing file": sqlite_error(sqlite3.SQLITE_CANTOPEN),
}
OTHERS = {
    "busy": sqlite_error(sqlite3.SQLITE_BUSY),
    "deadlock": wrapped(psycopg.errors.DeadlockDetected("x")),
    "disk": wrapped(psycopg.errors.DiskFull("x")),
    "no such table": sqlite_error(sqlite3.SQLITE_ERROR),
    "ours": ValueError("x"),
}


@pytest.mark.parametrize("name", AWAY)
def test_absent_database_is_distinguished_from_other_errors(name):
    assert is_away(AWAY[name])
    assert not is_busy(AWAY[name])


@pytest.mark.parametrize("name", OTHERS)
def test_other_errors_do_not_count_as_absence(name):
    assert not is_away(OTHERS[name])


@pytest.mark.parametrize("name", AWAY)
@pytest.mark.parametrize("path", ["/en/policies/", "/api/v1/policies"])
def test_reader_is_told_when_to_try_again(client, db, name, path):
    def fail(*args):
        raise AWAY[name]

    with connection.execute_wrapper(fail):
        response = client.get(path)

    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert response["Cache-Control"] in ("no-store", "no-cache")
