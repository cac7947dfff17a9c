"""A connection to a server that a test can cut, and a client that asks."""

import contextlib
import http.client
import select
import socket
import threading
import time
from dataclasses import dataclass, field

PIECE = 65536


class Wire:
    """A local port that forwards to where `connect` leads, until it is cut.

    `refuse` closes it; after `silence` it accepts connections and bytes, but
    nobody answers. `mend` drops silent connections and forwards again.
    """

    def __init__(self, connect):
        self._connect = connect
        self._ends: list[socket.socket] = []
        self._is_silent = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._accept()

    def refuse(self):
        self._listener.close()
        self._drop()

    def silence(self):
        self._is_silent = True

    def mend(self):
        was_silent, self._is_silent = self._is_silent, False
        self._drop()
        if not was_silent:
            self._listener = socket.create_server(("127.0.0.1", self.port))
            self._accept()

    def close(self):
        with contextlib.suppress(OSError):
            self._listener.close()
        self._drop()

    def _accept(self):
        threading.Thread(
            target=self._listen, args=[self._listener], daemon=True
        ).start()

    def _listen(self, listener):
        listener.settimeout(0.2)
        while listener.fileno() >= 0:
            try:
                near, _address = listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            threading.Thread(target=self._lead, args=[near], daemon=True).start()

    def _lead(self, near):
        self._ends.append(near)
        while self._is_silent:
            time.sleep(0.05)
            if near.fileno() < 0:
                return
        try:
            far = self._connect()
        except OSError:
            near.close()
            return
        self._ends.append(far)
        with contextlib.suppress(OSError, ValueError), near, far:
            while True:
                ready, _write, _error = select.select([near, far], [], [], 0.2)
                for end in [] if self._is_silent else ready:
                    content = end.recv(PIECE)
                    if not content:
                        return
                    (far if end is near else near).sendall(content)
                if self._is_silent:
                    time.sleep(0.05)

    def _drop(self):
        ends, self._ends = self._ends, []
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@dataclass
class Answer:
    """A server's answer, and after how many seconds; status 0 if there was none."""

    status: int
    seconds: float
    headers: dict = field(default_factory=dict)
    text: str = ""


def ask(
    port,
    path,
    method="GET",
    body=None,
    timeout=30,
    connect=http.client.HTTPConnection,
    **headers,
) -> Answer:
    """Send a request to a local server, on a new connection."""
    began = time.monotonic()
    connection = connect("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        text = response.read().decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return Answer(0, time.monotonic() - began)
    finally:
        connection.close()
    told = response.headers
    found = {name.lower(): ", ".join(told.get_all(name)) for name in told}
    return Answer(response.status, time.monotonic() - began, found, text)


def seconds_until(condition, at_most=30.0) -> float:
    """How long it takes until a condition is true; it is checked ten times a second."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < at_most, "It never came true."
        time.sleep(0.1)
    return time.monotonic() - began
