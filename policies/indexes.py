"""Indexes that models cannot declare alike for both databases.

Lists of policies are sorted by the day of publication, with unknown days last in both
directions. PostgreSQL's index has to say so, but SQLite does not accept this in an
index; nor does SQLite recognise an expression whose constants are parameters, as Django
writes them. The indexes are made after every `migrate`, because SQLite loses them
whenever a table is rebuilt.
"""

from django.db import connections
from django.db.models import CharField, F, Func

TABLE = "policies_policy"
TITLE_EN = "COALESCE(NULLIF({0}, ''), {1})"
NEWEST = {"postgresql": "DESC NULLS LAST", "sqlite": "DESC"}
INDEXES = {
    "policies_policy_newest": "(published_on {newest}, code) WHERE is_published",
    "policies_policy_oldest": "(published_on ASC, code) WHERE is_published",
    "policies_policy_by_title_zh": "(title_zh_hans, code) WHERE is_published",
    "policies_policy_by_title_en": "({title_en}, code) WHERE is_published",
    "policies_policy_by_level": "(level, code) WHERE is_published",
    "policies_policy_by_coming": "(published_at) WHERE is_published",
    "policies_policy_table_1": "(published_on, code) WHERE in_table_1",
}


class EnglishTitle(Func):
    """The English title, or the Chinese one if there is none; the same as in the
    index."""

    template = "COALESCE(NULLIF(%(expressions)s)"
    arg_joiner = ", ''), "
    output_field = CharField()

    def __init__(self):
        super().__init__(F("title_en"), F("title_zh_hans"))


def add_indexes(using="default", **kwargs) -> None:
    """Make the missing indexes, if the table exists."""
    database = connections[using]
    with database.cursor() as cursor:
        if TABLE not in database.introspection.table_names(cursor):
            return
        words = {
            "newest": NEWEST[database.vendor],
            "title_en": TITLE_EN.format("title_en", "title_zh_hans"),
        }
        for name, columns in INDEXES.items():
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {name} ON {TABLE} "
                f"{columns.format(**words)}"
            )
