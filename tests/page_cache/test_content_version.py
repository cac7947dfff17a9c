"""The database counts every change of what readers see, however it is made."""

import os
import time
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone
from psycopg import OperationalError

from cbec_site.base import bulk_writes
from cbec_site.content_version import make_source, public_tables, read_version
from datasets.models import Indicator
from swot.models import Report
from tests.factories import make_report
from tests.sample_site import make_world
from tests.separate_database import is_sqlite, own_database

NOTICED = 1.0


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database of its own with something of everything; every write is committed."""
    directory = tmp_path_factory.mktemp("versions")
    with (
        django_db_blocker.unblock(),
        own_database(directory, f"versions_{os.getpid()}"),
    ):
        make_world()
        yield


def version():
    return read_version()[0]


@pytest.mark.django_db
def test_every_public_model_is_counted_and_no_private_one():
    tables = public_tables()
    private = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table not in tables
    }

    assert {"datasets_observation", "policies_policy", "swot_claim"} <= set(tables)
    assert {"swot_report", "datasets_importbatch", "django_session"} <= private
    assert not any("historical" in table for table in tables)


@pytest.mark.parametrize("table", public_tables())
def test_a_write_to_a_public_table_is_counted(filled, table):
    models = apps.get_models(include_auto_created=True)
    (column,) = [m._meta.pk.column for m in models if m._meta.db_table == table]
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
        is_empty = not cursor.fetchone()[0]
        before = version()
        # Deleting nothing is a statement (PostgreSQL), though no row (SQLite).
        cursor.execute(f'UPDATE "{table}" SET "{column}" = "{column}"')

    if is_empty and connection.vendor == "sqlite":
        assert triggers(table) == 3
    else:
        assert version() != before


def triggers(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' "
            "AND tbl_name = %s",
            [table],
        )
        return cursor.fetchone()[0]


def test_version_is_not_older_than_the_timestamps_of_its_transaction(filled):
    with transaction.atomic():
        Indicator.objects.update(code=F("code"))
        time.sleep(0.01)
        stamped = timezone.now()
        Indicator.objects.update(code=F("code"))

    # SQLite counts in milliseconds.
    assert read_version()[1] >= stamped - timedelta(milliseconds=1)


def test_write_that_readers_do_not_see_is_not_counted(filled):
    before = version()

    report = make_report()
    Report.objects.filter(pk=report.pk).update(answer="An answer")

    assert version() == before


def test_rolled_back_write_is_not_counted(filled):
    before = version()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Indicator.objects.update(code=F("code"))
        assert version() != before
        _ = 1 / 0

    assert version() == before


def test_version_has_the_moment_of_the_last_change(filled):
    start = time.time()
    Indicator.objects.update(code=F("code"))

    assert start - 1 <= read_version()[1].timestamp() <= time.time() + 1


def test_many_rows_are_counted_and_counting_goes_on(filled, monkeypatch):
    """Bulk writes count once; a refused one leaves the counting as it was."""
    monkeypatch.setattr(bulk_writes, "ROWS_AT_ONCE", 1)
    row = Indicator.objects.values("pk", "code").first()
    before = version()
    with transaction.atomic():
        bulk_writes.update(Indicator, ["code"], [row])
    after = version()
    assert after != before

    with pytest.raises(IntegrityError), transaction.atomic():
        bulk_writes.update(Indicator, ["code"], [row | {"code": "not a code"}])
    assert version() == after

    Indicator.objects.update(code=F("code"))
    assert version() != after


@pytest.mark.skipif(is_sqlite(), reason="SQLite sends no notices")
def test_idle_connection_is_kept(db, monkeypatch):
    """A wait that ends without a notice does not mean that the database is away."""
    source = make_source()
    source.connect()
    first, before = source._connection.info.backend_pid, source.read()

    for _number in range(2):
        source.wait()

    assert source.read() == before
    assert source._connection.info.backend_pid == first
    # A connection that does not answer is still closed.
    monkeypatch.setattr("cbec_site.postgres.PATIENCE", 0.2)
    with pytest.raises(OperationalError, match="does not answer"):
        source._connection.execute("SELECT pg_sleep(5)")
    source.close()
