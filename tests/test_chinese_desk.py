"""The desk in Chinese: every word on it, but for what is on a list."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.db import models
from django.urls import reverse

from cbec_site.base.usage_admin import UsageAdmin
from tests.factories import make_breakdown, make_user

# Names, keys and formats that have no Chinese; the roles are named in both languages.
ALLOWED = set(
    """
    CBEC Evidence SWOT English URL DOI CSV XLSX TSV JSON Markdown API Excel PDF LDAP
    TOTP ID IP UTF UTC Ctrl Enter esc Mac Command Control Word WPS GB gov cn
    Contributor Editor Data editor Administrator Readers of the desk
    """.split()
)
# Examples of markers, codes, periods and permissions, which are written as they are.
EXAMPLES = re.compile(
    r"\]\([a-z]+:\w+\)|\b(obs|claim|figure|policy):\w+|\b\w+_\w+\b|\b\d+[A-Z]\w*\b|"
    r"\bP\d+[MYQD]\b|\b\d{4}-(Q|H|W)\d+\b|\bQ\d\b|https?://\S+|\S+@\S+|\S+\.\w+/\S*"
)
UNSEEN = {"script", "style", "textarea", "code", "pre", "iframe", "kbd"}
VOID = set("area base br col embed hr img input link meta source track wbr".split())
NAMED = ("title", "aria-label", "placeholder", "alt")


class Words(HTMLParser):
    """The texts of a page that somebody sees or hears, icons and values left out."""

    def __init__(self):
        super().__init__()
        self.open, self.texts = [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.texts += [given[name] for name in NAMED if given.get(name)]
        if tag == "input" and given.get("type") in ("submit", "button"):
            self.texts.append(given.get("value", ""))
        if tag not in VOID:
            icon = "material-symbols" in (given.get("class") or "")
            foreign = given.get("lang", "zh").startswith("en")
            self.open.append((tag, tag in UNSEEN or icon or foreign))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not any(hidden for _tag, hidden in self.open):
            self.texts.append(data.strip())


def values():
    """What rows say of themselves: no words of the desk. Longest first."""
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


def foreign(page, known):
    """The Latin words on a page that are on no list: [(word, text)]."""
    words = Words()
    words.feed(page)
    found = []
    for text in words.texts:
        left = text
        for value in known:
            left = value.sub(" ", left)
        left = EXAMPLES.sub(" ", left)
        found += [
            (word, text[:120])
            for word in re.findall(r"[A-Za-z][A-Za-z'’]+", left)
            if word not in ALLOWED
        ]
    return found


@pytest.fixture
def desk(client, world):
    make_breakdown()
    world.observation.value += 1
    world.observation.save()
    client.force_login(make_user(username="编辑", is_superuser=True))
    client.cookies["django_language"] = "zh-hans"
    client.known = values()
    return client


def pages_of(model):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    yield reverse(f"{name}_changelist")
    yield reverse(f"{name}_add")
    row = model._base_manager.order_by("pk").first()
    if row is not None:
        yield reverse(f"{name}_change", args=[row.pk])
        yield reverse(f"{name}_history", args=[row.pk])
        yield reverse(f"{name}_delete", args=[row.pk])
        if isinstance(admin.site._registry[model], UsageAdmin):
            yield reverse(f"{name}_used_by", args=[row.pk])


@pytest.mark.parametrize(
    "model", admin.site._registry, ids=lambda model: model._meta.label
)
def test_pages_of_a_kind_are_in_chinese(desk, model):
    found = {}
    for address in pages_of(model):
        answer = desk.get(address)
        if answer.status_code == 200:
            found[address] = foreign(answer.content.decode(), desk.known)

    assert {address: words for address, words in found.items() if words} == {}
    assert found


OTHERS = ("index", "account", "password_change", "second-factor-set-up", "translations")


@pytest.mark.parametrize("name", OTHERS)
def test_pages_of_the_desk_are_in_chinese(desk, name):
    answer = desk.get(reverse(f"admin:{name}"))

    assert answer.status_code == 200
    assert foreign(answer.content.decode(), desk.known) == []


def test_sign_in_is_in_chinese(client, db):
    client.cookies["django_language"] = "zh-hans"

    assert foreign(client.get("/admin/login/").content.decode(), []) == []


def test_words_that_stand_on_a_page_are_found():
    page = '<p title="Go back">保存 <b>Save</b> <code>code</code> [13](obs:gz_1)</p>'

    assert [word for word, _text in foreign(page, [])] == ["Go", "back", "Save"]
