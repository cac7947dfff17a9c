"""Commands and programs of the documented deployment, to run on this machine."""

import re
import socket
import sys

from tests.processes import ROOT

INSTALLED = "/opt/cbec-evidence/"


def free_port() -> int:
    """A port on which nothing listens at the moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def documented(task: str) -> list[str]:
    """The commands of docs/operations.md for a task, one a line: ```sh task."""
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    block = re.search(rf"```sh {task}\n(.*?)```", text, re.DOTALL)[1]
    return [line for line in block.splitlines() if not line.startswith("#")]


def unit(name: str) -> str:
    """The text of the systemd unit `name`, "web" or "worker"."""
    path = ROOT / "deploy" / f"cbec-evidence-{name}.service"
    return path.read_text(encoding="utf-8")


def server_line(port: int) -> list[str]:
    """What the unit of the web server runs, from this directory, on another port."""
    words = _program("web")
    words[words.index("--port") + 1] = str(port)
    return [sys.executable, *words[1:]]


def worker_line() -> list[str]:
    """What the unit of the worker runs."""
    return [sys.executable, *_program("worker")[1:]]


def _program(name: str) -> list[str]:
    line = re.search(r"^ExecStart=(.*)$", unit(name), re.MULTILINE)[1]
    return line.replace(INSTALLED, "").split()
