"""The last good copies of the most read pages, on disk to survive a restart."""

import contextlib
import hashlib
import json
import logging
import os
import tempfile
from pathlib import Path

from .entries import Entries, Entry, make_entry

logger = logging.getLogger(__name__)

# How many addresses are copied: a few hundred pages in both languages.
MOST_COPIED = 400
# How many files there are at most: the workers do not all have the same most read ones.
MOST_FILES = 1200


class Copies:
    """A directory with one file per address, shared by the workers."""

    def __init__(self, directory: Path):
        self.directory = Path(directory)
        self._written: dict[tuple, str] = {}

    def path(self, key: tuple) -> Path:
        name = hashlib.sha256(repr(key).encode()).hexdigest()[:40]
        return self.directory / name

    def save(self, entries: Entries) -> int:
        """Write the most read entries that changed; returns how many were written.

        Each file is replaced as a whole; those that have not been among the most read
        for longest are removed. A full disk is logged but stops nothing.
        """
        written, digests = 0, {}
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            for key, entry in entries.most_read(MOST_COPIED):
                is_written = self._written.get(key) == entry.digest
                if not (is_written and self._is_still_there(key)):
                    self._write(key, entry)
                    written += 1
                digests[key] = entry.digest
            self._remove_oldest()
        except OSError:
            logger.warning("Pages could not be copied to disk.", exc_info=True)
        self._written = digests
        return written

    def _is_still_there(self, key) -> bool:
        """Whether the file exists; it counts as new, as its page is read."""
        try:
            os.utime(self.path(key))
        except FileNotFoundError:
            return False
        return True

    def _remove_oldest(self) -> None:
        ages = {}
        for path in self.directory.iterdir():
            # Another worker may just have removed it.
            with contextlib.suppress(FileNotFoundError):
                ages[path] = path.stat().st_mtime
        for path in sorted(ages, key=ages.__getitem__)[:-MOST_FILES]:
            path.unlink(missing_ok=True)

    def _write(self, key, entry: Entry) -> None:
        about = {"headers": entry.headers, "modified": entry.modified}
        handle, name = tempfile.mkstemp(dir=self.directory, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(json.dumps(about).encode() + b"\n" + entry.plain)
            Path(name).replace(self.path(key))
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def load(self, key: tuple) -> Entry | None:
        """The copy of an address, without a version; None if there is none."""
        try:
            about, _, content = self.path(key).read_bytes().partition(b"\n")
            described = json.loads(about)
            headers = [tuple(pair) for pair in described["headers"]]
            return make_entry(None, headers, content, described["modified"])
        except (OSError, ValueError, KeyError):
            return None
