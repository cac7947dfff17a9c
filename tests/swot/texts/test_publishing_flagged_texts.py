"""Nowhere can a contradicted number be published without a reason."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from cbec_site.base.drafts import acts
from cbec_site.base.drafts.due import publish_due
from cbec_site.base.drafts.models import DeletedRow, Draft
from datasets.models import Observation
from swot.models import Analysis, Entry, Recommendation
from swot.texts.flagged import flagged_numbers, flagged_texts
from tests.base.drafts.conftest import filled
from tests.factories import (
    make_analysis,
    make_claim,
    make_entry,
    make_indicator,
    make_observation,
    make_recommendation,
    make_user,
)
from tests.swot.texts.test_text_admin import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

CONTRADICTED = {"zh": "共[6个](obs:five)。", "en": "[6](obs:five) in all."}
UNREADABLE = {"zh": "共[数十个](obs:five)。", "en": "[dozens](obs:five) in all."}
RIGHT = {"zh": "共[5个](obs:five)。", "en": "[5](obs:five) in all."}
REASON = "The paper prints it."


@pytest.fixture(autouse=True)
def five():
    make_observation("5", code="five", indicator=make_indicator(unit="COUNT"))


@pytest.fixture
def chief(client):
    client.user = make_user(is_superuser=True)
    client.force_login(client.user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture(
    params=[
        (make_entry, "body"),
        (make_recommendation, "body"),
        (make_analysis, "abstract"),
    ],
    ids=["entry", "recommendation", "analysis"],
)
def kind(request):
    """(maker, field) of each kind of text."""
    return request.param


def made(kind, texts, **given):
    maker, field = kind
    given |= {f"{field}_zh_hans": texts["zh"], f"{field}_en": texts["en"]}
    if maker is make_entry:
        # What blocks for another reason is of no interest here.
        given["claims"] = [make_claim()]
    return maker(is_published=False, **given)


def form_of(chief, item):
    """What a browser would send of its form."""
    sent = filled(chief, None, page(type(item), "change", item.pk))
    return {name: value for name, value in sent.items() if value != []}


def drafted(chief, item, **changes):
    data = QueryDict(mutable=True)
    for name, value in (form_of(chief, item) | changes).items():
        data[name] = value
    return acts.save_draft(chief.user, type(item), item.pk, data)


def is_live(item):
    return type(item).objects.published().filter(pk=item.pk).exists()


@pytest.mark.parametrize("texts", [CONTRADICTED, UNREADABLE])
def test_a_draft_is_not_published_without_a_reason(chief, kind, texts):
    item = made(kind, texts)
    draft = drafted(chief, item)

    with pytest.raises(ValidationError, match="contradicted or cannot be read"):
        acts.publish(draft, chief.user)

    assert not is_live(item)


def test_a_draft_goes_live_once_it_is_seen_and_has_a_reason(chief, kind):
    item = made(kind, CONTRADICTED)
    url = f"{page(type(item), 'change', item.pk)}?draft={drafted(chief, item).pk}"
    data = form_of(chief, item) | {"is_published": "on", "_publish": "1"}
    first = chief.post(url, data)
    seen = first.context["adminform"].form.data["seen_consequences"]
    told = str(first.context["adminform"].form.errors)
    without = chief.post(url, data | {"seen_consequences": seen})
    assert "2 numbers of this text are contradicted" in told
    assert without.status_code == 200
    assert not is_live(item)

    last = chief.post(url, data | {"seen_consequences": seen, "change_reason": REASON})

    assert last.status_code == 302
    assert is_live(item)
    newest = type(item).history.filter(is_published=True).first()
    assert newest.history_change_reason == REASON


def test_a_draft_without_faults_is_published(chief, kind):
    item = made(kind, RIGHT)

    acts.publish(drafted(chief, item), chief.user)

    assert is_live(item)


def test_a_draft_is_not_scheduled_without_a_reason(chief, kind):
    item = made(kind, CONTRADICTED)
    draft = drafted(chief, item)

    with pytest.raises(ValidationError, match="contradicted or cannot be read"):
        acts.schedule(draft, chief.user, timezone.now() + datetime.timedelta(hours=1))


def test_a_scheduled_text_that_turns_contradicted_is_returned(chief, kind):
    item = made(kind, RIGHT)
    draft, moment = drafted(chief, item), timezone.now() + datetime.timedelta(hours=1)
    acts.schedule(draft, chief.user, moment)
    Observation.objects.filter(code="five").update(value=7)

    assert publish_due(moment) == 0

    draft.refresh_from_db()
    assert draft.state == Draft.State.RETURNED
    assert "contradicted or cannot be read" in draft.message
    assert not is_live(item)


def test_saving_a_live_text_that_turns_contradicted_asks_first(chief, kind):
    item = made(kind, RIGHT)
    item.is_published = True
    item.save()
    field = kind[1]
    changes = {
        f"{field}_zh_hans": CONTRADICTED["zh"],
        f"{field}_en": CONTRADICTED["en"],
    }

    response = chief.post(
        page(type(item), "change", item.pk), form_of(chief, item) | changes
    )

    assert "contradicted" in str(response.context["adminform"].form.errors)
    item.refresh_from_db()
    assert flagged_numbers(item) == []


def test_publishing_many_leaves_out_flagged_texts(chief, kind):
    wrong, right = made(kind, CONTRADICTED), made(kind, RIGHT)

    chief.post(
        page(type(wrong), "changelist"),
        {"action": "publish", "_selected_action": [wrong.pk, right.pk]},
    )

    assert (is_live(wrong), is_live(right)) == (False, True)


def test_restoring_a_version_publishes_nothing(chief, kind):
    item = made(kind, CONTRADICTED)
    version = item.history.first()
    for language, column in (("zh", "zh_hans"), ("en", "en")):
        setattr(item, f"{kind[1]}_{column}", RIGHT[language])
    item.is_published = True
    item.save()
    meta = item._meta
    url = f"admin:{meta.app_label}_{meta.model_name}_simple_history"

    chief.post(reverse(url, args=[item.pk, version.history_id]))

    draft = Draft.objects.waiting().get()
    item.refresh_from_db()
    assert flagged_numbers(item) == []
    with pytest.raises(ValidationError, match="contradicted or cannot be read"):
        acts.publish(draft, chief.user)


def test_restored_text_is_unpublished(chief, kind):
    item = made(kind, CONTRADICTED)
    item.is_published = True
    item.save()
    chief.post(page(type(item), "delete", item.pk), {"post": "yes"})
    kept = DeletedRow.objects.get()

    chief.post(reverse("admin:drafts_deletedrow_change", args=[kept.pk]))

    assert type(item).objects.filter(pk=item.pk).exists()
    assert not is_live(item)


@pytest.mark.usefixtures("study")
def test_commands_publish_only_texts_that_hold_or_give_a_reason(capsys):
    """Shipped texts are flagged where the study itself says something else."""
    call_command("update_study", verbosity=0)

    found = {
        item.code: {number.code for number in flagged_numbers(item)}
        for model in (Entry, Recommendation)
        for item in model.objects.filter(pk__in=flagged_texts(model))
    }

    assert flagged_texts(Analysis) == []
    assert found == {"T1": {"C24"}, "T2": {"C26", "C28"}}
    for code in found:
        reason = Entry.history.filter(code=code).first().history_change_reason
        assert reason
    with override("en"):
        call_command("list_flagged_numbers")
    assert capsys.readouterr().out.splitlines()[-1] == "6 flagged"
