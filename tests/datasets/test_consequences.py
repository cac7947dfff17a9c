"""An editor learns before saving that a change makes a published claim false."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from cbec_site.base.permanent_codes import texts_naming
from datasets.models import Observation
from swot.models import Claim, VerdictChange
from tests.factories import make_observation, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("study")]

LIST = reverse("admin:datasets_observation_changelist")


@pytest.fixture
def editor(client):
    client.force_login(make_user(is_superuser=True))
    client.cookies["django_language"] = "en"
    return client


def change_page(row):
    return reverse("admin:datasets_observation_change", args=[row.pk])


def submit(client, row, **changed):
    """Send the form of a row as a browser would, with some fields changed."""
    form = client.get(change_page(row)).context["adminform"].form
    data = {
        name: "" if value is None else value for name, value in form.initial.items()
    }
    return client.post(change_page(row), data | changed)


def flips(response):
    """(code, before, after) of the claims that the page lists."""
    form = response.context["adminform"].form
    return [(item.code, item.before, item.after) for item in form.consequences]


def test_change_of_2021_shows_every_claim_whose_verdict_changes(editor):
    row = Observation.objects.get(code="gz_cbec_2021")

    response = submit(editor, row, value="35", decimals="2")

    # 33.22 → 35: the increases of 2021 and 2022 and their growth rates.
    assert flips(response) == [
        ("C08", "holds", "contradicted"),
        ("C09", "holds", "contradicted"),
        ("C10", "holds", "contradicted"),
        ("C11", "holds", "contradicted"),
    ]
    row.refresh_from_db()
    assert row.value == Decimal("33.22")
    assert not VerdictChange.objects.exists()
    content = response.content.decode()
    assert "Nothing is saved yet: 4 published claims" in content
    assert 'value="35"' in content


def test_second_attempt_needs_a_reason_and_then_saves(editor):
    row = Observation.objects.get(code="gz_cbec_2021")
    first = submit(editor, row, value="35", decimals="2")
    seal = first.context["adminform"].form.data["seen_consequences"]

    silent = submit(editor, row, value="35", decimals="2", seen_consequences=seal)
    told = submit(
        editor,
        row,
        value="35",
        decimals="2",
        seen_consequences=seal,
        change_reason="Revised yearbook",
    )

    assert list(silent.context["adminform"].form.errors) == ["change_reason"]
    assert told.status_code == 302
    row.refresh_from_db()
    assert row.value == Decimal(35)
    changes = VerdictChange.objects.order_by("claim__code")
    assert [(c.claim.code, c.new_verdict, c.reason) for c in changes] == [
        (code, "no", "Revised yearbook") for code in ("C08", "C09", "C10", "C11")
    ]
    assert Claim.objects.get(code="C08").verdict == "no"
    assert row.history.first().history_change_reason == "Revised yearbook"


def test_consequences_that_changed_since_are_shown_again(editor):
    row = Observation.objects.get(code="gz_cbec_2021")
    first = submit(editor, row, value="35", decimals="2")
    seal = first.context["adminform"].form.data["seen_consequences"]

    response = submit(
        editor, row, value="99", seen_consequences=seal, change_reason="Revised"
    )

    assert response.status_code == 200
    assert Observation.objects.get(pk=row.pk).value == Decimal("33.22")


def test_change_without_consequences_is_saved_at_once(editor):
    row = make_observation()

    response = submit(editor, row, value="2.5")

    assert response.status_code == 302
    assert Observation.objects.get(pk=row.pk).value == Decimal("2.5")


def release(row):
    """Remove a value from the figures and texts, which would protect it."""
    row.points.all().delete()
    row.evidence.all().delete()
    row.recommendations.clear()
    for text in texts_naming(Observation, [row.code])[row.code]:
        for language in ("zh_hans", "en"):
            name = f"{text.text_field}_{language}"
            plain = getattr(text, name).replace(f"(obs:{row.code})", "")
            setattr(text, name, plain)
        text.save()


def test_deleting_shows_its_consequences_and_needs_a_reason(editor):
    row = Observation.objects.get(code="of_cn_pen_2022")
    claim = Claim.objects.filter(observations=row)
    assert not claim.exists()
    row = Observation.objects.get(code="cn_zones_b6_2022_02")
    release(row)
    address = reverse("admin:datasets_observation_delete", args=[row.pk])

    shown = editor.get(address)
    silent = editor.post(address, {"post": "yes"})

    codes = [item.code for item in shown.context["consequences"]]
    assert codes == ["C21", "C24"]
    assert silent.status_code == 302
    assert Observation.objects.filter(pk=row.pk).exists()
    editor.post(address, {"post": "yes", "change_reason": "Never approved"})
    assert not Observation.objects.filter(pk=row.pk).exists()
    assert Claim.objects.get(code="C21").verdict == "missing"


@pytest.mark.parametrize("is_published", [True, False])
def test_deleting_asks_for_a_reason_only_for_what_is_public(editor, is_published):
    row = Observation.objects.get(code="cn_zones_b6_2022_02")
    release(row)
    Claim.objects.filter(code="C21").update(is_published=is_published)
    Claim.objects.filter(code="C24").update(is_published=False)
    address = reverse("admin:datasets_observation_delete", args=[row.pk])

    shown = editor.get(address)
    editor.post(address, {"post": "yes", "change_reason": ""})

    assert [c.code for c in shown.context["consequences"]] == ["C21", "C24"]
    (field,) = re.findall('<input[^>]*name="change_reason"[^>]*>', shown.text)
    assert ("required" in field) is is_published
    assert Observation.objects.filter(pk=row.pk).exists() is is_published


def test_values_cannot_be_deleted_in_bulk(editor):
    assert "delete_selected" not in editor.get(LIST).content.decode()


def withdraw(editor, row, **fields):
    return editor.post(
        LIST, {"action": "withdraw", "_selected_action": [row.pk]} | fields
    )


def test_withdrawing_changes_no_verdict_and_shows_no_draft(editor):
    row = Observation.objects.get(code="gz_cbec_2020")

    asked = withdraw(editor, row)

    # These read the value; readers then no longer see it.
    after = "holds, on values that are not confirmed"
    found = [(c.code, c.before, c.after) for c in asked.context["consequences"]]
    assert found == [(code, "holds", after) for code in ("C06", "C07", "C08", "C09")]
    assert Observation.objects.get(pk=row.pk).is_published is True
    seen = dict(asked.context["hidden"])["seen_consequences"]

    withdraw(editor, row, seen_consequences=seen, change_reason="Not confirmed")

    claim = Claim.objects.get(code="C07")
    assert Observation.objects.get(pk=row.pk).is_published is False
    assert (claim.verdict, claim.recomputed_value) == ("yes", "")
    assert "27.17" not in claim.computation_en


def test_a_draft_is_not_called_published_and_needs_no_reason(editor):
    Claim.objects.filter(code__in=["C08", "C09", "C10"]).update(is_published=False)
    row = Observation.objects.get(code="gz_cbec_2021")

    page = submit(editor, row, value="35", decimals="2")

    content = page.content.decode()
    assert "Nothing is saved yet: 1 published claim would" in content
    public, _, drafts = content.partition("3 drafts would read differently too")
    # In the text alone: a token in the page may contain a code.
    public = re.sub(r"<[^>]+>", " ", public)
    assert [code for code in ("C08", "C09", "C10", "C11") if code in public] == ["C11"]
    draft = Claim.objects.get(code="C08")
    assert reverse("admin:swot_claim_change", args=[draft.pk]) in drafts
    assert draft.get_absolute_url() not in drafts

    Claim.objects.filter(code="C11").update(is_published=False)
    assert submit(editor, row, value="35", decimals="2").status_code == 302
