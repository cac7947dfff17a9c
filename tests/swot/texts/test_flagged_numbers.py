"""Contradicted numbers: seen before publishing, counted, and shown to readers."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from cbec_site import dashboard
from swot.models import Entry
from swot.texts.flagged import flagged_texts
from tests.factories import (
    make_claim,
    make_entry,
    make_indicator,
    make_observation,
    make_policy,
    make_recommendation,
)
from tests.html import on_one_line
from tests.swot.texts.test_text_admin import editor, page, save

pytestmark = pytest.mark.django_db

__all__ = ["editor"]

WRONG = {
    "body_zh_hans": "共[6个](obs:five)。",
    "body_en": "[6](obs:five) in all.",
}
RIGHT = {"body_zh_hans": "共[5个](obs:five)。", "body_en": "[5](obs:five) in all."}


@pytest.fixture(autouse=True)
def five(db):
    indicator = make_indicator(unit="COUNT", title="Warehouses")
    return make_observation("5", code="five", indicator=indicator)


def form_in(response):
    return response.context["adminform"].form


def test_text_with_a_contradicted_number_is_published_only_with_a_reason(editor):
    entry = make_entry(is_published=False, **WRONG)

    first = save(editor, entry, is_published="on")
    form = form_in(first)
    seen = form.data["seen_consequences"]
    second = save(editor, entry, is_published="on", seen_consequences=seen)
    assert "2 numbers of this text are contradicted" in str(form.errors)
    assert [c.code for c in form.consequences] == ["obs:five", "obs:five"]
    assert "Give a reason" in str(form_in(second).errors["change_reason"])
    assert not Entry.objects.get().is_published

    third = save(
        editor,
        entry,
        is_published="on",
        seen_consequences=seen,
        change_reason="The paper prints 6.",
    )

    assert third.status_code == 302
    assert Entry.objects.get().is_published
    assert Entry.history.first().history_change_reason == "The paper prints 6."


def test_a_live_text_that_turns_wrong_asks_first(editor):
    entry = make_entry(**RIGHT)

    response = save(editor, entry, **WRONG)

    assert "contradicted" in str(form_in(response).errors)
    assert Entry.objects.get().body_en == RIGHT["body_en"]


def test_numbers_already_flagged_are_not_asked_about_again(editor):
    entry = make_entry(**WRONG)

    assert save(editor, entry, title_en="Another title").status_code == 302


def test_a_draft_asks_nothing(editor):
    entry = make_entry(is_published=False, **RIGHT)

    assert save(editor, entry, **WRONG).status_code == 302


@pytest.mark.parametrize(
    ("texts", "is_held"),
    [
        (RIGHT, False),
        (WRONG, True),
        ({"body_zh_hans": "[几十个](obs:five)", "body_en": "[dozens](obs:five)"}, True),
    ],
)
def test_publishing_many_leaves_out_contradicted_texts(editor, texts, is_held):
    evidence = [make_policy()]
    entry = make_entry(is_published=False, policies=evidence, **texts)

    response = editor.post(
        page(Entry, "changelist"),
        {"action": "publish", "_selected_action": [entry.pk]},
    )

    assert Entry.objects.get().is_published != is_held
    told = " ".join(str(m) for m in get_messages(response.wsgi_request))
    assert ("give a reason" in told) == is_held


def test_the_start_page_counts_such_texts(rf, editor):
    make_entry(**WRONG)
    make_entry(is_published=False, **WRONG)
    make_entry(**RIGHT)
    make_recommendation(**WRONG)
    request = rf.get("/")
    request.user = editor.get(page(Entry, "changelist")).wsgi_request.user

    waiting = {
        item["label"]: item["count"]
        for item in dashboard.start_page(request, {})["waiting"]
        if "do not hold" in str(item["label"])
    }

    assert sorted(waiting.values()) == [1, 1]
    assert len(flagged_texts(Entry)) == 1
    listed = editor.get(page(Entry, "changelist"), {"numbers": "flagged"})
    assert listed.context["cl"].result_count == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "[5](obs:five) of 12 places and [7](claim:C1) more.",
            "1 of 3 numbers on this page are checked. Not checked: 12, 7.",
        ),
        ("[5](obs:five) places.", "1 of 1 number on this page is checked."),
        (
            "[5](obs:five) places and [8](claim:C2) firms.",
            "1 of 2 numbers on this page are checked. Not checked: 8.",
        ),
        ("Nothing is counted here.", None),
    ],
)
def test_page_states_its_coverage(client, text, words):
    make_claim(code="C1", is_published=False)
    make_claim(code="C2", stated_low=8, stated_unit="COUNT", verdict="n/a")
    entry = make_entry(body_zh_hans="无", body_en=text)

    url = reverse("swot:entry-detail", args=[entry.analysis.slug, entry.code])
    content = on_one_line(client.get(url.replace("zh-hans", "en")).content.decode())

    assert (words in content) if words else ("is checked" not in content)
