"""A site of an older version, upgraded and rolled back as docs/operations.md says.

The older version is the first with the server that the units start today, and runs with
its own packages, database and shipped study. The newer one is what is checked out here.
"""

import json
import os
import re
import secrets
import shutil
import subprocess

import pytest

from tests.deploy import documented, free_port
from tests.network import ask, seconds_until
from tests.processes import ROOT
from tests.separate_database import empty_database_of_others

HOST = "evidence.example"
WEB, WORKER = "cbec-evidence-web", "cbec-evidence-worker"
# Requested like the proxy does, which has received the request over https.
PROXIED = {"Host": HOST, "X-Forwarded-Proto": "https"}
UPLOAD = b"\x00\xff,1\n"
EDITED = "Checked by an editor before the upgrade"
EDIT = (
    "from datasets.models import Source; "
    f"Source.objects.filter(pk=Source.objects.first().pk).update(publisher={EDITED!r})"
)


def git(*words, where=ROOT):
    return subprocess.run(
        [shutil.which("git"), *words],
        cwd=where,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


def first_with_this_server():
    found = git(
        *("log", "--diff-filter=A", "--format=%H", "--"),
        "cbec_site/web_server.py",
    ).split()
    assert found, "This needs the whole history: git fetch --unshallow"
    return found[-1]


class Installed:
    """A directory like /opt/cbec-evidence, in which the documented commands are run."""

    def __init__(self, place, url):
        self.site, self.place = place / "site", place
        self.port, self.running = free_port(), {}
        self.uploads = place / "imports"
        git("clone", "--quiet", str(ROOT), str(self.site))
        self.environment = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("DJANGO", "PYTEST", "VIRTUAL_ENV"))
        } | {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DATABASE_URL": url,
            "ALLOWED_HOSTS": HOST,
            "SITE_URL": f"https://{HOST}",
            "IMPORT_DIRECTORY": str(self.uploads),
            "PAGE_COPIES": str(place / "copies"),
            "METRICS_DIRECTORY": str(place / "metrics"),
            "BACKUP": str(place / "site.backup"),
            "OLD": first_with_this_server(),
            "NEW": git("rev-parse", "HEAD"),
        }
        self.output = (place / "output").open("w")

    def do(self, commands):
        for command in commands:
            print("$", command, flush=True)
            if command.startswith("systemctl "):
                _systemctl, act, *units = command.split()
                for unit in units:
                    getattr(self, act)(unit)
            else:
                self.shell(command)

    def shell(self, command):
        """A command, as the operator's shell runs it."""
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            check=False,
            cwd=self.site,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, f"{command}\n{said}"
        return said

    def start(self, unit):
        text = (self.site / "deploy" / f"{unit}.service").read_text()
        line = re.search(r"^ExecStart=(.*)$", text, re.MULTILINE)[1]
        words = line.replace("/opt/cbec-evidence", str(self.site)).split()
        if "--port" in words:
            words[words.index("--port") + 1] = str(self.port)
        self.running[unit] = subprocess.Popen(
            words,
            cwd=self.site,
            env=self.environment,
            stdout=self.output,
            stderr=subprocess.STDOUT,
        )

    def stop(self, unit):
        process = self.running.pop(unit)
        process.terminate()
        process.wait(60)

    def restart(self, unit):
        self.stop(unit)
        self.start(unit)

    def stop_all(self):
        for unit in list(self.running):
            self.stop(unit)
        self.output.close()

    def ask(self, path):
        return ask(self.port, path, timeout=120, **PROXIED)

    def is_ready(self):
        seconds_until(lambda: self.ask("/readyz").status == 200, at_most=180)
        assert json.loads(self.ask("/readyz").text)["status"] == "ok"

    def answers(self):
        """What every list of the API answers, by address."""
        described = json.loads(self.ask("/api/v1/openapi.json").text)
        found = {path: self.ask(path) for path in described["paths"] if "{" not in path}
        assert len(found) > 10
        assert {answer.status for answer in found.values()} == {200}
        return {path: answer.text for path, answer in found.items()}


@pytest.fixture
def installed(django_db_setup, django_db_blocker, tmp_path):
    with (
        django_db_blocker.unblock(),
        empty_database_of_others(tmp_path, f"upgrade_{os.getpid()}") as url,
    ):
        found = Installed(tmp_path, url)
        yield found
        found.stop_all()


def test_upgrade_keeps_everything_and_restoring_rolls_it_back(installed):
    installed.shell('git checkout --quiet "$OLD"')
    installed.do(line for line in documented("deploy") if "createsuperuser" not in line)
    installed.shell(f'.venv/bin/python manage.py shell -c "{EDIT}"')
    (installed.uploads / "2024").mkdir(parents=True)
    upload = installed.uploads / "2024" / "figures.csv"
    upload.write_bytes(UPLOAD)
    for unit in (WEB, WORKER):
        installed.start(unit)
    installed.is_ready()
    before = installed.answers()
    assert EDITED in before["/api/v1/sources"]

    installed.do(documented("upgrade"))
    installed.is_ready()

    after = installed.answers()
    # Nothing that programs use is gone, and the newer study is there.
    assert set(before) <= set(after)
    assert len(after["/api/v1/policies"]) > len(before["/api/v1/policies"])
    assert EDITED in after["/api/v1/sources"]
    assert upload.read_bytes() == UPLOAD
    for path in ("/zh-hans/", "/en/swot/claims/C01/", "/admin/login/"):
        assert installed.ask(path).status == 200, path
    upload.write_bytes(b"changed after the upgrade")

    installed.do(documented("back"))
    installed.is_ready()

    assert installed.answers() == before
    assert upload.read_bytes() == UPLOAD
    for path in ("/zh-hans/", "/en/swot/claims/C01/", "/admin/login/"):
        assert installed.ask(path).status == 200, path
