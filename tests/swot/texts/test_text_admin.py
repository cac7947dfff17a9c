"""Editing texts: what is bound, what could be, and what may not be published."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cbec_site.accounts.roles import EDITOR, READER
from swot.models import Entry
from swot.models.texts import unsettled
from tests.factories import (
    make_analysis,
    make_claim,
    make_entry,
    make_indicator,
    make_observation,
    make_recommendation,
    make_user,
)
from tests.html import on_one_line

pytestmark = pytest.mark.django_db

EDITORS, READERS = EDITOR, READER
MAKERS = [(make_entry, "body"), (make_recommendation, "body")]
MAKERS += [(make_analysis, "abstract")]


@pytest.fixture
def editor(client):
    """A client with an editor signed in, who reads English."""
    user = make_user()
    user.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def five(db):
    indicator = make_indicator(unit="COUNT", title="Warehouses")
    return make_observation("5", code="five", indicator=indicator)


def page(model, name, *args):
    return reverse(f"admin:swot_{model._meta.model_name}_{name}", args=args)


def form_of(client, item):
    """What the form of an item would send if nothing was changed."""
    response = client.get(page(type(item), "change", item.pk))
    context = response.context
    data = {
        name: value
        for name, value in context["adminform"].form.initial.items()
        if value not in (None, False)
    }
    for inline in context["inline_admin_formsets"]:
        form = inline.formset.management_form
        data |= {form.add_prefix(name): form[name].value() for name in form.fields}
    return {
        name: getattr(value, "pk", value)
        for name, value in data.items()
        if not isinstance(value, list)
    }


def save(client, item, **changes):
    return client.post(
        page(type(item), "change", item.pk), form_of(client, item) | changes
    )


@pytest.mark.parametrize(("make", "field"), MAKERS)
def test_form_shows_what_is_bound_and_what_could_be(editor, five, make, field):
    text = {
        f"{field}_zh_hans": "共[5](obs:five)个，又5个",
        f"{field}_en": "[Five](obs:five) in all",
    }
    item = make(**text)

    html = on_one_line(editor.get(page(type(item), "change", item.pk)).content.decode())

    assert "<strong>50%</strong> 1 of 2 numbers bound." in html
    assert "<strong>100%</strong> 1 of 1 number bound." in html
    assert ">[5个](obs:five)</code>" in html
    assert "Warehouses · " in html
    assert "Only in Chinese:" in html


def test_refused_form_reports_on_the_typed_text(editor, five):
    entry = make_entry(body="[5](obs:five)")

    response = save(editor, entry, body_zh_hans="[5](obs:fiive)")

    errors = response.context["adminform"].form.errors
    assert list(errors) == ["body_zh_hans", "parity_reason"]
    assert "obs:fiive" in errors["body_zh_hans"][0]
    assert "These codes do not exist: <code>obs:fiive</code> (5)" in " ".join(
        response.content.decode().split()
    )
    entry.refresh_from_db()
    assert entry.body_zh_hans == "[5](obs:five)"


def test_difference_is_published_with_a_reason_only(editor, five):
    entry = make_entry(
        is_published=False, body_zh_hans="[5](obs:five)个", body_en="Some"
    )

    refused = save(editor, entry, is_published="on")
    entry.refresh_from_db()
    assert not entry.is_published
    assert "obs:five" in str(refused.context["adminform"].form.errors)

    save(editor, entry, is_published="on", parity_reason="English is a summary.")

    entry.refresh_from_db()
    assert entry.is_published
    assert entry.parity_accepted == "zh-hans obs:five"


def test_publishing_many_meets_the_same_rule(editor, five):
    rest = {"is_published": False, "observations": [five]}
    agreeing = make_entry(body="[5](obs:five)", **rest)
    differing = make_entry(body_zh_hans="[5](obs:five)个", body_en="Some", **rest)

    response = editor.post(
        page(Entry, "changelist"),
        {"action": "publish", "_selected_action": [agreeing.pk, differing.pk]},
    )

    messages = [str(message) for message in get_messages(response.wsgi_request)]
    assert set(Entry.objects.published()) == {agreeing}
    assert (
        f"{differing}: The languages do not agree: only in Chinese: obs:five"
        in (messages[0])
    )


def test_editor_is_told_of_drafts_in_a_published_text(editor, five):
    make_claim(code="C1", is_published=False)
    entry = make_entry(body="[5](obs:five)")

    response = save(
        editor,
        entry,
        body_zh_hans="[5](obs:five)、[1](claim:C1)",
        body_en="[5](obs:five), [1](claim:C1)",
    )

    messages = [str(message) for message in get_messages(response.wsgi_request)]
    assert "Readers see a plain number until this is published: claim:C1." in messages


@pytest.mark.parametrize(("make", "field"), MAKERS)
def test_list_shows_coverage_in_a_fixed_number_of_queries(editor, five, make, field):
    text = {f"{field}_zh_hans": "[5](obs:five)个和6个", f"{field}_en": "[5](obs:five)"}
    address = page(type(make(**text)), "changelist")
    editor.get(address)
    with CaptureQueriesContext(connection) as one:
        html = on_one_line(editor.get(address).content.decode())
    for _more in range(4):
        make(**text)

    with CaptureQueriesContext(connection) as five_rows:
        editor.get(address)

    assert "Chinese 1/2 (50%)" in html
    assert "English 1/1 (100%)" in html
    assert "the languages differ" in html
    assert len(five_rows) == len(one)


def test_form_takes_a_fixed_number_of_queries(editor, five):
    entry = make_entry(body="5个")
    address = page(Entry, "change", entry.pk)
    editor.get(address)
    with CaptureQueriesContext(connection) as short:
        editor.get(address)
    Entry.objects.filter(pk=entry.pk).update(
        body_zh_hans="，".join(f"{n}个" for n in range(2, 40)),
        body_en=", ".join(f"{n} of them" for n in range(2, 40)),
    )

    with CaptureQueriesContext(connection) as long:
        editor.get(address)

    assert len(long) == len(short)


@pytest.mark.parametrize(("make", "field"), MAKERS)
def test_preview_shows_what_was_typed_and_saves_nothing(editor, five, make, field):
    item = make()
    make_observation("7", code="draft", is_published=False)
    before = item.history.count()

    response = editor.post(
        page(type(item), "preview"),
        {
            f"{field}_zh_hans": "新的[5](obs:five)个，[7亿](obs:draft)，[9](obs:x)",
            f"{field}_en": "New [five](obs:five) <script>alert(1)</script> and 8",
        },
    )

    html = response.content.decode()
    assert response.status_code == 200
    assert html.count('<data value="5">') == 2
    assert "新的" in html
    assert "<script" not in html
    assert "draft" in response.context["parts"][0][2].drafts[0].code
    assert 'id="number-five"' in html
    assert 'id="number-draft"' not in html
    assert "<code>obs:x</code>" in html
    item.refresh_from_db()
    assert getattr(item, f"{field}_zh_hans") != "新的"
    assert item.history.count() == before


def test_preview_of_nothing(editor):
    response = editor.post(page(Entry, "preview"), {})

    assert "There is no text yet." in response.content.decode()


def test_preview_is_for_those_who_may_see_entries(client, editor):
    assert editor.get(page(Entry, "preview")).status_code == 405

    client.force_login(make_user())
    assert client.post(page(Entry, "preview"), {}).status_code == 403
    client.logout()
    response = client.post(page(Entry, "preview"), {})
    assert response["Location"].startswith(reverse("admin:login"))


def test_readers_of_the_admin_see_the_numbers_too(client, five):
    user = make_user()
    user.groups.add(Group.objects.get(name=READERS))
    client.force_login(user)
    client.cookies["django_language"] = "en"
    entry = make_entry(body="[5](obs:five)")

    html = client.get(page(Entry, "change", entry.pk)).content.decode()

    assert html.count("1 of 1 number bound.") == 2


def test_new_entry_says_how_numbers_are_bound(editor):
    html = editor.get(page(Entry, "add")).content.decode()

    assert html.count("[13亿](obs:gz_cbec_2019)") == 2


# (what the texts are, whether something is left to do)
SETTLED = [
    ({"body": "[5](obs:five)"}, True),
    ({"body_zh_hans": "[5](obs:five)个", "body_en": ""}, True),
    ({"body": "[5](obs:five) and 6 more"}, False),
    ({"body_zh_hans": "[5](obs:five)个", "body_en": "Some"}, False),
]


@pytest.mark.parametrize(("texts", "is_settled"), SETTLED)
def test_list_is_narrowed_to_what_has_open_numbers(editor, five, texts, is_settled):
    entry = make_entry(**texts)
    address = page(Entry, "changelist")

    rows = editor.get(f"{address}?numbers=open").context["cl"].queryset
    waiting = editor.get(reverse("admin:index")).context["waiting"]

    assert list(rows) == ([] if is_settled else [entry])
    assert [item["count"] for item in waiting if "numbers=open" in item["url"]] == (
        [] if is_settled else [1]
    )


def test_a_difference_with_a_reason_is_settled_until_it_changes(editor, five):
    entry = make_entry(body_zh_hans="[5](obs:five)个", body_en="Some")
    entry.parity_reason = "English is a summary."
    entry.save()
    assert unsettled(Entry) == []

    entry.body_en = "[7](claim:C1)"
    entry.save()

    assert unsettled(Entry) == [entry.pk]


@pytest.mark.parametrize(("make", "field"), MAKERS)
def test_form_says_how_numbers_are_bound(editor, make, field):
    item = make()
    form = editor.get(page(type(item), "change", item.pk)).context["adminform"].form

    for column in ("zh_hans", "en"):
        assert "[109%](claim:C07)" in str(form.fields[f"{field}_{column}"].help_text)
