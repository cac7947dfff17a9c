"""The admin in Chinese: finds words on its pages that are neither translated nor
listed.

`check_catalogues` checks every kind of page with one row of each model; the tests check
pages of rows that have many parts.
"""

import datetime
import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from html.parser import HTMLParser

from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections, models
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from .base.usage_admin import UsageAdmin

# Names, keys and formats that have no Chinese; the roles are named in both languages.
ALLOWED = set(
    """
    CBEC Evidence SWOT English URL DOI CSV XLSX TSV JSON Markdown API Excel PDF LDAP
    TOTP ID IP SHA UTF UTC Ctrl Enter esc Mac Command Control Word WPS GB gov cn
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
# Pages that are about no model.
OTHERS = ("index", "account", "password_change", "second-factor-set-up", "translations")
LANGUAGE = "zh-hans"
SAMPLE = "示例"


class Words(HTMLParser):
    """The texts of a page that a person sees or hears, without icons and values."""

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


def foreign_words(page: str, known: Iterable[re.Pattern] = ()) -> list[tuple[str, str]]:
    """The Latin words on a page that are on no list, each with its text.

    `known` are texts of the rows themselves, which are not words of the admin.
    """
    words = Words()
    words.feed(page)
    foreign = []
    for text in words.texts:
        left = text
        for value in known:
            left = value.sub(" ", left)
        left = EXAMPLES.sub(" ", left)
        foreign += [
            (word, text[:120])
            for word in re.findall(r"[A-Za-z][A-Za-z'’]+", left)
            if word not in ALLOWED
        ]
    return foreign


def pages_of(model) -> Iterator[str]:
    """Every kind of page that the admin has for a model, for its first row if it has
    one."""
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


def problems() -> list[str]:
    """What is not in Chinese on the pages of the admin, one line each.

    The pages come from a temporary site with one row of each model.
    """
    with _plain_settings(), _quietly(), _database_of_its_own():
        _make_rows()
        client = Client(headers={"x-forwarded-proto": "https"})
        client.force_login(get_user_model().objects.get())
        client.cookies["django_language"] = LANGUAGE
        addresses = [reverse(f"admin:{name}") for name in OTHERS]
        for model in admin.site._registry:
            addresses += pages_of(model)
        return [line for address in addresses for line in _lines(client, address)]


def _lines(client, address):
    answer = client.get(address)
    # Some pages have no row to be about, or belong to no account.
    if answer.status_code in (302, 403, 404):
        return
    if answer.status_code != 200:
        yield f"{address} answered {answer.status_code}"
        return
    for word, text in foreign_words(answer.content.decode()):
        yield f"not in Chinese on {address}: {word!r} in {text!r}"


def _plain_settings():
    """Settings under which pages can be asked for without a server."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    return override_settings(
        ALLOWED_HOSTS=["testserver"], STORAGES=storages | {"staticfiles": plain}
    )


@contextmanager
def _quietly():
    """Missing pages and uncollected files need no warning here."""
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)


@contextmanager
def _database_of_its_own():
    """A database in memory with the tables of all models, in place of the site's.

    It accepts any row: the rows are only there to be displayed.
    """
    before, settings = connections["default"], connections.settings["default"]
    connections.settings["default"] = settings | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        "OPTIONS": {},
    }
    connections["default"] = connections.create_connection("default")
    # They hold keys of a database, and Django caches them.
    ContentType.objects.clear_cache()
    try:
        with connection.constraint_checks_disabled():
            with connection.schema_editor() as editor:
                for model in apps.get_models():
                    if model._meta.managed and not model._meta.proxy:
                        editor.create_model(model)
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA ignore_check_constraints = ON")
                cursor.execute("PRAGMA foreign_keys = OFF")
            yield
    finally:
        connections["default"].close()
        connections.settings["default"], connections["default"] = settings, before
        ContentType.objects.clear_cache()


def _make_rows():
    """A row of each model with the key 1, and a version of it in its history."""
    for model in admin.site._registry:
        _make_row(model)
        if hasattr(model, "history"):
            _make_row(model.history.model)


def _make_row(model):
    values = {
        field.attname: _value_of(field)
        for field in model._meta.concrete_fields
        if not field.has_default() and not field.null
    }
    row = model(**values, pk=1)
    if isinstance(row, get_user_model()):
        row.is_superuser = row.is_staff = row.is_active = True
    model._base_manager.bulk_create([row])


def _value_of(field):
    """A value for a field, in Chinese where it is a text."""
    if field.choices:
        return next(value for value, _label in field.flatchoices if value)
    for kind, value in (
        (models.ForeignKey, 1),
        (models.DateTimeField, timezone.now()),
        (models.DateField, datetime.date(2024, 1, 1)),
        (models.BooleanField, False),
        (models.DecimalField, Decimal(1)),
        (models.IntegerField, 1),
        (models.JSONField, {}),
        (models.URLField, "https://www.gov.cn/"),
        (models.SlugField, "1"),
        (models.CharField, SAMPLE),
        (models.TextField, SAMPLE),
    ):
        if isinstance(field, kind):
            return value
    return None
