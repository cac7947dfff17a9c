"""A real browser before a real server that holds the shipped study.

The study is loaded once and stays: a test that changes it puts it back.
"""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from pytest_django.live_server_helper import LiveServer
from xdist.scheduler import LoadScopeScheduling

# Playwright's synchronous interface runs an event loop in this thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# The first has no windows, which take half of the time of these tests in the others.
INSTALLED = [
    path
    for name in (
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
    )
    if (path := shutil.which(name))
]
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update"
).split()
AXE = Path(settings.BASE_DIR, "node_modules/axe-core/axe.min.js")


class BakedOnce(LoadScopeScheduling):
    """One process bakes for all tests of a bake; any other test goes to a free one.

    xdist's own groups do nothing with pytest 9.2.
    """

    def _split_scope(self, nodeid):
        module = nodeid.partition("::")[0]
        return module if module.endswith("/test_bake.py") else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return BakedOnce(config, log)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chosen = {"executable_path": INSTALLED[0]} if INSTALLED else {}
    return browser_type_launch_args | chosen | {"args": QUIET}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """On SQLite use a file, not memory: the server answers from its own thread."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        file = tmp_path_factory.mktemp("database") / "browser.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(file)


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker):
    """The address of a running site with the shipped study, for the whole session."""
    with django_db_blocker.unblock():
        call_command("load_study", verbosity=0)
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture(scope="session")
def base_url(site):
    """Lets tests write `page.goto("/en/")`."""
    return site


@pytest.fixture
def complaints():
    """What a page did wrong; a test that provokes an error clears the list."""
    return []


def watch(page, site, complaints):
    """Note errors in the console or the scripts and requests to other hosts."""

    def on_console(message):
        if message.type in ("error", "warning"):
            complaints.append(f"{message.type}: {message.text}")

    def on_request(request):
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.netloc != host:
            complaints.append(f"asked another host: {request.url}")

    host = urlsplit(site).netloc
    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("request", on_request)


@pytest.fixture
def page(page, site, complaints):
    """A page; the test fails if anything goes wrong on it."""
    watch(page, site, complaints)
    yield page
    assert complaints == []


@pytest.fixture
def plain_page(browser, site):
    """A page of a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, base_url=site)
    yield context.new_page()
    context.close()


@pytest.fixture
def editor_page(page, site, django_db_blocker):
    """A page of a browser in which an administrator is logged in."""
    with django_db_blocker.unblock():
        users = get_user_model().objects
        user = users.filter(username="editor").first()
        client = Client()
        client.force_login(user or users.create_superuser("editor"))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": site}]
    )
    return page


@pytest.fixture
def violations():
    """`violations(page)` gives what axe finds against accessibility, a line each.

    In the admin, whose theme is not ours, `within` names the part to check; `rules`
    limits the check to these rules.
    """

    def run(page, within="html", rules=None):
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        # Passed rules are neither described nor sent, which would take as long again.
        options = {"resultTypes": ["violations"]}
        asked = [within, options | ({"runOnly": rules} if rules else {})]
        found = page.evaluate(
            "asked => axe.run(...asked).then(({violations}) => violations)", asked
        )
        return [
            f"{rule['id']}: {node['target']} {node['failureSummary']}"
            for rule in found
            for node in rule["nodes"]
        ]

    return run
