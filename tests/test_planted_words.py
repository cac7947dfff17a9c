"""Texts of drafts, comments and previews are found nowhere but in the drafts."""

import io
import zipfile
from contextlib import suppress

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from cbec_site.base.drafts import acts
from cbec_site.base.drafts.conflicts import data_of
from cbec_site.base.drafts.models import DeletedRow, Draft
from cbec_site.base.drafts.recycle_bin import keep
from cbec_site.base.drafts.replay import make_request
from policies.models import SavedView
from swot.models import Claim
from tests.factories import make_issuer, make_policy, make_user

from .test_drafts import body, public_addresses, sitemap_addresses

pytestmark = pytest.mark.django_db
# Searches use the second word, as pages repeat it; the first must not be shown.
WORDS = "plantedsecret withheld"


def drafted_kinds():
    return {
        model: model_admin
        for model, model_admin in admin.site._registry.items()
        if hasattr(model_admin, "has_draft_permission")
    }


def plant(model_admin, row, user):
    """Two sets of form data of a row, with the words in its texts and its parts'.

    The first fills in plain texts only, so that most kinds accept it;
    the second fills in whatever can be typed: addresses, JSON, hidden texts, every
    part.
    """
    request = make_request(user, QueryDict())
    request.method = "GET"
    data = data_of(model_admin, request, row, row)
    form = model_admin.get_form(request, row, change=True)()
    plain, typed = texts_of(form.fields)
    for formset_class, _inline in model_admin.get_formsets_with_inlines(request, row):
        prefix = formset_class.get_default_prefix()
        in_part, in_every_part = texts_of(formset_class.form.base_fields)
        count = int(data.get(f"{prefix}-TOTAL_FORMS") or 0)
        plain += [f"{prefix}-0-{name}" for name in in_part]
        # One more than there are, for a new part.
        typed += [
            f"{prefix}-{n}-{name}" for n in range(count + 1) for name in in_every_part
        ]
    everything = data.copy()
    for names, target in ((plain, data), (typed, everything)):
        for name in names:
            target[name] = WORDS
    return data, everything


def texts_of(fields):
    """The names of the plain text fields, and of all fields that take text."""
    typed = [
        name for name, field in fields.items() if isinstance(field, forms.CharField)
    ]
    plain = [
        name
        for name in typed
        if type(fields[name]) is forms.CharField and not fields[name].widget.is_hidden
    ]
    return plain, typed


@pytest.fixture(scope="module")
def planted(made_world, django_db_blocker):
    """Rows of every kind, each with private and returned drafts, and a comment."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield plant_everywhere()
        transaction.set_rollback(True)


@pytest.fixture
def editor(planted, db):
    client = Client()
    client.force_login(make_user(is_superuser=True))
    return client


def plant_everywhere():
    editor = Client()
    editor.user = make_user(is_superuser=True)
    editor.force_login(editor.user)
    rows = []
    SavedView.objects.create(code="view", title="View", query="level=national")
    for model, model_admin in drafted_kinds().items():
        row = model._base_manager.order_by("pk").first()
        if row is None:
            continue
        data, everything = plant(model_admin, row, editor.user)
        draft = acts.save_draft(editor.user, model, row.pk, data)
        # The words are no valid code or address: some kinds are refused and stay open.
        with suppress(ValidationError):
            acts.submit(draft, editor.user, WORDS)
        acts.comment(draft, editor.user, WORDS)
        acts.send_back(draft, editor.user, WORDS)
        acts.keep_typed(editor.user, model, row.pk, "", everything)
        acts.keep_typed(editor.user, model, None, "new", everything)
        preview = reverse("admin:drafts_preview", args=[draft.pk])
        assert editor.get(preview).status_code == 200
        rows.append(row)
    plant_in_bin(editor.user)
    return rows


def plant_in_bin(user):
    """A deleted policy with the words."""
    policy = make_policy([make_issuer()], code="binned", title=WORDS, summary=WORDS)
    keep(policy, user)
    policy.history.all().delete()
    policy.delete()
    policy.history.model.objects.filter(code="binned").delete()


def test_words_are_planted_in_every_kind_that_has_a_page(planted):
    assert {type(row) for row in planted} >= {
        model for model in drafted_kinds() if hasattr(model, "get_absolute_url")
    }
    kinds = len(planted)
    typed = Draft.objects.get(
        content_type=Draft.kind_of(Claim), state=Draft.State.PRIVATE, object_id=None
    )
    assert typed.fields["expression"] == [WORDS]
    assert Draft.objects.filter(fields__icontains="plantedsecret").count() == 3 * kinds
    assert DeletedRow.objects.filter(rows__icontains="plantedsecret").count() == 1


def test_public_site_shows_none_of_them(planted, world):
    client = Client()
    addresses = {*public_addresses(world), *sitemap_addresses(client), "/sitemap.xml"}

    found = [a for a in addresses if "plantedsecret" in body(client.get(a))]

    assert found == []
    assert len(addresses) > 50


def test_admin_finds_none_of_them_in_rows_history_or_completion(planted, editor):
    for row in planted:
        meta = row._meta
        name = f"admin:{meta.app_label}_{meta.model_name}"
        for address in (
            f"{reverse(f'{name}_changelist')}?q=withheld",
            reverse(f"{name}_history", args=[row.pk]),
        ):
            assert "plantedsecret" not in body(editor.get(address)), address
        versions = row.history.model.objects.values()
        assert "plantedsecret" not in str(list(versions))


def test_no_export_holds_any_of_them(planted, editor):
    exported = [
        model
        for model, model_admin in admin.site._registry.items()
        if hasattr(model_admin, "get_export_formats")
    ]
    assert exported
    for model in exported:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_export"
        formats = admin.site._registry[model].get_export_formats()
        for number in range(len(formats)):
            answer = editor.post(reverse(name), {"format": str(number)})
            assert answer.status_code == 200
            assert "attachment" in answer["Content-Disposition"]
            text = text_of(answer)
            assert "withheld" not in text
            assert model._base_manager.first().code in text


def text_of(answer):
    """The text of a file; a workbook is unpacked first."""
    content = b"".join(answer) if answer.streaming else answer.content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"".join(packed.read(name) for name in packed.namelist())
    return content.decode("utf-8")


def completed_fields():
    """(model, field) of every field with autocompletion."""
    for model, model_admin in admin.site._registry.items():
        yield from ((model, name) for name in model_admin.autocomplete_fields)
        for inline in model_admin.inlines:
            yield from ((inline.model, name) for name in inline.autocomplete_fields)


def test_completion_of_no_field_offers_any_of_them(planted, editor):
    offered = 0
    for model, field in completed_fields():
        asked = {
            "app_label": model._meta.app_label,
            "model_name": model._meta.model_name,
            "field_name": field,
        }
        words = asked | {"term": "plantedsecret"}

        answer = editor.get(reverse("admin:autocomplete"), words)

        assert answer.json()["results"] == [], (model, field)
        rows = editor.get(reverse("admin:autocomplete"), asked)
        assert "plantedsecret" not in body(rows), (model, field)
        offered += bool(rows.json()["results"])
    assert offered > 15
