"""Texts of old versions that were stored only in a column without a language."""

from types import SimpleNamespace

import pytest
from django.db import connection, models
from django.db.migrations.state import ModelState, ProjectState

from cbec_site.base.history_columns import keep_words


@pytest.fixture
def versions(db):
    """A history from before texts had two languages, as a migration sees it."""
    text = {"null": True, "blank": True}
    fields = [
        ("history_id", models.AutoField(primary_key=True)),
        ("title", models.TextField(**text)),
        ("title_zh_hans", models.TextField(**text)),
        ("title_en", models.TextField(**text)),
    ]
    state = ProjectState()
    state.add_model(ModelState("things", "HistoricalThing", fields))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE things_historicalthing (history_id integer PRIMARY KEY, "
            "title text, title_zh_hans text, title_en text)"
        )
    return state.apps


@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        # Saved in English and in Chinese: the language of the column is no change.
        (("Plan", "方案", "Plan"), ("方案", "Plan")),
        (("方案", "方案", "Plan"), ("方案", "Plan")),
        # From before there were two languages.
        (("方案", "", None), ("方案", None)),
        (("Plan “B” – 2024", None, ""), ("Plan “B” – 2024", "")),
        (("Plan B", None, ""), (None, "Plan B")),
        (("方案 B", None, None), ("方案 B", None)),
        # One language was there: nothing is taken from the column.
        (("Plan", "", "Scheme"), ("", "Scheme")),
        (("", None, None), (None, None)),
        ((None, None, None), (None, None)),
    ],
)
def test_only_texts_that_would_be_lost_are_moved(versions, stored, kept):
    rows = versions.get_model("things", "HistoricalThing").objects
    title, chinese, english = stored
    rows.create(history_id=1, title=title, title_zh_hans=chinese, title_en=english)

    keep_words("things")(versions, SimpleNamespace(connection=connection))

    assert rows.values_list("title_zh_hans", "title_en").get() == kept
