"""The last good copies of the most read pages, on disk to survive a restart."""

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

        Each file is replaced as a whole. A full disk is logged but stops nothing.
        """
        written = 0
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            for key, entry in entries.most_read(MOST_COPIED):
                if self._written.get(key) != entry.digest:
                    self._write(key, entry)
                    self._written[key] = entry.digest
                    written += 1
        except OSError:
            logger.warning("Pages could not be copied to disk.", exc_info=True)
        return written

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
