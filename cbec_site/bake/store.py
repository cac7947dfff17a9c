"""What is known of each address while a bake is made; kept on disk, however many.

An address is waiting, then stored in a file, redirected to another, or missing.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

WAITING, STORED, ALIAS, MISSING = range(4)


class Place(NamedTuple):
    address: str
    file: str
    content_type: str


class Store:
    """The addresses of a bake in a SQLite file that goes with it."""

    def __init__(self, path: Path):
        # It is of no use after a crash, so nothing has to wait for the disk.
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.executescript(
            """
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            CREATE TABLE addresses (
                number INTEGER PRIMARY KEY,
                address TEXT NOT NULL UNIQUE,
                state INTEGER NOT NULL DEFAULT 0,
                file TEXT UNIQUE,
                content_type TEXT,
                target TEXT,
                named_on TEXT
            );
            CREATE INDEX waiting ON addresses (state, number);
            CREATE TABLE pieces (shard INTEGER, piece TEXT, document INTEGER,
                is_title INTEGER);
            """
        )

    def close(self) -> None:
        self._database.close()

    def execute(self, sql: str, values=()) -> sqlite3.Cursor:
        return self._database.execute(sql, values)

    def executemany(self, sql: str, rows) -> None:
        self._database.execute("BEGIN")
        self._database.executemany(sql, rows)
        self._database.execute("COMMIT")

    def add(self, address: str, named_on: str = "") -> None:
        """An address to be asked for, unless it is known; `named_on` links to it."""
        self.execute(
            "INSERT OR IGNORE INTO addresses (address, named_on) VALUES (?, ?)",
            (address, named_on),
        )

    def knows(self, address: str) -> bool:
        cursor = self.execute("SELECT 1 FROM addresses WHERE address = ?", (address,))
        return cursor.fetchone() is not None

    def next_waiting(self) -> str | None:
        """The address that has waited longest."""
        row = self.execute(
            "SELECT address FROM addresses WHERE state = ? ORDER BY number LIMIT 1",
            (WAITING,),
        ).fetchone()
        return row[0] if row else None

    def set_stored(self, address: str, file: str, content_type: str) -> None:
        """Note that the answer to an address is in `file`; IntegrityError if the file
        is taken."""
        self.execute(
            "UPDATE addresses SET state = ?, file = ?, content_type = ? "
            "WHERE address = ?",
            (STORED, file, content_type, address),
        )

    def set_alias(self, address: str, target: str) -> None:
        self.execute(
            "UPDATE addresses SET state = ?, target = ? WHERE address = ?",
            (ALIAS, target, address),
        )

    def set_missing(self, address: str) -> None:
        self.execute(
            "UPDATE addresses SET state = ? WHERE address = ?", (MISSING, address)
        )

    def file_of(self, address: str) -> str | None:
        """The file of an address, or of the one it redirects to; None if there is
        none."""
        for _step in range(5):
            row = self.execute(
                "SELECT file, target FROM addresses WHERE address = ?", (address,)
            ).fetchone()
            if row is None or row[0]:
                return row[0] if row else None
            if row[1] is None:
                return None
            address = row[1]
        return None

    def stored(self) -> Iterator[Place]:
        """All files of addresses."""
        last = 0
        while rows := self.execute(
            "SELECT number, address, file, content_type FROM addresses "
            "WHERE state = ? AND number > ? ORDER BY number LIMIT 500",
            (STORED, last),
        ).fetchall():
            for _number, *row in rows:
                yield Place(*row)
            last = rows[-1][0]

    def missing(self, most: int) -> list[tuple[str, str]]:
        """The first addresses without a page, each with the page that links to it."""
        return self.execute(
            "SELECT address, named_on FROM addresses WHERE state = ? "
            "ORDER BY number LIMIT ?",
            (MISSING, most),
        ).fetchall()

    def count(self, state: int) -> int:
        cursor = self.execute(
            "SELECT count(*) FROM addresses WHERE state = ?", (state,)
        )
        return cursor.fetchone()[0]
