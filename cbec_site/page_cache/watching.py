"""Watches the content version: one thread per worker does so; no request has to.

The database counts (see `cbec_site.content_version`). The thread has a connection of
its own that never writes: on SQLite it polls `data_version`, which costs no read of a
table; on PostgreSQL it listens, and polls where a pooler in between drops
notifications.
"""

import datetime
import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol
from zoneinfo import ZoneInfo

logger = logging.getLogger(__name__)

# Some answers change with the day, by the calendar of readers in China.
ZONE = ZoneInfo("Asia/Shanghai")
COPY_EVERY = 10.0
RETRY = 1.0
# After so many seconds without a look at the version a request takes one itself: the
# thread has ended, or hangs on a disk that does not answer.
SILENCE = 10.0


class Away:
    """The version while the database is away; each time another, and equal to none."""

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = object.__hash__


AWAY = Away()


class Source(Protocol):
    """Reads the version; every method may raise when the database is away."""

    def connect(self) -> None: ...

    def read(self) -> tuple[object, float]:
        """The version, and when (seconds) the content changed last."""

    def wait(self) -> None:
        """Return when the version may have changed, after half a second at most."""

    def close(self) -> None: ...


class Version:
    """The version of the content as this process knows it.

    `current` is compared for equality only; `modified` (seconds since 1970) is when the
    content last changed, `changed` (monotonic) when this process learnt of it.
    """

    def __init__(self, source: Source, *, clock: Callable[[], float] = time.time):
        self.source = source
        self.clock = clock
        self.current: object = AWAY
        self.modified = 0.0
        self.changed = 0.0
        self._looked = 0.0
        # Not connected yet.
        self.is_available = False
        self._is_told = self._is_stopped = False
        self._known: tuple[object, str] | None = None
        self.copy_pages: Callable[[], object] = lambda: None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._reading = threading.Lock()

    def start(self) -> None:
        """Start watching; when this returns, the version was read not long ago."""
        if self._is_watched():
            return
        with self._lock:
            if self._is_watched():
                return
            self._look()
            if self._thread is not None and self._thread.is_alive():
                return
            thread = threading.Thread(
                target=self._watch, name="content-version", daemon=True
            )
            thread.start()
            self._thread = thread

    def _is_watched(self) -> bool:
        is_silent = time.monotonic() - self._looked > SILENCE
        return self._thread is not None and not is_silent

    def check(self) -> None:
        """Read now: this process has just written."""
        if self._thread is not None:
            self._look()

    def stop(self) -> None:
        """Stop watching at the next round."""
        self._is_stopped = True

    def _watch(self) -> None:
        copied = time.monotonic()
        while not self._is_stopped:
            try:
                if self.is_available:
                    self.source.wait()
                else:
                    time.sleep(RETRY)
            except Exception:
                self._lost()
            self._look()
            if time.monotonic() - copied > COPY_EVERY:
                self._copy()
                copied = time.monotonic()

    def _copy(self) -> None:
        try:
            self.copy_pages()
        except Exception:
            logger.warning("Pages could not be copied to disk.", exc_info=True)

    def _look(self) -> None:
        with self._reading:
            self._looked = time.monotonic()
            try:
                if not self.is_available:
                    self.source.connect()
                version, modified = self.source.read()
            except Exception:
                self._lost()
                return
            self.is_available, self._is_told = True, False
            now = self.clock()
            known = (version, today(now))
            if known != self._known:
                is_new_day = self._known is not None and self._known[1] != known[1]
                self.modified = now if is_new_day else max(modified, self.modified)
                self.changed = time.monotonic()
            self._known = self.current = known

    def _lost(self) -> None:
        """Note that the database is away: kept answers are still shown, and it is tried
        again."""
        if not self._is_told:
            logger.warning("The database does not answer; kept pages are shown.")
        self._is_told = True
        self.is_available, self.current = False, AWAY
        try:
            self.source.close()
        except Exception:
            logger.debug("Closing a lost connection failed.", exc_info=True)


def today(seconds: float) -> str:
    """The day in Asia/Shanghai."""
    return datetime.datetime.fromtimestamp(seconds, ZONE).date().isoformat()
