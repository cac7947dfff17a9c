"""New code comes in under load, and no request is lost."""

import json
import re
import signal
import threading
import time
from pathlib import Path

from tests.deploy import free_port, server_line, unit
from tests.network import ask
from tests.processes import ROOT

READERS = 6
PATHS = ("/en/", "/en/datasets/indicators/", "/zh-hans/search/?q=x", "/api/v1/claims")


def test_reload_under_load_loses_no_request(start):
    port = free_port()
    line = server_line(port)
    # A machine that tests alone needs less than one that serves.
    line[line.index("--respawn-interval") + 1] = "8"
    server = start(
        *line[1:],
        DJANGO_SETTINGS_MODULE="tests.production",
        WORKER_EXPECTED="off",
    )
    server.wait_for_port(port)
    assert ask(port, "/healthz").status == 200
    lost, answered, is_over = [], [], threading.Event()

    def read(number):
        while not is_over.is_set():
            path = PATHS[number % len(PATHS)]
            number += 1
            status = ask(port, path, timeout=60).status
            (answered if status == 200 else lost).append((path, status))

    readers = [threading.Thread(target=read, args=[n]) for n in range(READERS)]
    for reader in readers:
        reader.start()
    before = workers(server.process.pid)
    assert len(before) == 2
    time.sleep(1)

    server.process.send_signal(signal.SIGHUP)
    deadline = time.monotonic() + 60
    while workers(server.process.pid) & before:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    time.sleep(1)
    is_over.set()
    for reader in readers:
        reader.join()

    assert lost == []
    assert len(answered) > READERS
    assert len(workers(server.process.pid)) == 2


def workers(pid):
    """The processes that a server has started and that run."""
    return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


def test_image_starts_the_same_server_for_other_hosts():
    text = (ROOT / "Dockerfile").read_text()
    words = re.search(r"^CMD (\[.*?\])", text, re.MULTILINE | re.DOTALL)[1]
    command = json.loads(words.replace("\\\n", ""))

    line = server_line(8000)[2:]
    line[line.index("--host") + 1] = "0.0.0.0"  # noqa: S104 - inside a container
    assert command == line


def test_unit_reloads_by_the_same_signal():
    assert "ExecReload=/bin/kill -HUP $MAINPID" in unit("web")
