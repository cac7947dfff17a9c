"""A server whose database goes away and comes back: it refuses, or stays silent."""

import os
import socket
import time
from urllib.parse import parse_qs, urlsplit, urlunsplit

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cbec_site.models import WorkerHeartbeat
from datasets.imports.tasks import plan_batch
from tests.deploy import free_port, server_line, worker_line
from tests.network import Wire, ask, seconds_until

pytestmark = pytest.mark.skipif(
    "sqlite" in os.environ.get("DATABASE_URL", "sqlite"), reason="SQLite is no server"
)

# The promised seconds, and what a busy machine may add.
WITHIN, AGAIN, BUSY = 2.0, 5.0, 1.5
KEPT, NOT_KEPT = "/en/datasets/indicators/", "/en/datasets/regions/"
SECONDS = 3


def to_server(url):
    """A function that connects to the server of a DATABASE_URL, and its new URL."""
    parts = urlsplit(url)
    directory = parse_qs(parts.query).get("host", [""])[0]
    port = parts.port or 5432

    def connect():
        if not directory:
            return socket.create_connection((parts.hostname, port))
        found = socket.socket(socket.AF_UNIX)
        found.connect(f"{directory}/.s.PGSQL.{port}")
        return found

    return connect


@pytest.fixture
def wire(shared_site):
    found = Wire(to_server(shared_site))
    yield found
    found.close()


@pytest.fixture
def url(wire, shared_site):
    """The DATABASE_URL that leads through the wire."""
    parts = urlsplit(shared_site)
    netloc = f"{parts.username or 'postgres'}@127.0.0.1:{wire.port}"
    return urlunsplit(parts._replace(netloc=netloc, query=""))


@pytest.fixture
def port(start, url, tmp_path):
    """A server as the unit starts it, once it has answered."""
    port = free_port()
    line = [*server_line(port), "--processes", "1"]
    server = start(
        *line[1:],
        DJANGO_SETTINGS_MODULE="tests.production",
        DATABASE_URL=url,
        PAGE_COPIES=str(tmp_path / "copies"),
        WORKER_EXPECTED="off",
    )
    server.wait_for_port(port)
    seconds_until(lambda: ask(port, KEPT).status == 200)
    assert ask(port, "/readyz").status == 200
    return port


@pytest.mark.parametrize("cut", ["refuse", "silence"])
def test_cached_pages_continue_and_all_others_say_when_to_retry(port, wire, cut):
    getattr(wire, cut)()
    away(port, SECONDS)
    wire.mend()
    back(port)


def away(port, seconds):
    """What readers get for the given seconds."""

    def is_marked():
        page = ask(port, KEPT)
        assert page.status == 200
        assert page.seconds < WITHIN + BUSY
        return "database-away" in page.headers.get("cache-status", "")

    seconds_until(is_marked, at_most=10)
    passed = 0.0
    while passed < seconds:
        other, page = ask(port, NOT_KEPT), ask(port, KEPT)
        ready = ask(port, "/readyz")
        assert (other.status, page.status, ready.status) == (503, 200, 503)
        assert int(other.headers["retry-after"]) <= 30
        assert 'class="stale-copy"' in page.text
        assert ask(port, "/healthz").status == 200
        for answer in (other, page, ready):
            assert answer.seconds < WITHIN + BUSY
        passed += other.seconds + page.seconds + ready.seconds


def back(port):
    """The site recovers by itself."""
    assert (
        seconds_until(lambda: ask(port, NOT_KEPT).status == 200, at_most=AGAIN + BUSY)
        < AGAIN + BUSY
    )
    seconds_until(lambda: "cache-status" not in ask(port, KEPT).headers, at_most=5)
    assert ask(port, "/readyz").status == 200


@pytest.mark.parametrize("cut", ["refuse", "silence"])
def test_worker_outlives_its_database(start, url, wire, queue, cut):
    """It reports that it is alive again, and does the task queued meanwhile."""
    worker = start(
        *worker_line()[1:],
        DJANGO_SETTINGS_MODULE="tests.production",
        DATABASE_URL=url,
    )
    seconds_until(lambda: WorkerHeartbeat.age() is not None, at_most=60)

    getattr(wire, cut)()
    time.sleep(SECONDS)
    task = plan_batch.enqueue("datasets.importbatch", 10**6, "en")
    cut_at = timezone.now()
    wire.mend()

    seconds_until(
        lambda: WorkerHeartbeat.objects.filter(at__gt=cut_at).exists(), at_most=60
    )
    seconds_until(
        lambda: DBTaskResult.objects.filter(pk=task.id, status="FAILED").exists(),
        at_most=60,
    )
    assert worker.process.poll() is None
    worker.process.terminate()
    assert worker.process.wait(60) == 0
