"""Squashed migrations: a new database, one with the whole chain, one in between."""

import os
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from cbec_site.base.squashes import APPS
from tests.separate_database import empty_database

pytestmark = pytest.mark.whole

# In this order, each after those before it.
MIDDLES = [
    ("datasets", "0001_initial"),
    ("policies", "0001_initial"),
    ("swot", "0004_move_evidence"),
]
# The columns and constraints of a table, from the SQL that SQLite stores.
PARTS = re.compile(r"[()]*, (?=\"|CONSTRAINT)|[()]+\Z| \((?=\")")


@pytest.fixture
def made_by_squashes(django_db_setup, django_db_blocker):
    """The database of the tests, which was made with the squashes."""
    with django_db_blocker.unblock():
        return schema()


@pytest.fixture(autouse=True)
def empty(made_by_squashes, django_db_blocker):
    """An empty database instead of that of the tests."""
    with django_db_blocker.unblock(), empty_database(f"squashes_{os.getpid()}"):
        yield


def squashes():
    replacements = MigrationLoader(None).replacements.values()
    return [squash for squash in replacements if squash.app_label in APPS]


def run_chain(*targets):
    """Run the replaced migrations, as sites did before there was a squash."""
    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    executor.migrate(targets)
    rows = MigrationRecorder(connection).migration_qs
    for squash in squashes():
        rows.filter(app=squash.app_label, name=squash.name).delete()


def applied():
    return set(MigrationRecorder(connection).migration_qs.values_list("app", "name"))


def schema():
    """Every table and index of the apps with its parts, in no order."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master")
            rows = [row for row in cursor.fetchall() if is_ours(row[1])]
            return {name: sorted(PARTS.split(sql or "")) for name, _, sql in rows}
        look = connection.introspection
        return {
            table: (
                sorted(str(c) for c in look.get_table_description(cursor, table)),
                sorted(map(str, look.get_constraints(cursor, table).items())),
            )
            for table in filter(is_ours, look.table_names(cursor))
        }


def is_ours(table):
    return table.partition("_")[0] in APPS


def test_chain_and_squashes_give_the_same_tables(made_by_squashes):
    run_chain(*(squash.replaces[-1] for squash in squashes()))
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
    assert set(made_by_chain) > {"swot_claim", "datasets_observation"}
    for table, parts in made_by_squashes.items():
        assert made_by_chain[table] == parts, table


def test_database_in_mid_chain_is_refused_and_left_alone():
    for app, last in MIDDLES:
        run_chain((app, last))
        before, rows = schema(), applied()

        with pytest.raises(CommandError) as refusal:
            call_command("migrate", verbosity=0)

        words = str(refusal.value)
        assert words.startswith("Nothing was migrated.")
        assert f"{app} to {last}" in words
        assert (schema(), applied()) == (before, rows)
