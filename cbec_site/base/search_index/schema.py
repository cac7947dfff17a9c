"""What Django's models cannot express: the index on the pieces, for each database."""

from .finding import FTS, TABLE

COLUMNS = ("title_pieces", "all_pieces")
# Words are separated by spaces alone: all other marks in ASCII that folding keeps.
TOKENS = "$+<=>^|~.%_/&"

_NEW = ", ".join(f"new.{column}" for column in COLUMNS)
_OLD = ", ".join(f"old.{column}" for column in COLUMNS)
_NAMES = ", ".join(COLUMNS)
# Names of our own columns.
_ADD = f"INSERT INTO {FTS}(rowid, {_NAMES}) VALUES (new.id, {_NEW});"  # noqa: S608
_REMOVE = f"""INSERT INTO {FTS}({FTS}, rowid, {_NAMES})
    VALUES ('delete', old.id, {_OLD});"""  # noqa: S608

# The texts stay in the table alone (external content), so triggers tell FTS5 of them.
SQLITE = (
    f"""CREATE VIRTUAL TABLE {FTS} USING fts5({_NAMES}, content='{TABLE}',
    content_rowid='id', detail='column', tokenize="ascii tokenchars '{TOKENS}'")""",
    f"CREATE TRIGGER {FTS}_insert AFTER INSERT ON {TABLE} BEGIN {_ADD} END",
    f"CREATE TRIGGER {FTS}_delete AFTER DELETE ON {TABLE} BEGIN {_REMOVE} END",
    f"CREATE TRIGGER {FTS}_update AFTER UPDATE ON {TABLE} BEGIN {_REMOVE} {_ADD} END",
)
POSTGRES = tuple(
    f"CREATE INDEX search_index_{column} ON {TABLE} USING gin ({column})"
    for column in COLUMNS
)


def add_index(apps, schema_editor) -> None:
    """Create the index on the pieces; the table's rows are written afterwards."""
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRES if is_postgres else SQLITE:
        schema_editor.execute(statement, params=None)


def remove_index(apps, schema_editor) -> None:
    """Remove what is not dropped along with the table."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TABLE {FTS}", params=None)
