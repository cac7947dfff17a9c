"""The commands of docs/operations.md, taken from it, bring up a site that answers."""

import json
import os
import re
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings

from tests.separate_database import own_database

ROOT = settings.BASE_DIR
# What is installed and who is asked are matters of the machine.
NOT_HERE = ("-m venv", "pip install", "npm ci", "createsuperuser")


def commands():
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    block = re.search(r"```sh deploy\n(.*?)```", text, re.DOTALL)[1]
    return [
        line
        for line in block.splitlines()
        if not any(word in line for word in NOT_HERE)
    ]


def server_line():
    unit = (ROOT / "deploy" / "cbec-evidence-web.service").read_text(encoding="utf-8")
    return re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)[1]


@pytest.fixture
def url(django_db_setup, django_db_blocker, tmp_path):
    with (
        django_db_blocker.unblock(),
        own_database(tmp_path, f"deploy_{os.getpid()}") as found,
    ):
        yield found


def ask(port, path):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        headers={"Host": "evidence.example", "X-Forwarded-Proto": "https"},
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_documented_deployment_serves_the_study(url, tmp_path):
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("DJANGO", "PYTEST"))
    } | {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": url,
        "ALLOWED_HOSTS": "evidence.example",
        "SITE_URL": "https://evidence.example",
        "IMPORT_DIRECTORY": str(tmp_path / "imports"),
        "PAGE_COPIES": str(tmp_path / "copies"),
    }
    for command in commands():
        done = subprocess.run(
            command.split(),
            check=False,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        if "check --deploy" in command:
            assert "no issues" in done.stdout + done.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = server_line().replace("/opt/cbec-evidence/", f"{ROOT}/")
    line = line.replace("--port 8000", f"--port {port}")
    running = [
        subprocess.Popen(program.split(), cwd=ROOT, env=environment)
        for program in (line, f"{ROOT}/.venv/bin/python manage.py worker")
    ]
    try:
        deadline = time.monotonic() + 90
        found = {}
        while found.get("status") != "ok":
            assert time.monotonic() < deadline, found
            time.sleep(0.5)
            try:
                found = json.loads(ask(port, "/readyz")[1])
            except (OSError, ValueError):
                continue
        assert ask(port, "/healthz")[0] == 200
        for path in ("/zh-hans/", "/en/policies/", "/api/v1/claims", "/sitemap.xml"):
            status, content = ask(port, path)
            assert status == 200, path
            assert "https://evidence.example" in content
        assert ask(port, "/admin/")[0] == 200
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(60)
