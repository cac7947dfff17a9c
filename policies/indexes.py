"""Indexes that models cannot declare alike for both databases.

Lists of policies are sorted by the day of publication, with unknown days last in both
directions. PostgreSQL's index has to say so, but SQLite does not accept this in an
index; nor does SQLite recognise an expression whose constants are parameters, as Django
writes them. The indexes are made after every `migrate`, because SQLite loses them
whenever a table is rebuilt.

Each has the key, which makes the order of a list complete and lets PostgreSQL read the
keys of a page far back from the index alone; an expression only beside its column.
"""

from django.db import connections
from django.db.models import CharField, F, Func, IntegerField

from .force import Force
from .models import ForcePeriod, Policy

TITLE_EN = "COALESCE(NULLIF(title_en, ''), title_zh_hans)"
NEWEST = {"postgresql": "DESC NULLS LAST", "sqlite": "DESC"}


def place_template(values) -> str:
    """SQL that turns one of some values into its place among them."""
    cases = (f"WHEN '{value}' THEN {place}" for place, value in enumerate(values))
    return f"CASE {{0}} {' '.join(cases)} END"


class PlaceOf(Func):
    """The place of a column's value in an order of values; the same as in the index."""

    output_field = IntegerField()

    def __init__(self, name, values):
        template = place_template(values).replace("{0}", "%(expressions)s")
        super().__init__(F(name), template=template)


class EnglishTitle(Func):
    """The English title, or the Chinese one if there is none; the same as in the
    index."""

    template = "COALESCE(NULLIF(%(expressions)s)"
    arg_joiner = ", ''), "
    output_field = CharField()

    def __init__(self):
        super().__init__(F("title_en"), F("title_zh_hans"))


LEVEL = place_template(Policy.Level.values).format("level")
FORCE = place_template(Force.values).format("force")
BY_CODE = "code, id, level"
IN_PERIOD = "code, policy_key, first_on, last_on, force"
INDEXES = {
    Policy: {
        "policies_policy_newest_keys": (
            "(published_on {newest}, code, id) WHERE is_published"
        ),
        "policies_policy_oldest_keys": (
            "(published_on ASC, code, id) WHERE is_published"
        ),
        "policies_policy_title_zh_keys": "(title_zh_hans, code, id) WHERE is_published",
        "policies_policy_title_zh_down": (
            "(title_zh_hans DESC, code, id) WHERE is_published"
        ),
        "policies_policy_title_en_keys": f"({TITLE_EN}, code, id) WHERE is_published",
        "policies_policy_title_en_down": (
            f"({TITLE_EN} DESC, code, id) WHERE is_published"
        ),
        "policies_policy_level_keys": f"(({LEVEL}), {BY_CODE}) WHERE is_published",
        "policies_policy_level_down": f"(({LEVEL}) DESC, {BY_CODE}) WHERE is_published",
        "policies_policy_by_coming": "(published_at) WHERE is_published",
        "policies_policy_table_1": "(published_on, code) WHERE in_table_1",
    },
    ForcePeriod: {
        "policies_forceperiod_up": f"(({FORCE}), {IN_PERIOD}) WHERE is_published",
        "policies_forceperiod_down": (
            f"(({FORCE}) DESC, {IN_PERIOD}) WHERE is_published"
        ),
        "policies_forceperiod_by_force": "(force, last_on, first_on, policy_key)",
    },
}
# Indexes of earlier versions, which those above replace.
FORMER = (
    "policies_policy_newest",
    "policies_policy_oldest",
    "policies_policy_by_title_zh",
    "policies_policy_by_title_en",
    "policies_policy_by_level",
)


def add_indexes(using="default", **kwargs) -> None:
    """Make the missing indexes of the tables that exist."""
    database = connections[using]
    newest = NEWEST[database.vendor]
    with database.cursor() as cursor:
        existing = database.introspection.table_names(cursor)
        for name in FORMER:
            cursor.execute(f"DROP INDEX IF EXISTS {name}")
        for model, indexes in INDEXES.items():
            table = model._meta.db_table
            if table not in existing:
                continue
            for name, columns in indexes.items():
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS {name} ON {table} "
                    f"{columns.format(newest=newest)}"
                )
