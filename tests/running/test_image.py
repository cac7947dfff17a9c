"""What the image is built from; tests/soak carries its steps out."""

import re

import pytest

from tests.deploy import server_line, worker_line
from tests.dockerfile import is_in_context, steps
from tests.processes import ROOT

STEPS = steps()
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")


def last(name):
    return [step.text for step in STEPS if step.name == name][-1]


def words(text):
    """Those of an instruction in the form ["program", "argument"]."""
    return re.findall(r'"([^"]*)"', text)


@pytest.mark.parametrize(
    "name",
    [
        name
        for step in STEPS
        if step.name == "COPY" and "--from" not in step.text
        for name in step.text.split()[:-1]
    ],
)
def test_what_is_copied_is_there_and_not_ignored(name):
    assert (ROOT / name).exists()
    assert is_in_context(name)


def test_nothing_of_one_machine_gets_into_the_image():
    for name in (".git/config", ".venv/bin/python", "var/secret-key", "tests/html.py"):
        assert not is_in_context(name), name
    # Whoever gets the image would have the keys of the site and of its certificate.
    for name in (
        ".env",
        "deploy/certificates/private/evidence.example.key",
        "site.backup",
        "db.sqlite3",
        "db.sqlite3-wal",
    ):
        assert not is_in_context(name), name
    for name in ("manage.py", "static/site.css", "deploy/nginx.conf", ".env.example"):
        assert is_in_context(name), name


def test_it_runs_without_rights_and_says_how_it_is():
    names = [step.name for step in STEPS]

    assert last("USER") != "0"
    assert last("USER").isdecimal()
    assert "RUN" not in names[names.index("USER") :]
    assert "/healthz" in last("HEALTHCHECK")


def test_packages_are_those_of_the_lock_files():
    runs = " ".join(step.text for step in STEPS if step.name == "RUN")

    assert "npm ci" in runs
    assert "--require-hashes -r requirements.txt" in runs
    assert runs.count("pip install") == runs.count("npm") == 1


def test_image_starts_the_same_server_for_other_hosts():
    program, *command = words(last("CMD"))

    line = server_line(8000)[1:]
    line[line.index("--host") + 1] = "0.0.0.0"  # noqa: S104 - inside a container
    assert (program, command) == ("python", line)


def test_compose_starts_the_same_worker():
    commands = [words(line) for line in re.findall(r"command: (\[.*\])", COMPOSE)]

    assert ["python", *worker_line()[1:]] in commands


def test_what_compose_asks_for_is_told_at_its_head():
    head = COMPOSE[: COMPOSE.index("x-site:")]

    assert set(re.findall(r"\$\{(\w+)", COMPOSE)) == {"DATABASE_PASSWORD"}
    for name in ("DATABASE_PASSWORD", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS"):
        assert name in head, name


def test_what_an_operator_lays_beside_the_code_is_in_no_commit():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()

    assert {".env", "deploy/certificates/", "*.backup"} <= set(ignored)


def test_compose_mounts_what_is_there():
    for path in re.findall(r"- \./(deploy/\S+?):/", COMPOSE):
        # The operator brings certificates.
        assert path == "deploy/certificates" or (ROOT / path).is_file()
