"""The web server of the site: granian, with one queue for all its processes.

By itself granian gives each process a listening socket of its own, and Linux resets the
connections that wait in one whose process ends. Here the parent holds one socket that
all share, so that what waits is taken by the process that comes next. A process that
has to end first stops to take connections and ends when it has read what it took.

Nothing of Django is imported here: a reload starts processes that read the new code.
"""

import argparse
import os
import signal
import socket
import sys
import threading

from granian import _signals
from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

APPLICATION = "cbec_site.wsgi:application"
# How many wait until a process takes them, and how many of them one process takes.
BACKLOG = 1024
TAKEN = 512
# Seconds: until a connection that sends nothing is taken all the same; between the last
# that is taken and the end; until a process that does not end is killed.
SILENCE = 10
READING = 1
KILL = 30
# Linux alone has it; on other systems, where one develops, a reload may lose requests.
DEFER = getattr(socket, "TCP_DEFER_ACCEPT", None)


class Server(MPServer):
    """Processes that take their connections from one socket."""

    def _init_shared_socket(self):
        self._sso = listen(self.bind_addr, self.bind_port)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; OSError if something listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    # A connection is taken when its request has arrived: one that was taken and not
    # read is closed without an answer where its process ends.
    if DEFER is not None:
        listener.setsockopt(socket.IPPROTO_TCP, DEFER, SILENCE)
    listener.set_inheritable(True)
    return listener


def serve_process(number, name, load, sockets, *arguments, **options):
    """What runs in each process: granian's own, on the shared socket."""
    listener = sockets[1]
    sockets = ((None, SocketHolder(listener.fileno(), False, BACKLOG)), listener)
    set_signals = _signals.set_sync_signals

    def set_signals_to_end_gently():
        ending = set_signals()

        def end(*_):
            stop_listening(listener)
            threading.Timer(READING, ending.set).start()

        signal.signal(signal.SIGTERM, end)
        return ending

    _signals.set_sync_signals = set_signals_to_end_gently
    MPServer._spawn_wsgi_worker(number, name, load, sockets, *arguments, **options)


def stop_listening(listener: socket.socket) -> None:
    """Let this process take no more connections; the others go on.

    Its number is given to a socket that nobody knows: closing it would have granian try
    again and again.
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
        # The proxy talks HTTP/1. A connection for each request: one that is kept open
        # may be closed just as the next request is sent.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(keep_alive=False),
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
