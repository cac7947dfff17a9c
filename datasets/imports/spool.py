"""Rows in a temporary file of this process, for as long as an import needs them."""

import pickle
import tempfile
from collections.abc import Callable, Iterator

from cbec_site.base.limits import OBJECTS_AT_ONCE

IN_MEMORY = 8_000_000


class Spool:
    """A list of tuples that moves to a temporary file when it grows.

    Filled first, then iterated as often as needed; `make` rebuilds an item.
    """

    def __init__(self, make: Callable = tuple):
        self.make = make
        self.count = 0
        self.buffer: list[tuple] = []
        # Closed, and so deleted, along with the spool.
        self.file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115

    def append(self, row: tuple) -> None:
        self.buffer.append(tuple(row))
        self.count += 1
        if len(self.buffer) >= OBJECTS_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        if self.buffer:
            self.file.seek(0, 2)
            pickle.dump(self.buffer, self.file, pickle.HIGHEST_PROTOCOL)
            self.buffer = []

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator:
        self._flush()
        self.file.seek(0)
        position = 0
        while True:
            self.file.seek(position)
            try:
                # A file of this process, never something uploaded.
                chunk = pickle.load(self.file)  # noqa: S301
            except EOFError:
                return
            position = self.file.tell()
            yield from map(self.make, chunk)
