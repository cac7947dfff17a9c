"""`make run` without a network, after an interruption, and on a port that is taken."""

import os
import shutil
import signal
import subprocess
import time

import pytest

from tests.deploy import free_port
from tests.network import ask, seconds_until
from tests.processes import ROOT

# Nothing listens there: any request, such as for a package, fails at once.
NOWHERE = "http://127.0.0.1:9"
OFFLINE = dict.fromkeys(
    ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOWHERE
) | {"PIP_INDEX_URL": NOWHERE, "PIP_NO_INDEX": "1", "npm_config_registry": NOWHERE}
PATIENCE = 600


@pytest.fixture
def checkout(tmp_path):
    """The repository after one run: packages installed, nothing else."""
    place = tmp_path / "site"
    tracked = subprocess.run(
        [shutil.which("git"), "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for name in filter(None, tracked.split("\0")):
        if (ROOT / name).is_file():
            target = place / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target)
    for name in (".venv", "node_modules"):
        (place / name).mkdir()
        for entry in (ROOT / name).iterdir():
            if not entry.name.startswith(".installed"):
                (place / name / entry.name).symlink_to(entry)
        (place / name / ".installed").touch()
    return place


@pytest.fixture
def run(checkout, tmp_path):
    """Call it to start `make run`; returns the process, whose output is in a file."""
    started = []

    def begin(port):
        log = tmp_path / f"log-{len(started)}"
        kept = {
            name: value
            for name, value in os.environ.items()
            if name in ("PATH", "HOME", "LANG", "TMPDIR")
        }
        process = subprocess.Popen(
            [shutil.which("make"), "run", f"PORT={port}"],
            cwd=checkout,
            env=kept | OFFLINE,
            stdout=log.open("wb"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        process.output = log.read_text
        started.append(process)
        return process

    yield begin
    for process in started:
        end(process, signal.SIGTERM)


def end(process, number):
    """End a run and everything it has started."""
    if process.poll() is None:
        os.killpg(process.pid, number)
    process.wait(60)


def serves(port, process):
    """The study is there, in both languages."""

    def is_there():
        assert process.poll() is None, process.output()
        return ask(port, "/en/swot/claims/").status == 200

    seconds_until(is_there, at_most=PATIENCE)
    claims = ask(port, "/en/swot/claims/").text
    assert "/en/swot/claims/C01/" in claims
    assert ask(port, "/zh-hans/").status == 200


def test_interrupted_first_runs_break_nothing_and_need_no_network(run, checkout):
    port = free_port()
    database = checkout / "var" / "db.sqlite3"
    moments = (
        lambda: (checkout / "var").exists(),
        database.exists,
        lambda: database.exists() and database.stat().st_size > 500_000,
    )
    for moment in moments:
        process = run(port)
        while not moment():
            assert process.poll() is None, process.output()
            time.sleep(0.05)
        end(process, signal.SIGKILL)
    time.sleep(1)

    process = run(port)
    serves(port, process)

    said = process.output()
    assert "First administrator: admin /" in said
    assert f"http://127.0.0.1:{port}/en/" in said
    assert "Traceback" not in said

    second = run(port)
    assert second.wait(PATIENCE) != 0
    assert f"Something answers on port {port} already" in second.output()
    assert "Traceback" not in second.output()
    assert ask(port, "/en/").status == 200

    done = subprocess.run(
        [".venv/bin/python", "manage.py", "check"],
        cwd=checkout,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
