"""The admin in Chinese: no English word on it, except those of a list."""

import re

import pytest
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.db import models
from django.urls import reverse
from django.utils.translation import override

from cbec_site import admin_words
from cbec_site.accounts.models import AuditEntry
from cbec_site.admin_words import OTHERS, foreign_words, pages_of
from cbec_site.models import Page
from swot.models import Report
from tests.factories import make_breakdown, make_user


def values():
    """The texts of rows, which are not words of the admin; the longest first."""
    found = set()
    for model in admin.site._registry:
        texts = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
            and not field.choices
        ]
        for row in model._base_manager.values_list(*texts):
            found |= {text for text in row if text and re.search("[A-Za-z].{2}", text)}
    longest_first = sorted(found, key=len, reverse=True)
    # Titles of pages begin with a capital.
    return [re.compile(re.escape(text), re.IGNORECASE) for text in longest_first]


@pytest.fixture
def editor(client, world):
    make_breakdown()
    world.observation.value += 1
    world.observation.save()
    client.force_login(make_user(username="编辑", is_superuser=True))
    client.cookies["django_language"] = "zh-hans"
    client.known = values()
    return client


@pytest.mark.sampled
@pytest.mark.parametrize(
    "model", admin.site._registry, ids=lambda model: model._meta.label
)
def test_pages_of_a_kind_are_in_chinese(editor, model):
    found = {}
    for address in pages_of(model):
        answer = editor.get(address)
        if answer.status_code == 200:
            found[address] = answer.content.decode()

    foreign = {a: foreign_words(page, editor.known) for a, page in found.items()}
    assert {address: words for address, words in foreign.items() if words} == {}
    listed = next(iter(pages_of(model)))
    assert str(model._meta.verbose_name_plural) in found[listed]
    assert "css/admin-text.css" in found[listed]
    assert editor.get(listed, {"q": "贵州 2022"}).status_code == 200


@pytest.mark.parametrize("name", OTHERS)
def test_pages_of_the_admin_are_in_chinese(editor, name):
    answer = editor.get(reverse(f"admin:{name}"))

    assert answer.status_code == 200
    assert foreign_words(answer.content.decode(), editor.known) == []


def test_sign_in_is_in_chinese(client, db):
    client.cookies["django_language"] = "zh-hans"

    assert foreign_words(client.get("/admin/login/").content.decode(), []) == []


def test_english_words_on_a_page_are_found():
    page = '<p title="Go back">保存 <b>Save</b> <code>code</code> [13](obs:gz_1)</p>'

    assert [word for word, _text in foreign_words(page, [])] == ["Go", "back", "Save"]


@pytest.mark.pages
def test_check_names_the_page_and_the_word(db, monkeypatch):
    """For one kind here; `make lint` checks all."""
    monkeypatch.setattr(admin_words, "OTHERS", ("account",))
    monkeypatch.setattr(
        admin_words, "pages_of", lambda model: pages_of(model) if model is Page else ()
    )
    monkeypatch.setattr(admin_words, "ALLOWED", admin_words.ALLOWED - {"CBEC"})
    rows = Page.objects.count()

    with pytest.raises(CommandError, match=r"not in Chinese on /admin/\S+: 'CBEC'"):
        call_command("check_catalogues", "--admin")

    assert Page.objects.count() == rows


@pytest.mark.parametrize(
    ("model", "name"), [(AuditEntry, "subject"), (Report, "about_kind")]
)
def test_what_a_record_concerns_is_not_called_roughly(model, name):
    with override("zh-hans"):
        label = str(model._meta.get_field(name).verbose_name)

    assert label == "对象"
