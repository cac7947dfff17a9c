"""A migrated database is kept, so that not every run migrates an empty one.

On SQLite a file, on PostgreSQL a database of the server, as long as that runs. It is
named by a digest of what it is made from: migrations, models, what `migrate` sets up,
and the pinned packages. After a change of any of them the next run migrates from
nothing.
"""

import fcntl
import hashlib
import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

APPS = ("cbec_site", "datasets", "policies", "swot")
MAKES_IT = (
    "**/migrations/*.py",
    "**/models.py",
    "**/models/*.py",
    "**/apps.py",
    "**/translation.py",
    "**/accounts/*.py",
    "**/content_version*.py",
    "**/search*.py",
)
DIRECTORY = Path(settings.BASE_DIR) / "var" / "test-databases"
# Those of other versions of the code; each has several megabytes.
KEPT = 8


@contextmanager
def template():
    """The database made in the body starts as the kept one, or is kept afterwards.

    `migrate` still runs on a kept one and finds nothing to do. Of runs that start
    together the first migrates, and the others wait for its database.
    """
    is_sqlite = connection.vendor == "sqlite"
    is_kept, fill, keep = SQLITE if is_sqlite else POSTGRES
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    with (DIRECTORY / f"{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_kept():
            fcntl.flock(lock, fcntl.LOCK_UN)
            fill()
            yield
        else:
            yield
            keep()


def _fill_sqlite():
    create = connection.creation._create_test_db

    def create_filled(*args, **kwargs):
        name = create(*args, **kwargs)
        # A database in memory lives as long as a connection is open.
        filled = connection.creation.held_open = sqlite3.connect(
            name, uri=True, check_same_thread=False
        )
        kept = sqlite3.connect(_path())
        kept.backup(filled)
        kept.close()
        return name

    connection.creation._create_test_db = create_filled


def _keep_sqlite():
    path = _path()
    unfinished = path.with_suffix(f".{os.getpid()}")
    kept = sqlite3.connect(unfinished)
    connection.connection.backup(kept)
    kept.close()
    unfinished.replace(path)
    older = sorted(DIRECTORY.glob("*.sqlite3"), key=lambda one: one.stat().st_mtime)
    for one in older[:-KEPT]:
        one.unlink(missing_ok=True)


def _is_kept_by_postgres():
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_path().stem])
        return cursor.fetchone() is not None


def _fill_postgres():
    connection.settings_dict["TEST"]["TEMPLATE"] = _path().stem


def _keep_postgres():
    """Keep a copy of the test database, to which nothing may be connected meanwhile."""
    name = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{_path().stem}" TEMPLATE "{name}"')


def _path():
    digest = hashlib.sha256()
    root = Path(settings.BASE_DIR)
    paths = [root / "requirements.txt", root / "cbec_site" / "settings.py"]
    for app in APPS:
        for pattern in MAKES_IT:
            paths += (root / app).glob(pattern)
    for path in sorted(set(paths)):
        digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return DIRECTORY / f"{digest.hexdigest()[:24]}.sqlite3"


SQLITE = (lambda: _path().exists()), _fill_sqlite, _keep_sqlite
POSTGRES = _is_kept_by_postgres, _fill_postgres, _keep_postgres
