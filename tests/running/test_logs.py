"""What the log says: an error once, with its request, and nothing private."""

import io
import json
import logging
import logging.config
import re
import threading
from collections import Counter

import pytest
from django.test import RequestFactory
from django_guid import clear_guid

from cbec_site.access_log import WaitingLines, waiting_lines
from cbec_site.logs import log_access, logging_settings, sentry_options
from cbec_site.page_cache import PageCache, Version
from cbec_site.serving import RecordedRequests
from policies.views import PolicyList
from tests.factories import make_policy
from tests.network import seconds_until

SECRET = "what-the-reader-typed"


@pytest.fixture
def lines(monkeypatch):
    """Call it for the lines that a production log has got."""
    stream = io.StringIO()
    found = logging_settings(is_json=True, level="INFO")
    found["handlers"]["stderr"]["stream"] = stream
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    logging.config.dictConfig(found)

    def read():
        waiting_lines.write()
        return [json.loads(line) for line in stream.getvalue().splitlines()]

    yield read
    root.handlers[:], root.level = before


def fail(*args, **kwargs):
    raise RuntimeError("broken on purpose")


def test_error_is_logged_once_with_the_id_on_its_page(client, db, lines, monkeypatch):
    monkeypatch.setattr(PolicyList, "get", fail)
    client.raise_request_exception = False

    response = client.get(f"/en/policies/?q={SECRET}", headers={"cookie": "a=secret"})

    faults = [line for line in lines() if "exc_info" in line]
    assert response.status_code == 500
    assert len(faults) == 1
    assert "broken on purpose" in faults[0]["exc_info"]
    assert faults[0]["correlation_id"] in response.content.decode()
    assert SECRET not in json.dumps(lines())
    assert "secret" not in json.dumps(lines())


@pytest.mark.parametrize(
    ("sent", "is_kept"),
    [("0123456789abcdef0123456789abcdef", True), ("<script>", False)],
)
def test_id_from_the_proxy_is_used_unless_it_is_malformed(
    client, db, lines, monkeypatch, sent, is_kept
):
    monkeypatch.setattr(PolicyList, "get", fail)
    client.raise_request_exception = False

    page = client.get("/en/policies/", headers={"x-request-id": sent})

    logged = next(line for line in lines() if "exc_info" in line)["correlation_id"]
    assert (logged == sent) is is_kept
    assert logged in page.content.decode()


def page(environ, start_response):
    """A site of one public page, which forgets its request as Django does."""
    clear_guid()
    public = ("Cache-Control", "public, s-maxage=60")
    start_response("200 OK", [("Content-Type", "text/html"), public])
    return [b"page"]


def answer(application, path, **headers):
    environ = RequestFactory().get(path).environ
    del environ["HTTP_COOKIE"]
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return b"".join(application(environ, lambda *args: None))


def accesses(lines):
    return [line for line in lines() if line["logger"] == "cbec_site.access"]


@pytest.mark.parametrize("path", ["/drafts/{}/", "/admin/password-reset/MQ/{}/"])
def test_links_that_grant_access_are_in_no_log(client, db, lines, path):
    path = path.format("a-secret-link")
    client.get(path)
    client.post(path)
    answer(RecordedRequests(page, is_logged=True), path)

    assert accesses(lines)[0]["path"].endswith("…")
    assert "secret" not in json.dumps(lines())


def test_every_request_is_a_line_with_its_id(lines):
    recorded = RecordedRequests(page, is_logged=True)
    sent = "0123456789abcdef0123456789abcdef"

    answer(
        recorded,
        f"/en/policies/?q={SECRET}",
        x_request_id=sent,
        user_agent="Somebody",
        cookie=f"a={SECRET}",
    )
    answer(recorded, "/healthz")

    (line,) = accesses(lines)
    assert line["ms"] >= 0
    assert {
        "method": "GET",
        "path": "/en/policies/",
        "status": 200,
        "from": "application",
        "correlation_id": sent,
    }.items() <= line.items()
    for private in (SECRET, "Somebody", "127.0.0.1"):
        assert private not in json.dumps(line)


class Source:
    """A database whose content never changes."""

    def connect(self):
        pass

    wait = close = connect

    def read(self):
        return 1, 0.0


def test_answers_from_memory_have_lines_too(lines):
    version = Version(Source())
    cache = PageCache(page, version=version, most_bytes=10_000)
    recorded = RecordedRequests(cache, is_logged=True)
    for _number in range(2):
        answer(recorded, "/en/")
    version.stop()

    first, second = accesses(lines)
    assert (first["from"], second["from"]) == ("application", "memory")
    assert first["correlation_id"] != second["correlation_id"]


@pytest.mark.parametrize("path", ["/en/", '/en/"贵\n州/', "/en/\x00/"])
def test_fast_access_line_is_the_one_logging_would_write(lines, path):
    told = {"method": "GET", "path": path, "status": 200, "ms": 0.1, "from": "memory"}
    listener = logging.StreamHandler(io.StringIO())
    log_access(told, "1" * 32)
    # With another handler, both get the record.
    logging.getLogger().addHandler(listener)
    log_access(told, "1" * 32)

    written, recorded = accesses(lines)
    assert written.pop("timestamp") <= recorded.pop("timestamp")
    assert written == recorded
    assert listener.stream.getvalue() == "request\n"


def test_lines_are_written_soon_and_each_exactly_once(lines, monkeypatch):
    monkeypatch.setattr("cbec_site.access_log.MOST_WAITING", 5)
    waiting = WaitingLines()
    adders = [
        threading.Thread(
            target=lambda n=n: [waiting.add({"logger": n}) for _number in range(50)]
        )
        for n in range(4)
    ]
    for adder in adders:
        adder.start()
    for adder in adders:
        adder.join()

    # Written by its own thread, without a call here.
    seconds_until(lambda: not waiting.waits)

    assert Counter(line["logger"] for line in lines()) == dict.fromkeys(range(4), 50)


def test_log_that_cannot_be_written_stops_nobody(lines, monkeypatch):
    def full(_text):
        raise OSError("No space left on device")

    waiting = WaitingLines()
    waiting.add({"logger": "x"})
    monkeypatch.setattr(logging.getLogger().handlers[0].stream, "write", full)

    waiting.write()

    assert not waiting.waits


def test_lines_for_people_have_the_id_and_no_more(lines):
    found = logging_settings(is_json=False, level="INFO")
    stream = found["handlers"]["stderr"]["stream"] = io.StringIO()
    logging.config.dictConfig(found)

    # A line break in an address starts no new line.
    answer(RecordedRequests(page, is_logged=True), f"/en/%0aforged/?q={SECRET}")
    logging.getLogger("django.request").warning("Not Found: %s", f"/x/?q={SECRET}")

    request, missing = stream.getvalue().splitlines()
    said = r"GET /en/%0Aforged/ 200 [\d.]+ ms, from application"
    assert re.fullmatch(rf"\S+ \S+ INFO cbec_site.access \[\w{{32}}\] {said}", request)
    assert missing.endswith("Not Found: /x/")


def test_no_line_below_the_level_of_the_log(lines):
    logging.getLogger().setLevel(logging.WARNING)
    log_access({"path": "/en/"}, "1" * 32)

    assert lines() == []


def test_error_of_the_application_is_logged_and_raised(lines):
    with pytest.raises(RuntimeError):
        answer(RecordedRequests(fail, is_logged=True), "/en/")

    assert accesses(lines)[0]["status"] == 500


def test_broken_error_page_is_replaced_by_a_plain_one(client, db, lines, monkeypatch):
    """As happens if the static files are not collected."""
    monkeypatch.setattr(PolicyList, "get", fail)
    monkeypatch.setattr("cbec_site.views.render_to_string", fail)
    client.raise_request_exception = False

    response = client.get("/en/policies/")

    (fault,) = [line for line in lines() if "exc_info" in line]
    page = response.content.decode()
    assert response.status_code == 500
    assert "Something went wrong here" in page
    assert "此处出了问题" in page
    assert fault["correlation_id"] in page


def test_refused_request_is_a_warning_of_one_line(client, db, lines):
    client.get("/en/", headers={"host": "evil.example"})
    fields = "&".join(f"field{number}=x" for number in range(1001))
    form = "application/x-www-form-urlencoded"
    assert client.post("/admin/login/", fields, form).status_code == 400

    told = [line for line in lines() if line["logger"].startswith("django.security")]
    assert len(told) == 2
    assert {line["level"] for line in told} == {"WARNING"}
    assert not any("exc_info" in line for line in lines())


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/policies/?on={}", 400),
        ("/en/policies/P1/?cited={}", 400),
        ("/en/policies/?per_page={}", 400),
        ("/en/policies/?page={}", 404),
        ("/en/policies/feed/?level={}", 400),
        ("/api/v1/policies?on={}", 422),
        ("/admin/auth/user/?id__exact={}", 302),
    ],
)
def test_wrong_input_of_a_reader_is_not_logged(client, db, lines, path, status):
    make_policy(code="P1")

    assert client.get(path.format(SECRET)).status_code == status

    told = [line for line in lines() if line["level"] != "INFO"]
    assert len(told) == (status >= 400)
    assert not any("exc_info" in line for line in told)
    assert SECRET not in json.dumps(lines())


def test_sentry_gets_errors_without_personal_data():
    options = sentry_options()
    event = {
        "logger": "django.request",
        "request": {
            "method": "POST",
            "url": "https://site.example/drafts/a-secret-link/?q=typed",
            "query_string": "q=typed",
            "data": {"password": "typed"},
            "cookies": {"sessionid": "typed"},
            "headers": {"Cookie": "typed"},
            "env": {"REMOTE_ADDR": "198.51.100.7"},
        },
    }

    told = options["before_send"](dict(event), {})

    assert told["request"] == {
        "method": "POST",
        "url": "https://site.example/drafts/…",
    }
    refused = {"logger": "django.security.DisallowedHost"}
    assert options["before_send"](refused, {}) is None
    assert options["before_send"]({"logger": "x"}, {}) == {"logger": "x"}
    assert options["max_request_body_size"] == "never"
    assert not options["include_local_variables"]
    assert not options["send_default_pii"]


def test_missing_page_is_not_logged_as_an_error(client, db, lines):
    client.get("/en/nothing-here/")

    assert all(line["level"] in ("INFO", "WARNING") for line in lines())
