"""What the image is built from; tests/soak carries out its steps."""

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
    """The words of an instruction in the form ["program", "argument"]."""
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
def test_copied_paths_exist_and_are_not_ignored(name):
    assert (ROOT / name).exists()
    assert is_in_context(name)


def test_nothing_local_gets_into_the_image():
    for name in (".git/config", ".venv/bin/python", "var/secret-key", "tests/html.py"):
        assert not is_in_context(name), name
    # Anyone who gets the image would have the keys of the site and its certificate.
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


def test_image_runs_without_privileges_and_has_a_health_check():
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


def test_settings_of_compose_are_explained_at_its_top():
    head = COMPOSE[: COMPOSE.index("x-site:")]

    assert set(re.findall(r"\$\{(\w+)", COMPOSE)) == {"DATABASE_PASSWORD"}
    for name in ("DATABASE_PASSWORD", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS"):
        assert name in head, name


def test_files_that_operators_add_are_ignored_by_git():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()

    assert {".env", "deploy/certificates/", "*.backup"} <= set(ignored)


def test_files_that_compose_mounts_exist():
    for path in re.findall(r"- \./(deploy/\S+?):/", COMPOSE):
        # Certificates are provided by the operator.
        assert path == "deploy/certificates" or (ROOT / path).is_file()
