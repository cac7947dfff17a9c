"""Every model in the admin: listed, opened, and read-only for readers."""

import pytest
from django.contrib import admin
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from cbec_site.accounts.roles import EDITOR, READER
from datasets.models import ImportBatch
from policies.models import Policy, PolicyBatch, ProposedFact
from tests.factories import (
    make_breakdown,
    make_observation,
    make_saved_view,
    make_zone,
)
from tests.sample_site import make_world
from tests.test_admin import enter, page

pytestmark = [
    pytest.mark.whole,
    pytest.mark.django_db,
    pytest.mark.usefixtures("every_kind"),
]

OURS = ("cbec_site", "datasets", "policies", "swot")
MODELS = sorted(
    (model for model in admin.site._registry if model._meta.app_label in OURS),
    key=lambda model: model._meta.label,
)
each_model = pytest.mark.parametrize(
    "model", MODELS, ids=[model._meta.label for model in MODELS]
)


@pytest.fixture(scope="module")
def every_kind(django_db_setup, django_db_blocker):
    """A row of every model, made once and rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_breakdown()
        make_zone()
        row = make_observation(period="2021")
        row.value += 1
        row.save()
        for model in (ImportBatch, PolicyBatch):
            model.objects.create(file_name="figures.csv", sha256="0" * 64)
        policy = make_world().policy
        ProposedFact.objects.create(policy=policy, field="summary_en", value="Text")
        make_saved_view()
        yield
        transaction.set_rollback(True)


@each_model
def test_every_model_can_be_listed_searched_and_opened(client, model):
    """In English; the tests of the Chinese admin do the same in Chinese."""
    enter(client)
    client.cookies["django_language"] = "en"
    item = model.objects.first()

    listed = client.get(page(model, "changelist"))
    searched = client.get(page(model, "changelist"), {"q": "贵州 2022"})
    opened = client.get(page(model, "change", item.pk))

    assert listed.status_code == searched.status_code == opened.status_code == 200
    with override("en"):
        name = str(model._meta.verbose_name_plural)
    assert name.lower() in listed.content.decode().lower()


@each_model
def test_history_of_content_can_be_read(client, model):
    enter(client)
    if not hasattr(model, "history"):
        kept = ("importbatch", "policybatch", "revision", "report")
        assert model._meta.model_name in kept
        return

    response = client.get(page(model, "history", model.objects.first().pk))

    assert response.status_code == 200


@pytest.mark.sampled
@each_model
def test_readers_change_nothing(client, model):
    enter(client, READER)
    item = model.objects.first()

    assert client.get(page(model, "change", item.pk)).status_code == 200
    assert client.post(page(model, "change", item.pk), {}).status_code == 403
    assert client.get(page(model, "add")).status_code == 403
    assert client.get(page(model, "delete", item.pk)).status_code == 403


def test_editors_delete_nothing_and_see_no_accounts(client):
    enter(client, EDITOR)

    policy = Policy.objects.first()
    assert client.get(page(Policy, "delete", policy.pk)).status_code == 403
    assert client.get(reverse("admin:auth_user_changelist")).status_code == 403
