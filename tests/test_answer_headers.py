"""Every kind of answer has its headers: pages, files, errors, and those from memory."""

import errno

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override
from psycopg_pool import PoolTimeout

from cbec_site import safety
from cbec_site.accounts import throttle
from cbec_site.page_cache import PageCache, Version
from policies.views import PolicyList
from tests.factories import make_user
from tests.sample_site import FRAMES, PAGES, address

PUBLIC_CSP = "default-src 'none'"
ALWAYS = {
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "permissions-policy": safety.PERMISSIONS_POLICY,
}


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def check(response, path):
    """No header is missing; other sites may frame only embeds, read only the API."""
    headers = {name.lower(): value for name, value in response.items()}
    assert ALWAYS.items() <= headers.items(), path
    is_frame = path.rstrip("/").endswith("frame")
    is_open = is_frame or path.startswith("/api/")
    policy = "cross-origin" if is_open else "same-origin"
    assert headers["cross-origin-resource-policy"] == policy, path
    assert (headers.get("x-frame-options") == "DENY") is not is_frame, path
    csp = headers.get("content-security-policy")
    assert csp, path
    assert is_frame or "frame-ancestors 'none'" in csp, path
    assert "script-src 'unsafe" not in csp, path
    if not path.startswith("/admin/"):
        assert PUBLIC_CSP in csp, path
        assert "unsafe" not in csp, path


def frames(world):
    with override("en"):
        return [reverse(name, args=about(world)) for name, about in FRAMES.items()]


@pytest.mark.parametrize("path", ["/healthz", "/metrics", "/en/nothing/"])
def test_browsers_are_told_to_keep_using_https(client, db, settings, path):
    settings.METRICS_TOKEN = "let-me-in"
    settings.SECURE_HSTS_SECONDS = 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = False

    told = client.get(path, secure=True).headers

    assert told["Strict-Transport-Security"] == "max-age=3600"
    assert "Strict-Transport-Security" not in client.get(path).headers


def test_headers_of_pages_and_files(client, world, settings):
    # Static files as they are, instead of collected ones.
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    paths = [address(name, world, "en") for name in PAGES]
    paths += frames(world)
    policy = f"/en/policies/{world.policy.code}/"
    paths += [
        "/robots.txt",
        "/sitemap.xml",
        "/en/policies/feed/",
        f"{policy}cite.bib",
        "/en/cards/home.png",
        "/api/v1/claims",
        "/api/v1/policies.csv",
        "/api/v1/openapi.json",
        "/admin/login/",
        "/static/css/site.css",
        "/healthz",
    ]
    for path in paths:
        response = client.get(path)
        assert response.status_code == 200, path
        check(response, path)
        # A file is the same for everyone who opens it.
        assert response["Content-Type"], path


def test_headers_of_answers_that_are_not_pages(client, world, settings, monkeypatch):
    settings.METRICS_TOKEN = "let-me-in"
    page = client.get("/en/")
    known = {"if-none-match": page["ETag"]} if "ETag" in page else {}
    strict = Client(enforce_csrf_checks=True)
    answers = {
        ("/", 302): client.get("/"),
        ("/en", 301): client.get("/en"),
        ("/admin/", 302): client.get("/admin/"),
        ("/en/nothing/", 404): client.get("/en/nothing/"),
        ("/static/nothing.css", 404): client.get("/static/nothing.css"),
        ("/api/v1/nothing", 404): client.get("/api/v1/nothing"),
        ("/en/policies/", 400): client.get("/en/policies/?per_page=x"),
        ("/zh-hans/", 400): client.get("/zh-hans/", headers={"host": "evil.example"}),
        ("/admin/login/", 403): strict.post("/admin/login/", {"x": "y"}),
        ("/en/", 405): client.put("/en/"),
        ("/api/v1/claims", 405): client.put("/api/v1/claims"),
        ("/search/", 413): client.post("/search/", CONTENT_LENGTH="9" * 12),
        ("/metrics", 401): client.get("/metrics"),
    }
    if known:
        answers["/en/", 304] = client.get("/en/", headers=known)
    for (path, status), response in answers.items():
        assert response.status_code == status, path
        check(response, path)


FAULTS = {
    500: RuntimeError("broken on purpose"),
    503: OperationalError("away"),
    507: OSError(errno.ENOSPC, "No space left on device"),
}
FAULTS[503].__cause__ = PoolTimeout("no connection")


@pytest.mark.parametrize("status", FAULTS)
def test_headers_of_errors(client, db, monkeypatch, status):
    def fail(*args, **kwargs):
        raise FAULTS[status]

    monkeypatch.setattr(PolicyList, "get", fail)
    response = client.get("/en/policies/")

    assert response.status_code == status
    check(response, "/en/policies/")


def test_headers_of_a_refused_attempt_and_of_an_account_without_rights(client, db):
    for _number in range(throttle.PER_PAIR + 1):
        form = {"username": "nobody", "password": "wrong"}
        refused = client.post("/admin/login/", form)
    assert refused.status_code == 429
    check(refused, "/admin/login/")

    client.force_login(make_user())
    path = reverse("admin:policies_policy_changelist")
    denied = client.get(path)
    assert denied.status_code == 403
    check(denied, path)


class Still:
    """A database whose content never changes."""

    def connect(self):
        pass

    wait = close = connect

    def read(self):
        return 1, 0.0


def test_headers_of_cached_and_unchanged_answers(world, connection_kept):
    version = Version(Still())
    cache = PageCache(WSGIHandler(), version=version, most_bytes=1_000_000)

    def ask(path, **headers):
        said = {}
        environ = RequestFactory().get(path).environ
        del environ["HTTP_COOKIE"]
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}

        def start(status, found, exc_info=None):
            said["status"], said["headers"] = int(status[:3]), dict(found)

        answer = cache(environ, start)
        b"".join(answer)
        getattr(answer, "close", lambda: None)()
        return said["status"], said["headers"]

    try:
        for path in (
            "/en/",
            "/api/v1/claims",
            *frames(world),
        ):
            first, again = ask(path), ask(path)
            assert first[0] == again[0] == 200
            check(again[1], path)
            status, headers = ask(path, if_none_match=again[1]["ETag"])
            assert status == 304
            check(headers, path)
    finally:
        version.stop()
