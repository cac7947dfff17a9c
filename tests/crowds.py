"""Many clients at once that send or read as slowly as they can."""

import contextlib
import socket
import threading
import time

# Seconds within which a page answers meanwhile, even on a busy machine.
SOON = 3.0


@contextlib.contextmanager
def unfinished(port, count, begin=b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: "):
    """`count` connections on which a request begins and never ends."""
    ends = []
    try:
        for _number in range(count):
            end = socket.create_connection(("127.0.0.1", port), 10)
            end.sendall(begin)
            ends.append(end)
        yield ends
    finally:
        for end in ends:
            end.close()


def taken_of_endless_body(port, path, at_most=50_000_000):
    """How many bytes of a body in chunks a server accepts before it hangs up."""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
    form = "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    chunk, sent = b"10000\r\n" + b"x" * 0x10000 + b"\r\n", 0
    with (
        socket.create_connection(("127.0.0.1", port), 10) as end,
        contextlib.suppress(ConnectionError),
    ):
        end.sendall((head + form).encode())
        while sent < at_most:
            end.sendall(chunk)
            sent += len(chunk)
    return sent


@contextlib.contextmanager
def slow_downloads(port, count, path, host, wrap=lambda end: end):
    """`count` clients that request a file and read a hundred bytes a second."""
    ends, is_over = [], threading.Event()
    asked = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()

    def read():
        while not is_over.wait(1):
            for end in ends:
                with contextlib.suppress(OSError):
                    end.recv(100)

    reader = threading.Thread(target=read, daemon=True)
    try:
        for _number in range(count):
            end = socket.socket()
            # A small receive buffer: what is not read stays at the server.
            end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            end.settimeout(10)
            end.connect(("127.0.0.1", port))
            end = wrap(end)
            end.sendall(asked)
            ends.append(end)
        reader.start()
        time.sleep(1)
        yield ends
    finally:
        is_over.set()
        for end in ends:
            end.close()


def slowest(asks, times=5):
    """The seconds that the slowest of some requests took; each has to answer 200."""
    answers = [ask() for _number in range(times) for ask in asks]
    assert {answer.status for answer in answers} == {200}
    return max(answer.seconds for answer in answers)
