"""Squashed migrations: they make what the chain made; a database in between."""

import os

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

from tests.migration_chain import applied, run_chain, schema, squashes
from tests.separate_database import empty_database

pytestmark = pytest.mark.whole

# In this order, each after those before it.
MIDDLES = [
    ("datasets", "0001_initial"),
    ("policies", "0001_initial"),
    ("swot", "0004_move_evidence"),
]


@pytest.fixture
def empty(django_db_setup, django_db_blocker):
    """An empty database instead of that of the tests."""
    with django_db_blocker.unblock(), empty_database(f"squashes_{os.getpid()}"):
        yield


def test_squashes_and_chain_describe_the_same_models():
    """The tables of both are compared in `make soak`."""
    chain = MigrationLoader(None, replace_migrations=False)
    squashed = MigrationLoader(None)
    made_by_chain = chain.project_state([s.replaces[-1] for s in squashes()])
    made_by_squashes = squashed.project_state(
        [(squash.app_label, squash.name) for squash in squashes()]
    )

    assert ("swot", "claim") in made_by_chain.models
    assert not MigrationAutodetector(made_by_chain, made_by_squashes)._detect_changes()


@pytest.mark.usefixtures("empty")
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
