"""The import command, and a site that several processes and threads write to."""

import io
import json
import os

import pytest
from django.core.management import call_command
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker

from datasets.importing.batch import import_file
from tests.factories import make_indicator, make_region, make_source
from tests.own_database import own_database
from tests.processes import Process

REGIONS, YEARS = range(10), range(1950, 2000)
PARTS = ("", "a", "b", "c")
HEADER = "indicator,region,period,breakdown,value,unit,source\n"


def figures(indicator="exports", parts=PARTS, more=0):
    """A long table: 500 rows for each part; `more` is added to every value."""
    lines = (
        f"{indicator},R{region},{year},{part},{region + year + more}.5,亿元,office\n"
        for part in parts
        for region in REGIONS
        for year in YEARS
    )
    return (HEADER + "".join(lines)).encode()


@pytest.fixture
def run(tmp_path):
    """Call the command on a text; returns (exit status, its JSON object)."""

    def call(text, *arguments):
        file = tmp_path / "figures.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        out, status = io.StringIO(), 0
        try:
            call_command(
                "import_observations", str(file), "--json", *arguments, stdout=out
            )
        except SystemExit as stop:
            status = stop.code
        return status, json.loads(out.getvalue())

    return call


@pytest.fixture
def shared_site(django_db_setup, django_db_blocker, english, settings, tmp_path):
    """The DATABASE_URL of a site with 500 values of the series `exports`."""
    settings.MEDIA_ROOT = tmp_path / "imports"
    settings.IMPORT_SHOWN = 5
    with (
        django_db_blocker.unblock(),
        own_database(tmp_path, f"own_{os.getpid()}") as url,
    ):
        for code in ("exports", "parcels"):
            make_indicator(code=code)
        make_source(code="office")
        for number in REGIONS:
            make_region(code=f"R{number}")
        import_file(figures(parts=[""]), file_name="first.csv", keep_file=False)
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
def queue(monkeypatch):
    """Tasks wait for a worker, whichever thread has them done."""
    waiting = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(task_backends, "settings", waiting)
    task_backends["default"] = DatabaseBackend("default", {})
    yield
    del task_backends["default"]


@pytest.fixture
def work():
    """Call it to do in this process what a worker started now would do."""

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
