"""Load the documented server with readers and two editors; print how it did.

`python tests/load/run.py [READERS…] [--seconds N]` on the database of DATABASE_URL,
which has to be empty; `make load` runs it on both. Server, worker, database and readers
share this machine. With `--share 0.8` each number of readers first runs for three
minutes as fast as it can, so that what the server keeps is there, and then for N
seconds at that share of the rate it reached.
Exits with 1 if a request failed, or if the server's memory grew by more than
a tenth.
"""

import argparse
import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

from tests.deploy import free_port, server_line, worker_line
from tests.processes import ROOT

PAGE = os.sysconf("SC_PAGE_SIZE")
PEAK_SECONDS = 180
# Seconds left out at the start, and the seconds that start and end are averaged over.
SETTLING, SPAN = 10, 20
# Memory beyond this multiple of that at the start is a leak.
GROWTH = 1.1
# An environment of its own: locust changes much of Python where it is imported.
LOCUST = ROOT / ".venv" / "load" / "bin" / "locust"
HEAD = (
    "readers  seconds  requests/s    p50    p95    p99    max   errors  imports  "
    "server MB (start, end, most)"
)
PREPARE = """
import os
from django.contrib.auth.models import User
from tests.factories import make_indicator, make_region, make_source
User.objects.create_superuser("load", password=os.environ["LOAD_PASSWORD"])
for number in range(1, 9):
    make_indicator(code=f"load{number}", unit="CNY_100M")
make_region(code="load")
make_source(code="load")
"""
PLACES = """
import json, re
from django.test import Client
client, found = Client(), {}
def read(path):
    return client.get(path).getvalue().decode()
for section in re.findall(r"<loc>([^<]+)</loc>", read("/sitemap.xml")):
    text = read(re.sub(r"https?://[^/]+", "", section))
    for url in re.findall(r"<loc>([^<]+)</loc>", text):
        path = re.sub(r"https?://[^/]+", "", url)
        parts = path.split("/")
        kind = parts[2] if len(parts) > 3 else "home"
        found.setdefault(kind, []).append(path)
data = ["observations", "claims", "policies", "indicators", "entries", "figures"]
found["api"] = [f"/api/v1/{name}" for name in data] + ["/api/v1/policies.csv"]
page = read("/en/")
found["static"] = re.findall(r'"(/static/[^"]+[.](?:css|js|svg))"', page)
print(json.dumps(found))
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readers", type=int, nargs="*", default=[50, 200, 500])
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--share", type=float)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        site = Site(Path(place))
        try:
            print(HEAD, flush=True)
            figures = [
                found
                for count in asked.readers
                for found in site.drive_all(count, asked.seconds, asked.share)
            ]
        finally:
            site.stop()
    return any(found["failed"] or found["grown"] for found in figures)


class Site:
    """The study on an empty database, served as the documentation says."""

    def __init__(self, place: Path):
        self.place = place
        password = secrets.token_urlsafe(12)
        self.account = {"username": "load", "password": password}
        self.port = free_port()
        self.environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1,testserver",
            "IMPORT_DIRECTORY": str(place / "imports"),
            "PAGE_COPIES": str(place / "copies"),
            "LOAD_PASSWORD": password,
        }
        self.environment.setdefault("DATABASE_URL", f"sqlite:///{place}/db.sqlite3")
        self.manage("migrate", "--verbosity", "0")
        self.manage("load_study", "--verbosity", "0")
        self.manage("shell", "--verbosity", "0", "--command", PREPARE)
        self.places = self.manage("shell", "--verbosity", "0", "--command", PLACES)
        self.log = (place / "log").open("w")
        self.processes = [
            subprocess.Popen(line, cwd=ROOT, env=self.environment, stderr=self.log)
            for line in (server_line(self.port), worker_line())
        ]
        self.wait()

    def manage(self, *arguments):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout

    def wait(self):
        """Return when the server answers."""
        for _attempt in range(600):
            try:
                return socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("The server does not start.")

    def memory(self) -> float:
        """MB that the server's processes hold, shared pages counted in each."""
        server = self.processes[0].pid
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        pages = 0
        for pid in (server, *children):
            # A process that has just ended holds nothing.
            with contextlib.suppress(OSError):
                pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * PAGE / 1e6

    def drive_all(self, readers: int, seconds: int, share: float | None):
        """The figures of one run, or of two: the peak, then longer at a share of it."""
        if share is None:
            yield self.drive(readers, seconds)
            return
        peak = self.drive(readers, PEAK_SECONDS)
        yield peak | {"grown": False}
        yield self.drive(readers, seconds, rate=share * peak["rate"])

    def drive(self, readers: int, seconds: int, rate: float | None = None) -> dict:
        """Run readers and two editors; prints a line, returns the figures.

        `rate` limits the requests a second of all readers together.
        """
        figures, samples, is_over = self.place / "figures", [], threading.Event()

        def sample():
            while not is_over.wait(1):
                samples.append(self.memory())

        watcher = threading.Thread(target=sample, daemon=True)
        watcher.start()
        options = "--headless --only-summary --reset-stats --loglevel ERROR"
        subprocess.run(
            [
                *(LOCUST, *options.split()),
                *("-f", "tests/load/locustfile.py"),
                *("-H", f"http://127.0.0.1:{self.port}"),
                *("-u", str(readers + 2), "-r", str(max(10, readers // 5))),
                *("-t", f"{seconds}s", "--stop-timeout", "30"),
            ],
            cwd=ROOT,
            env=self.environment
            | {
                "LOAD_PLACES": self.places,
                "LOAD_ACCOUNT": json.dumps(self.account),
                "LOAD_FIGURES": str(figures),
                "LOAD_RATE": str(rate / readers) if rate else "",
            },
            stdout=self.log,
            stderr=self.log,
            check=False,
        )
        is_over.set()
        watcher.join()
        found = json.loads(figures.read_text())
        begin, end = begin_and_end(samples)
        found["grown"] = rate is not None and end > GROWTH * begin
        p50, p95, p99, most = (f"{value / 1000:.2f}s" for value in found["percentiles"])
        print(
            f"{readers:7}  {seconds:7}  {found['rate']:10.0f}  {p50:>5}  {p95:>5}  "
            f"{p99:>5}  {most:>5}  {found['failed']:7}  {found['imports']:7}  "
            f"{begin:.0f}, {end:.0f}, {max(samples):.0f}",
            *(f"{error} ({number} ways)" for error, number in found["errors"].items()),
            sep="\n  ",
            flush=True,
        )
        return found

    def stop(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(60)
        self.log.close()


def begin_and_end(samples: list[float]) -> tuple[float, float]:
    """Median memory after the first seconds and in the last ones."""
    settled = samples[SETTLING:] or samples
    return median(settled[:SPAN]), median(settled[-SPAN:])


if __name__ == "__main__":
    sys.exit(main())
