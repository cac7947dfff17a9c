"""Requests pages from the site itself, as its server would: through Django's
handler."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler


@dataclass
class Answer:
    """An answer; `parts` have to be read to the end."""

    status: int
    headers: dict[str, str]
    parts: Iterator[bytes] = field(repr=False)

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")


class Site:
    """The public site at its public address, without a session."""

    def __init__(self, url: str):
        self.url = url.rstrip("/")
        parts = urlsplit(self.url)
        self._scheme, self._host = parts.scheme, parts.netloc
        self._handler = WSGIHandler()

    def ask(self, address: str) -> Answer:
        """What a visitor without a cookie gets at an address (path and query)."""
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(path).encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": self._host.partition(":")[0],
            "SERVER_PORT": "443" if self._scheme == "https" else "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": self._host,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": self._scheme,
            "wsgi.input": BytesIO(),
        }
        if settings.SECURE_PROXY_SSL_HEADER and self._scheme == "https":
            name, value = settings.SECURE_PROXY_SSL_HEADER
            environ[name] = value
        told = {}

        def start_response(status, headers, exc_info=None):
            told["status"] = int(status[:3])
            told["headers"] = {name.lower(): value for name, value in headers}

        body = self._handler(environ, start_response)
        return Answer(told["status"], told["headers"], self._read(body))

    @staticmethod
    def _read(body):
        try:
            yield from body
        finally:
            # Closing it ends the request, and Django returns its
            # connection.
            body.close()
