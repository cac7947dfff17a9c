"""The steps of the Dockerfile, in a directory instead of an image."""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys

import pytest

from tests.deploy import free_port
from tests.dockerfile import is_in_context, steps
from tests.network import ask, seconds_until
from tests.processes import ROOT

# Packages and accounts of the image's operating system.
NOT_HERE = ("apt-get",)
DATA = "/var/lib/cbec-evidence"


class Image:
    """A directory in which the steps were carried out; `run` starts a program in it."""

    def __init__(self, place):
        self.place, self.site, self.assets = place, place / "site", place / "assets"
        self.variables = {}
        for step in steps():
            getattr(self, step.name.lower(), self.skip)(step)

    def skip(self, step):
        pass

    def directory(self, stage):
        return self.assets if stage else self.site

    def workdir(self, step):
        self.directory(step.stage).mkdir()

    def env(self, step):
        for name, value in re.findall(r"(\w+)=(\S+)", step.text):
            self.variables[name] = self.here(value).replace("$PATH", os.environ["PATH"])

    def here(self, text):
        return text.replace("/site/", f"{self.site}/").replace(
            DATA, f"{self.place}/data"
        )

    def copy(self, step):
        *names, target = step.text.split()
        to = self.directory(step.stage)
        if names[0].startswith("--from"):
            shutil.copytree(self.assets / "node_modules", to / target, symlinks=True)
        elif names == ["."]:
            self.copy_context(to)
        else:
            for name in names:
                shutil.copy(ROOT / name, to)

    def copy_context(self, to):
        tracked = subprocess.run(
            [shutil.which("git"), "ls-files", "-z", "-co", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for name in filter(None, tracked.split("\0")):
            if is_in_context(name) and (ROOT / name).is_file():
                (to / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, to / name)

    def run(self, step):
        if any(word in step.text for word in NOT_HERE):
            return
        command = self.here(step.text).replace("-o cbec-evidence ", "")
        # The Python that runs the tests: the lock files are for every version.
        command = command.replace("python -m venv", f"{sys.executable} -m venv")
        self.done(["sh", "-c", command], self.directory(step.stage))

    def done(self, command, directory=None, **more):
        done = subprocess.run(
            command,
            check=False,
            cwd=directory or self.site,
            env=self.environment(more),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"

    def environment(self, more):
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DJANGO", "PYTEST", "DATABASE", "SECRET"))
        }
        return kept | self.variables | more

    def words(self, name, port):
        """The program of CMD or HEALTHCHECK, on another port."""
        text = next(step.text for step in steps() if step.name == name)
        return json.loads(text[text.index("[") :].replace("8000", str(port)))


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    return Image(tmp_path_factory.mktemp("image"))


def test_server_of_the_image_answers_and_is_healthy(image):
    port = free_port()
    needed = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{image.place}/db.sqlite3",
        "WORKER_EXPECTED": "off",
    }
    image.done(["python", "manage.py", "migrate", "--noinput"], **needed)
    image.done(["python", "manage.py", "check", "--deploy"], **needed)
    with (image.place / "log").open("w") as log:
        server = subprocess.Popen(
            image.words("CMD", port),
            cwd=image.site,
            env=image.environment(needed),
            stderr=log,
        )
    try:
        seconds_until(lambda: ask(port, "/readyz").status == 200, at_most=120)
        image.done(image.words("HEALTHCHECK", port), **needed)
        page = ask(port, "/en/")
        assert page.status == 200
        style = re.search(r'"(/static/[^"]+[.]css)"', page.text)[1]
        assert ask(port, style).status == 200
    finally:
        server.terminate()
        server.wait(60)

    # Without a server the check of health fails.
    with pytest.raises(AssertionError):
        image.done(image.words("HEALTHCHECK", port), **needed)
