"""Makes the database itself refuse to change or delete entries of the audit log.

This holds for forms, commands and SQL alike. The one change it allows is the worker's,
which shortens an address. The owner of the database can drop the triggers.
"""

from django.db import connections

TABLE = "accounts_auditentry"
TRIGGER = "audit_only_added"
REFUSAL = "Entries of the audit log are neither changed nor deleted."
COLUMNS = ("id", "at", "act", "account", "subject", "detail")

IS_SHORTENING = " AND ".join(
    [
        "NEW.is_shortened AND NOT OLD.is_shortened",
        *(f"NEW.{name} = OLD.{name}" for name in COLUMNS),
    ]
)
# REPLACE deletes a row without firing the trigger for deletions. A trigger takes no
# parameters; the name of the table is the constant above.
SQLITE_REFUSES = {
    "UPDATE": f"NOT ({IS_SHORTENING})",
    "DELETE": "TRUE",
    "INSERT": f"EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)",  # noqa: S608
}
SQLITE_TRIGGER = f"""
CREATE TRIGGER IF NOT EXISTS {TRIGGER}_{{act}} BEFORE {{act}} ON {TABLE} WHEN {{when}}
BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
"""
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF {IS_SHORTENING} THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRES_TRIGGER = f"""
CREATE OR REPLACE TRIGGER {TRIGGER}_{{name}} BEFORE {{acts}} ON {TABLE}
FOR EACH {{each}} EXECUTE FUNCTION {TRIGGER}()
"""
POSTGRES_REFUSES = (
    {"name": "row", "acts": "UPDATE OR DELETE", "each": "ROW"},
    {"name": "table", "acts": "TRUNCATE", "each": "STATEMENT"},
)


def protect(using="default", **kwargs) -> None:
    """Create the triggers; run after `migrate`, repeatable.

    A migration that rebuilds the table, as SQLite's do, drops them first.
    """
    with connections[using].cursor() as cursor:
        if TABLE not in connections[using].introspection.table_names(cursor):
            return
        if connections[using].vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
            for parts in POSTGRES_REFUSES:
                cursor.execute(POSTGRES_TRIGGER.format(**parts))
            return
        for act, when in SQLITE_REFUSES.items():
            cursor.execute(SQLITE_TRIGGER.format(act=act, when=when))


def drop_protection(using="default") -> None:
    """For tests that empty the database."""
    with connections[using].cursor() as cursor:
        if connections[using].vendor == "postgresql":
            cursor.execute(f"DROP FUNCTION {TRIGGER}() CASCADE")
            return
        for act in SQLITE_REFUSES:
            cursor.execute(f"DROP TRIGGER {TRIGGER}_{act}")
