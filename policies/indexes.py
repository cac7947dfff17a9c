"""Indexes that models cannot name the same on both databases.

Lists of policies go by the day of publication; days that are not known come last either
way. PostgreSQL's index has to say so, SQLite takes no such words in an index; nor does
it know an expression again whose constants are parameters, as Django writes them. They
are made after `migrate`, each time: SQLite loses them whenever a table is rebuilt.
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
    """The English title, or the Chinese one where there is none; as in the index."""

    template = "COALESCE(NULLIF(%(expressions)s)"
    arg_joiner = ", ''), "
    output_field = CharField()

    def __init__(self):
        super().__init__(F("title_en"), F("title_zh_hans"))


def add_indexes(using="default", **kwargs) -> None:
    """Make the indexes that are missing where the table is there."""
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
