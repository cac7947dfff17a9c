"""A small application in place of the site, and the version that tests set."""

import io
import time

from cbec_site.page_cache.cache import PARAMETERS

PUBLIC = ("Cache-Control", "public, max-age=0, s-maxage=60")
HTML = ("Content-Type", "text/html; charset=utf-8")
LONG = "<main>一个足够长的页面。</main>" * 40


class Counter:
    """A version that a test sets, as the database would."""

    def __init__(self):
        self.number, self.is_away = 1, False

    def connect(self):
        if self.is_away:
            raise OSError

    def read(self):
        if self.is_away:
            raise OSError
        return self.number, 1_700_000_000.0

    def wait(self):
        time.sleep(0.05)

    def close(self):
        pass


class Site:
    """Counts what it is asked; its answer is set by the test."""

    def __init__(self):
        self.asked = []
        self.status, self.headers, self.body = "200 OK", [HTML, PUBLIC], LONG
        self.parameters = None
        self.pause = None

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        if self.parameters is not None:
            environ[PARAMETERS] = self.parameters
        if self.pause:
            self.pause.wait(5)
        start_response(self.status, list(self.headers))
        return [self.body.encode()]


class Answer:
    def __init__(self, cache, path="/en/", method="GET", query="", **headers):
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": "evidence.example",
            "SERVER_NAME": "evidence.example",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
        } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}

        def start(status, found):
            self.status, self.headers = status, dict(found)

        self.content = b"".join(cache(environ, start))
