"""Databases beside that of the tests: a copy that other processes see, an empty one."""

import os
import sqlite3
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connections

ALIAS = "default"


@contextmanager
def own_database(directory, name, original=None):
    """Work on a copy of the test database; yields its DATABASE_URL for other processes.

    On SQLite it is a file below `directory`, on PostgreSQL a database called `name`.
    This thread and those it starts use it; it is deleted afterwards. `original` is
    what `filled_database` yielded, to be copied instead.
    """
    with _copy(directory, name, original) as (place, url), _connected_to(place):
        yield url


@contextmanager
def filled_database(directory, name, fill):
    """Yields a copy of the test database in which `fill()` was called.

    It can be the original of others, as nobody is connected to it.
    """
    with _copy(directory, name) as (place, _url):
        with _connected_to(place):
            fill()
        yield place


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


def _copy(directory, name, original=None):
    copy = _sqlite_copy if is_sqlite() else _postgres_copy
    return copy(connections[ALIAS], directory, name, original)


@contextmanager
def _sqlite_copy(source, directory, name, original):
    path = directory / f"{name}.sqlite3"
    if original:
        copied = sqlite3.connect(original)
    else:
        source.ensure_connection()
        copied = source.connection
    target = sqlite3.connect(path)
    copied.backup(target)
    target.close()
    if original:
        copied.close()
    yield str(path), f"sqlite:///{path}"


@contextmanager
def _postgres_copy(source, directory, name, original):
    # Nobody may be connected to a database that is copied.
    source.close()
    original = original or source.settings_dict["NAME"]
    with source._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
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
