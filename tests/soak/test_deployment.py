"""The commands of docs/operations.md, read from it, bring up a site that answers."""

import json
import signal
import threading
import time

from tests.crowds import SOON, slow_downloads, slowest, unfinished
from tests.network import ask
from tests.soak.conftest import HOST, TRUSTING

PAGES = (
    "/zh-hans/",
    "/en/policies/",
    "/api/v1/claims",
    "/sitemap.xml",
    "/admin/login/",
)
LARGE = "/api/v1/observations.csv"


def test_documented_commands_bring_up_the_study(deployed):
    checked = [said for command, said in deployed.log if "check --deploy" in command]
    assert len(checked) == 1
    assert "no issues" in checked[0]
    for path in PAGES:
        page = deployed.https(path)
        assert page.status == 200, path
    assert "https://evidence.example" in deployed.https("/en/policies/").text


def test_every_answer_of_the_proxy_has_its_headers(deployed):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answers = [
        *(deployed.https(path) for path in (*PAGES, "/en/nothing/", "/static/no.css")),
        # Requests that nginx refuses by itself.
        deployed.https("/admin/login/", "POST", b"x" * 2_000_000, **form),
        deployed.https("/en/", Cookie="x" * 40_000),
    ]
    for answer in answers:
        headers = answer.headers
        for name in (
            "strict-transport-security",
            "content-security-policy",
            "permissions-policy",
            "cross-origin-resource-policy",
            "cross-origin-opener-policy",
            "x-content-type-options",
            "x-frame-options",
            "referrer-policy",
        ):
            assert headers.get(name), f"{answer.status} {name}"
            # Sent once, by the site or by nginx.
            assert headers[name].count("same-origin") < 2
            assert headers[name].count("max-age") < 2
        # Neither the version of nginx nor what runs behind it.
        assert headers["server"] == "nginx"


def test_plain_http_is_redirected_and_large_forms_refused(deployed):
    plain = ask(deployed.http, "/en/", Host="evidence.example")
    assert (plain.status, plain.headers["location"]) == (
        301,
        "https://evidence.example/en/",
    )
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    large = deployed.https("/admin/login/", "POST", b"x" * 2_000_000, **form)
    assert large.status == 413


def test_health_and_metrics_answer_locally(deployed):
    assert json.loads(deployed.https("/readyz").text)["status"] == "ok"
    assert deployed.https("/metrics").status == 401
    figures = deployed.https("/metrics", Authorization="Bearer let-me-in").text
    assert "cbec_requests_total" in figures
    assert "cbec_database_up 1.0" in figures


def test_id_of_a_request_is_in_both_logs(deployed):
    deployed.https("/en/policies/?q=what-the-reader-typed")
    time.sleep(1)
    logged = (deployed.place / "access.log").read_text().splitlines()
    last = json.loads(logged[-1])
    assert (last["path"], last["status"]) == ("/en/policies/", 200)
    site = (deployed.place / "output").read_text()
    assert last["request"] in site
    assert "what-the-reader-typed" not in site + "".join(logged)
    assert "127.0.0.1" not in "".join(logged)


def test_six_hundred_unfinished_requests_block_nobody(deployed):
    begun = time.monotonic()
    with unfinished(deployed.http, 300), unfinished(deployed.tls, 300, b"\x16"):
        took = slowest([lambda: deployed.https("/en/"), search(deployed)])
        while time.monotonic() - begun < 20:
            took = max(took, slowest([lambda: deployed.https("/en/")]))
            time.sleep(1)
    assert took < SOON


def test_fifty_unfinished_bodies_block_nobody(deployed):
    begin = (
        b"POST /admin/login/ HTTP/1.1\r\nHost: evidence.example\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 900\r\n\r\n"
    )
    with unfinished(deployed.http, 50, begin):
        assert slowest([lambda: deployed.https("/en/"), search(deployed)]) < SOON


def test_fifty_slow_downloads_block_nobody(deployed):
    with slow_downloads(deployed.tls, 50, LARGE, HOST, TRUSTING.wrap_socket):
        assert slowest([lambda: deployed.https("/en/"), search(deployed)]) < SOON


def search(deployed):
    """A page that is in no cache."""
    return lambda: deployed.https(f"/en/search/?q={time.monotonic_ns()}")


def test_reload_through_the_proxy_loses_no_request(deployed):
    lost, answered, is_over = [], [], threading.Event()

    def read():
        while not is_over.is_set():
            status = deployed.https("/en/policies/", timeout=60).status
            (answered if status == 200 else lost).append(status)
            time.sleep(0.05)

    readers = [threading.Thread(target=read) for _number in range(8)]
    for reader in readers:
        reader.start()
    for _round in range(2):
        deployed.server.send_signal(signal.SIGHUP)
        time.sleep(40)
    is_over.set()
    for reader in readers:
        reader.join()

    assert lost == []
    assert len(answered) > 50
