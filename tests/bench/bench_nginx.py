"""Pages from memory beside nginx sending the same bytes as precompressed files.

Both run two workers, as documented, and log each request. For each kind of page each
runs five times, in turn; the medians of the ratios and of the 99th percentiles are
printed, then the memory. `cpu` is the processor time in microseconds that an answer
takes in the server, which means something even on a busy machine. Needs nginx and wrk;
with nginx's module brotli_static both send brotli, otherwise gzip. Uses DATABASE_URL if
it is set, else a SQLite file. `--quick` makes the runs short.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.deploy import free_port, server_line
from tests.processes import ROOT

RUNS, SECONDS, CONNECTIONS = 5, 5, 32
PAGES = {
    "home": "/zh-hans/",
    "list": "/zh-hans/policies/",
    "article": "/zh-hans/swot/analyses/guizhou-cbec-2024/",
    "API": "/api/v1/policies",
}
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
CONFIGURATION = """
{load}
user root;
daemon off;
worker_processes 2;
pid {place}/nginx.pid;
error_log {place}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log {place}/access.log;
    client_body_temp_path {place}/body;
    proxy_temp_path {place}/proxy;
    fastcgi_temp_path {place}/fastcgi;
    uwsgi_temp_path {place}/uwsgi;
    scgi_temp_path {place}/scgi;
    sendfile on;
    tcp_nopush on;
    open_file_cache max=100;
    default_type "text/html; charset=utf-8";
    server {{
        listen 127.0.0.1:{port} reuseport;
        root {place}/files;
        {static} on;
        gzip_vary on;
    }}
}}
"""


@dataclass(frozen=True)
class Run:
    """What `wrk` measured: requests a second, and the 99th percentile in milliseconds.

    `cpu` is the processor time of the server for each request, in microseconds.
    """

    rate: float
    p99: float
    cpu: float


def main(seconds=SECONDS):
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not (nginx and shutil.which("wrk")):
        print("left out: nginx or wrk is not installed")
        return
    encoding = "br" if BROTLI.exists() else "gzip"
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        port, other = free_port(), free_port()
        with site(place, port) as server:
            sizes = copy_pages(server, port, place / "files", encoding)
            with running([nginx, "-c", configure(place, other, encoding)], other) as it:
                print(f"nginx {encoding} static, {CONNECTIONS} connections")
                print(f"{'':10}{'bytes':>10}{'site/s':>10}{'nginx/s':>10}", end="")
                print(f"{'ratio':>8}{'p99 ms':>8}{'nginx':>8}{'cpu':>8}{'nginx':>8}")
                for kind, path in PAGES.items():
                    pairs = [
                        (
                            wrk(server, port, path, encoding, seconds),
                            wrk(it, other, f"/{kind}", encoding, seconds),
                        )
                        for _run in range(RUNS)
                    ]
                    line(kind, sizes[kind], pairs)
                print(f"memory, MB: site {memory(server)}, nginx {memory(it)}")


def line(kind, size, pairs):
    """Print how the two compare at one page."""
    ours, theirs = zip(*pairs, strict=True)
    ratio = median(our.rate / their.rate for our, their in pairs)
    print(
        f"{kind:10}{size:10,}{median(run.rate for run in ours):10,.0f}"
        f"{median(run.rate for run in theirs):10,.0f}{ratio:8.2f}"
        f"{median(run.p99 for run in ours):8.1f}"
        f"{median(run.p99 for run in theirs):8.1f}"
        f"{median(run.cpu for run in ours):8.1f}"
        f"{median(run.cpu for run in theirs):8.1f}",
        flush=True,
    )


@contextmanager
def site(place, port):
    """The documented server with the shipped study."""
    environment = os.environ | {
        "SECRET_KEY": "only-for-the-bench-" + "x" * 40,
        "ALLOWED_HOSTS": "127.0.0.1",
        "PAGE_COPIES": str(place / "copies"),
    }
    environment.setdefault("DATABASE_URL", f"sqlite:///{place}/db.sqlite3")
    subprocess.run(
        [sys.executable, "manage.py", "prepare", "--verbosity", "0"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    with (
        (place / "log").open("w") as log,
        running(server_line(port), port, env=environment, stderr=log) as server,
    ):
        yield server


@contextmanager
def running(command, port, **more):
    """A server that answers while the body runs."""
    process = subprocess.Popen(command, cwd=ROOT, **more)
    try:
        for _attempt in range(600):
            try:
                read(port, "/home", "")
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(60)


def read(port, path, encoding):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": encoding}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read(), answer.headers


def copy_pages(server, port, files, encoding):
    """Write what the site sends as files for nginx; returns the sizes by page."""
    files.mkdir()
    sizes = {}
    for kind, path in PAGES.items():
        (files / kind).write_bytes(read(port, path, "")[0])
        content, headers = read(port, path, encoding)
        assert headers["Content-Encoding"] == encoding, (kind, headers)
        (files / f"{kind}.{'gz' if encoding == 'gzip' else encoding}").write_bytes(
            content
        )
        sizes[kind] = len(content)
        # Each worker has its own memory.
        wrk(server, port, path, encoding, 1)
    return sizes


def configure(place, port, encoding):
    """Write nginx's configuration; returns its path."""
    is_brotli = encoding == "br"
    text = CONFIGURATION.format(
        place=place,
        port=port,
        load=f"load_module {BROTLI};" if is_brotli else "",
        static="brotli_static" if is_brotli else "gzip_static",
    )
    path = place / "nginx.conf"
    path.write_text(text)
    return str(path)


def wrk(server, port, path, encoding, seconds) -> Run:
    """One run against a page of a server; every answer has to be 200."""
    before = processor_seconds(server)
    output = subprocess.run(
        [
            *("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"),
            *("-H", f"Accept-Encoding: {encoding}"),
            f"http://127.0.0.1:{port}{path}",
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    used = processor_seconds(server) - before
    assert "Non-2xx" not in output, output
    requests = int(re.search(r"(\d+) requests in", output)[1])
    rate = re.search(r"Requests/sec:\s+([\d.]+)", output)[1]
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", output).groups()
    p99 = float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    return Run(float(rate), p99, used / requests * 1e6)


def processes_of(pid) -> list:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *children]


def processor_seconds(pid) -> float:
    """The processor time that a server and its workers have used."""
    ticks = 0
    for process in processes_of(pid):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory(pid) -> int:
    """The memory of a server and its workers in MB; shared pages are counted once."""
    kilobytes = 0
    for process in processes_of(pid):
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
        kilobytes += int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1])
    return kilobytes // 1000


if __name__ == "__main__":
    main(seconds=1 if "--quick" in sys.argv else SECONDS)
