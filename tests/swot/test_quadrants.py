"""Entries that change their quadrant, and the editors' page of an entry."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from swot.models import Evidence
from swot.quadrants import move_entry
from tests.factories import (
    make_entry,
    make_indicator,
    make_observation,
    make_policy,
    make_region,
    make_user,
)
from tests.html import on_one_line

pytestmark = pytest.mark.django_db

DAY = datetime.date(2025, 6, 1)


@pytest.fixture
def editor(client):
    client.cookies["django_language"] = "en"
    client.force_login(make_user(is_superuser=True))
    return client


def change_page(entry):
    return reverse("admin:swot_entry_change", args=[entry.pk])


def submit(editor, entry, **changes):
    """Send the editing page of an entry as it is, with changes."""
    context = editor.get(change_page(entry)).context
    data = {}
    for form in (
        context["adminform"].form,
        *(f for s in context["inline_admin_formsets"] for f in s.formset.forms),
    ):
        for name in form.fields:
            value = form[name].value()
            if value is not None and value is not False:
                data[form.add_prefix(name)] = value
    for formset in context["inline_admin_formsets"]:
        management = formset.formset.management_form
        for name in management.fields:
            data[management.add_prefix(name)] = management[name].value()
    return editor.post(change_page(entry), data | changes)


def test_move_keeps_the_code_and_says_why():
    entry = make_entry(code="S7", quadrant="S")

    move_entry(entry, "W", moved_on=DAY, reason_zh_hans="不再是优势")

    entry.refresh_from_db()
    assert (entry.code, entry.quadrant, entry.first_quadrant) == ("S7", "W", "S")
    (move,) = entry.moves.all()
    assert (move.old_quadrant, move.new_quadrant, move.moved_on) == ("S", "W", DAY)


@pytest.mark.parametrize(
    ("quadrant", "reason"), [("S", "理由"), ("W", ""), ("X", "理由")]
)
def test_move_without_change_or_reason_is_refused(quadrant, reason):
    entry = make_entry(code="S7", quadrant="S")

    with pytest.raises(ValidationError):
        move_entry(entry, quadrant, moved_on=DAY, reason_zh_hans=reason)

    entry.refresh_from_db()
    assert entry.quadrant == "S"
    assert not entry.moves.exists()


def test_page_and_api_show_the_move(client):
    entry = make_entry(code="S7", quadrant="S")
    move_entry(
        entry, "W", moved_on=DAY, reason_zh_hans="不再是优势", reason_en="No strength"
    )

    url = entry.get_absolute_url()
    english = client.get(url.replace("zh-hans", "en"))
    chinese = client.get(url.replace("/en/", "/zh-hans/"))
    row = client.get("/api/v1/entries").json()["results"][0]

    moved = "Moved from Strength to Weakness on 1 June 2025: No strength"
    assert moved in on_one_line(english.content.decode())
    assert "2025年6月1日由“优势”移至“劣势”： 不再是优势" in on_one_line(
        chinese.content.decode()
    )
    assert (row["quadrant"], row["first_quadrant"]) == ("W", "S")
    assert row["moves"] == [
        {
            "date": "2025-06-01",
            "from_quadrant": "S",
            "to_quadrant": "W",
            "reason_zh": "不再是优势",
            "reason_en": "No strength",
        }
    ]


def test_editor_moves_an_entry(editor):
    entry = make_entry(code="S7", quadrant="S")

    response = submit(
        editor,
        entry,
        quadrant="T",
        moved_on="2025-06-01",
        move_reason_zh_hans="竞争加剧",
    )

    assert response.status_code == 302
    entry.refresh_from_db()
    assert entry.quadrant == "T"
    assert entry.moves.values_list(
        "old_quadrant", "new_quadrant", "moved_on"
    ).get() == (
        "S",
        "T",
        DAY,
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"move_reason_zh_hans": "竞争加剧"}, "moved_on"),
        ({"moved_on": "2025-06-01"}, "move_reason_zh_hans"),
        ({"moved_on": "2999-01-01", "move_reason_zh_hans": "竞争加剧"}, "moved_on"),
    ],
)
def test_move_needs_a_day_and_a_reason(editor, given, field):
    entry = make_entry(code="S7", quadrant="S")

    response = submit(editor, entry, quadrant="T", **given)

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == [field]
    entry.refresh_from_db()
    assert (entry.quadrant, entry.moves.count()) == ("S", 0)


def test_reason_without_a_move_is_not_lost_silently(editor):
    entry = make_entry(code="S7", quadrant="S")

    response = submit(editor, entry, move_reason_zh_hans="竞争加剧")

    assert list(response.context["adminform"].form.errors) == ["quadrant"]


def test_editor_writes_role_note_and_day(editor):
    entry = make_entry(policies=[make_policy()])
    link = entry.evidence.get()

    submit(
        editor,
        entry,
        **{
            "evidence-0-role": "weakens",
            "evidence-0-note_zh_hans": "注",
            "evidence-0-note_en": "Note",
            "evidence-0-checked_on": "2026-01-02",
        },
    )

    link.refresh_from_db()
    assert (link.role, link.note_zh_hans, link.note_en, link.checked_on) == (
        "weakens",
        "注",
        "Note",
        datetime.date(2026, 1, 2),
    )


def test_new_evidence_is_checked_today_by_default(editor):
    response = editor.get(change_page(make_entry()))

    empty = response.context["inline_admin_formsets"][0].formset.empty_form
    assert empty["checked_on"].value() == timezone.localdate()


def test_all_evidence_is_checked_at_once(editor):
    entry = make_entry(policies=[make_policy(), make_policy()])
    other = make_entry(policies=[make_policy()])

    submit(editor, entry, is_checked_today="on")
    assert set(entry.evidence.values_list("checked_on", flat=True)) == {
        timezone.localdate()
    }
    assert other.evidence.get().checked_on is None

    editor.post(
        reverse("admin:swot_entry_changelist"),
        {"action": "mark_checked", "_selected_action": [other.pk]},
    )
    assert other.evidence.get().checked_on == timezone.localdate()
    assert Evidence.history.filter(history_type="~").count() == 3


def stale_entry():
    common = {"indicator": make_indicator(), "region": make_region()}
    make_observation(period="2023", **common)
    return make_entry(observations=[make_observation(period="2020", **common)])


def test_list_and_start_page_name_what_needs_review(editor):
    stale = stale_entry()
    make_entry(observations=[make_observation()])

    listed = editor.get(reverse("admin:swot_entry_changelist"), {"review": "needed"})
    waiting = editor.get(reverse("admin:index")).context["waiting"]

    assert [row.pk for row in listed.context["cl"].result_list] == [stale.pk]
    assert "data up to 2023 now." in listed.content.decode()
    assert [item["count"] for item in waiting if "review=needed" in item["url"]] == [1]


def test_list_takes_no_query_per_row(editor):
    stale_entry()
    url = reverse("admin:swot_entry_changelist")
    editor.get(url)
    with CaptureQueriesContext(connection) as one:
        editor.get(url)
    for _number in range(4):
        stale_entry()
    with CaptureQueriesContext(connection) as five:
        editor.get(url)

    assert len(five) == len(one)
