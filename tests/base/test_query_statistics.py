"""The statistics of tables from which the database plans its queries."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.models.signals import post_migrate

from cbec_site.base import query_statistics
from cbec_site.base.query_statistics import MANY, analyse, refresh, refresh_after
from cbec_site.management.commands import load_study
from tests.factories import make_observation
from tests.separate_database import is_sqlite

pytestmark = pytest.mark.django_db


@pytest.fixture
def refreshed(monkeypatch):
    """One item each time the statistics were refreshed."""
    calls = []
    monkeypatch.setattr(query_statistics, "refresh", lambda *_using: calls.append(1))
    return calls


KNOWN = {
    "sqlite": "SELECT DISTINCT tbl FROM sqlite_stat1",
    "postgresql": "SELECT DISTINCT tablename FROM pg_stats",
}
FORGET = {
    "sqlite": "DELETE FROM sqlite_stat1 WHERE tbl = 'datasets_observation'",
    "postgresql": "DELETE FROM pg_statistic WHERE starelid = "
    "'datasets_observation'::regclass",
}


def known_tables():
    with connection.cursor() as cursor:
        cursor.execute(KNOWN[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def test_statistics_of_a_recreated_table_are_gathered_again():
    make_observation()
    refresh()
    with connection.cursor() as cursor:
        cursor.execute(FORGET[connection.vendor])
    assert "datasets_observation" not in known_tables()

    refresh()

    assert "datasets_observation" in known_tables()


@pytest.mark.skipif(is_sqlite(), reason="SQLite has one database in a file")
def test_nothing_that_other_databases_share_is_locked():
    analyse(connection)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT database <> 0, count(*) FROM pg_locks WHERE locktype = 'relation' "
            "AND mode = 'ShareUpdateExclusiveLock' GROUP BY 1"
        )
        found = dict(cursor.fetchall())
    assert list(found) == [True]


@pytest.mark.whole
def test_statistics_are_gathered_as_soon_as_the_study_is_loaded(
    monkeypatch, django_capture_on_commit_callbacks
):
    calls = []
    monkeypatch.setattr(load_study, "refresh", lambda: calls.append(1))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("load_study", verbosity=0)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("load_study", verbosity=0)

    assert calls == [1]


def test_statistics_are_refreshed_once_many_rows_are_committed(
    refreshed, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        refresh_after(MANY - 1)
    assert refreshed == []

    with django_capture_on_commit_callbacks(execute=True):
        refresh_after(MANY)
        assert refreshed == []
    assert refreshed == [1]


@pytest.mark.parametrize(("plan", "times"), [([], 0), ([("a migration", False)], 1)])
def test_migrations_end_with_refreshed_statistics(refreshed, plan, times):
    site = apps.get_app_config("cbec_site")

    post_migrate.send(site, app_config=site, using="default", plan=plan, verbosity=0)

    assert len(refreshed) == times


def test_a_busy_database_breaks_nothing(monkeypatch, caplog):
    class Busy:
        vendor = "sqlite"

        def cursor(self):
            raise OperationalError("database is locked")

    monkeypatch.setattr(query_statistics, "connections", {"default": Busy()})

    refresh()

    assert "statistics are old" in caplog.text
