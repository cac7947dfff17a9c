"""Databases beside that of the tests: a copy that other processes see, an empty one."""

import os
import sqlite3
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connections

ALIAS = "default"


@contextmanager
def own_database(directory, name):
    """Work on a copy of the test database; yields its DATABASE_URL for other processes.

    On SQLite it is a file below `directory`, on PostgreSQL a database called `name`.
    This thread and those it starts use it; it is deleted afterwards.
    """
    before = connections[ALIAS]
    copy = _sqlite_copy if before.vendor == "sqlite" else _postgres_copy
    with copy(before, directory, name) as (place, url), _connected_to(place):
        yield url


@contextmanager
def empty_database(name):
    """Work on a database without tables, which only this thread sees.

    On SQLite it is in memory, on PostgreSQL called `name`; it is deleted afterwards.
    """
    before = connections[ALIAS]
    if before.vendor == "sqlite":
        with _connected_to(":memory:"):
            yield
        return
    with before._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        with _connected_to(name):
            yield
    finally:
        with before._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def empty_database_of_others(directory, name):
    """A database without tables for other processes; yields its DATABASE_URL.

    On SQLite it is a file below `directory`, on PostgreSQL a database called `name`,
    which is deleted afterwards.
    """
    if is_sqlite():
        yield f"sqlite:///{directory / name}.sqlite3"
        return
    with empty_database(name):
        yield _url(name)


@contextmanager
def _connected_to(name):
    before, defaults = connections[ALIAS], connections.settings[ALIAS]
    connections.settings[ALIAS] = {**before.settings_dict, "NAME": name}
    connections[ALIAS] = connections.create_connection(ALIAS)
    try:
        yield
    finally:
        connections[ALIAS].close()
        connections.settings[ALIAS], connections[ALIAS] = defaults, before


@contextmanager
def _sqlite_copy(source, directory, name):
    path = directory / f"{name}.sqlite3"
    source.ensure_connection()
    target = sqlite3.connect(path)
    source.connection.backup(target)
    target.close()
    yield str(path), f"sqlite:///{path}"


@contextmanager
def _postgres_copy(source, directory, name):
    # Nobody may be connected to a database that is copied.
    source.close()
    test_name = source.settings_dict["NAME"]
    with source._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{test_name}"')
    try:
        yield name, _url(name)
    finally:
        # A killed process may still be connected.
        with source._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _url(name):
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{name}"))


def is_sqlite():
    return settings.DATABASES[ALIAS]["ENGINE"].endswith("sqlite3")
