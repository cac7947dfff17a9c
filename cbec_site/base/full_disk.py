"""A full disk: recognising it, and writing files completely or not at all."""

import errno
from sqlite3 import SQLITE_FULL

from django.core.files.storage import FileSystemStorage
from django.db import DatabaseError

# No space, no quota, and a limit on the size of files.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# PostgreSQL, appendix A.
DISK_FULL = "53100"


def is_disk_full(error: BaseException | None) -> bool:
    """Whether something could not be stored because the disk is full."""
    if isinstance(error, OSError):
        return error.errno in FULL
    if not isinstance(error, DatabaseError):
        return False
    cause = error.__cause__
    if getattr(cause, "sqlite_errorcode", 0) & 0xFF == SQLITE_FULL:
        return True
    return getattr(cause, "sqlstate", None) == DISK_FULL


class WholeFiles(FileSystemStorage):
    """Keeps a file complete or not at all: a partly written file is removed."""

    def _save(self, name, content):
        was_there = self.exists(name)
        try:
            return super()._save(name, content)
        except OSError:
            if not was_there:
                self.delete(name)
            raise
