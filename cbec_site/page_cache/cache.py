"""Answers public addresses from memory; asks the application once for each change."""

import threading
import time
from collections.abc import Callable, Iterable
from email.utils import parsedate_to_datetime
from operator import itemgetter
from urllib.parse import parse_qsl, urlencode

from .entries import Entries, Entry, make_entry
from .notices import marked
from .watching import Version

Application = Callable[[dict, Callable], Iterable[bytes]]

# A longer answer is passed on and not kept.
LARGEST = 2_000_000
# So long after a change an address that is being made anew may show what it was.
GRACE = 1.0
# While so many addresses are being made anew, others are shown as they were, so that an
# import under many readers stops nobody; shorter than any cache in front may keep them.
BUSY = 2
LATE = 30.0
# Whoever waits longer for another thread asks the application for itself.
PATIENCE = 10.0
# Encodings and addresses remembered, so that nobody can make these grow.
MOST_REMEMBERED = 5000
# Set in the environ by the application: the parameters that an address knows.
PARAMETERS = "cbec_site.page_parameters"
# Set by the cache: "memory", or "copy" while the application fails or is away.
ANSWERED_FROM = "cbec_site.answered_from"


class PageCache:
    """A WSGI application around `application` that keeps what it marks as public.

    Kept are answers 200 to GET with `Cache-Control: public` and `s-maxage`, without a
    cookie, that vary by nothing but Accept-Encoding. A request with a cookie or an
    authorisation goes past the cache. `version` says what the content is at; an entry
    of another version is made anew by the first who asks, the others wait for it.
    """

    def __init__(
        self,
        application: Application,
        *,
        version: Version,
        most_bytes: int,
        copies=None,
        scheme_header: str = "",
    ):
        self.application = application
        self.version = version
        self.entries = Entries(most_bytes)
        self.copies = copies
        self.scheme_header = scheme_header
        self._lock = threading.Lock()
        self._building: dict[tuple, threading.Event] = {}
        # At which version an address was found not to be public.
        self._passing: dict[tuple, object] = {}
        self._encodings: dict[str, str] = {}
        self._parameters: dict[str, frozenset[str]] = {}

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD") or is_personal(environ):
            return self._pass_on(environ, start_response)
        self.version.start()
        key = self._key(environ)
        entry = self.entries.get(key)
        if entry is not None and entry.version == self.version.current:
            return self._send(environ, start_response, entry)
        if self._passing.get(key) == self.version.current:
            return self.application(environ, start_response)
        return self._make(environ, start_response, key, entry)

    def _pass_on(self, environ, start_response):
        """What may write: the next request shows what it wrote."""
        answer = self.application(environ, start_response)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD", "OPTIONS"):
            self.version.check()
        return answer

    def _key(self, environ) -> tuple:
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        if query:
            query = self._normal(path, query)
        scheme = environ.get("wsgi.url_scheme", "")
        if self.scheme_header:
            scheme = environ.get(self.scheme_header, scheme)
        return (environ.get("HTTP_HOST", ""), scheme, path, query)

    def _normal(self, path: str, query: str) -> str:
        """The parameters an address knows, in one order; all until they are known."""
        pairs = parse_qsl(query, keep_blank_values=True)
        known = self._parameters.get(path)
        if known is not None:
            pairs = [pair for pair in pairs if pair[0] in known]
        # Of a parameter that is given twice, pages read the last.
        return urlencode(sorted(pairs, key=itemgetter(0)))

    def _encoding(self, environ) -> str:
        asked = environ.get("HTTP_ACCEPT_ENCODING", "")
        encoding = self._encodings.get(asked)
        if encoding is None:
            encoding = best_encoding(asked)
            if len(self._encodings) < MOST_REMEMBERED:
                self._encodings[asked] = encoding
        return encoding

    def _send(self, environ, start_response, entry: Entry, source: str = "memory"):
        environ[ANSWERED_FROM] = source
        body = entry.body(self._encoding(environ))
        if is_known(environ, body.etag, entry.modified):
            start_response("304 Not Modified", list(body.unchanged_headers))
            return []
        start_response("200 OK", list(body.headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body.content]

    def _make(self, environ, start_response, key, entry: Entry | None):
        """Have one thread ask the application, and answer with what it gave."""
        if entry is None and not self.version.is_available and self.copies:
            entry = self.copies.load(key)
        if entry is not None and not self.version.is_available:
            return self._send(environ, start_response, marked(entry), "copy")
        if entry is not None and self._may_be_late(entry):
            return self._send(environ, start_response, entry, "late")
        with self._lock:
            done = self._building.get(key)
            is_mine = done is None
            if is_mine:
                done = self._building[key] = threading.Event()
        if not is_mine:
            is_fresh_enough = time.monotonic() - self.version.changed < GRACE
            if entry is not None and is_fresh_enough:
                return self._send(environ, start_response, entry)
            done.wait(PATIENCE)
            made = self.entries.get(key)
            if made is not None and made.version == self.version.current:
                return self._send(environ, start_response, made)
            return self.application(environ, start_response)
        try:
            return self._ask(environ, start_response, key, entry)
        finally:
            with self._lock:
                del self._building[key]
            done.set()

    def _may_be_late(self, entry: Entry) -> bool:
        """Whether an outdated answer may be shown, as others are being made anew."""
        now = time.monotonic()
        if entry.outdated is None:
            entry.outdated = now
        return len(self._building) >= BUSY and now - entry.outdated < LATE

    def _ask(self, environ, start_response, key, before: Entry | None):
        # Read before the answer is made: a change meanwhile makes it stale at once.
        version, modified = self.version.current, self.version.modified
        asked = environ | {"REQUEST_METHOD": "GET"}
        for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE"):
            asked.pop(name, None)
        answer = Answer(self.application, asked)
        if before is None and answer.is_failure and self.copies:
            before = self.copies.load(key)
        if before is not None and answer.is_failure:
            answer.close()
            return self._send(environ, start_response, marked(before), "copy")
        if not answer.is_public:
            if not answer.is_failure:
                self._remember_passing(key, version)
            return answer.send(environ, start_response)
        content = answer.read(LARGEST)
        if content is None:
            return answer.send(environ, start_response)
        if answer.parameters is not None:
            path = environ.get("PATH_INFO", "")
            if path in self._parameters or len(self._parameters) < MOST_REMEMBERED:
                self._parameters[path] = answer.parameters
                key = self._key(environ)
        entry = make_entry(version, answer.headers, content, modified, before)
        self.entries.put(key, entry)
        return self._send(environ, start_response, entry, "application")

    def _remember_passing(self, key, version):
        """An address that is not public needs nobody to wait for another."""
        if len(self._passing) >= MOST_REMEMBERED:
            self._passing.clear()
        self._passing[key] = version


class Answer:
    """What the application answers, held back until it is known whether it is kept."""

    def __init__(self, application: Application, environ: dict):
        self.status, self.headers = "", []
        self._first: list[bytes] = []
        self._whole = application(environ, self._started)
        self._parts = iter(self._whole)
        names = environ.get(PARAMETERS)
        self.parameters = None if names is None else frozenset(names)

    def _started(self, status, headers, exc_info=None):
        self.status, self.headers = status, list(headers)
        return self._first.append

    @property
    def is_failure(self) -> bool:
        return self.status.startswith("5")

    @property
    def is_public(self) -> bool:
        """Whether every visitor may be sent this answer."""
        if not self.status.startswith("200"):
            return False
        headers = {name.lower(): value.lower() for name, value in self.headers}
        rules = headers.get("cache-control", "")
        varies = {part.strip() for part in headers.get("vary", "").split(",")} - {""}
        return (
            "public" in rules
            and "s-maxage" in rules
            and "set-cookie" not in headers
            and "content-encoding" not in headers
            and varies <= {"accept-encoding"}
        )

    def read(self, most: int) -> bytes | None:
        """The whole body; None when it is longer than `most`, to be passed on."""
        size = sum(map(len, self._first))
        for part in self._parts:
            self._first.append(part)
            size += len(part)
            if size > most:
                return None
        self.close()
        return b"".join(self._first)

    def send(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Pass the answer on as it comes, without keeping it."""
        start_response(self.status, self.headers)
        if environ["REQUEST_METHOD"] == "HEAD":
            self.close()
            return []
        return Rest(self)

    def close(self) -> None:
        close = getattr(self._whole, "close", None)
        if close is not None:
            close()

    def __iter__(self):
        yield from self._first
        yield from self._parts


class Rest:
    """The body of an answer that is passed on; closes it in the end."""

    def __init__(self, answer: Answer):
        self._answer = answer

    def __iter__(self):
        return iter(self._answer)

    def close(self) -> None:
        self._answer.close()


def is_personal(environ: dict) -> bool:
    """Whether a request says who sends it."""
    return "HTTP_COOKIE" in environ or "HTTP_AUTHORIZATION" in environ


def best_encoding(asked: str) -> str:
    """Of brotli and gzip the one that an Accept-Encoding header allows, else ""."""
    weights = {}
    for part in asked.lower().split(","):
        name, _, rest = part.strip().partition(";")
        _, _, weight = rest.replace(" ", "").partition("q=")
        try:
            weights[name.strip()] = float(weight or 1)
        except ValueError:
            weights[name.strip()] = 0.0
    for name in ("br", "gzip"):
        if weights.get(name, weights.get("*", 0)) > 0:
            return name
    return ""


def is_known(environ: dict, etag: str, modified: float) -> bool:
    """Whether who asks has this answer: by its ETag, or else by its date (RFC 9110)."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        return is_match(tags, etag)
    try:
        since = parsedate_to_datetime(environ.get("HTTP_IF_MODIFIED_SINCE", ""))
        return int(modified) <= since.timestamp()
    except (ValueError, OverflowError):
        # What is no date says nothing.
        return False


def is_match(asked: str, etag: str) -> bool:
    """Whether an If-None-Match header names this ETag (weakly compared, RFC 9110)."""
    if asked.strip() == "*":
        return True
    return etag in (part.strip().removeprefix("W/") for part in asked.split(","))
