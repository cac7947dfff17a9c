"""A migrated SQLite database is kept, so that not every run migrates an empty one.

It is named by a digest of what makes it: migrations, models, what `migrate` sets up,
and the pinned packages. A change of any has the next run migrate from nothing.
"""

import hashlib
import os
import sqlite3
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
# Those of other states of the code; each has some megabytes.
KEPT = 8


def fill_from_template():
    """Have the test database begin as the kept one, where there is one.

    `migrate` still runs over it and finds nothing to do.
    """
    path = _path()
    if connection.vendor != "sqlite" or not path.exists():
        return
    create = connection.creation._create_test_db

    def create_filled(*args, **kwargs):
        name = create(*args, **kwargs)
        # A database in memory lives as long as somebody holds it open.
        filled = connection.creation.held_open = sqlite3.connect(
            name, uri=True, check_same_thread=False
        )
        kept = sqlite3.connect(path)
        kept.backup(filled)
        kept.close()
        return name

    connection.creation._create_test_db = create_filled


def keep_as_template():
    """Keep the test database, migrated and empty, for the runs to come."""
    path = _path()
    if connection.vendor != "sqlite" or path.exists():
        return
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    kept = sqlite3.connect(unfinished)
    connection.connection.backup(kept)
    kept.close()
    unfinished.replace(path)
    older = sorted(DIRECTORY.glob("*.sqlite3"), key=lambda one: one.stat().st_mtime)
    for one in older[:-KEPT]:
        one.unlink(missing_ok=True)


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
