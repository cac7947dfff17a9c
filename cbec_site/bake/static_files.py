"""The static files that pages name, and the files that those name in turn."""

import posixpath
import re
import shutil
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

FOLDER = "static"
_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


class StaticFiles:
    """Records which static files pages ask for, and copies them into `target`."""

    def __init__(self, target: Path):
        self.target = target
        self._names: set[str] = set()

    def file_of(self, address: str) -> str | None:
        """The file of a static address, which will be copied; None for another."""
        if not address.startswith(settings.STATIC_URL):
            return None
        name = address[len(settings.STATIC_URL) :].partition("?")[0]
        self._names.add(name)
        return f"{FOLDER}/{name}"

    def copy(self) -> None:
        """Copy the recorded files, and those that style sheets among them ask for."""
        waiting, copied = sorted(self._names), set()
        while waiting:
            name = waiting.pop()
            if name in copied:
                continue
            copied.add(name)
            path = self.target / FOLDER / name
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source_of(name), path)
            if name.endswith(".css"):
                folder = posixpath.dirname(name)
                for url in _URL.findall(path.read_text(encoding="utf-8")):
                    if not url.startswith(("data:", "#", "http")):
                        bare = re.split(r"[?#]", url)[0]
                        waiting.append(posixpath.normpath(f"{folder}/{bare}"))


def source_of(name: str) -> str:
    """Where a static file is on this machine: collected, else in its app."""
    if staticfiles_storage.exists(name):
        return staticfiles_storage.path(name)
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(f"There is no static file {name}.")
    return path
