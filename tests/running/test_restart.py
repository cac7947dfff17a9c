"""New code is loaded under load, and no request is lost."""

import http.client
import re
import signal
import socket
import threading
from pathlib import Path

import pytest

from cbec_site.page_cache import cache
from cbec_site.web_server import (
    ANSWERED_FROM,
    Connections,
    listen,
    read_options,
    stop_listening,
)
from tests.crowds import taken_of_endless_body
from tests.deploy import free_port, server_line, unit
from tests.network import ask, seconds_until

READERS = 6
PATHS = ("/en/", "/en/datasets/indicators/", "/zh-hans/search/?q=x", "/api/v1/claims")
REQUEST = b"GET / HTTP/1.1\r\n\r\n"


def test_reload_under_load_loses_no_request(start):
    port = free_port()
    # The hardest case: one process, which ends long before the next can answer.
    server = start(
        *server_line(port)[1:],
        *"--processes 1 --starting 0".split(),
        DJANGO_SETTINGS_MODULE="tests.production",
        WORKER_EXPECTED="off",
    )
    server.wait_for_port(port)
    first = ask(port, "/healthz")
    assert (first.status, first.headers["connection"]) == (200, "close")
    # What fits into the sockets' buffers, but no more.
    assert taken_of_endless_body(port, "/en/swot/reports/new/") < 20_000_000
    lost, answered, is_over = [], [], threading.Event()

    def read(number):
        while not is_over.is_set():
            path = PATHS[number % len(PATHS)]
            number += 1
            status = ask(port, path, timeout=120).status
            (answered if status == 200 else lost).append((path, status))

    def read_on():
        """Send requests on one connection for as long as it stays open."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while not is_over.wait(0.02):
            try:
                connection.request("GET", PATHS[0])
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException) as error:
                lost.append(error)
                connection.close()
            else:
                stayed.add(answer.headers["connection"] != "close")

    stayed = set()
    readers = [threading.Thread(target=read, args=[n]) for n in range(READERS)]
    readers += [threading.Thread(target=read_on) for _number in range(2)]
    for reader in readers:
        reader.start()
    before = processes(server)
    assert len(before) == 1
    seconds_until(lambda: len(answered) > READERS, at_most=60)

    server.process.send_signal(signal.SIGHUP)
    seconds_until(lambda: not processes(server) & before, at_most=60)
    so_far = len(answered)
    seconds_until(lambda: len(answered) > so_far + READERS, at_most=120)
    is_over.set()
    for reader in readers:
        reader.join()

    assert lost == []
    assert stayed == {True, False}
    assert len(processes(server)) == 1


def processes(server):
    """The worker processes, which the parent of a server has started."""
    pid = server.process.pid
    return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


@pytest.mark.parametrize(
    ("source", "is_ending", "stays"),
    [
        ("memory", False, True),
        ("memory", True, False),
        ("application", False, False),
        ("copy", False, False),
        ("late", False, False),
        (None, False, False),
    ],
)
def test_connections_stay_open_after_answers_from_memory(source, is_ending, stays):
    def application(environ, start_response):
        if source:
            environ[cache.ANSWERED_FROM] = source
        start_response("200 OK", sent)
        return [b"page"]

    sent, found = [("ETag", "x")], []
    connections = Connections(application)
    connections.is_ending = is_ending

    body = connections({}, lambda status, headers: found.append(headers))

    assert body == [b"page"]
    assert found == [sent if stays else [*sent, ("Connection", "close")]]
    # The headers of cached answers are not changed.
    assert sent == [("ETag", "x")]
    assert ANSWERED_FROM == cache.ANSWERED_FROM


@pytest.fixture
def listener():
    with listen("127.0.0.1", free_port()) as listener:
        listener.setblocking(False)
        yield listener


@pytest.fixture
def client(listener):
    with socket.create_connection(listener.getsockname(), timeout=10) as client:
        yield client


def taken(listener):
    """Whether a connection was waiting there; it is accepted and closed."""
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def test_a_connection_is_accepted_once_its_request_has_arrived(listener, client):
    assert not taken(listener)

    client.sendall(REQUEST)

    seconds_until(lambda: taken(listener))


def test_ending_process_leaves_waiting_connections_to_others(listener, client):
    with listener.dup() as of_the_one_that_ends:
        of_the_one_that_ends.setblocking(False)
        client.sendall(REQUEST)

        stop_listening(of_the_one_that_ends)

        assert not taken(of_the_one_that_ends)
        seconds_until(lambda: taken(listener))


def test_a_second_server_does_not_join_the_port(listener):
    with pytest.raises(OSError, match="in use"):
        listen(*listener.getsockname())


def test_number_of_threads_is_set_by_server_threads(monkeypatch):
    assert read_options([]).threads == 4
    monkeypatch.setenv("SERVER_THREADS", "7")
    assert read_options([]).threads == 7


@pytest.mark.parametrize("name", ["web", "worker"])
def test_units_have_no_privileges_they_do_not_need(name):
    said = dict(re.findall(r"^(\w+)=(.*)$", unit(name), re.MULTILINE))

    assert said["User"] == "cbec-evidence"
    assert said["UMask"] == "0077"
    assert said["ProtectSystem"] == "strict"
    assert said["NoNewPrivileges"] == said["PrivateTmp"] == "yes"
    assert said["CapabilityBoundingSet"] == ""
    assert said["Restart"] == "always"


def test_unit_reloads_by_the_tested_signal():
    assert "ExecReload=/bin/kill -HUP $MAINPID" in unit("web")
