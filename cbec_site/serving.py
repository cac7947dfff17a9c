"""Logs and counts each request, around everything that answers it.

A WSGI application around the page cache, so that answers from memory count too. It
gives each request the id under which all its lines are logged: the proxy's, or a new
one.
"""

import contextlib
import random
import time
import uuid
from collections.abc import Callable, Iterable

from django_guid.context import guid

from .logs import log_access, without_secrets
from .page_cache.cache import ANSWERED_FROM

Application = Callable[[dict, Callable], Iterable[bytes]]
# Called with the method, the status, the source of the answer, and the seconds.
Counter = Callable[[str, int, str, float], None]

REQUEST_ID = "HTTP_X_REQUEST_ID"
# Requested every few seconds by machines.
UNTOLD = {"/healthz", "/readyz", "/metrics"}
METHODS = {"GET", "HEAD", "OPTIONS", "POST"}


class RecordedRequests:
    """Passes each request on, then logs a line and counts it."""

    def __init__(
        self,
        application: Application,
        *,
        is_logged: bool,
        count: Counter | None = None,
    ):
        self.application = application
        self.is_logged = is_logged
        self.count = count

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        began, told = time.monotonic(), {"status": 500}
        environ[REQUEST_ID] = request_id(environ.get(REQUEST_ID, ""))
        # For records logged outside Django; the thread may still have the last
        # request's id.
        guid.set(environ[REQUEST_ID])

        def start(status, headers, exc_info=None):
            told["status"] = int(status[:3])
            return start_response(status, headers)

        try:
            return self.application(environ, start)
        finally:
            seconds = time.monotonic() - began
            self._record(environ, told["status"], seconds)

    def _record(self, environ, status, seconds):
        method = environ["REQUEST_METHOD"]
        source = environ.get(ANSWERED_FROM, "application")
        path = environ.get("PATH_INFO", "")
        if path in UNTOLD and status < 400:
            return
        if self.count is not None:
            known = method if method in METHODS else "other"
            self.count(known, status, source, seconds)
        if self.is_logged:
            told = {
                "method": method,
                "path": without_secrets(path),
                "status": status,
                "ms": round(seconds * 1000, 1),
                "from": source,
            }
            log_access(told, environ[REQUEST_ID])


def request_id(sent: str) -> str:
    """The id that a proxy sent, if it is one; else a new one. 32 hexadecimal digits."""
    if sent:
        with contextlib.suppress(ValueError):
            return uuid.UUID(sent).hex
    # It only distinguishes lines of a log; it protects nothing.
    return f"{random.getrandbits(128):032x}"
