"""The database is away for a minute and a half; tests/running tries seconds."""

import pytest

from tests.deploy import free_port, server_line
from tests.network import ask, seconds_until
from tests.running.test_database_gone import (
    BUSY,
    KEPT,
    WITHIN,
    away,
    back,
    port,
    pytestmark,
    url,
    wire,
)

__all__ = ["port", "pytestmark", "url", "wire"]
SECONDS = 90


@pytest.mark.parametrize("cut", ["refuse", "silence"])
def test_ninety_seconds_without_a_database(port, wire, cut):
    getattr(wire, cut)()
    away(port, SECONDS)
    wire.mend()
    back(port)


@pytest.mark.parametrize("cut", ["refuse", "silence"])
def test_every_process_has_the_page_also_after_a_restart(
    start, url, wire, tmp_path, cut
):
    """The line of the unit: two processes, in one of which the page was read."""
    port, copies = free_port(), tmp_path / "copies"

    def serve():
        server = start(
            *server_line(port)[1:],
            DJANGO_SETTINGS_MODULE="tests.production",
            DATABASE_URL=url,
            PAGE_COPIES=str(copies),
            WORKER_EXPECTED="off",
        )
        seconds_until(lambda: ask(port, "/healthz").status == 200, at_most=60)
        return server

    def marked():
        page = ask(port, KEPT)
        assert page.status == 200
        assert page.seconds < WITHIN + BUSY
        return "database-away" in page.headers.get("cache-status", "")

    server = serve()
    seconds_until(lambda: ask(port, KEPT).status == 200)
    seconds_until(lambda: copies.exists() and any(copies.iterdir()), at_most=30)
    getattr(wire, cut)()
    seconds_until(marked, at_most=10)
    for _each in range(10):
        marked()
    server.kill()
    serve()
    assert all(marked() for _each in range(10))
