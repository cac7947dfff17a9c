"""Processes of the site that a test starts, pauses at a chosen moment and kills."""

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

from tests.forked import Forked

PATIENCE = 40
ROOT = Path(__file__).resolve().parent.parent


class Process:
    """`python …` on a database; `hold` is explained in `tests.pause_points`.

    With `is_forked` it does not load the site again, see `tests.forked`.
    """

    def __init__(
        self,
        directory: Path,
        arguments,
        url,
        hold="",
        stderr=None,
        is_forked=False,
        **environment,
    ):
        self.log = directory / "output"
        self.pipe = directory / "held"
        os.mkfifo(self.pipe)
        # Opened before the process writes, so that no byte is missed.
        self.reader = os.open(self.pipe, os.O_RDONLY | os.O_NONBLOCK)
        environment = {
            "DJANGO_SETTINGS_MODULE": "tests.pause_points",
            "DATABASE_URL": url,
            "IMPORT_DIRECTORY": str(settings.MEDIA_ROOT),
            "HOLD": hold,
            "HELD": str(self.pipe),
        } | environment
        if is_forked:
            self.process = Forked(arguments, environment, self.log)
            return
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=settings.BASE_DIR,
                env=os.environ | environment,
                stdout=log,
                stderr=subprocess.STDOUT if stderr is None else stderr,
                start_new_session=True,
            )

    def wait_until_held(self):
        """Return when the process is paused at its moment."""
        deadline = time.monotonic() + PATIENCE
        while not select.select([self.reader], [], [], 0.2)[0]:
            assert self.process.poll() is None, self.output
            assert time.monotonic() < deadline, self.output

    def wait_for_port(self, port):
        """Return when something answers on a local port."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port), 1).close()
            except OSError:
                assert self.process.poll() is None, self.output
                assert time.monotonic() < deadline, self.output
                time.sleep(0.05)

    def kill(self):
        """Send SIGKILL to the process and all it has started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def finish(self):
        """Wait for it to end by itself."""
        assert self.process.wait(PATIENCE) == 0, self.output

    @property
    def output(self):
        return self.log.read_text(errors="replace")

    def close(self):
        self.kill()
        os.close(self.reader)
