"""The lines of answered requests in production: written together, by a thread.

A line written by itself takes longer than an answer from memory, because the other
threads of the process run meanwhile. A process that ends in order writes what it has;
one that is killed loses the lines of its last moments.
"""

import contextlib
import datetime
import json
import logging
import threading
import time
from collections import deque
from multiprocessing.util import Finalize

# Seconds that a line waits for others, and so many lines that requests need not wait.
TOGETHER = 0.02
# If so many lines wait because the log is blocked, requests wait for it too.
MOST_WAITING = 5000

_encode = json.JSONEncoder(check_circular=False).encode


class WaitingLines:
    """Facts about requests, which become lines of the root logger's one handler."""

    def __init__(self):
        self._waiting: deque[tuple[float, dict]] = deque()
        self._is_needed = threading.Event()
        self._writing = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, facts: dict) -> None:
        """Queue a line with these facts and the current time."""
        self._waiting.append((time.time(), facts))
        if not self._is_needed.is_set():
            self._is_needed.set()
            if self._thread is None:
                self._start()
        if len(self._waiting) > MOST_WAITING:
            self.write()

    @property
    def waits(self) -> bool:
        """Whether there are lines that are not written yet."""
        return bool(self._waiting)

    def write(self) -> None:
        """Write the waiting lines."""
        handlers = logging.getLogger().handlers
        with self._writing:
            lines = [_line(*self._waiting.popleft()) for _ in range(len(self._waiting))]
            if not (lines and handlers):
                return
            handler = handlers[0]
            # As with any record, a log that cannot be written must not stop an answer.
            with handler.lock, contextlib.suppress(OSError, ValueError):
                handler.stream.write("".join(lines))
                handler.flush()

    def _start(self) -> None:
        with self._writing:
            if self._thread is not None:
                return
            self._thread = threading.Thread(
                target=self._write_again_and_again, name="access-log", daemon=True
            )
            self._thread.start()
        # Also called where a process of multiprocessing ends, unlike atexit.
        Finalize(None, self.write, exitpriority=0)

    def _write_again_and_again(self) -> None:
        while True:
            self._is_needed.wait()
            time.sleep(TOGETHER)
            self._is_needed.clear()
            self.write()


def _line(seconds: float, facts: dict) -> str:
    at = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    return _encode(facts | {"timestamp": at.isoformat()}) + "\n"


waiting_lines = WaitingLines()
