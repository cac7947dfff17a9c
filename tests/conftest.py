"""Fixtures for all tests, and which tests run in which order."""

import copy
import os
from collections import defaultdict
from functools import partial
from itertools import count

import hypothesis
import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.utils.translation import activate, get_language, override
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker

from cbec_site.base.garbage import spare_what_is_loaded
from datasets.importing.importer import observations
from tests.concurrency import Pause
from tests.database_template import template
from tests.factories import make_indicator, make_region, make_source, make_user
from tests.files import REGIONS, figures
from tests.memory import place_in_memory
from tests.processes import Process
from tests.properties import IS_SOAK, USUAL
from tests.sample_site import make_five_of_everything, make_world
from tests.separate_database import filled_database, own_database
from tests.shared_content import SharedContent

# Where pytest makes `tmp_path`.
if place := place_in_memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", place)

# Examples have no deadline, as machines are busy, and none are stored between runs.
hypothesis.settings.register_profile(
    "site",
    deadline=None,
    database=None,
    # The same examples in every `make test`; `make soak` looks for others.
    derandomize=not IS_SOAK,
    max_examples=USUAL,
    suppress_health_check=[
        hypothesis.HealthCheck.too_slow,
        # Names that are the same for every example.
        hypothesis.HealthCheck.function_scoped_fixture,
    ],
)
hypothesis.settings.load_profile("site")

# On PostgreSQL one in so many cases of a test marked `sampled` is run.
ONE_OF = 8


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config, items):
    """Mark what `make quick` leaves out; on PostgreSQL, leave out what cannot differ.

    What cannot differ are the tests that use no database, and most cases
    of a test marked `sampled`. On SQLite all of them run.
    """
    # Before pytest selects by marker, which it does in this hook too.
    for item in items:
        if not {"shared_site", "own_site"}.isdisjoint(item.fixturenames):
            item.add_marker("processes")
        if not {"study", "made_world"}.isdisjoint(item.fixturenames):
            item.add_marker("whole")
        if not {"client", "admin_client"}.isdisjoint(item.fixturenames):
            item.add_marker("pages")
    result = yield
    # Long tests come first, so that no process is left with one at the end. Tests
    # that share content run one after the other, before all others: PostgreSQL is
    # slower with the rows that hundreds of tests have rolled back. Those that empty
    # the database stay at the end, where pytest-django has put them.
    items.sort(
        key=lambda item: (
            empties_database(item),
            not shared_content(item),
            shared_content(item),
            item.get_closest_marker("whole") is None,
        )
    )
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return result
    numbers = defaultdict(count)
    idle = [
        item
        for item in items
        if not reaches_database(item)
        or (
            item.get_closest_marker("sampled") and next(numbers[item.function]) % ONE_OF
        )
    ]
    config.hook.pytest_deselected(items=idle)
    left_out = set(idle)
    items[:] = [item for item in items if item not in left_out]
    return result


def pytest_collection_finish():
    """A twentieth of the time of all tests is looking for garbage in what stays."""
    spare_what_is_loaded()


def reaches_database(item):
    """Whether a test uses the database, by a fixture or by a marker."""
    is_marked = item.get_closest_marker("django_db") is not None
    return is_marked or "django_db_setup" in item.fixturenames


def empties_database(item):
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


def shared_content(item):
    """The name of the content in `SHARED` that a test uses; "" if none."""
    return next((name for name in SHARED if name in item.fixturenames), "")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Remove shared content as soon as the next test uses other content."""
    result = yield
    if nextitem:
        following = shared_content(nextitem)
        for name, content in SHARED.items():
            if name != following:
                content.roll_back()
    return result


@pytest.fixture(scope="session", autouse=True)
def import_directory(tmp_path_factory):
    """Uploaded files of tests are stored here, not among those of the local site."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("imports")
    return settings.MEDIA_ROOT


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment,
    django_db_blocker,
    django_db_modify_db_settings,
    django_db_keepdb,
    django_db_createdb,
):
    """A database made for the tests, whatever they ask for.

    pytest-django makes none if no test uses its fixtures or marker; `study` and the
    browser's `site` would then write to that of the local site.
    """
    keep = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock(), template():
        made = setup_databases(verbosity=0, interactive=False, keepdb=keep)
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


SHARED = {
    "study": SharedContent(lambda: call_command("load_study", verbosity=0)),
    "made_world": SharedContent(make_world),
    "everything": SharedContent(make_five_of_everything),
}


@pytest.fixture(scope="session")
def content(django_db_setup, django_db_blocker):
    """`content(name)`: what `SHARED` has, in a transaction for one module."""
    for shared in SHARED.values():
        shared.blocker = django_db_blocker
    yield lambda name: SHARED[name].for_a_module()
    for shared in SHARED.values():
        shared.roll_back()


@pytest.fixture(scope="module")
def study(content):
    """The shipped study; a module's changes are rolled back at its end.

    A module that uses it should use it in every test, and none of them with
    `django_db(transaction=True)`: that empties the database.
    """
    with content("study"):
        yield


@pytest.fixture(scope="module")
def made_world(content):
    """Something for every page; a module's changes are rolled back at its end."""
    with content("made_world") as made:
        yield made


@pytest.fixture(scope="module")
def everything(content):
    """Five rows in every list of the API; a module's changes are rolled back."""
    with content("everything"):
        yield


@pytest.fixture
def world(made_world, db):
    """The same for one test, which may change it.

    A module that uses it should use it wherever it uses the database.
    """
    return copy.deepcopy(made_world)


@pytest.fixture(scope="module")
def connection_kept():
    """For calling the site like a server does, which closes the connection afterwards.

    Django's test client does the same: the connection is in the test's transaction.
    """
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def same_language():
    """A request leaves its language active; keep the next test from inheriting it."""
    before = get_language()
    yield
    activate(before)


@pytest.fixture(scope="module")
def english():
    """Messages in English, the language that the code is written in."""
    with override("en"):
        yield


def make_exports():
    """500 values of the series `exports`."""
    for code in ("exports", "parcels"):
        make_indicator(code=code)
    make_source(code="office")
    for number in REGIONS:
        make_region(code=f"R{number}")
    observations.import_file(
        figures(parts=[""]), file_name="first.csv", keep_file=False
    )


@pytest.fixture(scope="session")
def site_with_exports(django_db_setup, django_db_blocker, tmp_path_factory):
    """The database that each `shared_site` is a copy of."""
    place = tmp_path_factory.mktemp("site")
    with (
        django_db_blocker.unblock(),
        override("en"),
        filled_database(place, f"filled_{os.getpid()}", make_exports) as filled,
    ):
        yield filled


@pytest.fixture
def shared_site(site_with_exports, django_db_blocker, english, settings, tmp_path):
    """The DATABASE_URL of a site with 500 values of the series `exports`."""
    settings.MEDIA_ROOT = tmp_path / "imports"
    settings.IMPORT_SHOWN = 5
    with (
        django_db_blocker.unblock(),
        own_database(tmp_path, f"own_{os.getpid()}", site_with_exports) as url,
    ):
        yield url


@pytest.fixture
def start(shared_site, tmp_path):
    """`start("manage.py", …)` begins a process on the database of `shared_site`."""
    started = []

    def begin(*arguments, **more):
        directory = tmp_path / f"process-{len(started)}"
        directory.mkdir()
        started.append(Process(directory, arguments, shared_site, **more))
        return started[-1]

    yield begin
    for process in started:
        process.close()


@pytest.fixture
def fork(start):
    """Like `start`, in a tenth of the time: it does not load the site."""
    return partial(start, is_forked=True)


@pytest.fixture
def queue(monkeypatch):
    """Tasks wait for a worker, whichever thread queues them."""
    waiting = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(task_backends, "settings", waiting)
    task_backends["default"] = DatabaseBackend("default", {})
    yield
    del task_backends["default"]


@pytest.fixture
def work():
    """Call it to do in this process what a worker would do now."""

    def run():
        worker = Worker(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="here",
            excluded_queue_names=[],
        )
        worker.run()

    return run


@pytest.fixture
def enter(shared_site):
    """A client in which somebody is signed in: a new administrator unless given."""

    def log_in(user=None):
        client = Client()
        client.force_login(user or make_user(is_superuser=True))
        client.cookies["django_language"] = "en"
        return client

    return log_in


@pytest.fixture
def editors(enter):
    return enter(), enter()


@pytest.fixture
def pause(monkeypatch):
    """`pause(owner, name)` pauses the first caller of a function there."""

    def place(owner, name, **more):
        found = Pause(getattr(owner, name), **more)
        # A function, so that it also works as a method.
        monkeypatch.setattr(owner, name, lambda *args, **kw: found(*args, **kw))
        return found

    return place
