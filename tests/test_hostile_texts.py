"""Quotes and tags in every text field of every model break no page."""

from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.urls import reverse

from tests.factories import make_breakdown, make_user
from tests.sample_site import FEEDS, LANGUAGES, PAGES, address, make_world

pytestmark = [pytest.mark.whole, pytest.mark.django_db]

# Closes an attribute in either kind of quotes, then a tag, then an element with text.
HOSTILE = "\"'></title></textarea></script><img src=x onerror=alert(1)>"
OURS = ("cbec_site", "datasets", "policies", "swot", "auth")
# Parts of addresses, or of a fixed vocabulary.
STRUCTURE = {
    "auth.User": {"password"},
    "datasets.Observation": {"period", "breakdown", "vintage"},
    "datasets.Revision": {"vintage"},
}


def fields_of(model):
    """The fields of free text: no codes, choices, addresses or digests."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField)
        is_closed = field.choices or field.unique or field.name.endswith("url")
        if is_text and not is_closed and not isinstance(field, models.SlugField):
            yield field


def poison(model):
    """Put the text into every row, cut to what fits; returns the fields it is in."""
    names = []
    for field in fields_of(model):
        label = model._meta.label
        if field.name in STRUCTURE.get(label, ()) or "code" in field.name:
            continue
        text = HOSTILE[: field.max_length]
        try:
            model._base_manager.update(**{field.name: text})
        except Exception as error:  # A constraint refuses such a text.
            raise AssertionError(f"{label}.{field.name}: {error}") from error
        names.append(field.name)
    return names


class Page(HTMLParser):
    """Notes what a hostile text would turn into if it were not escaped."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.broken = []

    def handle_starttag(self, tag, attributes):
        names = [name for name, _value in attributes]
        if "onerror" in names or (tag == "img" and ("src", "x") in attributes):
            self.broken.append((self.getpos(), tag, names))
        if any(set(name) & set("\"'<>=") for name in names):
            self.broken.append((self.getpos(), tag, names))


def broken_in(response):
    page = Page()
    page.feed(response.content.decode())
    return page.broken


@pytest.fixture
def hostile():
    world = make_world()
    make_breakdown()
    world.observation.value += 1
    world.observation.save()
    models_of_ours = [
        model
        for model in apps.get_models()
        if model._meta.app_label in OURS
        and not model._meta.label.split(".")[1].startswith("Historical")
        and model._base_manager.exists()
        and model._meta.label not in ("auth.Permission", "auth.Group")
    ]
    poisoned = {model._meta.label: poison(model) for model in models_of_ours}
    assert sum(map(len, poisoned.values())) > 60
    return world


def test_hostile_texts_do_not_break_public_pages(client, hostile):
    wrong, shown = {}, 0
    for name in PAGES:
        for language in LANGUAGES:
            url = address(name, hostile, language)
            response = client.get(url)
            assert response.status_code == 200, url
            shown += b"onerror=alert(1)" in response.content
            if found := broken_in(response):
                wrong[url] = found

    assert not wrong
    # The texts were there, escaped.
    assert shown > len(PAGES)


def test_hostile_texts_do_not_break_feeds(client, hostile):
    for name in sorted(FEEDS):
        response = client.get(reverse(name))

        ElementTree.fromstring(response.content)


def test_hostile_texts_do_not_break_pages_of_the_admin(client, hostile):
    client.force_login(make_user(is_superuser=True))
    wrong, shown = {}, 0
    for model in admin.site._registry:
        row = model._base_manager.first()
        if model._meta.app_label not in OURS or row is None:
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        urls = [reverse(f"{name}_changelist")]
        urls += [
            reverse(f"{name}_{view}", args=[row.pk])
            for view in ("change", "history", "delete")
        ]
        for url in urls:
            response = client.get(url, follow=True)
            assert response.status_code in (200, 403), url
            shown += b"onerror=alert(1)" in response.content
            if found := broken_in(response):
                wrong[url] = found

    assert not wrong
    assert shown > 20
