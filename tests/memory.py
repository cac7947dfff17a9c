"""Temporary files of tests are kept in memory where there is room.

Tests make and remove databases, some of a thousand files; in memory that takes a tenth
of the time. A whole run needs half a gigabyte.
"""

import shutil

MEMORY, ROOM = "/dev/shm", 2_000_000_000  # noqa: S108 - a private one is made below it


def place_in_memory() -> str | None:
    """A directory whose files are in memory; None where there is too little room."""
    try:
        return MEMORY if shutil.disk_usage(MEMORY).free > ROOM else None
    except OSError:
        return None
