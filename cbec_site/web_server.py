"""The web server of the site: granian, with one queue for all its processes.

By default granian gives each process a listening socket of its own, and Linux resets
the connections that wait in it when the process ends. Here the parent holds one socket
that all share, so that another process takes over waiting connections. A process that
has to end first stops accepting connections, and ends once it has read those it
accepted. A connection stays open only after an answer from memory.

Nothing here imports Django: a reload starts processes that read the new code.
"""

import argparse
import contextlib
import ctypes
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable

from granian import _signals
from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

from cbec_site.base.garbage import spare_what_is_loaded
from cbec_site.page_cache.cache import ANSWERED_FROM

APPLICATION = "cbec_site.wsgi:application"
# How many connections may wait for a process, and how many one process accepts.
BACKLOG = 1024
TAKEN = 512
# Seconds: until a connection that sends nothing is accepted all the same; between the
# last accepted one and the end; until a process that does not end is killed.
SILENCE = 10
READING = 1
KILL = 30
# Milliseconds for the head of a request, and for the next one on an open connection.
HEAD = 10_000
CLOSE = ("Connection", "close")
# glibc's name for the number of heaps (mallopt(3)), and how many a process needs:
# Python lets one thread allocate at a time. And its name for the size in bytes from
# which a block is no part of a heap.
ARENA_MAX = -8
HEAPS = 2
MMAP_THRESHOLD = -3
LARGE = 64 * 1024
# Only Linux has it; on other systems, used for development, a reload may lose requests.
DEFER = getattr(socket, "TCP_DEFER_ACCEPT", None)


class Server(MPServer):
    """Processes that take their connections from one socket."""

    def _init_shared_socket(self):
        self._sso = listen(self.bind_addr, self.bind_port)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; OSError if something listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    # A connection is accepted only when its request has arrived: one that was
    # accepted but not read is closed without an answer if its process ends.
    if DEFER is not None:
        listener.setsockopt(socket.IPPROTO_TCP, DEFER, SILENCE)
    listener.set_inheritable(True)
    return listener


class Connections:
    """A WSGI application that decides whether a connection stays open.

    After answers from memory it does: there are many of them, and a connection for each
    takes longer than the answer. What the application answers may have taken long, or
    have written; the next request may go to another process. Once `is_ending` is set,
    every answer is the last of its connection.
    """

    def __init__(self, application: Callable):
        self.application = application
        self.is_ending = False

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        def start(status, headers, exc_info=None):
            if self.is_ending or environ.get(ANSWERED_FROM) != "memory":
                headers = [*headers, CLOSE]
            return start_response(status, headers)

        return self.application(environ, start)


def serve_process(number, name, load, sockets, *arguments, **options):
    """The target of each process: granian's own, on the shared socket."""
    bound_heaps()
    connections = Connections(load())
    spare_what_is_loaded()
    listener = sockets[1]
    sockets = ((None, SocketHolder(listener.fileno(), False, BACKLOG)), listener)
    set_signals = _signals.set_sync_signals

    def set_signals_to_end_gently():
        ending = set_signals()

        def end(*_):
            stop_listening(listener)
            connections.is_ending = True
            threading.Timer(READING, ending.set).start()

        signal.signal(signal.SIGTERM, end)
        return ending

    _signals.set_sync_signals = set_signals_to_end_gently
    MPServer._spawn_wsgi_worker(
        number, name, lambda: connections, sockets, *arguments, **options
    )


def bound_heaps() -> None:
    """Let all threads of this process allocate from two heaps, small blocks only.

    glibc gives each thread one of its own, which keeps the most that the thread ever
    needed: under load the process grows for as long as there are new pages. A large
    block, as of a page's text, leaves a hole in a heap that what is kept around it
    holds open, so each has memory of its own, which the system gets back. Other
    libraries do without.
    """
    with contextlib.suppress(AttributeError, OSError):
        library = ctypes.CDLL(None)
        library.mallopt(ARENA_MAX, HEAPS)
        library.mallopt(MMAP_THRESHOLD, LARGE)


def stop_listening(listener: socket.socket) -> None:
    """Stop this process from accepting connections; the others continue.

    Its descriptor is given a socket that nobody connects to: if it were closed, granian
    would try to accept again and again.
    """
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.setblocking(False)
        os.dup2(silent.fileno(), listener.fileno())


def main(arguments=None):
    options = read_options(arguments)
    server = Server(
        APPLICATION,
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.processes,
        blocking_threads=options.threads,
        backlog=BACKLOG,
        backpressure=TAKEN,
        # The proxy speaks HTTP/1.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD),
        respawn_failed_workers=True,
        respawn_interval=options.starting,
        workers_kill_timeout=KILL,
        log_level=LogLevels.warning,
    )
    try:
        server.serve(spawn_target=serve_process)
    except OSError as error:
        sys.exit(f"The server cannot listen on port {options.port}: {error.strerror}.")


def read_options(arguments):
    parser = argparse.ArgumentParser(
        prog="python -m cbec_site.web_server", description="Serve the site."
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument(
        "--threads",
        type=int,
        default=os.environ.get("SERVER_THREADS", "4"),
        help="requests that one process answers at once (SERVER_THREADS)",
    )
    parser.add_argument(
        "--starting",
        type=float,
        default=15,
        metavar="SECONDS",
        help="what a reload gives a new process before it ends an old one",
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
