"""People who do things at the same moment: threads with connections of their own."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, connections

PATIENCE = 30


def begin(function, *arguments):
    """Start a function in its own thread; returns the future of its result."""

    def run():
        try:
            return function(*arguments)
        finally:
            connections.close_all()

    pool = ThreadPoolExecutor(1)
    try:
        return pool.submit(run)
    finally:
        pool.shutdown(wait=False)


def at_once(*functions):
    """The results of functions that run at the same time."""
    return [future.result(PATIENCE) for future in [begin(f) for f in functions]]


def meeting(function, number=2):
    """Wrap a function: a call waits until as many threads as given have called it."""
    barrier = threading.Barrier(number, timeout=PATIENCE)

    def meet(*arguments, **named):
        barrier.wait()
        return function(*arguments, **named)

    return meet


class Pause:
    """A wrapper of a function whose first call stops and waits to be released.

    `reached` is set when it stops: before the function runs, or with `after`, once
    it has.
    """

    def __init__(self, function, *, after=False):
        self.function, self.after = function, after
        self.reached, self.go = threading.Event(), threading.Event()

    def __call__(self, *arguments, **named):
        if not self.after:
            self.stop()
        result = self.function(*arguments, **named)
        if self.after:
            self.stop()
        return result

    def stop(self):
        if not self.reached.is_set():
            self.reached.set()
            assert self.go.wait(PATIENCE)


def wait_until_blocked():
    """On PostgreSQL, until a transaction waits for another one's lock.

    On SQLite this cannot be observed; what follows has to be right all the same.
    """
    deadline = time.monotonic() + PATIENCE
    while connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                "AND datname = current_database()"
            )
            if cursor.fetchone()[0]:
                return
        assert time.monotonic() < deadline
        time.sleep(0.02)


def during(pause, first, second):
    """The results of both; `second` begins while `first` is paused."""
    one = begin(first)
    assert pause.reached.wait(30)
    try:
        other = begin(second)
        wait_until_blocked()
    finally:
        pause.go.set()
    return one.result(60), other.result(60)
