"""A database that ran migrations since squashed becomes what the squashes make."""

import os

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from cbec_site.base.squashes import OLDEST
from tests.migration_chain import applied, run_chain, schema, squashes
from tests.separate_database import empty_database


@pytest.fixture
def made_by_squashes(django_db_setup, django_db_blocker):
    """The tables of the database of the tests, which was made with the squashes."""
    with django_db_blocker.unblock():
        return schema()


@pytest.fixture(autouse=True)
def empty(made_by_squashes, django_db_blocker):
    """An empty database instead of that of the tests."""
    with django_db_blocker.unblock(), empty_database(f"squashes_{os.getpid()}"):
        yield


def between_two_versions():
    """All but the last of one app."""
    last = {squash.app_label: squash.replaces[-1] for squash in squashes()}
    return (last | {"datasets": ("datasets", "0016_one_word_for_undo")}).values()


@pytest.mark.parametrize("ran", [lambda: OLDEST, between_two_versions])
def test_older_databases_get_the_same_tables(made_by_squashes, ran):
    run_chain(*ran())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO datasets_source (code, title, title_zh_hans, publisher, "
            "citation, url, licence) VALUES ('office', '局', '局', '', '', '', '')"
        )
    # Until 26 November 2026 the first ten of swot had a squash of their own.
    MigrationRecorder(connection).record_applied(
        "swot", "0001_squashed_0010_reports_and_corrections"
    )

    call_command("migrate", verbosity=0)

    assert applied() >= {(squash.app_label, squash.name) for squash in squashes()}
    executor = MigrationExecutor(connection)
    assert not executor.migration_plan(executor.loader.graph.leaf_nodes())
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM datasets_source")
        assert cursor.fetchall() == [("office",)]
    made_by_chain = schema()
    assert set(made_by_chain) > {"swot_claim", "datasets_observation", "cbec_site_page"}
    for table, parts in made_by_squashes.items():
        assert made_by_chain[table] == parts, table
