"""Texts of old versions that were stored only in a column without a language."""

import os
from types import SimpleNamespace

import pytest
from django.db import connection, models
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.utils import timezone

from cbec_site.base.history_columns import keep_words
from tests.separate_database import empty_database


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


# The migrations that drop the columns, and a text of each app that they drop.
DROPPED = {
    ("cbec_site", "0007_history_of_both_languages"): ("HistoricalPage", "title"),
    ("datasets", "0011_history_of_both_languages"): ("HistoricalSource", "title"),
    ("policies", "0009_history_of_both_languages"): ("HistoricalTopic", "name"),
    ("swot", "0020_history_of_both_languages"): ("HistoricalAnalysis", "title"),
}


@pytest.mark.processes
def test_migrations_move_the_texts_before_they_drop_their_columns(
    django_db_setup, django_db_blocker
):
    with django_db_blocker.unblock(), empty_database(f"versions_{os.getpid()}"):
        graph = MigrationLoader(connection, replace_migrations=False).graph
        before = [graph.nodes[node].dependencies[0] for node in DROPPED]
        whole = graph.make_state(nodes=before, at_end=True)
        wanted = {(app, model.lower()) for (app, _), (model, _) in DROPPED.items()}
        # With every model and its links, each step would take a second.
        state = ProjectState()
        for app, model in sorted(wanted):
            then = whole.models[app, model]
            fields = [
                (name, field)
                for name, field in then.fields.items()
                if field.remote_field is None
            ]
            state.add_model(ModelState(app, then.name, fields))
        with connection.schema_editor() as editor:
            for model in state.apps.get_models():
                editor.create_model(model)
        for (app, _name), (model, field) in DROPPED.items():
            rows = state.apps.get_model(app, model).objects
            for number, texts in enumerate((("旧题", None), ("Title", "新题"))):
                values = dict(zip((field, f"{field}_zh_hans"), texts, strict=True))
                if model == "HistoricalAnalysis":
                    values["year"] = 2023
                rows.create(
                    id=number,
                    history_type="~",
                    history_date=timezone.now(),
                    **values,
                )

        for node in DROPPED:
            migration = graph.nodes[node]
            migration.operations = [
                step
                for step in migration.operations
                if (node[0], getattr(step, "model_name_lower", "")) in wanted
                or isinstance(step, RunPython)
            ]
            with connection.schema_editor() as editor:
                state = migration.apply(state, editor)

        for (app, _name), (model, field) in DROPPED.items():
            rows = state.apps.get_model(app, model).objects
            names = {one.name for one in rows.model._meta.get_fields()}
            assert field not in names, app
            kept = rows.order_by("id").values_list(f"{field}_zh_hans", flat=True)
            assert list(kept) == ["旧题", "新题"], app
