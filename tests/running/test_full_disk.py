"""A disk that fills up during an upload or import: nothing half, a clear message."""

import contextlib
import errno
import resource
import sqlite3

import psycopg
import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.db.backends.signals import connection_created
from django.test import Client
from django.urls import reverse

from cbec_site.base.full_disk import is_disk_full
from datasets.models import ImportBatch, Observation, Revision
from tests.factories import make_user
from tests.files import PARTS, figures

UPLOAD = reverse("admin:datasets_observation_import")
WORDS = "The disk of the site is full"


@pytest.fixture
def editor(shared_site):
    client = Client(raise_request_exception=False)
    client.force_login(make_user(is_superuser=True))
    client.cookies["django_language"] = "en"
    return client


@contextlib.contextmanager
def no_room_for_files(most):
    """No file of this process can grow beyond `most` bytes."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


@contextlib.contextmanager
def no_room_for_rows():
    """The database takes no more rows."""
    room = _sqlite_pages if connection.vendor == "sqlite" else _refusing_table
    with room():
        yield


@contextlib.contextmanager
def _sqlite_pages():
    """The database file cannot grow beyond its current pages."""
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]

    def limit(connection, **_more):
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {pages}")

    connection_created.connect(limit)
    connection.close()
    try:
        yield
    finally:
        connection_created.disconnect(limit)
        connection.close()


@contextlib.contextmanager
def _refusing_table():
    """PostgreSQL refuses a new value as it does on a full disk."""
    table = Observation._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "BEGIN RAISE SQLSTATE '53100'; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER full_disk BEFORE INSERT ON {table} "
            "EXECUTE FUNCTION full_disk()"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION full_disk CASCADE")


def kept_files():
    return sorted(path for path in site.MEDIA_ROOT.rglob("*.dat"))


def rows():
    return (
        Observation.objects.count(),
        Revision.objects.count(),
        ImportBatch.objects.filter(state="applied").count(),
    )


def test_upload_to_a_full_disk_leaves_no_partial_file(editor, settings):
    """Neither in its directory, nor in that of unfinished uploads."""
    before, content = rows(), figures(more=1)
    for in_memory in (len(content) + 1, 0):
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = in_memory
        file = SimpleUploadedFile("figures.csv", content)
        with no_room_for_files(20_000):
            response = editor.post(UPLOAD, {"file": file})

        assert response.status_code == 507
        assert WORDS in response.content.decode()
        assert "磁盘" in response.content.decode()
        assert kept_files() == []
        assert ImportBatch.objects.count() == 1
        assert rows() == before

    file = SimpleUploadedFile("figures.csv", content)
    assert editor.post(UPLOAD, {"file": file}).status_code == 302
    assert len(kept_files()) == 1


@pytest.fixture
def waiting(editor):
    """The address where a file of many rows waits, and a function that confirms it."""
    file = SimpleUploadedFile("figures.csv", figures(parts=PARTS * 4, more=1))
    address = editor.post(UPLOAD, {"file": file})["Location"]
    plan = editor.get(address).context["plan"]
    return address, {"token": plan.token, "reason": "Yearbook"}


def test_import_on_a_full_disk_writes_nothing(editor, waiting):
    before, (address, answer) = rows(), waiting
    with no_room_for_rows():
        response = editor.post(address, answer)

        assert response.status_code == 507
        assert WORDS in response.content.decode()
        assert rows() == before

    assert editor.post(address, answer).status_code == 302
    assert rows() != before


def test_worker_reports_an_import_on_a_full_disk(editor, settings, queue, work):
    settings.IMPORT_IN_REQUEST = 0
    before, file = rows(), SimpleUploadedFile("figures.csv", figures(more=1))
    address = editor.post(UPLOAD, {"file": file})["Location"]
    editor.get(address)
    work()
    plan = editor.get(address).context["plan"]
    editor.post(address, {"token": plan.token, "reason": "Yearbook"})
    with no_room_for_rows():
        # The message takes room too, and on SQLite there is none for it either.
        with contextlib.suppress(OperationalError):
            work()
        assert rows() == before

    batch = ImportBatch.objects.latest("pk")
    if batch.state == "failed":
        assert batch.message == "The disk of the site is full; nothing was written."
    else:
        assert batch.state == "running"


def caused(cause):
    error = OperationalError()
    error.__cause__ = cause
    return error


def sqlite_error(code):
    found = sqlite3.OperationalError()
    found.sqlite_errorcode = code
    return found


@pytest.mark.parametrize(
    ("error", "is_full"),
    [
        (OSError(errno.ENOSPC, "no room"), True),
        (OSError(errno.EDQUOT, "no quota"), True),
        (PermissionError(errno.EACCES, "no"), False),
        (caused(psycopg.errors.DiskFull()), True),
        (caused(psycopg.errors.AdminShutdown()), False),
        (caused(sqlite_error(sqlite3.SQLITE_FULL)), True),
        (caused(sqlite_error(sqlite3.SQLITE_BUSY)), False),
        (OperationalError(), False),
        (ValueError(), False),
        (None, False),
    ],
)
def test_full_disk_is_distinguished_from_other_errors(error, is_full):
    assert is_disk_full(error) is is_full
