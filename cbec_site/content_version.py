"""The version of the public content, counted by the database itself.

Triggers on every table that pages are made from count in the transaction that writes,
whatever writes: forms, imports, commands, or a person in the database shell. PostgreSQL
adds a row per transaction (writers do not wait for each other) and notifies at commit;
SQLite, which has one writer, increments its only row. Kept pages compare the version
for equality; readers see the moment of the last change.
"""

import sqlite3
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import connection, connections

from .postgres import CheckedConnection

TABLE = "cbec_site_contentversion"
CHANNEL = "content_version"
TRIGGER = "content_changed"
APPS = ("cbec_site", "datasets", "policies", "search_index", "swot")
POLL = 0.2
LISTEN = 0.5
# PostgreSQL adds a row per transaction; older rows are no longer needed.
KEPT_ROWS = 10_000

READ = f"SELECT COUNT(*), MAX(id), MAX(number), MAX(changed_at) FROM {TABLE}"

ACTS = ("INSERT", "UPDATE", "DELETE")
SQLITE_COUNT = "number = number + 1, changed_at = strftime('%Y-%m-%d %H:%M:%f', 'now')"
SQLITE_TRIGGER = f"""
CREATE TRIGGER "{{name}}_{{act}}" AFTER {{act}} ON "{{table}}" BEGIN
    UPDATE {TABLE} SET {SQLITE_COUNT};
END
"""
SQLITE_ROW = f"""
INSERT INTO {TABLE} (number, changed_at) SELECT 0, strftime('%Y-%m-%d %H:%M:%f', 'now')
    WHERE NOT EXISTS (SELECT 1 FROM {TABLE})
"""
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    this text := pg_current_xact_id()::text;
    made bigint;
BEGIN
    IF current_setting('{CHANNEL}.transaction', true) IS DISTINCT FROM this THEN
        PERFORM set_config('{CHANNEL}.transaction', this, true);
        INSERT INTO {TABLE} (number, changed_at) VALUES (0, clock_timestamp())
            RETURNING id INTO made;
        IF made % 1000 = 0 THEN
            DELETE FROM {TABLE} WHERE id < made - {KEPT_ROWS};
        END IF;
        PERFORM pg_notify('{CHANNEL}', '');
    END IF;
    RETURN NULL;
END $$
"""
POSTGRES_TRIGGER = f"""
CREATE OR REPLACE TRIGGER {TRIGGER} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
ON "{{table}}" FOR EACH STATEMENT EXECUTE FUNCTION {TRIGGER}()
"""
# The moment of a change is that of the end of its transaction: what is stamped on the
# way (a value, then the verdicts that follow from it) is not later than that.
POSTGRES_END = f"""
CREATE OR REPLACE FUNCTION {TRIGGER}_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE {TABLE} SET changed_at = clock_timestamp() WHERE id = NEW.id;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS {TRIGGER}_end ON {TABLE};
CREATE CONSTRAINT TRIGGER {TRIGGER}_end AFTER INSERT ON {TABLE}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {TRIGGER}_end()
"""


@cache
def public_tables() -> list[str]:
    """The tables whose rows a page, feed, file or API response shows.

    All models of our apps except those with `is_public_content = False` and the
    histories, which no page shows.
    """
    models = [
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if getattr(model, "is_public_content", True)
        and not hasattr(model, "history_object")
        and model._meta.managed
        and not model._meta.proxy
    ]
    return sorted({model._meta.db_table for model in models} - {TABLE})


def count_changes(using="default", **kwargs) -> None:
    """Create the triggers on all public tables that exist; run after `migrate`,
    repeatable."""
    database = connections[using]
    with database.cursor() as cursor:
        existing = set(database.introspection.table_names(cursor))
        if TABLE not in existing:
            return
        if database.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
            cursor.execute(POSTGRES_END)
        else:
            cursor.execute(SQLITE_ROW)
        for table in public_tables():
            if table not in existing:
                continue
            if database.vendor == "postgresql":
                cursor.execute(POSTGRES_TRIGGER.format(table=table))
                continue
            put_sqlite_triggers(cursor, table)


@contextmanager
def counted_once(table: str):
    """Count many rows of a table as one change; inside a transaction.

    On SQLite the table's triggers are dropped meanwhile: firing for each row costs as
    much as writing it. If the transaction is rolled back, they are back as well.
    """
    is_safe = connection.vendor == "sqlite" and connection.in_atomic_block
    if not is_safe or table not in public_tables():
        yield
        return
    with connection.cursor() as cursor:
        for act in ACTS:
            cursor.execute(f'DROP TRIGGER IF EXISTS "{TRIGGER}_{table}_{act}"')
        yield
        cursor.execute(f"UPDATE {TABLE} SET {SQLITE_COUNT}")
        put_sqlite_triggers(cursor, table)


def put_sqlite_triggers(cursor, table: str) -> None:
    """Have SQLite count what is written to a table."""
    for act in ACTS:
        # An older version of the site may have left another trigger.
        cursor.execute(f'DROP TRIGGER IF EXISTS "{TRIGGER}_{table}_{act}"')
        cursor.execute(
            SQLITE_TRIGGER.format(name=f"{TRIGGER}_{table}", act=act, table=table)
        )


def read_version(using="default") -> tuple[tuple[int, ...], datetime | None]:
    """(version, moment of the last change) as this connection sees them."""
    with connections[using].cursor() as cursor:
        cursor.execute(READ)
        *version, changed = cursor.fetchone()
    return tuple(version), _moment(changed)


def _moment(value) -> datetime | None:
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value


def _answer(row) -> tuple[object, float]:
    *version, changed = row
    moment = _moment(changed)
    return tuple(version), moment.timestamp() if moment else 0.0


class SqliteSource:
    """Polls `data_version`, which changes with every commit of another connection."""

    def __init__(self, path: str):
        self.path = path
        self._connection = None
        self._seen = None

    def connect(self):
        self.close()
        self._connection = sqlite3.connect(
            f"file:{self.path}?mode=ro", uri=True, check_same_thread=False, timeout=1
        )

    def read(self):
        return _answer(self._connection.execute(READ).fetchone())

    def wait(self):
        deadline = time.monotonic() + LISTEN
        while time.monotonic() < deadline:
            time.sleep(POLL)
            version = self._connection.execute("PRAGMA data_version").fetchone()[0]
            if version != self._seen:
                self._seen = version
                return

    def close(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class PostgresSource:
    """Listens on a connection outside any pool; notices within seconds if it is lost.

    `wait` returns twice a second even without a notification: a pooler in between
    forwards none, and a lost connection delivers none.
    """

    def __init__(self, parameters: dict):
        self.parameters = parameters
        self._connection = None

    def connect(self):
        self.close()
        self._connection = CheckedConnection.connect(
            **self.parameters
            | {
                "autocommit": True,
                "connect_timeout": 2,
                "keepalives_idle": 2,
                "keepalives_interval": 1,
                "keepalives_count": 2,
                "tcp_user_timeout": 2000,
                "application_name": "content version",
                "options": "-c statement_timeout=2000",
            }
        )
        self._connection.execute(f"LISTEN {CHANNEL}")

    def read(self):
        return _answer(self._connection.execute(READ).fetchone())

    def wait(self):
        for _notice in self._connection.notifies(timeout=LISTEN, stop_after=1):
            return

    def close(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def make_source(using="default"):
    """The source for the site's database."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        return SqliteSource(str(settings.DATABASES[using]["NAME"]))
    keep = ("host", "port", "user", "password", "dbname", "sslmode", "sslrootcert")
    parameters = connection.get_connection_params()
    return PostgresSource({k: v for k, v in parameters.items() if k in keep})
