"""A real browser before a real server that holds the shipped study."""

import os
import shutil

import pytest
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer

# Playwright's synchronous interface runs an event loop in this thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

INSTALLED = [
    path
    for name in ("chromium", "chromium-browser", "google-chrome")
    if (path := shutil.which(name))
]
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update"
).split()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chosen = {"executable_path": INSTALLED[0]} if INSTALLED else {}
    return browser_type_launch_args | chosen | {"args": QUIET}


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """On SQLite a file, not memory: the server answers from a thread of its own."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(
            settings.BASE_DIR / "var" / "browser-test.sqlite3"
        )


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker):
    """The address of a running site with the shipped study, for the whole session."""
    with django_db_blocker.unblock():
        call_command("load_study", verbosity=0)
        server = LiveServer("localhost")
        yield server.url
        server.stop()
