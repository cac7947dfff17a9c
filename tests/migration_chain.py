"""The squashed migrations, the chain that they replace, and the tables they make."""

import re

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tests.rows import APPS

# The columns and constraints of a table, from the SQL that SQLite stores.
PARTS = re.compile(r"[()]*, (?=\"|CONSTRAINT)|[()]+\Z| \((?=\")")


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
    return table.startswith(tuple(f"{app}_" for app in APPS))
